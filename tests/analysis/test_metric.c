/* Verdicts at their boundaries, and on the courses that they are there to tell apart. */
#include "analysis/pool_tree.h"
#include "trace_fixture.h"

static void
test_boundaries (void)
{
  static const struct
  {
    guint64 minima_bytes[METRIC_N_BINS];
    gint64 growth_bytes, recent_bytes;
    guint n_steps_up;
    const char *verdict;
  } cases[] = {
    { { 5, 6, 7, 8, 9, 10, 11, 5 }, 0, -4, 6, "churn" },
    { { 9, 1, 2, 3, 4, 5, 6, 7 }, -2, 3, 6, "churn" },
    /* 5 % of the growth in the second half is levelled off, a byte more is not. */
    { { 0, 100, 120, 140, 190, 192, 196, 200 }, 200, 10, 7, "levelled off" },
    { { 0, 100, 120, 140, 189, 192, 196, 200 }, 200, 11, 7, "growing" },
    { { 0, 100, 200, 300, 400, 300, 200, 100 }, 100, -300, 4, "levelled off" },
    /* Six steps are steady, five are not; standing still is no step. */
    { { 0, 1, 2, 2, 3, 4, 5, 6 }, 6, 3, 6, "growing" },
    { { 0, 1, 2, 2, 3, 4, 5, 5 }, 5, 2, 5, "unclear" },
    { { 0, 0, 0, 0, 0, 0, 0, 1 }, 1, 1, 1, "unclear" },
    { { 7, 7, 7, 7, 7, 7, 7, 7 }, 0, 0, 0, "churn" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RowMetrics metrics = { .n_allocs = 0 };
      row_metrics_set_growth (&metrics, cases[i].minima_bytes);
      g_assert_cmpint (metrics.growth_bytes, ==, cases[i].growth_bytes);
      g_assert_cmpint (metrics.recent_bytes, ==, cases[i].recent_bytes);
      g_assert_cmpuint (metrics.n_steps_up, ==, cases[i].n_steps_up);
      g_assert_cmpstr (verdict_get_name (row_metrics_get_verdict (&metrics)), ==, cases[i].verdict);
    }
}

static void
test_empty_values (void)
{
  RowMetrics metrics = { .n_frees = 3 };
  gint64 value;
  g_assert_false (row_metrics_get (&metrics, METRIC_FREED, &value));
  g_assert_false (row_metrics_get (&metrics, METRIC_AVERAGE, &value));
  metrics = (RowMetrics){ .sums = { 3, 11, 0 }, .n_allocs = 3, .n_freed = 2 };
  g_assert_true (row_metrics_get (&metrics, METRIC_FREED, &value));
  g_assert_cmpint (value, ==, 6666);
  g_assert_true (row_metrics_get (&metrics, METRIC_AVERAGE, &value));
  g_assert_cmpint (value, ==, 3);
}

#define LENGTH_NS 8000
#define BLOCK_BYTES 100

static void
add (TraceFixture *fixture, guint32 site, gint64 allocated_ns, gint64 freed_ns)
{
  trace_fixture_add_block (fixture, (FixtureBlock){ allocated_ns, freed_ns, BLOCK_BYTES, site, 0, POOL_STACK_NONE, 0 });
}

/* One tag for each course of the outstanding size. */
static PoolTrace *
make_courses (void)
{
  TraceFixture *fixture = trace_fixture_new ();
  static const char tags[][5] = { "Leak", "Fill", "LruF", "LruC", "Fly " };
  guint32 sites[G_N_ELEMENTS (tags)];
  trace_fixture_add_context (fixture, POOL_INDEX_NONE, POOL_INDEX_NONE);
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    sites[i] = trace_fixture_add_site (fixture, 0, FIXTURE_TAG (tags[i][0], tags[i][1], tags[i][2], tags[i][3]),
                                       POOL_SESSION_NONE, POOL_STACK_NONE);
  for (gint64 now_ns = 0; now_ns < LENGTH_NS; now_ns += 10)
    {
      add (fixture, sites[0], now_ns, now_ns % 100 == 0 ? POOL_TIME_NEVER : now_ns + 25);
      if (now_ns < 2500)
        add (fixture, sites[1], now_ns, POOL_TIME_NEVER);
      /* Filled at 2000 ns, from then on each new entry replaces the oldest. */
      add (fixture, sites[2], now_ns, now_ns + 2000 < LENGTH_NS ? now_ns + 2000 : POOL_TIME_NEVER);
      /* The same, full before the trace began. */
      add (fixture, sites[3], now_ns, now_ns + 2000 < LENGTH_NS ? now_ns + 2000 : POOL_TIME_NEVER);
      if (now_ns < 2000)
        add (fixture, sites[3], POOL_TIME_BEFORE, now_ns);
      /* Some blocks are in flight at any time, the last ones also at the end. */
      add (fixture, sites[4], now_ns, now_ns + 45 < LENGTH_NS ? now_ns + 45 : POOL_TIME_NEVER);
    }
  return trace_fixture_finish (fixture, LENGTH_NS - 1);
}

static void
test_courses (void)
{
  static const char *const expected[][2]
      = { { "Leak", "growing" }, { "Fill", "levelled off" }, { "LruF", "levelled off" }, { "LruC", "churn" },
          { "Fly ", "levelled off" } };
  g_autoptr (PoolTrace) trace = make_courses ();
  g_autoptr (FrameNames) names = frame_names_new (trace);
  const Dimension grouping[] = { DIMENSION_TAG };
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, 1, NULL, NULL, NULL);
  g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, TIME_RANGE_WHOLE, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const char *const path[] = { expected[i][0], NULL };
      PoolTreeRow row;
      RowMetrics metrics;
      g_assert_true (pool_tree_values_find_path (values, path, &row));
      g_assert_true (pool_tree_values_get_metrics (values, &row, 1, METRIC_SET_ALL, &metrics, NULL, NULL));
      g_test_message ("%s grew by %d, recently by %d, at %u steps", path[0], (int) metrics.growth_bytes,
                      (int) metrics.recent_bytes, metrics.n_steps_up);
      g_assert_cmpstr (verdict_get_name (row_metrics_get_verdict (&metrics)), ==, expected[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/metric/boundaries", test_boundaries);
  g_test_add_func ("/analysis/metric/empty-values", test_empty_values);
  g_test_add_func ("/analysis/metric/courses", test_courses);
  return g_test_run ();
}
