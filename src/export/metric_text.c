#include "export/metric_text.h"

#include "base/number_format.h"

/* "66.67", "50", "0.5": hundredths without zeros at the end. */
static void
append_hundredths (GString *text, gint64 value)
{
  format_append_integer (text, value / 100);
  if (value % 100 == 0)
    return;
  g_string_append_c (text, '.');
  g_string_append_c (text, (char) ('0' + value % 100 / 10));
  if (value % 10 != 0)
    g_string_append_c (text, (char) ('0' + value % 10));
}

void
metric_append (GString *text, Metric metric, gint64 value)
{
  switch (metric_get_unit (metric))
    {
    case METRIC_UNIT_BYTES:
      format_append_bytes (text, value);
      break;
    case METRIC_UNIT_PERCENT:
      append_hundredths (text, value);
      g_string_append (text, " %");
      break;
    case METRIC_UNIT_STEPS:
      g_string_append_printf (text, "%d/%d", (int) value, METRIC_N_STEPS);
      break;
    case METRIC_UNIT_VERDICT:
      g_string_append (text, verdict_get_name ((Verdict) value));
      break;
    case METRIC_UNIT_NS:
      {
        g_autofree char *duration = format_duration (value);
        g_string_append (text, duration);
        break;
      }
    case METRIC_UNIT_BLOCKS:
    case METRIC_UNIT_EVENTS:
    case METRIC_UNIT_VALUES:
    default:
      format_append_count (text, value);
    }
}

char *
metric_format (Metric metric, gint64 value)
{
  GString *text = g_string_new (NULL);
  metric_append (text, metric, value);
  return g_string_free (text, FALSE);
}

char *
metric_format_plain (Metric metric, gint64 value)
{
  GString *text = g_string_new (NULL);
  switch (metric_get_unit (metric))
    {
    case METRIC_UNIT_PERCENT:
      append_hundredths (text, value);
      break;
    case METRIC_UNIT_VERDICT:
      g_string_append (text, verdict_get_name ((Verdict) value));
      break;
    default:
      format_append_integer (text, value);
    }
  return g_string_free (text, FALSE);
}

void
json_document_add_metric (JsonBuilder *builder, Metric metric, const gint64 *value)
{
  const char *name = metric_get_name (metric);
  if (value == NULL)
    json_document_add_string (builder, name, NULL);
  else if (metric_get_unit (metric) == METRIC_UNIT_VERDICT)
    json_document_add_string (builder, name, verdict_get_name ((Verdict) *value));
  else if (metric_get_unit (metric) == METRIC_UNIT_PERCENT)
    {
      json_builder_set_member_name (builder, name);
      json_builder_add_double_value (builder, (double) *value / 100);
    }
  else
    json_document_add_integer (builder, name, *value);
}
