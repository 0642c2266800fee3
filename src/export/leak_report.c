#include "export/leak_report.h"

#include "base/number_format.h"
#include "base/tick_clock.h"
#include "export/metric_text.h"
#include "export/trace_facts.h"

#include <math.h>
#include <string.h>

#define NUMBER_WIDTH 12
#define SECONDS_PER_HOUR 3600
/* Slower growth is told by the hour. */
#define SLOW_BYTES_PER_SECOND 1024
/* What grew in less time tells nothing of a second. */
#define MINIMUM_SECONDS_PER_SECOND 1
/* More frees of lost allocations than this part make pairs doubtful. */
#define LOST_ALLOCATIONS_PART 100

static const char *const origin_names[LEAK_N_ORIGINS] = { [LEAK_ORIGIN_MODULE] = "Module",
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

/* The recorder's own tags that the trace has: they are not in the ranking. */
static char *
dup_recorders_tags (const PoolTrace *trace)
{
  g_auto (TraceFacts) facts = trace_facts_collect (trace);
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

/* An origin that is known, and no part of the key already. */
static const char *
get_origin (const LeakRanking *ranking, const LeakRow *row, LeakOrigin origin)
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

static char *
format_metric (const LeakRow *row, Metric metric)
{
  gint64 value;
  return row_metrics_get (&row->metrics, metric, &value) ? metric_format (metric, value) : g_strdup ("–");
}

/* --- Text ------------------------------------------------------------------------------------------------ */

static void
write_number (TextOutput *output, const char *text)
{
  text_output_add_padded (output, text, NUMBER_WIDTH, TRUE);
  text_output_add (output, "  ");
}

static void
write_text_row (const LeakRanking *ranking, const LeakRow *row, TextOutput *output)
{
  const gsize indent = 4 * (NUMBER_WIDTH + 2);
  g_autofree char *rate = leak_format_rate (row->metrics.growth_bytes, ranking->growth_seconds);
  g_autofree char *growth = format_metric (row, METRIC_GROWTH), *net = format_metric (row, METRIC_IMPACTING),
                  *freed = format_metric (row, METRIC_FREED);
  write_number (output, rate);
  write_number (output, growth);
  write_number (output, net);
  write_number (output, freed);
  gboolean is_first = TRUE;
  for (gsize i = 0; i < ranking->n_levels; i++)
    if (!dimension_is_stack (ranking->grouping[i]))
      {
        text_output_add (output, is_first ? "" : " / ");
        text_output_add_line_safe (output, row->key[i]);
        is_first = FALSE;
      }
  text_output_add (output, "\n");
  for (LeakOrigin origin = 0; origin < LEAK_N_ORIGINS; origin++)
    if (get_origin (ranking, row, origin) != NULL)
      {
        text_output_add_spaces (output, indent);
        text_output_printf (output, "%s: ", origin_names[origin]);
        text_output_add_line_safe (output, row->origins[origin]);
        text_output_add (output, "\n");
      }
  for (gsize i = 0; i < ranking->n_levels; i++)
    {
      g_auto (GStrv) frames = g_strsplit (dimension_is_stack (ranking->grouping[i]) ? row->key[i] : "", ";", -1);
      for (char **frame = frames; *frame != NULL; frame++)
        {
          text_output_add_spaces (output, indent + 2);
          text_output_add_line_safe (output, *frame);
          text_output_add (output, "\n");
        }
    }
}

static void
write_doubts (const LeakReport *self, const char *before, TextOutput *output)
{
  for (const char *const *doubt = self->doubts; *doubt != NULL; doubt++)
    text_output_printf (output, "%sThe trace is unfit to judge: %s.\n", before, *doubt);
}

void
leak_report_write_text (const LeakReport *self, TextOutput *output)
{
  const LeakRanking *ranking = self->ranking;
  const char *const titles[] = { "Rate", "Growth", "Net", "Freed %" };
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    write_number (output, titles[i]);
  for (gsize i = 0; i < ranking->n_levels; i++)
    text_output_printf (output, "%s%s", i > 0 ? " / " : "", dimension_get_display_name (ranking->grouping[i]));
  text_output_add (output, "\n");
  for (guint i = 0; i < ranking->rows->len; i++)
    write_text_row (ranking, &g_array_index (ranking->rows, LeakRow, i), output);
  g_autofree char *recorders = dup_recorders_tags (self->trace);
  if (*recorders != '\0')
    text_output_printf (output, "Left out: the buffers of the event recorder itself (%s).\n", recorders);
  write_doubts (self, "", output);
}

/* --- Markdown -------------------------------------------------------------------------------------------- */

/* Text for a cell of a table: what would end the cell or mean something is escaped. */
static void
write_cell (TextOutput *output, const char *text)
{
  g_autoptr (GString) escaped = g_string_new (" ");
  for (const char *c = text; *c != '\0'; c++)
    {
      if (strchr ("\\|`*_<>[]#~", *c) != NULL)
        g_string_append_c (escaped, '\\');
      g_string_append_c (escaped, *c);
    }
  g_string_append_c (escaped, ' ');
  text_output_add_line_safe (output, escaped->str);
  text_output_add (output, "|");
}

static void
write_markdown_row (const LeakRanking *ranking, const LeakRow *row, guint number, TextOutput *output)
{
  const Metric metrics[] = { METRIC_GROWTH, METRIC_IMPACTING, METRIC_FREED };
  g_autofree char *rate = leak_format_rate (row->metrics.growth_bytes, ranking->growth_seconds);
  text_output_printf (output, "| %u |", number);
  write_cell (output, rate);
  for (gsize i = 0; i < G_N_ELEMENTS (metrics); i++)
    {
      g_autofree char *text = format_metric (row, metrics[i]);
      write_cell (output, text);
    }
  for (gsize i = 0; i < ranking->n_levels; i++)
    if (!dimension_is_stack (ranking->grouping[i]))
      write_cell (output, row->key[i]);
  for (LeakOrigin origin = 0; origin < LEAK_N_ORIGINS; origin++)
    {
      const char *text = get_origin (ranking, row, origin);
      write_cell (output, text != NULL ? text : "");
    }
  text_output_add (output, "\n");
}

static void
write_markdown_header (const LeakRanking *ranking, TextOutput *output)
{
  guint n_texts = LEAK_N_ORIGINS;
  text_output_add (output, "| # | Rate | Growth | Net | Freed % |");
  for (gsize i = 0; i < ranking->n_levels; i++)
    if (!dimension_is_stack (ranking->grouping[i]))
      {
        text_output_printf (output, " %s |", dimension_get_display_name (ranking->grouping[i]));
        n_texts++;
      }
  for (LeakOrigin origin = 0; origin < LEAK_N_ORIGINS; origin++)
    text_output_printf (output, " %s |", origin_names[origin]);
  text_output_add (output, "\n|---:|---:|---:|---:|---:|");
  for (guint i = 0; i < n_texts; i++)
    text_output_add (output, "---|");
  text_output_add (output, "\n");
}

static void
write_markdown_stacks (const LeakRanking *ranking, const LeakRow *row, guint number, TextOutput *output)
{
  for (gsize i = 0; i < ranking->n_levels; i++)
    {
      if (!dimension_is_stack (ranking->grouping[i]))
        continue;
      text_output_printf (output, "\n%s of row %u:\n\n```\n", dimension_get_display_name (ranking->grouping[i]), number);
      g_auto (GStrv) frames = g_strsplit (row->key[i], ";", -1);
      for (char **frame = frames; *frame != NULL; frame++)
        {
          text_output_add_line_safe (output, *frame);
          text_output_add (output, "\n");
        }
      text_output_add (output, "```\n");
    }
}

void
leak_report_write_markdown (const LeakReport *self, TextOutput *output)
{
  const LeakRanking *ranking = self->ranking;
  text_output_add (output, "## Growing kernel pool memory in ");
  text_output_add_line_safe (output, self->trace->info.display_name);
  text_output_add (output, "\n\n");
  if (ranking->rows->len == 0)
    text_output_add (output, "Nothing is growing.\n");
  else
    write_markdown_header (ranking, output);
  for (guint i = 0; i < ranking->rows->len; i++)
    write_markdown_row (ranking, &g_array_index (ranking->rows, LeakRow, i), i + 1, output);
  for (guint i = 0; i < ranking->rows->len; i++)
    write_markdown_stacks (ranking, &g_array_index (ranking->rows, LeakRow, i), i + 1, output);
  g_autofree char *recorders = dup_recorders_tags (self->trace);
  if (*recorders != '\0')
    text_output_printf (output, "\nLeft out: the buffers of the event recorder itself (%s).\n", recorders);
  if (*self->doubts != NULL)
    text_output_add (output, "\n");
  write_doubts (self, "* ", output);
}

/* --- JSON ------------------------------------------------------------------------------------------------ */

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
      g_autofree char *name = g_ascii_strdown (origin_names[origin], -1);
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
  g_autofree char *recorders = dup_recorders_tags (self->trace);
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
