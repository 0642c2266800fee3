/* What a program costs that runs as a process of its own. */
#pragma once

#include <glib.h>

typedef struct
{
  double seconds;
  double peak_bytes; /* resident */
} BenchCost;

/* Runs @arguments (NULL-terminated) with the file @input as its standard input and its standard output going to the file
 * @output; both are nullable for nothing. Ends the program when that fails. */
BenchCost bench_process_measure (const char *const *arguments, const char *input, const char *output);
