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
write_metric (const TreeRow *row, Metric metric, LastText *last, TextOutput *output)
{
  gint64 value;
  gboolean has_value = tree_row_get_metric (row, metric, &value);
  if (has_value && (!last->text || last->value != value))
    {
      g_free (last->text);
      *last = (LastText){ value, metric_format (metric, value) };
    }
  text_output_add_padded (output, has_value ? last->text : "–", COLUMN_WIDTH, TRUE);
  text_output_add (output, "  ");
}

/* An indented tree, numbers first so that long names do not push them away. */
void
tree_export_write_text (const TreeExport *self, TextOutput *output)
{
  const PoolTree *tree = pool_tree_values_get_tree (self->values);
  g_autoptr (GArray) rows = tree_rows_new (self);
  g_autofree LastText *last = g_new0 (LastText, self->n_columns);
  write_header (self, output);
  for (guint i = 0; i < rows->len; i++)
    {
      const TreeRow *row = &g_array_index (rows, TreeRow, i);
      for (gsize column = 0; column < self->n_columns; column++)
        write_metric (row, self->columns[column], &last[column], output);
      text_output_add_spaces (output, INDENT_WIDTH * MIN (row->depth, MAX_INDENT_LEVELS));
      if (row->n_others > 0)
        text_output_printf (output, "[Other] (%" G_GSIZE_FORMAT " %s)", row->n_others,
                            row->n_others == 1 ? "row" : "rows");
      else
        {
          g_autofree char *text = pool_tree_dup_row_text (tree, row->row);
          text_output_add_line_safe (output, text);
        }
      text_output_add (output, "\n");
    }
  for (gsize column = 0; column < self->n_columns; column++)
    g_free (last[column].text);
}
