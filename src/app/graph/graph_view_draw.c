#include "app/graph/graph_view_private.h"

#include "app/graph/graph_readout.h"
#include "app/widgets/chart_style.h"
#include "base/number_format.h"
#include "chart/chart_axis.h"
#include "chart/chart_text.h"

#include <glib/gi18n.h>
#include <math.h>

#define HANDLE_HEIGHT 28.0

TimelineChart
graph_view_make_chart (GraphView *self, const char *title, const char *subtitle)
{
  TimelineChart chart = { .timeline = graph_view_get_timeline (self),
                          .bands = graph_view_get_bands (self),
                          .band_slots = self->band_slots,
                          .hidden_bands = self->hidden_bands,
                          .highlighted_band = self->highlighted_band,
                          .is_clock_axis = self->is_clock_axis,
                          .hides_legend = self->hides_legend,
                          .title = title,
                          .subtitle = subtitle,
                          .words = { _ ("Other"), _ ("peak"), _ ("incomplete") } };
  if (self->preview == NULL)
    {
      chart.row = graph_data_get_row_timeline (self->data);
      chart.row_label = graph_data_get_row_label (self->data);
      chart.view = self->view;
      if (self->trace)
        timeline_chart_set_trace (&chart, self->trace);
    }
  return chart;
}

void
graph_view_lay_out (GraphView *self, int width, int height)
{
  TimelineChart chart = graph_view_make_chart (self, NULL, NULL);
  PangoContext *context = chart_style_create_pango_context (GTK_WIDGET (self));
  timeline_chart_lay_out (&chart, context, width, height, &self->geometry);
  g_object_unref (context);
}

static void
draw_canvas (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  GraphView *self = user_data;
  TimelineChart chart = graph_view_make_chart (self, NULL, NULL);
  ChartPalette palette = chart_style_get_palette (GTK_WIDGET (self));
  PangoContext *context = chart_style_create_pango_context (GTK_WIDGET (self));
  timeline_chart_lay_out (&chart, context, width, height, &self->geometry);
  timeline_chart_draw (&chart, &self->geometry, &palette, context, cr, width, height);
  g_object_unref (context);
}

/* A thin bar above the plot that tells which part of the trace is shown. */
static void
draw_zoom_bar (GraphView *self, const ChartPalette *palette, cairo_t *cr)
{
  const ChartRectangle *plot = &self->geometry.plot;
  double span = (double) (self->whole.end_ns - self->whole.start_ns);
  if (self->view.start_ns <= self->whole.start_ns && self->view.end_ns >= self->whole.end_ns)
    return;
  double start = (double) (self->view.start_ns - self->whole.start_ns) / span;
  double length = (double) (self->view.end_ns - self->view.start_ns) / span;
  double width = MAX (length * plot->width, 6);
  cairo_rectangle (cr, plot->x, plot->y - 6, plot->width, 3);
  chart_color_set_source (chart_color_with_alpha (palette->text, 0.10), cr);
  cairo_fill (cr);
  cairo_rectangle (cr, MIN (plot->x + start * plot->width, plot->x + plot->width - width), plot->y - 6, width,
                   3);
  chart_color_set_source (chart_color_with_alpha (palette->text, 0.45), cr);
  cairo_fill (cr);
}

/* A time that was pinned: a light band between two dashed lines. */
static void
draw_highlight (GraphView *self, const ChartPalette *palette, cairo_t *cr)
{
  static const double dashes[] = { 4, 3 };
  const ChartRectangle *plot = &self->geometry.plot;
  TimeRange highlight = graph_range_resolve (self->highlight, self->whole);
  if (self->highlight.start_ns >= self->highlight.end_ns)
    return;
  double start = chart_geometry_time_to_x (&self->geometry, highlight.start_ns);
  double end = chart_geometry_time_to_x (&self->geometry, highlight.end_ns);
  cairo_save (cr);
  cairo_rectangle (cr, plot->x, plot->y, plot->width, plot->height);
  cairo_clip (cr);
  cairo_rectangle (cr, start, plot->y, end - start, plot->height);
  chart_color_set_source (chart_color_with_alpha (palette->text, 0.10), cr);
  cairo_fill (cr);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_set_line_width (cr, 1);
  for (guint i = 0; i < 2; i++)
    {
      double x = floor (i == 0 ? start : end) + 0.5;
      cairo_move_to (cr, x, plot->y);
      cairo_line_to (cr, x, plot->y + plot->height);
    }
  chart_color_set_source (palette->text, cr);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* A grip in the middle of each edge that can be dragged. */
static void
draw_handle (double x, const ChartRectangle *plot, const ChartPalette *palette, cairo_t *cr)
{
  if (x < plot->x - 0.5 || x > plot->x + plot->width + 0.5)
    return;
  double middle = plot->y + plot->height / 2;
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, 7);
  chart_color_set_source (palette->surface, cr);
  cairo_move_to (cr, x, middle - HANDLE_HEIGHT / 2);
  cairo_line_to (cr, x, middle + HANDLE_HEIGHT / 2);
  cairo_stroke (cr);
  cairo_set_line_width (cr, 4);
  chart_color_set_source (palette->selection, cr);
  cairo_move_to (cr, x, middle - HANDLE_HEIGHT / 2);
  cairo_line_to (cr, x, middle + HANDLE_HEIGHT / 2);
  cairo_stroke (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
}

/* A text on a ground of its own, centred on @x. */
static void
draw_pill (const char *text, double x, double y, double text_width, double line_height,
           const ChartPalette *palette, PangoContext *context, cairo_t *cr)
{
  double radius = line_height / 2 + 1;
  cairo_new_path (cr);
  cairo_arc (cr, x - text_width / 2, y + line_height / 2, radius, G_PI / 2, 3 * G_PI / 2);
  cairo_arc (cr, x + text_width / 2, y + line_height / 2, radius, -G_PI / 2, G_PI / 2);
  cairo_close_path (cr);
  chart_color_set_source (chart_color_with_alpha (palette->surface, 0.92), cr);
  cairo_fill_preserve (cr);
  cairo_set_line_width (cr, 1);
  chart_color_set_source (palette->selection, cr);
  cairo_stroke (cr);
  chart_text_draw (cr, context, text, x, y, palette->text, (ChartTextStyle){ .align = CHART_ALIGN_CENTER });
}

static void
draw_range (GraphView *self, const ChartPalette *palette, PangoContext *context, cairo_t *cr)
{
  const ChartRectangle *plot = &self->geometry.plot;
  if (graph_range_is_whole (self->range))
    return;
  timeline_chart_draw_selection (&self->geometry, self->range, palette, cr);
  TimeRange range = graph_range_resolve (self->range, self->whole);
  double start = chart_geometry_time_to_x (&self->geometry, range.start_ns);
  double end = chart_geometry_time_to_x (&self->geometry, range.end_ns);
  if (self->range.start_ns > 0)
    draw_handle (start, plot, palette, cr);
  if (self->range.end_ns < G_MAXINT64)
    draw_handle (end, plot, palette, cr);

  double left = MAX (start, plot->x), right = MIN (end, plot->x + plot->width), text_width, line_height;
  g_autofree char *length = format_duration (range.end_ns - range.start_ns);
  chart_text_measure (context, length, &text_width, &line_height);
  if (right - left > text_width + 24)
    draw_pill (length, (left + right) / 2, plot->y + plot->height - line_height - 8, text_width, line_height,
               palette, context, cr);
}

static void
draw_crosshair (GraphView *self, const ChartPalette *palette, cairo_t *cr)
{
  const ChartRectangle *plot = &self->geometry.plot;
  double x = floor (self->pointer_x) + 0.5, y = floor (self->pointer_y) + 0.5;
  cairo_set_line_width (cr, 1);
  chart_color_set_source (chart_color_with_alpha (palette->text, 0.55), cr);
  cairo_move_to (cr, x, plot->y);
  cairo_line_to (cr, x, plot->y + plot->height);
  cairo_stroke (cr);
  chart_color_set_source (chart_color_with_alpha (palette->text, 0.22), cr);
  cairo_move_to (cr, plot->x, y);
  cairo_line_to (cr, plot->x + plot->width, y);
  cairo_stroke (cr);
}

static void
draw_overlay (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  GraphView *self = user_data;
  ChartPalette palette = chart_style_get_palette (GTK_WIDGET (self));
  if (self->preview)
    return;
  PangoContext *context = chart_style_create_pango_context (GTK_WIDGET (self));
  draw_zoom_bar (self, &palette, cr);
  draw_highlight (self, &palette, cr);
  draw_range (self, &palette, context, cr);
  if (self->has_pointer && chart_rectangle_contains (&self->geometry.plot, self->pointer_x, self->pointer_y))
    {
      TimelineChart chart = graph_view_make_chart (self, NULL, NULL);
      draw_crosshair (self, &palette, cr);
      graph_readout_draw (&chart, &self->geometry, self->band_slots, &palette, context, cr, height, self->pointer_x,
                          self->pointer_y);
    }
  g_object_unref (context);
}

/* The number of bins follows the width. */
static void
canvas_resized (GtkDrawingArea *area, int width, int height, gpointer user_data)
{
  GraphView *self = user_data;
  graph_view_lay_out (self, width, height);
  graph_view_request_data (self);
}

static void
scale_changed (GraphView *self)
{
  graph_view_request_data (self);
}

void
graph_view_draw_init (GraphView *self)
{
  self->canvas = gtk_drawing_area_new ();
  self->overlay = gtk_drawing_area_new ();
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->canvas), draw_canvas, self, NULL);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->overlay), draw_overlay, self, NULL);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (self->canvas), 240);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->canvas), 140);
  g_signal_connect (self->canvas, "resize", G_CALLBACK (canvas_resized), self);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (scale_changed), NULL);
  GtkWidget *layers[] = { self->canvas, self->overlay };
  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      gtk_widget_set_hexpand (layers[i], TRUE);
      gtk_widget_set_vexpand (layers[i], TRUE);
      gtk_widget_set_can_target (layers[i], FALSE);
      gtk_widget_set_parent (layers[i], GTK_WIDGET (self));
    }
}
