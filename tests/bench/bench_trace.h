/* Large traces to measure on, made by make-bench-trace. */
#pragma once

#include <glib.h>

typedef struct
{
  char *path;             /* (owned) */
  gboolean is_temporary;
} BenchTraceFile;

/* @generator is make-bench-trace, which makes a trace of @n_allocations in a folder of its own below the one for
 * temporary files; or a trace (.etl) that is there already. Ends the program when it cannot be made. */
BenchTraceFile bench_trace_file_make (const char *generator, const char *n_allocations);
/* Removes the file, when it was made. */
void bench_trace_file_clear (BenchTraceFile *self);
