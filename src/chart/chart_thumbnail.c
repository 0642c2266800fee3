#include "chart/chart_thumbnail.h"

#include "chart/chart_bands.h"

#define HEAD_ROOM 1.08 /* the line of the total is not cut */

void
chart_thumbnail_draw (const PoolTimeline *timeline, const TimelineBands *bands, const ChartPalette *palette, cairo_t *cr,
                      double width, double height)
{
  TimelineChart chart = { .timeline = timeline, .bands = bands };
  ChartGeometry geometry = { .plot = { 0, 0, width, height }, .view = { timeline->start_ns, timeline->end_ns } };
  g_autoptr (ChartStack) stack = chart_stack_new (timeline, 0);
  g_autofree guint *slots = bands != NULL ? timeline_chart_dup_slots (bands, NULL) : NULL;
  for (guint i = 0; i < stack->n_bins; i++)
    geometry.top_value = MAX (geometry.top_value, stack->maximum[i] * HEAD_ROOM);
  if (geometry.view.end_ns <= geometry.view.start_ns || !(geometry.top_value > 0))
    return;
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  chart_bands_draw (&chart, &geometry, stack, slots, palette, cr);
  chart_bands_draw_total (&chart, &geometry, stack, palette, cr);
  cairo_restore (cr);
}
