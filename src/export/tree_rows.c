#include "export/tree_rows.h"

#include "export/tree_row_search.h"

MetricSet
tree_export_get_columns (const TreeExport *self)
{
  MetricSet columns = 0;
  for (gsize i = 0; i < self->n_columns; i++)
    columns |= METRIC_BIT (self->columns[i]);
  return columns;
}

MetricSet
tree_export_get_columns_that_add_up (const TreeExport *self)
{
  MetricSet columns = 0;
  for (gsize i = 0; i < self->n_columns; i++)
    if (metric_adds_up (self->columns[i]))
      columns |= METRIC_BIT (self->columns[i]);
  return columns;
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
  RowFilling of_others = { self, export, tree_export_get_columns_that_add_up (export), 0 };
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
  GArray *rows;
  g_autoptr (GArray) others = NULL;
  if (export->limit > TREE_EXPORT_TEXT_LIMIT)
    pool_tree_values_need_all (export->values, NULL);
  tree_row_search (export, &rows, &others);
  *self = (TreeRows){ .n_rows = rows->len, .n_columns = export->n_columns };
  self->rows = (TreeRow *) (gpointer) g_array_free (rows, FALSE);
  fill_values (self, export, others);
}

void
tree_rows_clear (TreeRows *self)
{
  g_free (self->rows);
  g_free (self->values);
  g_free (self->has_values);
}
