#include "export/tree_rows.h"

typedef struct
{
  const TreeExport *export;
  GArray *rows;     /* of TreeRow: found so far */
  GArray *waiting;  /* of TreeRow: to be visited, the next one last */
  GArray *children; /* scratch */
  GArray *others;   /* of RowMetrics: of the rows that stand for several */
} RowWalk;

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

static MetricSet
get_columns_that_add_up (const TreeExport *self)
{
  MetricSet columns = 0;
  for (gsize i = 0; i < self->n_columns; i++)
    if (metric_adds_up (self->columns[i]))
      columns |= METRIC_BIT (self->columns[i]);
  return columns;
}

/* --- Rows ------------------------------------------------------------------------------------------------ */

static void
add_to_other (gsize place, const RowMetrics *metrics, gpointer other)
{
  row_metrics_add (other, metrics);
}

/* One row in place of the children from @first on. */
static void
push_other_row (RowWalk *self, guint first, guint depth)
{
  RowMetrics sum = { .sums = { 0, 0, 0 } };
  TreeRow other = { .depth = depth, .n_others = self->children->len - first, .other = self->others->len };
  pool_tree_values_visit_metrics (self->export->values, &g_array_index (self->children, PoolTreeRow, first),
                                  other.n_others, get_columns_that_add_up (self->export), add_to_other, &sum, NULL);
  g_array_append_val (self->others, sum);
  g_array_append_val (self->waiting, other);
}

/* Puts the children of @row on the waiting ones, the first one on top. */
static void
push_children (RowWalk *self, PoolTreeRow row, guint depth)
{
  const TreeExport *export = self->export;
  g_array_set_size (self->children, 0);
  pool_tree_values_get_children (export->values, row, tree_export_get_order (export), self->children);
  guint n_shown = (guint) MIN ((gsize) self->children->len, export->limit);
  if (n_shown < self->children->len)
    push_other_row (self, n_shown, depth);
  for (guint i = n_shown; i > 0; i--)
    {
      TreeRow child = { .chain = pool_tree_get_chain (pool_tree_values_get_tree (export->values),
                                                      g_array_index (self->children, PoolTreeRow, i - 1)),
                        .depth = depth };
      g_array_append_val (self->waiting, child);
    }
}

/* Finds the rows, parents before their children. A stack can be deeper than a call stack should grow, so the rows to
 * visit wait in an array. */
static void
find_rows (RowWalk *self)
{
  push_children (self, POOL_TREE_ROOT, 0);
  while (self->waiting->len > 0)
    {
      TreeRow row = g_array_index (self->waiting, TreeRow, self->waiting->len - 1);
      g_array_set_size (self->waiting, self->waiting->len - 1);
      g_array_append_val (self->rows, row);
      if (row.n_others == 0)
        push_children (self, pool_tree_chain_get_last (&row.chain), row.depth + row.chain.n_rows);
    }
}

/* --- Values ---------------------------------------------------------------------------------------------- */

typedef struct
{
  TreeRows *rows;
  const TreeExport *export;
  MetricSet columns; /* that have values */
  gsize next;        /* row to fill, which is behind those that stand for several */
} RowFilling;

static void
take_metrics (RowFilling *self, gsize row, const RowMetrics *metrics)
{
  TreeRows *rows = self->rows;
  for (gsize column = 0; column < rows->n_columns; column++)
    {
      Metric metric = self->export->columns[column];
      gboolean has_value = (self->columns & METRIC_BIT (metric)) != 0
                           && row_metrics_get (metrics, metric, &rows->values[row * rows->n_columns + column]);
      rows->has_values[row] |= (guint64) has_value << column;
    }
}

static void
take_next_metrics (gsize place, const RowMetrics *metrics, gpointer data)
{
  RowFilling *self = data;
  while (self->rows->rows[self->next].n_others > 0)
    self->next++;
  take_metrics (self, self->next++, metrics);
}

/* One sweep for all rows: asking row by row would read all events as often as there are rows. */
static void
fill_values (TreeRows *self, const TreeExport *export, const GArray *others)
{
  g_autofree PoolTreeRow *asked = g_new (PoolTreeRow, self->n_rows);
  gsize n_asked = 0;
  RowFilling of_others = { self, export, get_columns_that_add_up (export), 0 };
  RowFilling of_rows = { self, export, tree_export_get_columns (export), 0 };
  self->values = g_new (gint64, self->n_rows * self->n_columns);
  self->has_values = g_new0 (guint64, self->n_rows);
  for (gsize i = 0; i < self->n_rows; i++)
    if (self->rows[i].n_others == 0)
      asked[n_asked++] = self->rows[i].chain.first;
    else
      take_metrics (&of_others, i, &g_array_index (others, RowMetrics, self->rows[i].other));
  pool_tree_values_visit_metrics (export->values, asked, n_asked, tree_export_get_columns (export), take_next_metrics,
                                  &of_rows, NULL);
}

void
tree_rows_init (TreeRows *self, const TreeExport *export)
{
  RowWalk walk = { .export = export,
                   .rows = g_array_new (FALSE, FALSE, sizeof (TreeRow)),
                   .waiting = g_array_new (FALSE, FALSE, sizeof (TreeRow)),
                   .children = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow)),
                   .others = g_array_new (FALSE, FALSE, sizeof (RowMetrics)) };
  if (export->limit > TREE_EXPORT_TEXT_LIMIT)
    pool_tree_values_need_all (export->values, NULL);
  find_rows (&walk);
  *self = (TreeRows){ .n_rows = walk.rows->len, .n_columns = export->n_columns };
  self->rows = (TreeRow *) (gpointer) g_array_free (walk.rows, FALSE);
  fill_values (self, export, walk.others);
  g_array_unref (walk.waiting);
  g_array_unref (walk.children);
  g_array_unref (walk.others);
}

void
tree_rows_clear (TreeRows *self)
{
  g_free (self->rows);
  g_free (self->values);
  g_free (self->has_values);
}
