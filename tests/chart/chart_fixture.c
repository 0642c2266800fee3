#include "chart_fixture.h"

#include "base/tick_clock.h"

#include <math.h>
#include <pango/pangocairo.h>

TimelineBands *
fixture_bands_new (guint n_bands, gboolean has_other)
{
  TimelineBands *bands = g_new0 (TimelineBands, 1);
  bands->n_bands = n_bands;
  bands->labels = g_new0 (char *, n_bands + 1);
  bands->keys = g_new0 (guint64, n_bands + 1);
  for (guint i = 0; i < n_bands; i++)
    {
      gboolean is_other = has_other && i + 1 == n_bands;
      bands->labels[i] = is_other ? g_strdup ("Other") : g_strdup_printf ("%c", (char) ('a' + i));
      bands->keys[i] = i + 1;
    }
  return bands;
}

PoolTimeline *
fixture_timeline_new (guint n_bins, guint n_bands, const gint64 *values)
{
  PoolTimeline *timeline = g_new0 (PoolTimeline, 1);
  timeline->end_ns = 10 * NS_PER_SECOND;
  timeline->n_bins = n_bins;
  timeline->n_bands = n_bands;
  timeline->total = g_new0 (TimelineBin, MAX (n_bins, 1));
  timeline->bands = g_new0 (TimelineBin, MAX ((gsize) n_bins * n_bands, 1));
  for (guint i = 0; i < n_bins; i++)
    {
      double sum = n_bands == 0 ? (double) values[0] : 0;
      for (guint band = 0; band < n_bands; band++)
        {
          timeline->bands[(gsize) band * n_bins + i]
              = (TimelineBin){ values[band], values[band], values[band] };
          sum += (double) values[band];
        }
      gint64 total = sum >= 9.2e18 ? G_MAXINT64 : (gint64) sum;
      timeline->total[i] = (TimelineBin){ total, total, total };
    }
  return timeline;
}

cairo_surface_t *
fixture_draw (const TimelineChart *chart, const ChartPalette *palette, int width, int height,
              ChartGeometry *ret_geometry)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);
  PangoContext *context = pango_cairo_create_context (cr);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans");
  pango_font_description_set_absolute_size (font, 12 * PANGO_SCALE);
  pango_context_set_font_description (context, font);
  timeline_chart_lay_out (chart, context, width, height, ret_geometry);
  timeline_chart_draw (chart, ret_geometry, palette, context, cr, width, height);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  g_object_unref (context);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

guint32
fixture_pixel (cairo_surface_t *surface, double x, double y)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guint32 pixel;
  g_assert_cmpfloat (x, >=, 0);
  g_assert_cmpfloat (x, <, cairo_image_surface_get_width (surface));
  g_assert_cmpfloat (y, >=, 0);
  g_assert_cmpfloat (y, <, cairo_image_surface_get_height (surface));
  memcpy (&pixel, data + (gsize) y * (gsize) stride + (gsize) x * 4, sizeof pixel);
  return pixel & 0xffffff;
}

guint32
fixture_color (ChartColor color)
{
  return (guint32) lround (color.red * 255) << 16 | (guint32) lround (color.green * 255) << 8
         | (guint32) lround (color.blue * 255);
}
