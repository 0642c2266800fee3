#include "export/leak_report_private.h"

#define NUMBER_WIDTH 12

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
  g_autofree char *growth = leak_row_format_metric (row, METRIC_GROWTH);
  g_autofree char *net = leak_row_format_metric (row, METRIC_IMPACTING);
  g_autofree char *freed = leak_row_format_metric (row, METRIC_FREED);
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
    if (leak_row_get_origin (ranking, row, origin) != NULL)
      {
        text_output_add_spaces (output, indent);
        text_output_printf (output, "%s: ", leak_origin_names[origin]);
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
  g_autofree char *recorders = leak_report_dup_recorder_tags (self);
  if (*recorders != '\0')
    text_output_printf (output, "Left out: the buffers of the event recorder itself (%s).\n", recorders);
  leak_report_write_doubts (self, "", output);
}
