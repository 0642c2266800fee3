#include "app/stacks/flame_view_private.h"

#include "app/widgets/chart_style.h"
#include "chart/chart_export.h"

#define OUTLINE_WIDTH 2.0
#define PICTURE_LEAST_WIDTH 800
#define PICTURE_LEAST_HEIGHT 100

void
flame_view_forget_picture (FlameView *self)
{
  g_clear_pointer (&self->picture, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
draw_picture (FlameView *self, float width, float height)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  FlameChart chart = flame_view_get_chart (self);
  ChartPalette palette = chart_style_get_palette (widget);
  PangoContext *context = chart_style_create_pango_context (widget);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  flame_chart_draw (&chart, &palette, context, cr, (double) width, (double) height);
  cairo_destroy (cr);
  g_object_unref (context);
  self->picture = gtk_snapshot_to_node (snapshot);
  self->picture_size = GRAPHENE_SIZE_INIT (width, height);
}

static void
draw_outline (FlameView *self, GtkSnapshot *snapshot, guint32 rect, ChartColor color)
{
  FlameBox box = flame_view_get_box (self, rect);
  GdkRGBA rgba = { (float) color.red, (float) color.green, (float) color.blue, (float) color.alpha };
  GskRoundedRect outline;
  gsk_rounded_rect_init_from_rect (
      &outline,
      &GRAPHENE_RECT_INIT ((float) box.x, (float) box.y, (float) MAX (box.width, 2 * OUTLINE_WIDTH), (float) box.height),
      2);
  gtk_snapshot_append_border (snapshot, &outline,
                              (float[4]){ OUTLINE_WIDTH, OUTLINE_WIDTH, OUTLINE_WIDTH, OUTLINE_WIDTH },
                              (GdkRGBA[4]){ rgba, rgba, rgba, rgba });
}

void
flame_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FlameView *self = FLAME_VIEW (widget);
  float width = (float) gtk_widget_get_width (widget), height = (float) gtk_widget_get_height (widget);
  if (flame_view_get_n_rects (self) == 0)
    return;
  if (self->picture != NULL && (self->picture_size.width != width || self->picture_size.height != height))
    g_clear_pointer (&self->picture, gsk_render_node_unref);
  if (self->picture == NULL)
    draw_picture (self, width, height);
  if (self->picture != NULL)
    gtk_snapshot_append_node (snapshot, self->picture);
  ChartPalette palette = chart_style_get_palette (widget);
  if (self->hovered != FLAME_NO_RECT && self->hovered != self->selected)
    draw_outline (self, snapshot, self->hovered, palette.dim_text);
  if (self->selected != FLAME_NO_RECT)
    draw_outline (self, snapshot, self->selected, palette.text);
}

gboolean
flame_view_export (FlameView *self, const char *path, const char *title, const char *subtitle, GError **error)
{
  FlameChart chart = flame_view_get_chart (self);
  chart.title = title;
  chart.subtitle = subtitle;
  int width = MAX (self->width, PICTURE_LEAST_WIDTH);
  int height = MAX ((int) flame_chart_get_natural_height (&chart), PICTURE_LEAST_HEIGHT);
  return chart_export_flame_file (&chart, path, width, MIN (height, CHART_EXPORT_MAX_SIZE), chart_palette_get (FALSE),
                                  error);
}
