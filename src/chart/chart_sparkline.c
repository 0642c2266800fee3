#include "chart/chart_sparkline.h"

#define LINE_WIDTH 1.25
#define FILL_ALPHA 0.25

static guint64
get_largest (const guint64 *sizes_bytes, guint n_sizes)
{
  guint64 largest = 0;
  for (guint i = 0; i < n_sizes; i++)
    largest = MAX (largest, sizes_bytes[i]);
  return largest;
}

void
chart_sparkline_draw (cairo_t *cr, const guint64 *sizes_bytes, guint n_sizes, double width, double height,
                      ChartColor color, gboolean is_right_to_left)
{
  guint64 largest = get_largest (sizes_bytes, n_sizes);
  /* The line is as thick above as below its middle and must not be cut at the edges. */
  double bottom = height - LINE_WIDTH / 2, rise = height - LINE_WIDTH;
  if (n_sizes < 2 || rise <= 0 || width <= 0)
    return;
  cairo_save (cr);
  for (guint i = 0; i < n_sizes; i++)
    {
      double x = width * i / (n_sizes - 1), part = largest > 0 ? (double) sizes_bytes[i] / (double) largest : 0;
      cairo_line_to (cr, is_right_to_left ? width - x : x, bottom - rise * part);
    }
  chart_color_set_source (color, cr);
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke_preserve (cr);
  cairo_line_to (cr, is_right_to_left ? 0 : width, height);
  cairo_line_to (cr, is_right_to_left ? width : 0, height);
  cairo_close_path (cr);
  chart_color_set_source (chart_color_with_alpha (color, color.alpha * FILL_ALPHA), cr);
  cairo_fill (cr);
  cairo_restore (cr);
}
