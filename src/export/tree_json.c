#include "export/json_document.h"
#include "export/metric_text.h"
#include "export/tree_rows.h"

static void
add_metrics (const TreeExport *self, const TreeRows *rows, gsize row, JsonBuilder *builder)
{
  for (gsize i = 0; i < self->n_columns; i++)
    {
      gint64 value;
      gboolean has_value = tree_rows_get_value (rows, row, i, &value);
      json_document_add_metric (builder, self->columns[i], has_value ? &value : NULL);
    }
}

/* What ends at a row that has children too; without it the children would seem not to add up. */
static void
add_own (const TreeExport *self, PoolTreeRow row, JsonBuilder *builder)
{
  PoolTreeSums own = pool_tree_values_get_own_sums (self->values, row);
  if (own.count == 0 || !pool_tree_values_has_children (self->values, row))
    return;
  json_builder_set_member_name (builder, "own");
  json_builder_begin_object (builder);
  RowMetrics metrics = { .sums = own };
  for (Metric metric = METRIC_COUNT; metric <= METRIC_IMPACTING; metric++)
    {
      gint64 value;
      row_metrics_get (&metrics, metric, &value);
      json_document_add_metric (builder, metric, &value);
    }
  json_builder_end_object (builder);
}

/* Row @place of the chain of @row. */
static void
write_row (const TreeExport *self, const TreeRows *rows, gsize row, guint32 place, TextOutput *output)
{
  const PoolTree *tree = pool_tree_values_get_tree (self->values);
  const TreeRow *tree_row = &rows->rows[row];
  gsize n_levels;
  const Dimension *grouping = pool_tree_get_grouping (tree, &n_levels);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  if (tree_row->n_others > 0)
    {
      json_document_add_string (builder, "text", "[Other]");
      json_document_add_unsigned (builder, "others", tree_row->n_others);
      add_metrics (self, rows, row, builder);
    }
  else
    {
      PoolTreeRow shown = pool_tree_chain_get_row (&tree_row->chain, place);
      json_document_add_string (builder, "dimension",
                                dimension_get_name (grouping[pool_tree_row_get_column (shown)]));
      json_document_add_string (builder, "text", pool_tree_chain_get_text (&tree_row->chain, tree, place));
      add_metrics (self, rows, row, builder);
      add_own (self, shown, builder);
    }
  json_document_write_open_row (builder, output);
}

static void
add_units (const TreeExport *self, JsonBuilder *builder)
{
  static const char *const names[] = { [METRIC_UNIT_BLOCKS] = "blocks",
                                       [METRIC_UNIT_EVENTS] = "events",
                                       [METRIC_UNIT_BYTES] = "bytes",
                                       [METRIC_UNIT_PERCENT] = "percent",
                                       [METRIC_UNIT_STEPS] = "steps",
                                       [METRIC_UNIT_VERDICT] = "word",
                                       [METRIC_UNIT_NS] = "ns",
                                       [METRIC_UNIT_VALUES] = "values" };
  json_builder_set_member_name (builder, "column_units");
  json_builder_begin_object (builder);
  for (gsize i = 0; i < self->n_columns; i++)
    json_document_add_string (builder, metric_get_name (self->columns[i]),
                              names[metric_get_unit (self->columns[i])]);
  json_builder_end_object (builder);
}

static JsonBuilder *
begin_document (const TreeExport *self)
{
  const PoolTree *tree = pool_tree_values_get_tree (self->values);
  const PoolTrace *trace = pool_tree_get_trace (tree);
  gsize n_levels;
  const Dimension *grouping = pool_tree_get_grouping (tree, &n_levels);
  const char *dimensions[N_DIMENSIONS + 1] = { NULL }, *metrics[N_METRICS + 1] = { NULL };
  for (gsize i = 0; i < n_levels; i++)
    dimensions[i] = dimension_get_name (grouping[i]);
  for (gsize i = 0; i < self->n_columns; i++)
    metrics[i] = metric_get_name (self->columns[i]);
  JsonBuilder *builder = json_document_begin ("table", trace);
  json_document_add_range (builder, self->range);
  json_document_add_strings (builder, "group", dimensions);
  json_document_add_strings (builder, "columns", metrics);
  add_units (self, builder);
  json_document_add_string (builder, "sort", metric_get_name (self->sort));
  json_document_add_health (builder, trace);
  return builder;
}

void
tree_export_write_json (const TreeExport *self, TextOutput *output)
{
  g_autoptr (JsonBuilder) builder = begin_document (self);
  g_auto (TreeRows) rows = { 0 };
  tree_rows_init (&rows, self);
  json_document_write_open (builder, "rows", output);
  guint n_open = 0;
  for (gsize i = 0; i < rows.n_rows; i++)
    for (guint32 place = 0; place < tree_row_get_n_shown (&rows.rows[i]); place++)
      {
        guint depth = rows.rows[i].depth + place;
        gboolean is_first = (i == 0 && place == 0) || depth >= n_open;
        for (; n_open > depth; n_open--)
          text_output_add (output, "]}");
        text_output_add (output, is_first ? "\n" : ",\n");
        write_row (self, &rows, i, place, output);
        n_open++;
      }
  for (; n_open > 0; n_open--)
    text_output_add (output, "]}");
  json_document_write_close (output);
}
