#include "export/tree_rows.h"

static PoolTreeOrder
tree_export_get_order (const TreeExport *self)
{
  PoolTreeOrder order = POOL_TREE_ORDER_DEFAULT;
  order.metric = self->sort;
  return order;
}

MetricSet
tree_export_get_columns (const TreeExport *self)
{
  MetricSet columns = 0;
  for (gsize i = 0; i < self->n_columns; i++)
    columns |= METRIC_BIT (self->columns[i]);
  return columns;
}

/* One row in place of @children from @first on. */
static TreeRow
make_other_row (const TreeExport *self, GArray *children, gsize first, guint depth)
{
  TreeRow other = { .depth = depth, .n_others = children->len - first };
  MetricSet adding_up = 0;
  for (gsize i = 0; i < self->n_columns; i++)
    if (metric_adds_up (self->columns[i]))
      adding_up |= METRIC_BIT (self->columns[i]);
  g_autofree RowMetrics *metrics = g_new (RowMetrics, other.n_others);
  pool_tree_values_get_metrics (self->values, &g_array_index (children, PoolTreeRow, first), other.n_others,
                                adding_up, metrics, NULL, NULL);
  for (gsize i = 0; i < other.n_others; i++)
    row_metrics_add (&other.metrics, &metrics[i]);
  return other;
}

/* Puts the children of @row on @waiting, the first one on top. */
static void
push_children (const TreeExport *self, PoolTreeRow row, guint depth, GArray *children, GArray *waiting)
{
  g_array_set_size (children, 0);
  pool_tree_values_get_children (self->values, row, tree_export_get_order (self), children);
  gsize n_shown = MIN ((gsize) children->len, self->limit);
  if (n_shown < children->len)
    {
      TreeRow other = make_other_row (self, children, n_shown, depth);
      g_array_append_val (waiting, other);
    }
  for (gsize i = n_shown; i > 0; i--)
    {
      TreeRow child = { .row = g_array_index (children, PoolTreeRow, i - 1), .depth = depth };
      g_array_append_val (waiting, child);
    }
}

/* One sweep for all rows: asking row by row would read all events as often as there are rows. */
static void
add_metrics (const TreeExport *self, GArray *rows)
{
  g_autofree PoolTreeRow *asked = g_new (PoolTreeRow, rows->len);
  g_autofree RowMetrics *metrics = g_new (RowMetrics, rows->len);
  gsize n_asked = 0;
  for (guint i = 0; i < rows->len; i++)
    if (g_array_index (rows, TreeRow, i).n_others == 0)
      asked[n_asked++] = g_array_index (rows, TreeRow, i).row;
  pool_tree_values_get_metrics (self->values, asked, n_asked, tree_export_get_columns (self), metrics, NULL,
                                NULL);
  for (guint i = 0, used = 0; i < rows->len; i++)
    if (g_array_index (rows, TreeRow, i).n_others == 0)
      g_array_index (rows, TreeRow, i).metrics = metrics[used++];
}

/* Returns: (transfer full): TreeRow, parents before their children. A stack can be deeper than a
 * call stack should grow, so the rows to visit wait in an array. */
GArray *
tree_rows_new (const TreeExport *self)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (TreeRow));
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  g_autoptr (GArray) waiting = g_array_new (FALSE, FALSE, sizeof (TreeRow));
  push_children (self, POOL_TREE_ROOT, 0, children, waiting);
  while (waiting->len > 0)
    {
      TreeRow row = g_array_index (waiting, TreeRow, waiting->len - 1);
      g_array_set_size (waiting, waiting->len - 1);
      g_array_append_val (rows, row);
      if (row.n_others == 0)
        push_children (self, row.row, row.depth + 1, children, waiting);
    }
  add_metrics (self, rows);
  return rows;
}

gboolean
tree_row_get_metric (const TreeRow *self, Metric metric, gint64 *ret_value)
{
  return (self->n_others == 0 || metric_adds_up (metric))
         && row_metrics_get (&self->metrics, metric, ret_value);
}
