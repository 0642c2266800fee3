/* The rows of a table, found by chains and with metrics of all rows together, against the same found row by row. */
#include "export/tree_rows.h"
#include "random_trace.h"

#define N_ROUNDS 300

/* What a row must be: one of the tree, or one for several. */
typedef struct
{
  PoolTreeRow row;
  guint depth;
  RowMetrics metrics;
  guint n_others;
} ExpectedRow;

static RowMetrics
get_metrics (const PoolTreeValues *values, PoolTreeRow row)
{
  RowMetrics metrics;
  g_assert_true (pool_tree_values_get_metrics (values, &row, 1, METRIC_SET_ALL, &metrics, NULL, NULL));
  return metrics;
}

static void
expect_rows_below (const TreeExport *export, PoolTreeRow row, guint depth, GArray *expected)
{
  PoolTreeOrder order = { .metric = export->sort };
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  pool_tree_values_get_children (export->values, row, order, children);
  ExpectedRow other = { .depth = depth };
  for (guint i = 0; i < children->len; i++)
    {
      PoolTreeRow child = g_array_index (children, PoolTreeRow, i);
      ExpectedRow shown = { child, depth, get_metrics (export->values, child), 0 };
      if (i >= export->limit)
        {
          row_metrics_add (&other.metrics, &shown.metrics);
          other.n_others++;
          continue;
        }
      g_array_append_val (expected, shown);
      expect_rows_below (export, child, depth + 1, expected);
    }
  if (other.n_others > 0)
    g_array_append_val (expected, other);
}

static void
assert_values (const TreeExport *export, const TreeRows *rows, gsize row, const ExpectedRow *expected)
{
  for (gsize column = 0; column < export->n_columns; column++)
    {
      gint64 value, expected_value;
      Metric metric = export->columns[column];
      gboolean has_value = (expected->n_others == 0 || metric_adds_up (metric))
                           && row_metrics_get (&expected->metrics, metric, &expected_value);
      g_assert_cmpint (tree_rows_get_value (rows, row, column, &value), ==, has_value);
      if (has_value)
        g_assert_cmpint (value, ==, expected_value);
    }
}

static void
assert_rows (const TreeExport *export, const TreeRows *rows, const GArray *expected)
{
  const PoolTree *tree = pool_tree_values_get_tree (export->values);
  guint next = 0;
  for (gsize i = 0; i < rows->n_rows; i++)
    {
      const TreeRow *row = &rows->rows[i];
      for (guint32 place = 0; place < tree_row_get_n_shown (row); place++)
        {
          g_assert_cmpuint (next, <, expected->len);
          const ExpectedRow *expected_row = &g_array_index (expected, ExpectedRow, next++);
          g_assert_cmpuint (row->depth + place, ==, expected_row->depth);
          g_assert_cmpuint (row->n_others, ==, expected_row->n_others);
          assert_values (export, rows, i, expected_row);
          if (row->n_others > 0)
            continue;
          g_autofree char *text = pool_tree_dup_row_text (tree, expected_row->row);
          g_assert_true (pool_tree_row_equal (pool_tree_chain_get_row (&row->chain, place), expected_row->row));
          g_assert_cmpstr (pool_tree_chain_get_text (&row->chain, tree, place), ==, text);
        }
    }
  g_assert_cmpuint (next, ==, expected->len);
}

static void
test_random (void)
{
  const TimeRangeText range_text = TIME_RANGE_TEXT_WHOLE;
  static const gsize limits[] = { 1, 2, 5, 50, TREE_EXPORT_NO_LIMIT };
  guint n_long_chains = 0;
  g_autoptr (GRand) random = g_rand_new_with_seed (40);
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      Metric columns[5];
      for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
        columns[i] = (Metric) g_rand_int_range (random, 0, N_METRICS);
      g_autoptr (PoolTree) tree = random_tree_new (random);
      g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, random_range (random), NULL, NULL);
      const TreeExport export = { .values = values,
                                  .range = &range_text,
                                  .columns = columns,
                                  .n_columns = G_N_ELEMENTS (columns),
                                  .sort = (Metric) g_rand_int_range (random, 0, N_METRICS),
                                  .limit = limits[round % G_N_ELEMENTS (limits)] };
      g_auto (TreeRows) rows = { 0 };
      g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (ExpectedRow));
      tree_rows_init (&rows, &export);
      expect_rows_below (&export, POOL_TREE_ROOT, 0, expected);
      assert_rows (&export, &rows, expected);
      for (gsize i = 0; i < rows.n_rows; i++)
        n_long_chains += rows.rows[i].chain.n_rows > 1 ? 1 : 0;
    }
  g_assert_cmpuint (n_long_chains, >, N_ROUNDS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/tree-rows/random", test_random);
  return g_test_run ();
}
