#include "app/graph/graph_view_private.h"

#include "chart/chart_axis.h"

#include <glib/gi18n.h>

static const char *
get_measure_name (TimelineMeasure measure)
{
  static const char *const names[TIMELINE_N_MEASURES] = {
    [TIMELINE_OUTSTANDING_SIZE] = N_ ("Outstanding size"),
    [TIMELINE_OUTSTANDING_COUNT] = N_ ("Outstanding count"),
    [TIMELINE_TOTAL_SIZE] = N_ ("Total size of allocations"),
    [TIMELINE_TOTAL_COUNT] = N_ ("Total count of allocations"),
    [TIMELINE_ALLOCATION_RATE] = N_ ("Allocations per second"),
    [TIMELINE_FREE_RATE] = N_ ("Frees per second"),
  };
  return measure < TIMELINE_N_MEASURES ? _ (names[measure]) : "";
}

/* What a screen reader tells of the graph. */
void
graph_view_update_description (GraphView *self)
{
  const PoolTimeline *timeline = graph_view_get_timeline (self);
  const TimelineBands *bands = graph_view_get_bands (self);
  g_autoptr (GString) text = g_string_new (NULL);
  if (timeline)
    {
      gint64 resolution = (self->view.end_ns - self->view.start_ns) / 1000, peak = 0;
      TimeRange range = graph_range_resolve (self->range, self->whole);
      for (guint i = 0; i < timeline->n_bins; i++)
        peak = MAX (peak, timeline->total[i].maximum);
      g_autofree char *start = chart_time_dup_text (self->view.start_ns, resolution, FALSE, 0);
      g_autofree char *end = chart_time_dup_text (self->view.end_ns, resolution, FALSE, 0);
      g_autofree char *range_start = chart_time_dup_text (range.start_ns, resolution, FALSE, 0);
      g_autofree char *range_end = chart_time_dup_text (range.end_ns, resolution, FALSE, 0);
      g_autofree char *peak_text = timeline_chart_dup_value_text (timeline, peak);
      /* Translators: the name of a measure, two times, a size. */
      g_string_append_printf (text, _ ("%s from %s to %s, highest %s."), get_measure_name (self->measure),
                              start, end, peak_text);
      g_string_append_c (text, ' ');
      if (graph_range_is_whole (self->range))
        g_string_append (text, _ ("The whole trace is selected."));
      else
        g_string_append_printf (text, _ ("Selected: %s to %s."), range_start, range_end);
      for (guint i = 0; bands && i < bands->n_bands; i++)
        g_string_append_printf (text, "%s%s", i == 0 ? _ (" Bands: ") : ", ", bands->labels[i]);
    }
  else
    g_string_append (text, _ ("There is nothing to show yet."));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str, -1);
}

char *
graph_view_dup_title (GraphView *self)
{
  return g_strdup (self->trace && self->trace->info.display_name ? self->trace->info.display_name
                                                                 : _ ("Pool over time"));
}

char *
graph_view_dup_subtitle (GraphView *self)
{
  TimeRange view = self->view;
  gint64 resolution = (view.end_ns - view.start_ns) / 1000;
  g_autofree char *start = chart_time_dup_text (view.start_ns, resolution, FALSE, 0);
  g_autofree char *end = chart_time_dup_text (view.end_ns, resolution, FALSE, 0);
  return g_strdup_printf ("%s, %s – %s", get_measure_name (self->measure), start, end);
}
