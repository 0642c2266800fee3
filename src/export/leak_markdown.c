#include "export/leak_report_private.h"

#include <string.h>

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
      g_autofree char *text = leak_row_format_metric (row, metrics[i]);
      write_cell (output, text);
    }
  for (gsize i = 0; i < ranking->n_levels; i++)
    if (!dimension_is_stack (ranking->grouping[i]))
      write_cell (output, row->key[i]);
  for (LeakOrigin origin = 0; origin < LEAK_N_ORIGINS; origin++)
    {
      const char *text = leak_row_get_origin (ranking, row, origin);
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
    text_output_printf (output, " %s |", leak_origin_names[origin]);
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
  g_autofree char *recorders = leak_report_dup_recorder_tags (self);
  if (*recorders != '\0')
    text_output_printf (output, "\nLeft out: the buffers of the event recorder itself (%s).\n", recorders);
  if (*self->doubts != NULL)
    text_output_add (output, "\n");
  leak_report_write_doubts (self, "* ", output);
}
