#include "app/stacks/flame_view_private.h"

#include "app/test_log.h"
#include "app/widgets/chart_style.h"
#include "base/number_format.h"
#include "chart/chart_export.h"

#include <glib/gi18n.h>

#define LEAST_PIXELS 1.0   /* narrower frames are merged */
#define OUTLINE_WIDTH 2.0
#define PICTURE_LEAST_WIDTH 800
#define PICTURE_LEAST_HEIGHT 100

enum
{
  SIGNAL_SELECTION_CHANGED,
  SIGNAL_ZOOM,
  SIGNAL_ZOOM_BACK,
  SIGNAL_RESIZED,
  SIGNAL_CONTEXT_MENU,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FlameView, flame_view, GTK_TYPE_WIDGET)

/* What is shown */

FlameChart
flame_view_get_chart (FlameView *self)
{
  return (FlameChart){ .layout = self->layout,
                       .is_icicle = self->is_icicle,
                       .root_label = self->root_label,
                       .find_text = *self->find_text != '\0' ? self->find_text : NULL,
                       .color_memory = self->color_memory };
}

static void
forget_picture (FlameView *self)
{
  g_clear_pointer (&self->picture, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const FlameRect *
flame_view_get_rect (FlameView *self, guint32 rect)
{
  guint32 n_rects;
  return &flame_layout_get_rects (self->layout, &n_rects)[rect];
}

guint32
flame_view_get_n_rects (FlameView *self)
{
  guint32 n_rects = 0;
  if (self->layout != NULL)
    flame_layout_get_rects (self->layout, &n_rects);
  return n_rects;
}

FlameBox
flame_view_get_box (FlameView *self, guint32 rect)
{
  FlameChart chart = flame_view_get_chart (self);
  return flame_chart_get_box (&chart, rect, gtk_widget_get_width (GTK_WIDGET (self)),
                              gtk_widget_get_height (GTK_WIDGET (self)));
}

static char *
dup_weight_text (FlameView *self, guint64 weight)
{
  return self->metric == METRIC_COUNT ? format_count ((gint64) weight) : format_bytes ((gint64) weight);
}

static char *
dup_name (FlameView *self, guint32 rect)
{
  const FlameRect *at = flame_view_get_rect (self, rect);
  if (at->n_merged > 0)
    return g_strdup_printf (ngettext ("%u narrow frame", "%u narrow frames", at->n_merged), at->n_merged);
  return g_strdup (at->depth == 0 ? _ ("All stacks") : flame_layout_get_text (self->layout, rect));
}

char *
flame_view_dup_rect_text (FlameView *self, guint32 rect)
{
  const FlameRect *at = flame_view_get_rect (self, rect);
  g_autofree char *name = dup_name (self, rect);
  g_autofree char *count = format_count ((gint64) at->sums.count);
  g_autofree char *size = format_bytes ((gint64) at->sums.size_bytes);
  g_autofree char *impacting = format_bytes (at->sums.impacting_bytes);
  g_autofree char *exact = format_count (at->sums.impacting_bytes);
  g_autofree char *weight = dup_weight_text (self, at->weight);
  double share = 100 * (double) at->weight / (double) flame_layout_get_weight (self->layout);
  g_autoptr (GString) text = g_string_new (name);
  gsize module_length = at->depth > 0 && at->n_merged == 0 ? frame_text_get_module_length (name) : 0;
  if (module_length > 0)
    {
      g_autofree char *module = g_strndup (name, module_length);
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("Module %s"), module);
    }
  g_string_append_c (text, '\n');
  /* Translators: name of a metric, its value, a percentage. */
  g_string_append_printf (text, _ ("%s %s, %.1f %% of all"), _ (metric_get_display_name (self->metric)), weight, share);
  g_string_append_c (text, '\n');
  g_string_append_printf (text, _ ("Impacting Size %s (%s bytes), Size %s, Count %s"), impacting, exact, size, count);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What a screen reader tells. */
static void
update_description (FlameView *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  if (flame_view_get_n_rects (self) == 0)
    g_string_append (text, _ ("There is nothing to show."));
  else
    {
      guint32 n_depths = flame_layout_get_n_depths (self->layout) - 1;
      g_autofree char *whole = dup_weight_text (self, flame_layout_get_weight (self->layout));
      g_string_append_printf (text, ngettext ("%s of %s, %u frame deep.", "%s of %s, up to %u frames deep.", n_depths),
                              _ (metric_get_display_name (self->metric)), whole, n_depths);
      if (self->selected != FLAME_NO_RECT)
        {
          g_autofree char *selected = flame_view_dup_rect_text (self, self->selected);
          g_string_append_c (text, ' ');
          g_string_append_printf (text, _ ("Selected, at depth %u: %s."), flame_view_get_rect (self, self->selected)->depth,
                                  g_strdelimit (selected, "\n", ','));
        }
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str, -1);
}

void
flame_view_set_layout (FlameView *self, FlameLayout *layout, Metric metric)
{
  if (layout != NULL)
    flame_layout_ref (layout);
  g_clear_pointer (&self->layout, flame_layout_unref);
  self->layout = layout;
  self->metric = metric;
  self->hovered = FLAME_NO_RECT;
  self->selected = FLAME_NO_RECT;
  if (layout != NULL && self->selected_path != NULL)
    self->selected = flame_layout_find_path (layout, (const char *const *) self->selected_path);
  g_clear_pointer (&self->root_label, g_free);
  if (flame_view_get_n_rects (self) > 0)
    {
      g_autofree char *weight = dup_weight_text (self, flame_layout_get_weight (layout));
      self->root_label = g_strdup_printf (_ ("All stacks: %s"), weight);
    }
  forget_picture (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  update_description (self);
}

const FlameLayout *
flame_view_get_layout (FlameView *self)
{
  return self->layout;
}

void
flame_view_set_icicle (FlameView *self, gboolean is_icicle)
{
  self->is_icicle = is_icicle;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_icicle ? _ ("Icicle") : _ ("Flame graph"), -1);
  forget_picture (self);
}

void
flame_view_set_find_text (FlameView *self, const char *text)
{
  g_free (self->find_text);
  self->find_text = g_strdup (text);
  forget_picture (self);
}

double
flame_view_get_least_width (FlameView *self)
{
  return self->width > 0 ? LEAST_PIXELS / (self->width * gtk_widget_get_scale_factor (GTK_WIDGET (self))) : 0;
}

/* Selection */

guint32
flame_view_get_selected (FlameView *self)
{
  return self->selected;
}

/* Scrolls so far that the selected rectangle is seen. */
static void
show_selected (FlameView *self)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  if (scroller == NULL || self->selected == FLAME_NO_RECT)
    return;
  FlameBox box = flame_view_get_box (self, self->selected);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  gtk_adjustment_clamp_page (adjustment, box.y - box.height, box.y + 2 * box.height);
}

void
flame_view_select (FlameView *self, guint32 rect)
{
  if (rect == self->selected)
    return;
  g_clear_pointer (&self->selected_path, g_strfreev);
  self->selected = rect;
  if (rect != FLAME_NO_RECT && flame_view_get_rect (self, rect)->n_merged == 0)
    self->selected_path = flame_layout_dup_path (self->layout, rect);
  show_selected (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  update_description (self);
  if (test_log_is_on () && self->selected_path != NULL)
    {
      g_autofree char *path = g_strjoinv (";", self->selected_path);
      test_log_add ("flame selected depth=%u %s", flame_view_get_rect (self, rect)->depth, path);
    }
  g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
}

gboolean
flame_view_find (FlameView *self, gboolean is_backward)
{
  guint32 n_rects = flame_view_get_n_rects (self), at = self->selected;
  FlameChart chart = flame_view_get_chart (self);
  if (chart.find_text == NULL || n_rects == 0)
    return FALSE;
  if (at == FLAME_NO_RECT)
    at = is_backward ? 0 : n_rects - 1;
  for (guint32 i = 0; i < n_rects; i++)
    {
      at = is_backward ? (at + n_rects - 1) % n_rects : (at + 1) % n_rects;
      if (flame_chart_is_found (&chart, at))
        {
          flame_view_select (self, at);
          return TRUE;
        }
    }
  return FALSE;
}

/* Drawing */

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

static void
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

static void
flame_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                    int *minimum_baseline, int *natural_baseline)
{
  FlameView *self = FLAME_VIEW (widget);
  FlameChart chart = flame_view_get_chart (self);
  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL && self->layout != NULL)
    *minimum = *natural = (int) flame_chart_get_natural_height (&chart);
}

static void
flame_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  FlameView *self = FLAME_VIEW (widget);
  if (width == self->width)
    return;
  self->width = width;
  g_signal_emit (self, signals[SIGNAL_RESIZED], 0);
}

/* Theme, font or direction are others. */
static void
flame_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (flame_view_parent_class)->css_changed (widget, change);
  forget_picture (FLAME_VIEW (widget));
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

/* Object */

static void
flame_view_finalize (GObject *object)
{
  FlameView *self = FLAME_VIEW (object);
  g_clear_pointer (&self->layout, flame_layout_unref);
  g_clear_pointer (&self->picture, gsk_render_node_unref);
  g_clear_pointer (&self->selected_path, g_strfreev);
  g_hash_table_unref (self->color_memory);
  g_free (self->find_text);
  g_free (self->root_label);
  G_OBJECT_CLASS (flame_view_parent_class)->finalize (object);
}

static void
flame_view_class_init (FlameViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GType type = G_TYPE_FROM_CLASS (class);
  G_OBJECT_CLASS (class)->finalize = flame_view_finalize;
  widget_class->snapshot = flame_view_snapshot;
  widget_class->measure = flame_view_measure;
  widget_class->size_allocate = flame_view_size_allocate;
  widget_class->css_changed = flame_view_css_changed;
  gtk_widget_class_set_css_name (widget_class, "flamegraph");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  static const char *const names[] = { "selection-changed", "zoom", "zoom-back", "resized" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    signals[i] = g_signal_new (names[i], type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CONTEXT_MENU] = g_signal_new ("context-menu", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                               G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
flame_view_init (FlameView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  self->find_text = g_strdup ("");
  self->selected = self->hovered = FLAME_NO_RECT;
  self->color_memory = chart_palette_memory_new ();
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_add_css_class (widget, "view");

  flame_view_input_init (self);
  flame_view_set_icicle (self, FALSE);
  update_description (self);
}
