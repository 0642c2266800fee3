#include "export/tree_rows.h"

static PoolTreeOrder
tree_export_get_order (const TreeExport *self)
{
  PoolTreeOrder order = POOL_TREE_ORDER_DEFAULT;
  order.metric = self->sort;
  return order;
}

gboolean
tree_export_has_column (const TreeExport *self, Metric metric)
{
  for (gsize i = 0; i < self->n_columns; i++)
    if (self->columns[i] == metric)
      return TRUE;
  return FALSE;
}

static TreeRow
make_row (const TreeExport *self, PoolTreeRow row, guint depth)
{
  return (TreeRow){ .row = row, .depth = depth, .sums = pool_tree_values_get_sums (self->values, row) };
}

/* One row in place of @children from @first on. */
static TreeRow
make_other_row (const TreeExport *self, GArray *children, gsize first, guint depth)
{
  TreeRow other = { .depth = depth, .n_others = children->len - first };
  for (gsize i = first; i < children->len; i++)
    {
      PoolTreeSums sums = pool_tree_values_get_sums (self->values, g_array_index (children, PoolTreeRow, i));
      other.sums.count += sums.count;
      other.sums.size_bytes += sums.size_bytes;
      other.sums.impacting_bytes += sums.impacting_bytes;
    }
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
      TreeRow child = make_row (self, g_array_index (children, PoolTreeRow, i - 1), depth);
      g_array_append_val (waiting, child);
    }
}

/* One sweep for all rows: asking row by row would read all events as often as there are rows. */
static void
add_peaks (const TreeExport *self, GArray *rows)
{
  g_autofree PoolTreeRow *asked = g_new (PoolTreeRow, rows->len);
  g_autofree guint64 *peaks = g_new0 (guint64, rows->len);
  gsize n_asked = 0;
  for (guint i = 0; i < rows->len; i++)
    if (g_array_index (rows, TreeRow, i).n_others == 0)
      asked[n_asked++] = g_array_index (rows, TreeRow, i).row;
  pool_tree_values_get_peaks (self->values, asked, n_asked, peaks, NULL);
  for (guint i = 0, used = 0; i < rows->len; i++)
    if (g_array_index (rows, TreeRow, i).n_others == 0)
      g_array_index (rows, TreeRow, i).peak_bytes = peaks[used++];
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
  if (tree_export_has_column (self, METRIC_PEAK) && rows->len > 0)
    add_peaks (self, rows);
  return rows;
}

gint64
tree_row_get_metric (const TreeRow *self, Metric metric)
{
  switch (metric)
    {
    case METRIC_COUNT:
      return (gint64) self->sums.count;
    case METRIC_SIZE:
      return (gint64) MIN (self->sums.size_bytes, (guint64) G_MAXINT64);
    case METRIC_IMPACTING:
      return self->sums.impacting_bytes;
    case METRIC_PEAK:
      return (gint64) MIN (self->peak_bytes, (guint64) G_MAXINT64);
    case N_METRICS:
      break;
    }
  g_return_val_if_reached (0);
}
