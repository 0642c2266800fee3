/* The order of very many rows below one, which are dealt out and not compared: by every metric, either way. */
#include <string.h>

#include "analysis/pool_tree.h"
#include "trace_fixture.h"

#define N_TAGS 1500
#define N_BLOCKS 4000
#define LAST_NS 1000

static PoolTrace *
make_trace (GRand *random)
{
  TraceFixture *fixture = trace_fixture_new ();
  trace_fixture_add_context (fixture, POOL_INDEX_NONE, POOL_INDEX_NONE);
  for (guint32 tag = 0; tag < N_TAGS; tag++)
    trace_fixture_add_site (fixture, 0, tag * 2654435761u, POOL_SESSION_NONE, POOL_STACK_NONE);
  for (guint32 i = 0; i < N_BLOCKS; i++)
    {
      gint64 allocated_ns = g_rand_int_range (random, 0, LAST_NS), life_ns = g_rand_int_range (random, 0, LAST_NS);
      /* Of few sizes, so that many rows are alike but for their texts; and some of very many bytes. */
      guint64 size_bytes = (guint64) g_rand_int_range (random, 1, 5) << (g_rand_int_range (random, 0, 9) == 0 ? 40 : 4);
      trace_fixture_add_block (
          fixture, (FixtureBlock){ .allocated_ns = allocated_ns,
                                   .freed_ns = i % 3 == 0 ? POOL_TIME_NEVER : allocated_ns + life_ns,
                                   .size_bytes = size_bytes,
                                   .site = (guint32) g_rand_int_range (random, 0, N_TAGS) });
    }
  return trace_fixture_finish (fixture, 2 * LAST_NS);
}

/* Rows without a value come last. */
static gboolean
get_key (const PoolTreeValues *values, PoolTreeRow row, PoolTreeOrder order, gint64 *ret_key)
{
  RowMetrics metrics;
  g_assert_true (pool_tree_values_get_metrics (values, &row, 1, METRIC_BIT (order.metric), &metrics, NULL, NULL));
  return row_metrics_get (&metrics, order.metric, ret_key);
}

static void
assert_follows (const PoolTreeValues *values, PoolTreeOrder order, PoolTreeRow before, PoolTreeRow after)
{
  PoolTree *tree = pool_tree_values_get_tree (values);
  g_autofree char *text_before = pool_tree_dup_row_text (tree, before), *text_after = pool_tree_dup_row_text (tree, after);
  int by_text = strcmp (text_before, text_after);
  if (order.by_text)
    {
      g_assert_cmpint (order.is_ascending ? by_text : -by_text, <, 0);
      return;
    }
  gint64 key_before = 0, key_after = 0;
  gboolean has_before = get_key (values, before, order, &key_before), has_after = get_key (values, after, order, &key_after);
  g_assert_true (has_before || !has_after);
  if (has_before != has_after)
    return;
  if (key_before != key_after)
    {
      g_assert_true ((key_before < key_after) == order.is_ascending);
      return;
    }
  PoolTreeSums sums_before = pool_tree_values_get_sums (values, before), sums_after = pool_tree_values_get_sums (values, after);
  g_assert_cmpuint (sums_before.size_bytes, >=, sums_after.size_bytes);
  if (sums_before.size_bytes == sums_after.size_bytes)
    g_assert_cmpint (by_text, <, 0);
}

static void
test_many (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (6);
  g_autoptr (PoolTrace) trace = make_trace (random);
  g_autoptr (FrameNames) names = frame_names_new (trace);
  const Dimension grouping[] = { DIMENSION_TAG };
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, G_N_ELEMENTS (grouping), NULL, NULL, NULL);
  g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, (TimeRange){ LAST_NS / 4, LAST_NS }, NULL, NULL);
  for (guint i = 0; i < 2 * (N_BASIC_METRICS + 1); i++)
    {
      PoolTreeOrder order = { (Metric) MIN (i / 2, N_BASIC_METRICS - 1), i % 2 != 0, i / 2 == N_BASIC_METRICS };
      g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
      pool_tree_values_get_children (values, POOL_TREE_ROOT, order, rows);
      g_assert_cmpuint (rows->len, >, N_TAGS / 2);
      for (guint j = 1; j < rows->len; j++)
        assert_follows (values, order, g_array_index (rows, PoolTreeRow, j - 1), g_array_index (rows, PoolTreeRow, j));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/tree-order/many", test_many);
  return g_test_run ();
}
