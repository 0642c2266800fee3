#include "export/json_document.h"

#include "export/trace_health.h"

#include <string.h>

JsonBuilder *
json_document_begin (const char *kind, const PoolTrace *trace)
{
  JsonBuilder *builder = json_builder_new ();
  json_builder_begin_object (builder);
  g_autofree char *schema = g_strdup_printf ("poolscope-%s-1", kind);
  json_document_add_string (builder, "schema", schema);
  json_document_add_string (builder, "program", "Poolscope " POOLSCOPE_VERSION);
  json_document_add_string (builder, "trace", trace->info.display_name);
  json_builder_set_member_name (builder, "units");
  json_builder_begin_object (builder);
  json_document_add_string (builder, "size", "bytes");
  json_document_add_string (builder, "count", "blocks");
  json_document_add_string (builder, "time", "nanoseconds since the start of the trace");
  json_builder_end_object (builder);
  return builder;
}

void
json_document_add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
json_document_add_integer (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
json_document_add_unsigned (JsonBuilder *builder, const char *name, guint64 value)
{
  json_document_add_integer (builder, name, (gint64) MIN (value, (guint64) G_MAXINT64));
}

void
json_document_add_time (JsonBuilder *builder, const char *name, gint64 time_ns)
{
  if (time_ns == POOL_TIME_BEFORE || time_ns == POOL_TIME_NEVER)
    json_document_add_string (builder, name, NULL);
  else
    json_document_add_integer (builder, name, time_ns);
}

void
json_document_add_strings (JsonBuilder *builder, const char *name, const char *const *values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (; *values; values++)
    json_builder_add_string_value (builder, *values);
  json_builder_end_array (builder);
}

void
json_document_add_range (JsonBuilder *builder, const TimeRangeText *range)
{
  json_builder_set_member_name (builder, "range");
  json_builder_begin_object (builder);
  json_document_add_time (builder, "start_ns", range->has_start ? range->range.start_ns : POOL_TIME_BEFORE);
  json_document_add_time (builder, "end_ns", range->has_end ? range->range.end_ns : POOL_TIME_NEVER);
  json_builder_end_object (builder);
}

void
json_document_add_health (JsonBuilder *builder, const PoolTrace *trace)
{
  g_autoptr (GPtrArray) items = trace_health_list (trace);
  json_builder_set_member_name (builder, "health");
  json_builder_begin_array (builder);
  for (guint i = 0; i < items->len; i++)
    {
      const TraceHealthItem *item = items->pdata[i];
      json_builder_begin_object (builder);
      json_document_add_string (builder, "name", item->name);
      json_document_add_string (builder, "severity", trace_health_severity_get_name (item->severity));
      json_document_add_string (builder, "sentence", item->sentence);
      json_document_add_string (builder, "consequence", item->consequence);
      json_document_add_string (builder, "advice", item->advice);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* Ends the object that @builder holds and gives its text. */
static char *
end_object (JsonBuilder *builder, gboolean is_pretty)
{
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, is_pretty);
  return json_generator_to_data (generator, NULL);
}

static void
write_open (JsonBuilder *builder, const char *rows_name, gboolean is_pretty, TextOutput *output)
{
  g_autofree char *text = end_object (builder, is_pretty);
  *strrchr (text, '}') = '\0';
  text_output_add (output, g_strchomp (text));
  text_output_printf (output, is_pretty ? ",\n  \"%s\" : [" : ",\"%s\":[", rows_name);
}

void
json_document_write (JsonBuilder *builder, TextOutput *output)
{
  g_autofree char *text = end_object (builder, TRUE);
  text_output_add (output, text);
  text_output_add (output, "\n");
}

void
json_document_write_open (JsonBuilder *builder, const char *rows_name, TextOutput *output)
{
  write_open (builder, rows_name, TRUE, output);
}

void
json_document_write_close (TextOutput *output)
{
  text_output_add (output, "\n  ]\n}\n");
}

void
json_document_write_row (JsonBuilder *builder, TextOutput *output)
{
  g_autofree char *text = end_object (builder, FALSE);
  text_output_add (output, text);
}

void
json_document_write_open_row (JsonBuilder *builder, TextOutput *output)
{
  write_open (builder, "children", FALSE, output);
}
