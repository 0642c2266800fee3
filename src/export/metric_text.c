#include "export/metric_text.h"

#include "base/number_format.h"

/* "66.67", "50", "0.5": hundredths without zeros at the end. */
static char *
format_hundredths (gint64 value)
{
  if (value % 100 == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, value / 100);
  if (value % 10 == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT ".%d", value / 100, (int) (value % 100 / 10));
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", value / 100, (int) (value % 100));
}

char *
metric_format (Metric metric, gint64 value)
{
  switch (metric_get_unit (metric))
    {
    case METRIC_UNIT_BYTES:
      return format_bytes (value);
    case METRIC_UNIT_PERCENT:
      {
        g_autofree char *number = format_hundredths (value);
        return g_strdup_printf ("%s %%", number);
      }
    case METRIC_UNIT_STEPS:
      return g_strdup_printf ("%d/%d", (int) value, METRIC_N_STEPS);
    case METRIC_UNIT_VERDICT:
      return g_strdup (verdict_get_name ((Verdict) value));
    case METRIC_UNIT_NS:
      return format_duration (value);
    case METRIC_UNIT_BLOCKS:
    case METRIC_UNIT_EVENTS:
    case METRIC_UNIT_VALUES:
    default:
      return format_count (value);
    }
}

char *
metric_format_plain (Metric metric, gint64 value)
{
  switch (metric_get_unit (metric))
    {
    case METRIC_UNIT_PERCENT:
      return format_hundredths (value);
    case METRIC_UNIT_VERDICT:
      return g_strdup (verdict_get_name ((Verdict) value));
    default:
      return g_strdup_printf ("%" G_GINT64_FORMAT, value);
    }
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
