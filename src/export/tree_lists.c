#include "export/csv_output.h"
#include "export/metric_text.h"
#include "export/tree_leaves.h"

static void
add_metric (const PoolTreeLeaf *leaf, Metric metric, CsvOutput *csv)
{
  gint64 value;
  g_autofree char *text
      = row_metrics_get (&leaf->metrics, metric, &value) ? metric_format_plain (metric, value) : NULL;
  csv_output_add_field (csv, text ? text : "");
}

void
tree_export_write_csv (const TreeExport *self, TextOutput *output)
{
  const PoolTree *tree = pool_tree_values_get_tree (self->values);
  CsvOutput csv = { output, FALSE };
  gsize n_levels;
  const Dimension *grouping = pool_tree_get_grouping (tree, &n_levels);
  for (gsize i = 0; i < n_levels; i++)
    csv_output_add_field (&csv, dimension_get_display_name (grouping[i]));
  for (gsize i = 0; i < self->n_columns; i++)
    csv_output_add_field (&csv, metric_get_display_name (self->columns[i]));
  csv_output_end_row (&csv);

  g_autoptr (GArray) leaves = tree_leaves_new (self);
  for (guint i = 0; i < leaves->len && !output->error; i++)
    {
      const PoolTreeLeaf *leaf = &g_array_index (leaves, PoolTreeLeaf, i);
      g_auto (GStrv) key = pool_tree_dup_row_key (tree, leaf->row);
      for (gsize level = 0; level < n_levels; level++)
        csv_output_add_field (&csv, key[level]);
      for (gsize column = 0; column < self->n_columns; column++)
        add_metric (leaf, self->columns[column], &csv);
      csv_output_end_row (&csv);
    }
}

void
tree_export_write_folded (const TreeExport *self, TextOutput *output)
{
  const PoolTree *tree = pool_tree_values_get_tree (self->values);
  g_autoptr (GArray) leaves = tree_leaves_new (self);
  for (guint i = 0; i < leaves->len && !output->error; i++)
    {
      const PoolTreeLeaf *leaf = &g_array_index (leaves, PoolTreeLeaf, i);
      g_auto (GStrv) key = pool_tree_dup_row_key (tree, leaf->row);
      g_autofree char *joined = g_strjoinv (";", key);
      text_output_add_line_safe (output, joined);
      text_output_printf (output, " %" G_GUINT64_FORMAT "\n", leaf->metrics.sums.size_bytes);
    }
}
