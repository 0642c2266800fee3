#include "export/leak_report_private.h"

#include "base/number_format.h"
#include "base/tick_clock.h"
#include "export/metric_text.h"
#include "export/trace_facts.h"

#include <math.h>

#define SECONDS_PER_HOUR 3600
/* Slower growth is told by the hour. */
#define SLOW_BYTES_PER_SECOND 1024
/* What grew in less time tells nothing of a second. */
#define MINIMUM_SECONDS_PER_SECOND 1
/* More frees of lost allocations than this part make pairs doubtful. */
#define LOST_ALLOCATIONS_PART 100

const char *const leak_origin_names[LEAK_N_ORIGINS] = { [LEAK_ORIGIN_MODULE] = "Module",
                                                        [LEAK_ORIGIN_DRIVER] = "Driver",
                                                        [LEAK_ORIGIN_PROCESS] = "Process",
                                                        [LEAK_ORIGIN_SERVICE] = "Service" };

char **
leak_report_dup_doubts (const PoolTrace *trace)
{
  const guint64 *counters = trace->counters.values;
  const PoolTraceInfo *info = &trace->info;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (TraceFacts) facts = trace_facts_collect (trace);
  if (trace->intervals.n == 0)
    g_strv_builder_add (builder, "it has no pool events");
  else if (info->n_frees == 0)
    g_strv_builder_add (builder, "it has no frees, so that everything looks as if it were never freed");
  if (counters[IMPORT_POOL_FREES_ALLOCATION_LOST] * LOST_ALLOCATIONS_PART > info->n_frees)
    g_strv_builder_add (builder, "the allocations of more than 1 % of its frees were lost");
  if ((facts.aifo_bytes - facts.aifo_bytes_with_stack) > facts.aifo_bytes / 2)
    g_strv_builder_add (builder, "more than half of the bytes that were not freed have no stack");
  if (pool_trace_get_n_events_lost (trace) > 0 || pool_trace_get_n_buffers_lost (trace) > 0)
    g_strv_builder_add (builder, "events were lost while it was recorded");
  return g_strv_builder_end (builder);
}

char *
leak_format_rate (gint64 growth_bytes, double seconds)
{
  double bytes_per_second = seconds > 0 ? (double) growth_bytes / seconds : 0;
  gboolean is_slow = bytes_per_second < SLOW_BYTES_PER_SECOND;
  if (seconds < (is_slow ? MINIMUM_SECONDS_PER_HOUR : MINIMUM_SECONDS_PER_SECOND))
    {
      g_autofree char *growth = format_bytes (growth_bytes);
      g_autofree char *time = format_duration (llround (seconds * NS_PER_SECOND));
      return g_strdup_printf ("%s in %s", growth, time);
    }
  double rate = is_slow ? bytes_per_second * SECONDS_PER_HOUR : bytes_per_second;
  g_autofree char *text = format_bytes ((gint64) llround (fmin (rate, 9e18)));
  return g_strconcat (text, is_slow ? "/h" : "/s", NULL);
}

char *
leak_report_dup_recorder_tags (const LeakReport *self)
{
  g_auto (TraceFacts) facts = trace_facts_collect (self->trace);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < facts.tags->len; i++)
    {
      guint32 tag = g_array_index (facts.tags, guint32, i);
      g_autofree char *tag_text = pool_tag_dup_text (tag);
      if (pool_tag_is_recorders (tag))
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", tag_text);
    }
  return g_string_free (text, FALSE);
}

const char *
leak_row_get_origin (const LeakRanking *ranking, const LeakRow *row, LeakOrigin origin)
{
  Dimension dimension;
  const char *text = row->origins[origin];
  if (text == NULL || *text == '\0' || !leak_origin_get_dimension (origin, &dimension))
    return NULL;
  for (gsize i = 0; i < ranking->n_levels; i++)
    if (ranking->grouping[i] == dimension)
      return NULL;
  return text;
}

char *
leak_row_format_metric (const LeakRow *row, Metric metric)
{
  gint64 value;
  return row_metrics_get (&row->metrics, metric, &value) ? metric_format (metric, value) : g_strdup ("–");
}

void
leak_report_write_doubts (const LeakReport *self, const char *before, TextOutput *output)
{
  for (const char *const *doubt = self->doubts; *doubt != NULL; doubt++)
    text_output_printf (output, "%sThe trace is unfit to judge: %s.\n", before, *doubt);
}
