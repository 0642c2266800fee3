#include "chart/chart_bands.h"

#include "chart/chart_marks.h"

static void
append_area (cairo_t *cr, const PoolTimeline *timeline, const ChartGeometry *geometry, const double *values)
{
  double base = geometry->plot.y + geometry->plot.height;
  double left = chart_geometry_time_to_x (geometry, timeline->start_ns);
  double right = chart_geometry_time_to_x (geometry, timeline->end_ns);
  cairo_new_path (cr);
  cairo_move_to (cr, MAX (left, geometry->plot.x - 1e4), base);
  chart_marks_append_line (cr, timeline, geometry, values);
  cairo_line_to (cr, MIN (right, geometry->plot.x + geometry->plot.width + 1e4), base);
  cairo_close_path (cr);
}

void
chart_bands_draw (const TimelineChart *chart, const ChartGeometry *geometry, const ChartStack *stack,
                  const guint *slots, const ChartPalette *palette, cairo_t *cr)
{
  const PoolTimeline *timeline = chart->timeline;
  /* From the top down, each over the one before: no seams, and no slivers between neighbours. */
  for (guint i = stack->n_layers; i-- > 0;)
    {
      guint band = stack->bands[i];
      const double *tops = stack->tops + (gsize) i * stack->n_bins;
      ChartColor color = palette->bands[band == G_MAXUINT ? 0 : slots[band]];
      append_area (cr, timeline, geometry, tops);
      chart_color_set_source (color, cr);
      cairo_fill (cr);
      if (chart->highlighted_band > 0 && band + 1 != (guint) chart->highlighted_band)
        {
          append_area (cr, timeline, geometry, tops);
          chart_color_set_source (chart_color_with_alpha (palette->surface, 0.55), cr);
          cairo_fill (cr);
        }
      /* The edges of steps would cover the steps. */
      if (i + 1 < stack->n_layers && !timeline_chart_measure_is_rate (timeline->measure))
        {
          cairo_new_path (cr);
          chart_marks_append_line (cr, timeline, geometry, tops);
          cairo_set_line_width (cr, 0.75);
          chart_color_set_source (chart_color_with_alpha (palette->surface, 0.8), cr);
          cairo_stroke (cr);
        }
    }
}

void
chart_bands_draw_total (const TimelineChart *chart, const ChartGeometry *geometry, const ChartStack *stack,
                        const ChartPalette *palette, cairo_t *cr)
{
  const PoolTimeline *timeline = chart->timeline;
  cairo_set_line_width (cr, 1);
  chart_color_set_source (chart_color_with_alpha (palette->total, 0.35), cr);
  for (guint i = 0; i < stack->n_bins; i++)
    {
      double high = chart_geometry_value_to_y (geometry, stack->maximum[i]);
      double low = chart_geometry_value_to_y (geometry, stack->minimum[i]);
      double left = chart_geometry_time_to_x (geometry, pool_timeline_get_bin_start (timeline, i));
      double right = chart_geometry_time_to_x (
          geometry, i + 1 < stack->n_bins ? pool_timeline_get_bin_start (timeline, i + 1) : timeline->end_ns);
      if (low - high > 1 && right >= geometry->plot.x && left <= geometry->plot.x + geometry->plot.width)
        cairo_rectangle (cr, left, high, right - left, low - high);
    }
  cairo_fill (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_new_path (cr);
  chart_marks_append_line (cr, timeline, geometry, stack->sum);
  cairo_set_line_width (cr, 1.2);
  chart_color_set_source (palette->total, cr);
  cairo_stroke (cr);
}
