/* The lines of the benchmarks' table, in which `./dev bench` shows the cases of all benchmark programs.
 *
 * A program adds a case with one call, and is linked with bench_report_dependency. A case is printed at once, and
 * written as one line of JSON to the end of the file that POOLSCOPE_BENCH_LINES names, where it is set.
 */
#pragma once

#include <glib.h>

/* The median, say, of what was measured for @what, a phrase without quotes and short enough for a table; met when
 * @value is at most @goal. */
void bench_report_add (const char *what, double value, const char *unit, double goal);
/* The same; met when @value is at least @goal. */
void bench_report_add_at_least (const char *what, double value, const char *unit, double goal);

/* Sorts @values (array length=n, not 0). Returns: the middle one. */
double bench_report_get_median (double *values, gsize n);
