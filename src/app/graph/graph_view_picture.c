#include "app/graph/graph_view_private.h"

#include "app/widgets/chart_style.h"
#include "chart/chart_export.h"

#define PICTURE_MIN_WIDTH 800
#define PICTURE_MIN_HEIGHT 400

gboolean
graph_view_export (GraphView *self, const char *path, GError **error)
{
  g_autofree char *title = graph_view_dup_title (self), *subtitle = graph_view_dup_subtitle (self);
  TimelineChart chart = graph_view_make_chart (self, title, subtitle);
  chart.selection = self->range;
  int width = MAX (gtk_widget_get_width (GTK_WIDGET (self)), PICTURE_MIN_WIDTH);
  int height = MAX (gtk_widget_get_height (GTK_WIDGET (self)), PICTURE_MIN_HEIGHT);
  /* Pictures go into reports and onto paper: always light. */
  return chart_export_file (&chart, path, width, height, chart_palette_get (FALSE), error);
}

GdkTexture *
graph_view_dup_texture (GraphView *self)
{
  g_autofree char *title = graph_view_dup_title (self), *subtitle = graph_view_dup_subtitle (self);
  TimelineChart chart = graph_view_make_chart (self, title, subtitle);
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  int width = MAX (gtk_widget_get_width (GTK_WIDGET (self)), PICTURE_MIN_WIDTH);
  int height = MAX (gtk_widget_get_height (GTK_WIDGET (self)), PICTURE_MIN_HEIGHT);
  chart.selection = self->range;

  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * scale, height * scale);
  cairo_surface_set_device_scale (surface, scale, scale);
  cairo_t *cr = cairo_create (surface);
  PangoContext *context = chart_style_create_pango_context (GTK_WIDGET (self));
  ChartGeometry geometry;
  timeline_chart_lay_out (&chart, context, width, height, &geometry);
  timeline_chart_draw (&chart, &geometry, chart_palette_get (FALSE), context, cr, width, height);
  g_object_unref (context);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = g_bytes_new (cairo_image_surface_get_data (surface),
                                          stride * (gsize) cairo_image_surface_get_height (surface));
  cairo_surface_destroy (surface);
  return gdk_memory_texture_new (width * scale, height * scale, GDK_MEMORY_DEFAULT, bytes, stride);
}
