#include "export/trace_report.h"

#include "base/number_format.h"
#include "export/json_document.h"
#include "export/trace_health.h"

#define LABEL_WIDTH 18

static void
write_facts (const PoolTrace *trace, TextOutput *output)
{
  g_autoptr (GPtrArray) facts = trace_report_list (trace);
  for (guint i = 0; i < facts->len; i++)
    {
      const TraceFact *fact = facts->pdata[i];
      if (!fact->label)
        continue;
      g_autofree char *label = g_strconcat (fact->label, ":", NULL);
      text_output_add_padded (output, label, LABEL_WIDTH, FALSE);
      text_output_add_line_safe (output, fact->text);
      text_output_add (output, "\n");
    }
}

static void
write_counters (const PoolTrace *trace, TextOutput *output)
{
  text_output_add (output, "\nWhat the reader counted:\n");
  for (guint i = 0; i < IMPORT_N_COUNTERS; i++)
    if (trace->counters.values[i] > 0)
      {
        g_autofree char *count
            = format_count ((gint64) MIN (trace->counters.values[i], (guint64) G_MAXINT64));
        text_output_printf (output, "  %s %s\n", count, import_counter_get_sentence (i));
      }
}

static void
write_health (const PoolTrace *trace, TextOutput *output)
{
  g_autoptr (GPtrArray) items = trace_health_list (trace);
  text_output_add (output, "\nWhat is missing for a good analysis, and how to record it next time:\n");
  if (items->len == 0)
    text_output_add (output, "  nothing\n");
  for (guint i = 0; i < items->len; i++)
    {
      const TraceHealthItem *item = items->pdata[i];
      text_output_printf (output, "  %s: ", trace_health_severity_get_name (item->severity));
      text_output_add_line_safe (output, item->sentence);
      text_output_printf (output, ". %s %s\n", item->consequence, item->advice);
    }
}

void
trace_report_write_text (const PoolTrace *trace, TextOutput *output)
{
  write_facts (trace, output);
  write_counters (trace, output);
  write_health (trace, output);
}

static void
add_counters (JsonBuilder *builder, const PoolTrace *trace)
{
  json_builder_set_member_name (builder, "counters");
  json_builder_begin_array (builder);
  for (guint i = 0; i < IMPORT_N_COUNTERS; i++)
    if (trace->counters.values[i] > 0)
      {
        json_builder_begin_object (builder);
        json_document_add_string (builder, "name", import_counter_get_name (i));
        json_document_add_unsigned (builder, "value", trace->counters.values[i]);
        json_document_add_string (builder, "sentence", import_counter_get_sentence (i));
        json_builder_end_object (builder);
      }
  json_builder_end_array (builder);
}

void
trace_report_write_json (const PoolTrace *trace, TextOutput *output)
{
  g_autoptr (JsonBuilder) builder = json_document_begin ("info", trace);
  g_autoptr (GPtrArray) facts = trace_report_list (trace);
  json_builder_set_member_name (builder, "info");
  json_builder_begin_object (builder);
  for (guint i = 0; i < facts->len; i++)
    {
      const TraceFact *fact = facts->pdata[i];
      if (fact->kind == TRACE_FACT_NUMBER)
        json_document_add_time (builder, fact->name, fact->number);
      else if (fact->kind == TRACE_FACT_LIST)
        json_document_add_strings (builder, fact->name, (const char *const *) fact->list);
      else
        json_document_add_string (builder, fact->name, fact->text);
    }
  json_builder_end_object (builder);
  add_counters (builder, trace);
  json_document_add_health (builder, trace);
  json_document_write (builder, output);
}
