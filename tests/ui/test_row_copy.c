/* Rows as text separated by tabs, on random tables: what each field must be, row by row. */
#include "app/table/row_copy.h"
#include "export/metric_text.h"
#include "analysis/random_trace.h"

#include <string.h>

#define N_ROUNDS 60

static void
append_rows (const PoolTreeValues *values, PoolTreeRow row, GArray *rows)
{
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  pool_tree_values_get_children (values, row, POOL_TREE_ORDER_DEFAULT, children);
  for (guint i = 0; i < children->len; i++)
    {
      PoolTreeRow child = g_array_index (children, PoolTreeRow, i);
      g_array_append_val (rows, child);
      append_rows (values, child, rows);
    }
}

/* The path in the column of each dimension, then the value of each metric alone. */
static void
assert_fields (const PoolTreeValues *values, PoolTreeRow row, char **fields, const Metric *metrics, gsize n_metrics)
{
  const PoolTree *tree = pool_tree_values_get_tree (values);
  gsize n_levels;
  pool_tree_get_grouping (tree, &n_levels);
  g_auto (GStrv) key = pool_tree_dup_row_key (tree, row);
  g_assert_cmpuint (g_strv_length (fields), ==, n_levels + n_metrics);
  for (guint i = 0; i < n_levels; i++)
    {
      const char *expected = i < row.level ? key[i] : "";
      g_assert_cmpstr (fields[i], ==, expected);
    }
  for (gsize i = 0; i < n_metrics; i++)
    {
      RowMetrics of_row;
      gint64 value;
      g_assert_true (
          pool_tree_values_get_metrics (values, &row, 1, METRIC_BIT (metrics[i]), &of_row, NULL, NULL));
      g_autofree char *expected
          = row_metrics_get (&of_row, metrics[i], &value) ? metric_format_plain (metrics[i], value) : g_strdup ("");
      g_assert_cmpstr (fields[n_levels + i], ==, expected);
    }
}

/* With less room there are fewer whole lines, as many as fit, and at least one row. @text: with room for all. */
static void
assert_limit (const RowCopy *copy, const char *text, GRand *random)
{
  gsize length = strlen (text), limit = (gsize) g_rand_int_range (random, 0, (gint32) length + 1), n_copied, n_lines = 0;
  g_autofree char *part = row_copy_dup_text (copy, limit, &n_copied, NULL);
  gsize part_length = strlen (part);
  g_assert_true (g_str_has_prefix (text, part));
  for (const char *c = part; *c != '\0'; c++)
    n_lines += *c == '\n';
  g_assert_cmpuint (n_lines, ==, n_copied + 1);
  g_assert_cmpuint (part[part_length - 1], ==, '\n');
  g_assert_true (part_length <= limit || n_copied <= 1);
  const char *next_line = strchr (text + part_length, '\n');
  if (n_copied > 0 && next_line != NULL)
    g_assert_cmpuint ((gsize) (next_line + 1 - text), >, limit);
}

static void
test_random (void)
{
  static const Metric metrics[] = { METRIC_PEAK, METRIC_COUNT, METRIC_FREED, METRIC_GROWTH, METRIC_VERDICT };
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (PoolTree) tree = random_tree_new (random);
      g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, random_range (random), NULL, NULL);
      g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
      append_rows (values, POOL_TREE_ROOT, rows);
      gsize n_levels;
      const Dimension *grouping = pool_tree_get_grouping (tree, &n_levels);
      ColumnLayout layout = { .n_columns = 0 };
      for (gsize i = 0; i < n_levels; i++)
        layout.columns[layout.n_columns++] = (TableColumn){ .kind = TABLE_COLUMN_GROUP, .dimension = grouping[i] };
      layout.columns[layout.n_columns++] = (TableColumn){ .kind = TABLE_COLUMN_MARKER };
      for (gsize i = 0; i < G_N_ELEMENTS (metrics); i++)
        layout.columns[layout.n_columns++] = (TableColumn){ .kind = TABLE_COLUMN_VALUE, .metric = metrics[i] };
      const RowCopy copy = { values, (const PoolTreeRow *) (gpointer) rows->data, rows->len, &layout };
      gsize n_copied;
      g_autofree char *text = row_copy_dup_text (&copy, G_MAXSIZE, &n_copied, NULL);
      g_assert_cmpuint (n_copied, ==, rows->len);
      assert_limit (&copy, text, random);
      g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
      g_assert_cmpuint (g_strv_length (lines), ==, rows->len + 2);
      g_assert_cmpstr (lines[rows->len + 1], ==, "");
      for (guint i = 0; i < rows->len; i++)
        {
          g_auto (GStrv) fields = g_strsplit (lines[i + 1], "\t", -1);
          assert_fields (values, g_array_index (rows, PoolTreeRow, i), fields, metrics, G_N_ELEMENTS (metrics));
        }
    }
}

static void
test_titles_and_trend (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (12);
  g_autoptr (PoolTree) tree = random_tree_new (random);
  g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, TIME_RANGE_WHOLE, NULL, NULL);
  const PoolTreeRow row = POOL_TREE_ROOT;
  ColumnLayout layout;
  column_layout_init (&layout, (const char *const[]){ "tag", NULL }, (const char *const[]){ "trend", "count", NULL });
  RowCopy copy = { values, &row, 0, &layout };
  gsize n_copied;
  g_autofree char *titles = row_copy_dup_text (&copy, G_MAXSIZE, &n_copied, NULL);
  g_assert_cmpstr (titles, ==, "Pool Tag\tTrend\tCount\n");
  guint64 trend[POOL_TREE_TREND_BINS] = { 1024, 4096, [POOL_TREE_TREND_BINS - 1] = 2048 };
  g_autofree char *words = row_trend_dup_text (trend), *none = row_trend_dup_text (NULL);
  g_assert_cmpstr (words, ==, "1 KiB – 2 KiB, at most 4 KiB");
  g_assert_cmpstr (none, ==, "");
}

static void
test_cancelled (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (13);
  g_autoptr (PoolTree) tree = random_tree_new (random);
  g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, TIME_RANGE_WHOLE, NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const PoolTreeRow row = POOL_TREE_ROOT;
  ColumnLayout layout;
  column_layout_init (&layout, NULL, NULL);
  g_cancellable_cancel (cancellable);
  gsize n_copied;
  g_assert_null (row_copy_dup_text (&(RowCopy){ values, &row, 1, &layout }, G_MAXSIZE, &n_copied, cancellable));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row-copy/random", test_random);
  g_test_add_func ("/row-copy/titles-and-trend", test_titles_and_trend);
  g_test_add_func ("/row-copy/cancelled", test_cancelled);
  return g_test_run ();
}
