#include "app/stacks/flame_view_private.h"

#include "app/test_log.h"
#include "export/metric_text.h"

#include <glib/gi18n.h>

#define LEAST_PIXELS 1.0   /* narrower frames are merged */

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
      g_autofree char *weight = metric_format (metric, (gint64) flame_layout_get_weight (layout));
      self->root_label = g_strdup_printf (_ ("All stacks: %s"), weight);
    }
  flame_view_forget_picture (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  flame_view_update_description (self);
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
  flame_view_forget_picture (self);
}

void
flame_view_set_find_text (FlameView *self, const char *text)
{
  g_free (self->find_text);
  self->find_text = g_strdup (text);
  flame_view_forget_picture (self);
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
  flame_view_update_description (self);
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

/* Theme, font or direction are others. */
static void
flame_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (flame_view_parent_class)->css_changed (widget, change);
  flame_view_forget_picture (FLAME_VIEW (widget));
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
  flame_view_update_description (self);
}
