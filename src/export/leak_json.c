#include "export/leak_report_private.h"

#include "export/metric_text.h"

static void
write_json_row (const LeakRanking *ranking, const LeakRow *row, TextOutput *output)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "key");
  json_builder_begin_object (builder);
  for (gsize i = 0; i < ranking->n_levels; i++)
    json_document_add_string (builder, dimension_get_name (ranking->grouping[i]), row->key[i]);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "bytes_per_second");
  json_builder_add_double_value (builder, row->bytes_per_second);
  gint64 net;
  row_metrics_get (&row->metrics, METRIC_IMPACTING, &net);
  json_document_add_integer (builder, "net", net);
  for (Metric metric = 0; metric < N_BASIC_METRICS; metric++)
    {
      gint64 value;
      gboolean has_value = row_metrics_get (&row->metrics, metric, &value);
      json_document_add_metric (builder, metric, has_value ? &value : NULL);
    }
  for (LeakOrigin origin = 0; origin < LEAK_N_ORIGINS; origin++)
    {
      g_autofree char *name = g_ascii_strdown (leak_origin_names[origin], -1);
      json_document_add_string (builder, name, row->origins[origin]);
    }
  json_document_write_row (builder, output);
}

void
leak_report_write_json (const LeakReport *self, TextOutput *output)
{
  const LeakRanking *ranking = self->ranking;
  const char *dimensions[N_DIMENSIONS + 1] = { NULL };
  for (gsize i = 0; i < ranking->n_levels; i++)
    dimensions[i] = dimension_get_name (ranking->grouping[i]);
  g_autofree char *recorders = leak_report_dup_recorder_tags (self);
  g_auto (GStrv) left_out = g_strsplit (recorders, ", ", -1);
  g_autoptr (JsonBuilder) builder = json_document_begin ("leaks", self->trace);
  json_document_add_strings (builder, "by", dimensions);
  json_document_add_strings (builder, "recorder_tags_left_out", (const char *const *) left_out);
  json_document_add_strings (builder, "unfit_to_judge", self->doubts);
  json_document_add_health (builder, self->trace);
  json_document_write_open (builder, "rows", output);
  for (guint i = 0; i < ranking->rows->len; i++)
    {
      text_output_add (output, i > 0 ? ",\n" : "\n");
      write_json_row (ranking, &g_array_index (ranking->rows, LeakRow, i), output);
    }
  json_document_write_close (output);
}
