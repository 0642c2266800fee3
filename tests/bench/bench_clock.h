/* Stopwatch of the benchmarks. */
#pragma once

#include <glib.h>

/* @start_us: of g_get_monotonic_time (). */
static inline double
bench_clock_seconds_since (gint64 start_us)
{
  return (double) (g_get_monotonic_time () - start_us) / G_USEC_PER_SEC;
}
