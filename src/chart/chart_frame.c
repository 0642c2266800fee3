#include "chart/chart_frame.h"

#include "chart/chart_axis.h"
#include "chart/chart_text.h"

#include <math.h>

#define VALUE_TICK_SPACING 34.0 /* at least so many units between two grid lines */
#define TIME_LABEL_SPACING 30.0 /* at least so many units between two labels */

void
chart_frame_draw_value_axis (const TimelineChart *chart, const ChartGeometry *geometry,
                             const ChartPalette *palette, PangoContext *context, cairo_t *cr)
{
  const ChartRectangle *plot = &geometry->plot;
  gboolean is_bytes = chart->timeline == NULL || timeline_chart_measure_is_bytes (chart->timeline->measure);
  guint max_ticks = (guint) CLAMP (plot->height / VALUE_TICK_SPACING, 1, 10);
  ChartValueAxis axis = is_bytes ? chart_value_axis_for_bytes (geometry->top_value, max_ticks)
                                 : chart_value_axis_for_counts (geometry->top_value, max_ticks);
  double line_height;
  chart_text_measure (context, "0", NULL, &line_height);
  cairo_set_line_width (cr, 1);
  for (guint i = 0; i < axis.n_ticks; i++)
    {
      double y = floor (chart_geometry_value_to_y (geometry, chart_value_axis_get_value (&axis, i))) + 0.5;
      g_autofree char *label = chart_value_axis_dup_label (&axis, i);
      if (i > 0)
        {
          cairo_move_to (cr, plot->x, y);
          cairo_line_to (cr, plot->x + plot->width, y);
          chart_color_set_source (palette->grid, cr);
          cairo_stroke (cr);
        }
      chart_text_draw (cr, context, label, plot->x - CHART_LABEL_GAP, round (y - line_height / 2),
                       palette->dim_text, (ChartTextStyle){ .align = CHART_ALIGN_END });
    }
}

static ChartTimeAxis
make_time_axis (const TimelineChart *chart, TimeRange view, guint max_ticks)
{
  return chart->is_clock_axis ? chart_time_axis_for_clock (view, chart->clock_start_ns, max_ticks)
                              : chart_time_axis_for_seconds (view, max_ticks);
}

/* The densest axis whose labels do not touch. */
static ChartTimeAxis
choose_time_axis (const TimelineChart *chart, const ChartGeometry *geometry, PangoContext *context)
{
  guint max_ticks = (guint) CLAMP (geometry->plot.width / 60, 1, 40);
  for (;; max_ticks--)
    {
      ChartTimeAxis axis = make_time_axis (chart, geometry->view, max_ticks);
      if (axis.n_ticks < 2 || max_ticks == 1)
        return axis;
      g_autofree char *label = chart_time_axis_dup_label (&axis, axis.n_ticks - 1);
      double width;
      chart_text_measure (context, label, &width, NULL);
      double spacing = chart_geometry_time_to_x (geometry, chart_time_axis_get_time (&axis, 1))
                       - chart_geometry_time_to_x (geometry, chart_time_axis_get_time (&axis, 0));
      if (width + TIME_LABEL_SPACING <= spacing)
        return axis;
    }
}

void
chart_frame_draw_time_axis (const TimelineChart *chart, const ChartGeometry *geometry,
                            const ChartPalette *palette, PangoContext *context, cairo_t *cr, double width)
{
  const ChartRectangle *plot = &geometry->plot;
  double base = floor (plot->y + plot->height) + 0.5;
  ChartTimeAxis axis = choose_time_axis (chart, geometry, context);
  cairo_set_line_width (cr, 1);
  for (guint i = 0; i < axis.n_ticks; i++)
    {
      double x = floor (chart_geometry_time_to_x (geometry, chart_time_axis_get_time (&axis, i))) + 0.5;
      double label_width;
      g_autofree char *label = chart_time_axis_dup_label (&axis, i);
      cairo_move_to (cr, x, plot->y);
      cairo_line_to (cr, x, base);
      chart_color_set_source (palette->grid, cr);
      cairo_stroke (cr);
      cairo_move_to (cr, x, base);
      cairo_line_to (cr, x, base + CHART_TICK_LENGTH);
      chart_color_set_source (palette->dim_text, cr);
      cairo_stroke (cr);
      chart_text_measure (context, label, &label_width, NULL);
      if (x + label_width / 2 <= width)
        chart_text_draw (cr, context, label, MAX (x, label_width / 2 + 2), base + CHART_TICK_LENGTH + 2,
                         palette->dim_text, (ChartTextStyle){ .align = CHART_ALIGN_CENTER });
    }
  cairo_move_to (cr, plot->x, base);
  cairo_line_to (cr, plot->x + plot->width, base);
  chart_color_set_source (palette->dim_text, cr);
  cairo_stroke (cr);
}

void
chart_frame_draw_title (const TimelineChart *chart, const ChartGeometry *geometry,
                        const ChartPalette *palette, PangoContext *context, cairo_t *cr, double width)
{
  double available = width - geometry->plot.x - CHART_MARGIN, title_width;
  if (chart->title == NULL || available <= 0)
    return;
  chart_text_measure (context, chart->title, &title_width, NULL);
  title_width = MIN (title_width * 1.15, available); /* bold is wider */
  chart_text_draw (cr, context, chart->title, geometry->plot.x, CHART_MARGIN, palette->text,
                   (ChartTextStyle){ .is_bold = TRUE, .max_width = available });
  if (chart->subtitle && available - title_width > 60)
    chart_text_draw (cr, context, chart->subtitle, geometry->plot.x + available - 4, CHART_MARGIN,
                     palette->dim_text,
                     (ChartTextStyle){ .align = CHART_ALIGN_END, .max_width = available - title_width - 16 });
}
