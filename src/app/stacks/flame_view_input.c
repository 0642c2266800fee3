#include "app/stacks/flame_view_private.h"

#include "app/test_log.h"

/* Pointer */

static guint32
find_rect (FlameView *self, double x, double y)
{
  FlameChart chart = flame_view_get_chart (self);
  if (flame_view_get_n_rects (self) == 0)
    return FLAME_NO_RECT;
  return flame_chart_find (&chart, gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)),
                           x, y);
}

static void
set_hovered (FlameView *self, guint32 rect)
{
  if (rect == self->hovered)
    return;
  self->hovered = rect;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), rect != FLAME_NO_RECT ? "pointer" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_motion (GtkEventControllerMotion *controller, double x, double y, gpointer data)
{
  set_hovered (data, find_rect (data, x, y));
}

static void
on_leave (GtkEventControllerMotion *controller, gpointer data)
{
  set_hovered (data, FLAME_NO_RECT);
}

static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  FlameView *self = data;
  guint32 rect = find_rect (self, x, y);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (rect == FLAME_NO_RECT)
    return;
  flame_view_select (self, rect);
  if (gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)) == GDK_BUTTON_SECONDARY)
    g_signal_emit_by_name (self, "context-menu", x, y);
  else if (n_press == 2)
    g_signal_emit_by_name (self, "zoom");
}

static gboolean
on_query_tooltip (GtkWidget *widget, int x, int y, gboolean is_keyboard, GtkTooltip *tooltip, gpointer data)
{
  FlameView *self = data;
  guint32 rect = is_keyboard ? self->selected : find_rect (self, x, y);
  if (rect == FLAME_NO_RECT || rect >= flame_view_get_n_rects (self))
    return FALSE;
  FlameBox box = flame_view_get_box (self, rect);
  GdkRectangle area = { (int) box.x, (int) box.y, MAX ((int) box.width, 1), (int) box.height };
  g_autofree char *text = flame_view_dup_rect_text (self, rect);
  gtk_tooltip_set_text (tooltip, text);
  gtk_tooltip_set_tip_area (tooltip, &area);
  test_log_add ("tooltip %s", text);
  return TRUE;
}

/* Keys */

/* The rectangle beside @rect at the same depth, itself where there is none. */
static guint32
get_sibling (FlameView *self, guint32 rect, int step)
{
  guint32 n_rects = flame_view_get_n_rects (self), sibling = rect + (guint32) step;
  gboolean is_there = sibling < n_rects && flame_view_get_rect (self, sibling)->depth == flame_view_get_rect (self, rect)->depth;
  return is_there ? sibling : rect;
}

static guint32
get_child (FlameView *self, guint32 rect)
{
  guint32 child = flame_layout_get_first_child (self->layout, rect);
  return child != FLAME_NO_RECT ? child : rect;
}

static guint32
get_parent (FlameView *self, guint32 rect)
{
  guint32 parent = flame_view_get_rect (self, rect)->parent;
  return parent != FLAME_NO_RECT ? parent : rect;
}

/* Where a key leads to from @rect; @rect itself for no way, FLAME_NO_RECT for no such key. */
static guint32
follow_key (FlameView *self, guint key, guint32 rect)
{
  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return self->is_icicle ? get_parent (self, rect) : get_child (self, rect);
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return self->is_icicle ? get_child (self, rect) : get_parent (self, rect);
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return get_sibling (self, rect, -1);
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return get_sibling (self, rect, 1);
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      return 0;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      while (get_child (self, rect) != rect)
        rect = get_child (self, rect);
      return rect;
    default:
      return FLAME_NO_RECT;
    }
}

static void
open_menu (FlameView *self)
{
  FlameBox box = flame_view_get_box (self, self->selected);
  g_signal_emit_by_name (self, "context-menu", box.x + MIN (box.width / 2, 40), box.y + box.height / 2);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, gpointer data)
{
  FlameView *self = data;
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  if (flame_view_get_n_rects (self) == 0)
    return GDK_EVENT_PROPAGATE;
  gboolean asks_menu = key == GDK_KEY_Menu || (key == GDK_KEY_F10 && modifiers == GDK_SHIFT_MASK);
  if (asks_menu && self->selected != FLAME_NO_RECT)
    {
      open_menu (self);
      return GDK_EVENT_STOP;
    }
  if (modifiers != 0)
    return GDK_EVENT_PROPAGATE;
  guint32 from = self->selected != FLAME_NO_RECT ? self->selected : flame_layout_get_zoomed (self->layout);
  guint32 to = follow_key (self, key, from);
  if (to != FLAME_NO_RECT)
    flame_view_select (self, self->selected != FLAME_NO_RECT ? to : from);
  else if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter)
    g_signal_emit_by_name (self, "zoom");
  else if (key == GDK_KEY_BackSpace || (key == GDK_KEY_Escape && flame_layout_get_zoomed (self->layout) > 0))
    g_signal_emit_by_name (self, "zoom-back");
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

void
flame_view_input_init (FlameView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *click = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  GtkEventController *motion = gtk_event_controller_motion_new ();
  g_signal_connect (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (widget, motion);
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (widget, keys);
  gtk_widget_set_has_tooltip (widget, TRUE);
  g_signal_connect (widget, "query-tooltip", G_CALLBACK (on_query_tooltip), self);
}
