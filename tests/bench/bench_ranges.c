#include "bench_ranges.h"

#include "analysis/pool_tree.h"
#include "bench_clock.h"

#define N_RANGES 20
#define N_TURNS 5

static double
measure_range (PoolTree *tree, TimeRange range)
{
  double best_seconds = G_MAXDOUBLE;
  for (guint turn = 0; turn < N_TURNS; turn++)
    {
      gint64 start_us = g_get_monotonic_time ();
      g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, range, NULL, NULL);
      best_seconds = MIN (best_seconds, bench_clock_seconds_since (start_us));
    }
  return best_seconds;
}

double
bench_ranges_measure (PoolTrace *trace)
{
  static const Dimension grouping[] = { DIMENSION_TYPE, DIMENSION_PAGED, DIMENSION_TAG, DIMENSION_STACK };
  g_autoptr (FrameNames) names = frame_names_new (trace);
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, G_N_ELEMENTS (grouping), NULL, NULL, NULL);
  g_print ("default grouping made in %.1f ms\n", bench_clock_seconds_since (start_us) * 1e3);
  gint64 step_ns = pool_trace_get_end_ns (trace) / (2 * N_RANGES);
  double worst_seconds = 0;
  for (guint i = 0; i < N_RANGES; i++)
    {
      TimeRange range = { step_ns * i, step_ns * (N_RANGES + i) };
      worst_seconds = MAX (worst_seconds, measure_range (tree, range));
    }
  return worst_seconds;
}
