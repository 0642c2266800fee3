#include "export/metric_text.h"
#include "export/tree_rows.h"

#define COLUMN_WIDTH 14
#define INDENT_WIDTH 2
#define MAX_INDENT_LEVELS 128 /* deeper stacks are not moved further to the right */

static void
write_header (const TreeExport *self, TextOutput *output)
{
  for (gsize i = 0; i < self->n_columns; i++)
    {
      text_output_add_padded (output, metric_get_display_name (self->columns[i]), COLUMN_WIDTH, TRUE);
      text_output_add (output, "  ");
    }
  gsize n_levels;
  const Dimension *grouping = pool_tree_get_grouping (pool_tree_values_get_tree (self->values), &n_levels);
  for (gsize i = 0; i < n_levels; i++)
    {
      text_output_add (output, i > 0 ? " / " : "");
      text_output_add (output, dimension_get_display_name (grouping[i]));
    }
  text_output_add (output, "\n");
}

/* A column's text in the row written last. Rows often say the same as their parents. */
typedef struct
{
  gint64 value;
  char *text; /* (owned) (nullable) */
} LastText;

static void
write_metric (gboolean has_value, gint64 value, Metric metric, LastText *last, TextOutput *output)
{
  if (has_value && (!last->text || last->value != value))
    {
      g_free (last->text);
      *last = (LastText){ value, metric_format (metric, value) };
    }
  text_output_add_padded (output, has_value ? last->text : "–", COLUMN_WIDTH, TRUE);
  text_output_add (output, "  ");
}

static void
write_metrics (const TreeExport *self, const TreeRows *rows, gsize row, LastText *last, TextOutput *output)
{
  for (gsize column = 0; column < self->n_columns; column++)
    {
      gint64 value;
      gboolean has_value = tree_rows_get_value (rows, row, column, &value);
      write_metric (has_value, value, self->columns[column], &last[column], output);
    }
}

static void
write_name (const TreeExport *self, const TreeRow *row, guint32 place, TextOutput *output)
{
  text_output_add_spaces (output, INDENT_WIDTH * MIN (row->depth + place, MAX_INDENT_LEVELS));
  if (row->n_others > 0)
    text_output_printf (output, "[Other] (%u %s)", row->n_others, row->n_others == 1 ? "row" : "rows");
  else
    text_output_add_line_safe (
        output, pool_tree_chain_get_text (&row->chain, pool_tree_values_get_tree (self->values), place));
  text_output_add (output, "\n");
}

/* An indented tree, numbers first so that long names do not push them away. */
void
tree_export_write_text (const TreeExport *self, TextOutput *output)
{
  g_auto (TreeRows) rows = { 0 };
  tree_rows_init (&rows, self);
  g_autofree LastText *last = g_new0 (LastText, self->n_columns);
  write_header (self, output);
  for (gsize i = 0; i < rows.n_rows; i++)
    for (guint32 place = 0; place < tree_row_get_n_shown (&rows.rows[i]); place++)
      {
        write_metrics (self, &rows, i, last, output);
        write_name (self, &rows.rows[i], place, output);
      }
  for (gsize column = 0; column < self->n_columns; column++)
    g_free (last[column].text);
}
