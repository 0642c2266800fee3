/* Tree and timeline of one small trace, with numbers worked out by hand. */
#include "analysis/pool_timeline.h"
#include "trace_fixture.h"

/* Times in ns. Leak is NonPaged with stack x;y, Irp is Paged with stack x.
 *
 *   Leak  100 bytes, 10 to the end        Leak   50 bytes, 20 to 40
 *   Leak    8 bytes, before to 30         Irp   200 bytes, 20 to 20 (counts in Count and Size only)
 *   Irp    30 bytes, 40 to 60             Irp     7 bytes, before to the end
 */
static PoolTrace *
make_trace (void)
{
  TraceFixture *fixture = trace_fixture_new ();
  const guint64 stack[] = { 0xa, 0xb };
  guint32 deep = trace_fixture_add_stack (fixture, stack, 2);
  guint32 shallow = trace_fixture_add_stack (fixture, stack, 1);
  guint32 leak
      = trace_fixture_add_site (fixture, 0, FIXTURE_TAG ('L', 'e', 'a', 'k'), POOL_SESSION_NONE, deep);
  guint32 irp
      = trace_fixture_add_site (fixture, 1, FIXTURE_TAG ('I', 'r', 'p', ' '), POOL_SESSION_NONE, shallow);
  trace_fixture_add_context (fixture, POOL_INDEX_NONE, POOL_INDEX_NONE);
  trace_fixture_add_block (
      fixture,
      (FixtureBlock){ .allocated_ns = 10, .freed_ns = POOL_TIME_NEVER, .size_bytes = 100, .site = leak });
  trace_fixture_add_block (
      fixture, (FixtureBlock){ .allocated_ns = 20, .freed_ns = 40, .size_bytes = 50, .site = leak });
  trace_fixture_add_block (
      fixture,
      (FixtureBlock){ .allocated_ns = POOL_TIME_BEFORE, .freed_ns = 30, .size_bytes = 8, .site = leak });
  trace_fixture_add_block (
      fixture, (FixtureBlock){ .allocated_ns = 20, .freed_ns = 20, .size_bytes = 200, .site = irp });
  trace_fixture_add_block (
      fixture, (FixtureBlock){ .allocated_ns = 40, .freed_ns = 60, .size_bytes = 30, .site = irp });
  trace_fixture_add_block (fixture, (FixtureBlock){ .allocated_ns = POOL_TIME_BEFORE,
                                                    .freed_ns = POOL_TIME_NEVER,
                                                    .size_bytes = 7,
                                                    .site = irp });
  return trace_fixture_finish (fixture, 99);
}

static PoolTreeValues *
make_values (const Dimension *grouping, gsize n_levels, TimeRange range)
{
  g_autoptr (PoolTrace) trace = make_trace ();
  g_autoptr (FrameNames) names = frame_names_new (trace);
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, n_levels, NULL, NULL, NULL);
  return pool_tree_values_new (tree, range, NULL, NULL);
}

/* All rows below @row in the default order, indented, with count, size, impacting and peak. */
static void
print_rows (const PoolTreeValues *values, PoolTreeRow row, guint depth, GString *text)
{
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  pool_tree_values_get_children (values, row, POOL_TREE_ORDER_DEFAULT, children);
  for (guint i = 0; i < children->len; i++)
    {
      PoolTreeRow child = g_array_index (children, PoolTreeRow, i);
      PoolTreeSums sums = pool_tree_values_get_sums (values, child);
      RowMetrics metrics;
      pool_tree_values_get_metrics (values, &child, 1, METRIC_BIT (METRIC_PEAK), &metrics, NULL, NULL);
      g_autofree char *name = pool_tree_dup_row_text (pool_tree_values_get_tree (values), child);
      g_string_append_printf (text, "%*s%s %u %u %d %u\n", (int) depth, "", name, (guint) sums.count,
                              (guint) sums.size_bytes, (int) sums.impacting_bytes, (guint) metrics.peak_bytes);
      print_rows (values, child, depth + 1, text);
    }
}

static void
assert_rows (const Dimension *grouping, gsize n_levels, TimeRange range, const char *expected)
{
  g_autoptr (PoolTreeValues) values = make_values (grouping, n_levels, range);
  GString *text = g_string_new (NULL);
  print_rows (values, POOL_TREE_ROOT, 0, text);
  g_assert_cmpstr (text->str, ==, expected);
  g_string_free (text, TRUE);
}

static void
test_default_grouping (void)
{
  const Dimension grouping[] = { DIMENSION_TYPE, DIMENSION_PAGED, DIMENSION_TAG, DIMENSION_STACK };
  assert_rows (grouping, 4, TIME_RANGE_WHOLE,
               "AIFO 1 100 100 100\n NonPaged 1 100 100 100\n  Leak 1 100 100 100\n   0xa 1 100 100 100\n"
               "    0xb 1 100 100 100\n"
               "AIFI 3 280 0 50\n Paged 2 230 0 30\n  Irp  2 230 0 30\n   0xa 2 230 0 30\n"
               " NonPaged 1 50 0 50\n  Leak 1 50 0 50\n   0xa 1 50 0 50\n    0xb 1 50 0 50\n"
               "AOFO 1 7 0 7\n Paged 1 7 0 7\n  Irp  1 7 0 7\n   0xa 1 7 0 7\n"
               "AOFI 1 8 -8 8\n NonPaged 1 8 -8 8\n  Leak 1 8 -8 8\n   0xa 1 8 -8 8\n    0xb 1 8 -8 8\n");
}

/* At 40 the free of 50 bytes comes before the allocation of 30, so the two are never there together. */
static void
test_range_at_events (void)
{
  const Dimension grouping[] = { DIMENSION_IMPACT };
  /* [20, 40): 100 and 7 stay, 8 goes, 50 comes, and 200 comes and goes. */
  assert_rows (grouping, 1, (TimeRange){ 20, 40 },
               "Impacting 2 58 42 58\nTransient 1 200 0 0\nPersistent 2 107 0 107\n");
  /* [40, 61): now the free at 40 is inside. */
  assert_rows (grouping, 1, (TimeRange){ 40, 61 },
               "Persistent 2 107 0 107\nTransient 1 30 0 30\nImpacting 1 50 -50 50\n");
  assert_rows (grouping, 1, (TimeRange){ 20, 20 }, "Persistent 3 115 0 115\n");
}

/* Behind a stack: its own blocks by tag, and the frame that goes on. */
static void
test_stack_first (void)
{
  const Dimension grouping[] = { DIMENSION_STACK, DIMENSION_TAG };
  assert_rows (grouping, 2, TIME_RANGE_WHOLE,
               "0xa 6 395 92 165\n 0xb 3 158 92 158\n  Leak 3 158 92 158\n Irp  3 237 0 37\n");
}

static void
test_leaves_of_prefix (void)
{
  const Dimension grouping[] = { DIMENSION_STACK };
  g_autoptr (PoolTreeValues) values = make_values (grouping, 1, TIME_RANGE_WHOLE);
  g_autoptr (GArray) leaves = pool_tree_values_dup_leaves (values, POOL_TREE_ORDER_DEFAULT, METRIC_SET_ALL, NULL);
  g_assert_cmpuint (leaves->len, ==, 2);
  const struct
  {
    const char *key;
    guint64 count, size_bytes, peak_bytes;
  } expected[] = { { "0xa", 3, 237, 37 }, { "0xa;0xb", 3, 158, 158 } };
  for (guint i = 0; i < 2; i++)
    {
      const PoolTreeLeaf *leaf = &g_array_index (leaves, PoolTreeLeaf, i);
      g_auto (GStrv) key = pool_tree_dup_row_key (pool_tree_values_get_tree (values), leaf->row);
      g_assert_cmpstr (key[0], ==, expected[i].key);
      g_assert_null (key[1]);
      g_assert_cmpuint (leaf->metrics.sums.count, ==, expected[i].count);
      g_assert_cmpuint (leaf->metrics.sums.size_bytes, ==, expected[i].size_bytes);
      g_assert_cmpuint (leaf->metrics.peak_bytes, ==, expected[i].peak_bytes);
    }
}

static void
test_timeline (void)
{
  g_autoptr (PoolTrace) trace = make_trace ();
  TimeRange range = pool_timeline_resolve_range (trace, TIME_RANGE_WHOLE);
  g_assert_cmpint (range.start_ns, ==, 10);
  g_assert_cmpint (range.end_ns, ==, 100);
  const struct
  {
    TimelineMeasure measure;
    TimelineBin bins[4]; /* [10, 32) [32, 55) [55, 77) [77, 100) */
  } cases[] = {
    { TIMELINE_OUTSTANDING_SIZE,
      { { 157, 15, 165 }, { 137, 107, 157 }, { 107, 107, 137 }, { 107, 107, 107 } } },
    { TIMELINE_OUTSTANDING_COUNT, { { 3, 2, 4 }, { 3, 2, 3 }, { 2, 2, 3 }, { 2, 2, 2 } } },
    { TIMELINE_TOTAL_SIZE, { { 365, 15, 365 }, { 395, 365, 395 }, { 395, 395, 395 }, { 395, 395, 395 } } },
    { TIMELINE_TOTAL_COUNT, { { 5, 2, 5 }, { 6, 5, 6 }, { 6, 6, 6 }, { 6, 6, 6 } } },
    { TIMELINE_ALLOCATION_RATE, { { 3, 3, 3 }, { 1, 1, 1 }, { 0, 0, 0 }, { 0, 0, 0 } } },
    { TIMELINE_FREE_RATE, { { 2, 2, 2 }, { 1, 1, 1 }, { 1, 1, 1 }, { 0, 0, 0 } } },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PoolTimeline) timeline
          = pool_timeline_new (trace, NULL, TIME_RANGE_WHOLE, NULL, cases[i].measure, range, 4, NULL, NULL);
      for (guint bin = 0; bin < 4; bin++)
        {
          g_assert_cmpint (timeline->total[bin].last, ==, cases[i].bins[bin].last);
          g_assert_cmpint (timeline->total[bin].minimum, ==, cases[i].bins[bin].minimum);
          g_assert_cmpint (timeline->total[bin].maximum, ==, cases[i].bins[bin].maximum);
        }
    }
}

/* Boundaries that would overflow or round in 64 bits or floating point. */
static void
test_long_timeline (void)
{
  TraceFixture *fixture = trace_fixture_new ();
  g_autoptr (PoolTrace) trace = trace_fixture_finish (fixture, 0);
  TimeRange range = { 0, G_MAXINT64 - 1 };
  g_autoptr (PoolTimeline) timeline = pool_timeline_new (
      trace, NULL, TIME_RANGE_WHOLE, NULL, TIMELINE_OUTSTANDING_SIZE, range, 1000000, NULL, NULL);
  g_assert_cmpint (pool_timeline_get_bin_start (timeline, 999999), ==,
                   G_GINT64_CONSTANT (9223362813482738951));
  g_assert_cmpint (pool_timeline_get_bin_start (timeline, 1000000), ==, G_MAXINT64 - 1);
  g_assert_cmpint (timeline->total[999999].maximum, ==, 0);
}

static void
test_empty_trace (void)
{
  g_autoptr (PoolTrace) trace = trace_fixture_finish (trace_fixture_new (), 0);
  g_autoptr (FrameNames) names = frame_names_new (trace);
  for (guint i = 0; i < N_DIMENSIONS; i++)
    {
      Dimension grouping[] = { (Dimension) i };
      g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, i ? 1 : 0, NULL, NULL, NULL);
      g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, TIME_RANGE_WHOLE, NULL, NULL);
      g_assert_cmpuint (pool_tree_values_get_sums (values, POOL_TREE_ROOT).count, ==, 0);
      g_assert_false (pool_tree_values_has_children (values, POOL_TREE_ROOT));
      g_autoptr (TimelineBands) bands = timeline_bands_new (tree, TIME_RANGE_WHOLE, 8);
      g_assert_cmpuint (bands->n_bands, ==, 0);
    }
}

static void
test_cancelled (void)
{
  g_autoptr (PoolTrace) trace = make_trace ();
  g_autoptr (FrameNames) names = frame_names_new (trace);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_cancellable_cancel (cancelled);
  const Dimension grouping[] = { DIMENSION_TAG, DIMENSION_PROCESS };
  g_autoptr (GError) error = NULL;
  for (gsize n_levels = 1; n_levels <= 2; n_levels++)
    {
      g_assert_null (pool_tree_new (trace, names, grouping, n_levels, NULL, cancelled, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
    }
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, 2, NULL, NULL, NULL);
  g_assert_null (pool_tree_values_new (tree, TIME_RANGE_WHOLE, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (pool_timeline_new (trace, NULL, TIME_RANGE_WHOLE, NULL, TIMELINE_OUTSTANDING_SIZE,
                                    (TimeRange){ 0, 100 }, 4, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, TIME_RANGE_WHOLE, NULL, NULL);
  g_assert_null (pool_tree_values_dup_leaves (values, POOL_TREE_ORDER_DEFAULT, 0, cancelled));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/tree/default-grouping", test_default_grouping);
  g_test_add_func ("/analysis/tree/range-at-events", test_range_at_events);
  g_test_add_func ("/analysis/tree/stack-first", test_stack_first);
  g_test_add_func ("/analysis/tree/leaves-of-prefix", test_leaves_of_prefix);
  g_test_add_func ("/analysis/tree/timeline", test_timeline);
  g_test_add_func ("/analysis/tree/long-timeline", test_long_timeline);
  g_test_add_func ("/analysis/tree/empty-trace", test_empty_trace);
  g_test_add_func ("/analysis/tree/cancelled", test_cancelled);
  return g_test_run ();
}
