#include "app/table/row_copy.h"

#include "base/number_format.h"
#include "export/metric_text.h"

#include <glib/gi18n.h>

/* What the worker computes of all rows. */
typedef struct
{
  RowMetrics *metrics;   /* (array length=n_rows) (owned) */
  guint64 *trends_bytes; /* (owned) (nullable): one after the other */
} RowNumbers;

char *
row_trend_dup_text (const guint64 *trend_bytes)
{
  guint64 largest = 0;
  if (trend_bytes == NULL)
    return g_strdup ("");
  for (guint i = 0; i < POOL_TREE_TREND_BINS; i++)
    largest = MAX (largest, trend_bytes[i]);
  g_autofree char *first = format_bytes ((gint64) MIN (trend_bytes[0], (guint64) G_MAXINT64));
  g_autofree char *last = format_bytes ((gint64) MIN (trend_bytes[POOL_TREE_TREND_BINS - 1], (guint64) G_MAXINT64));
  g_autofree char *most = format_bytes ((gint64) MIN (largest, (guint64) G_MAXINT64));
  return g_strdup_printf (_ ("%s – %s, at most %s"), first, last, most);
}

static gboolean
compute (const RowCopy *self, RowNumbers *numbers, GCancellable *cancellable)
{
  MetricSet needed = 0;
  gboolean needs_trend = FALSE;
  for (guint i = 0; i < self->layout->n_columns; i++)
    {
      const TableColumn *column = &self->layout->columns[i];
      needs_trend |= column->kind == TABLE_COLUMN_TREND;
      if (column->kind == TABLE_COLUMN_VALUE)
        needed |= METRIC_BIT (column->metric);
    }
  numbers->metrics = g_new (RowMetrics, self->n_rows);
  numbers->trends_bytes = needs_trend ? g_new (guint64, self->n_rows * POOL_TREE_TREND_BINS) : NULL;
  return pool_tree_values_get_metrics (self->values, self->rows, self->n_rows, needed, numbers->metrics,
                                       numbers->trends_bytes, cancellable);
}

/* A field is one line without tabs. */
static void
append_field (GString *text, const char *field)
{
  for (const char *c = field; *c != '\0'; c++)
    g_string_append_c (text, *c == '\t' || *c == '\n' ? ' ' : *c);
}

/* The texts of the rows on the way to @row that stand in the column of @dimension. */
static char *
dup_group_text (const PoolTree *tree, PoolTreeRow row, Dimension dimension)
{
  gsize n_levels;
  const Dimension *grouping = pool_tree_get_grouping (tree, &n_levels);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  do
    {
      if (grouping[pool_tree_row_get_column (row)] != dimension)
        continue;
      g_autofree char *part = pool_tree_dup_row_text (tree, row);
      if (*part != '\0')
        g_ptr_array_insert (parts, 0, g_steal_pointer (&part));
    }
  while (pool_tree_get_parent (tree, row, &row) && row.level > 0);
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (";", (char **) parts->pdata);
}

static char *
dup_field (const RowCopy *self, const RowNumbers *numbers, gsize index, TableColumn column)
{
  gint64 value;
  if (column.kind == TABLE_COLUMN_GROUP)
    return dup_group_text (pool_tree_values_get_tree (self->values), self->rows[index], column.dimension);
  if (column.kind == TABLE_COLUMN_TREND)
    return row_trend_dup_text (&numbers->trends_bytes[index * POOL_TREE_TREND_BINS]);
  if (!row_metrics_get (&numbers->metrics[index], column.metric, &value))
    return g_strdup ("");
  if (metric_get_unit (column.metric) == METRIC_UNIT_VERDICT)
    return g_strdup (_ (verdict_get_name ((Verdict) value)));
  return metric_format_plain (column.metric, value);
}

/* The titles, or with @numbers (nullable) the fields of row @index. */
static void
append_line (const RowCopy *self, const RowNumbers *numbers, gsize index, GString *text)
{
  const char *separator = "";
  for (guint i = 0; i < self->layout->n_columns; i++)
    {
      TableColumn column = self->layout->columns[i];
      if (column.kind == TABLE_COLUMN_MARKER)
        continue;
      g_autofree char *field = numbers != NULL ? dup_field (self, numbers, index, column)
                                               : g_strdup (table_column_get_title (column));
      g_string_append (text, separator);
      append_field (text, field);
      separator = "\t";
    }
  g_string_append_c (text, '\n');
}

char *
row_copy_dup_text (const RowCopy *self, gsize limit_bytes, gsize *ret_n_copied, GCancellable *cancellable)
{
  RowNumbers numbers = { 0 };
  g_autoptr (GString) text = g_string_new (NULL);
  append_line (self, NULL, 0, text);
  gboolean is_done = self->n_rows == 0 || compute (self, &numbers, cancellable);
  gsize n_copied = 0;
  for (gboolean has_room = TRUE; is_done && has_room && n_copied < self->n_rows;)
    {
      gsize length_bytes = text->len;
      append_line (self, &numbers, n_copied, text);
      has_room = text->len <= limit_bytes || n_copied == 0;
      if (has_room)
        n_copied++;
      else
        g_string_truncate (text, length_bytes);
      is_done = !g_cancellable_is_cancelled (cancellable);
    }
  *ret_n_copied = n_copied;
  g_free (numbers.metrics);
  g_free (numbers.trends_bytes);
  return is_done ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
