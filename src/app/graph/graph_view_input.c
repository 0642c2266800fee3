#include "app/graph/graph_view_private.h"

#include <math.h>

#define CLICK_MAX_DISTANCE 3.0
#define EDGE_GRAB_DISTANCE 5.0
#define WHEEL_ZOOM 0.8 /* length of the view after one notch */
#define WHEEL_PAN 0.1  /* of the view's length */
#define KEY_STEPS 100  /* arrow presses along the view */

GraphRangePart
graph_view_get_part_at (GraphView *self, double x)
{
  const ChartGeometry *geometry = &self->geometry;
  double edge = geometry->plot.x + geometry->plot.width;
  if (graph_range_is_whole (self->range))
    return GRAPH_PART_OUTSIDE;
  double start = chart_geometry_time_to_x (geometry, graph_range_resolve (self->range, self->whole).start_ns);
  double end = chart_geometry_time_to_x (geometry, graph_range_resolve (self->range, self->whole).end_ns);
  gboolean is_near_start = fabs (x - start) <= EDGE_GRAB_DISTANCE && start >= geometry->plot.x - 1;
  gboolean is_near_end = fabs (x - end) <= EDGE_GRAB_DISTANCE && end <= edge + 1;
  if (is_near_start && is_near_end)
    return fabs (x - start) < fabs (x - end) ? GRAPH_PART_START : GRAPH_PART_END;
  if (is_near_start)
    return GRAPH_PART_START;
  if (is_near_end)
    return GRAPH_PART_END;
  return x > start && x < end ? GRAPH_PART_INSIDE : GRAPH_PART_OUTSIDE;
}

static void
update_cursor (GraphView *self)
{
  static const char *const names[] = { [GRAPH_PART_OUTSIDE] = "crosshair",
                                       [GRAPH_PART_INSIDE] = "grab",
                                       [GRAPH_PART_START] = "col-resize",
                                       [GRAPH_PART_END] = "col-resize" };
  guint item;
  const char *name = "default";
  if (self->is_dragging)
    name = self->drag_part == GRAPH_PART_INSIDE ? "grabbing" : "col-resize";
  else if (chart_rectangle_contains (&self->geometry.plot, self->pointer_x, self->pointer_y))
    name = names[graph_view_get_part_at (self, self->pointer_x)];
  else if (chart_geometry_legend_item_at (&self->geometry, self->pointer_x, self->pointer_y, &item))
    name = "pointer";
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), self->trace && !self->preview ? name : "default");
}

static void
pointer_moved (GtkEventControllerMotion *controller, double x, double y, gpointer user_data)
{
  GraphView *self = user_data;
  guint item;
  int highlighted = chart_geometry_legend_item_at (&self->geometry, x, y, &item) ? (int) item + 1 : 0;
  self->has_pointer = TRUE;
  self->pointer_x = x;
  self->pointer_y = y;
  if (highlighted != self->highlighted_band)
    {
      self->highlighted_band = highlighted;
      gtk_widget_queue_draw (self->canvas);
    }
  update_cursor (self);
  gtk_widget_queue_draw (self->overlay);
}

static void
pointer_left (GtkEventControllerMotion *controller, gpointer user_data)
{
  GraphView *self = user_data;
  self->has_pointer = FALSE;
  if (self->highlighted_band)
    gtk_widget_queue_draw (self->canvas);
  self->highlighted_band = 0;
  gtk_widget_queue_draw (self->overlay);
}

static GdkModifierType
get_modifiers (gpointer controller)
{
  return gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
}

static void
drag_begun (GtkGestureDrag *gesture, double x, double y, gpointer user_data)
{
  GraphView *self = user_data;
  guint item;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  g_clear_handle_id (&self->clear_timer, g_source_remove);
  if (chart_geometry_legend_item_at (&self->geometry, x, y, &item))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      graph_view_toggle_band_at (self, item, (get_modifiers (gesture) & GDK_CONTROL_MASK) != 0);
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  if (self->trace == NULL || self->preview || !chart_rectangle_contains (&self->geometry.plot, x, y))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  self->drag_x = x;
  self->drag_y = y;
  self->drag_origin = self->range;
  self->drag_part = graph_view_get_part_at (self, x);
}

static void
drag_updated (GtkGestureDrag *gesture, double offset_x, double offset_y, gpointer user_data)
{
  GraphView *self = user_data;
  if (!self->is_dragging && fabs (offset_x) < CLICK_MAX_DISTANCE)
    return;
  self->is_dragging = TRUE;
  gint64 pressed = chart_geometry_x_to_time (&self->geometry, self->drag_x);
  double x = self->drag_x + offset_x;
  gint64 now = chart_geometry_x_to_time (&self->geometry, x);
  self->has_pointer = TRUE;
  self->pointer_x = CLAMP (x, self->geometry.plot.x, self->geometry.plot.x + self->geometry.plot.width - 1);
  graph_view_change_range (
      self, graph_range_drag (self->drag_origin, self->drag_part, pressed, now, self->whole), FALSE);
  update_cursor (self);
}

static gboolean
clear_after_click (gpointer user_data)
{
  GraphView *self = user_data;
  self->clear_timer = 0;
  graph_view_clear_range (self);
  update_cursor (self);
  return G_SOURCE_REMOVE;
}

static void
clicked (GraphView *self, GdkModifierType modifiers)
{
  guint band;
  const PoolTimeline *timeline = graph_view_get_timeline (self);
  if (modifiers & GDK_CONTROL_MASK)
    {
      const TimelineBands *bands = graph_view_get_bands (self);
      if (timeline && bands
          && chart_geometry_band_at (&self->geometry, timeline, self->hidden_bands, self->drag_x,
                                     self->drag_y, &band))
        g_signal_emit_by_name (self, "band-activated", bands->labels[band]);
      return;
    }
  if (self->drag_part == GRAPH_PART_OUTSIDE)
    {
      graph_view_clear_range (self);
      return;
    }
  /* In the range this may be the first half of a double click, which zooms to it. */
  int delay = 400;
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-double-click-time", &delay, NULL);
  self->clear_timer = g_timeout_add ((guint) MAX (delay, 1), clear_after_click, self);
}

static void
drag_ended (GtkGestureDrag *gesture, double offset_x, double offset_y, gpointer user_data)
{
  GraphView *self = user_data;
  if (self->is_dragging)
    {
      self->is_dragging = FALSE;
      graph_view_change_range (self, self->range, TRUE);
    }
  else if (!self->is_multiple_click)
    clicked (self, get_modifiers (gesture));
  update_cursor (self);
}

/* Taken away in the middle: the range is as it was before. */
static void
drag_cancelled (GtkGesture *gesture, GdkEventSequence *sequence, gpointer user_data)
{
  GraphView *self = user_data;
  if (!self->is_dragging)
    return;
  self->is_dragging = FALSE;
  graph_view_change_range (self, self->drag_origin, TRUE);
}

static void
pressed (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  GraphView *self = user_data;
  self->is_multiple_click = n_press > 1;
  if (n_press != 2 || !chart_rectangle_contains (&self->geometry.plot, x, y))
    return;
  g_clear_handle_id (&self->clear_timer, g_source_remove);
  if (graph_view_get_part_at (self, x) != GRAPH_PART_OUTSIDE)
    graph_view_zoom_to_range (self);
}

static void
pan_begun (GtkGestureDrag *gesture, double x, double y, gpointer user_data)
{
  GraphView *self = user_data;
  self->pan_origin = self->view;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
}

/* Time for a distance of @x on screen. */
static gint64
distance_to_time (GraphView *self, double x)
{
  double span = (double) (self->view.end_ns - self->view.start_ns);
  return (gint64) (x / MAX (self->geometry.plot.width, 1) * span);
}

static void
pan_updated (GtkGestureDrag *gesture, double offset_x, double offset_y, gpointer user_data)
{
  GraphView *self = user_data;
  graph_view_change_view (
      self, graph_view_range_pan (self->pan_origin, -distance_to_time (self, offset_x), self->whole));
}

static void
pan_ended (GtkGestureDrag *gesture, double offset_x, double offset_y, gpointer user_data)
{
  update_cursor (user_data);
}

static gboolean
scrolled (GtkEventControllerScroll *controller, double dx, double dy, gpointer user_data)
{
  GraphView *self = user_data;
  GdkModifierType modifiers = get_modifiers (controller);
  if (self->trace == NULL || self->preview || self->is_dragging)
    return GDK_EVENT_PROPAGATE;
  if (modifiers & GDK_CONTROL_MASK)
    {
      double x = self->has_pointer ? self->pointer_x : self->geometry.plot.x + self->geometry.plot.width / 2;
      gint64 anchor = chart_geometry_x_to_time (&self->geometry, x);
      graph_view_change_view (self,
                              graph_view_range_zoom (self->view, pow (WHEEL_ZOOM, -dy), anchor, self->whole));
      return GDK_EVENT_STOP;
    }
  /* Some systems turn the wheel sideways by themselves while Shift is held. */
  double steps = modifiers & GDK_SHIFT_MASK && dx == 0 ? dy : dx;
  if (steps == 0)
    return GDK_EVENT_PROPAGATE;
  gint64 delta = distance_to_time (self, steps * WHEEL_PAN * self->geometry.plot.width);
  graph_view_change_view (self, graph_view_range_pan (self->view, delta, self->whole));
  return GDK_EVENT_STOP;
}

static void
nudge (GraphView *self, int direction, GdkModifierType modifiers)
{
  GraphRangePart part = GRAPH_PART_START;
  if (modifiers & GDK_CONTROL_MASK)
    part = GRAPH_PART_INSIDE;
  else if (modifiers & GDK_SHIFT_MASK)
    part = GRAPH_PART_END;
  gint64 step = MAX ((self->view.end_ns - self->view.start_ns) / KEY_STEPS, 1);
  TimeRange range = graph_range_nudge (self->range, part, direction * step, self->whole);
  if (range.start_ns != self->range.start_ns || range.end_ns != self->range.end_ns)
    graph_view_change_range (self, range, TRUE);
}

static void
move_to_end (GraphView *self, gboolean is_end, GdkModifierType modifiers)
{
  TimeRange range = self->range;
  if (is_end)
    range.end_ns = G_MAXINT64;
  else
    range.start_ns = 0;
  if (range.start_ns != self->range.start_ns || range.end_ns != self->range.end_ns)
    graph_view_change_range (self, range, TRUE);
}

static gboolean
handle_range_key (GraphView *self, guint key, GdkModifierType modifiers)
{
  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      nudge (self, -1, modifiers);
      return GDK_EVENT_STOP;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      nudge (self, 1, modifiers);
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      move_to_end (self, FALSE, modifiers);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      move_to_end (self, TRUE, modifiers);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers,
             gpointer user_data)
{
  GraphView *self = user_data;
  if (self->trace == NULL || self->preview || modifiers & GDK_ALT_MASK)
    return GDK_EVENT_PROPAGATE;
  if (handle_range_key (self, key, modifiers))
    return GDK_EVENT_STOP;
  if (key == GDK_KEY_Escape && !graph_range_is_whole (self->range))
    {
      graph_view_clear_range (self);
      return GDK_EVENT_STOP;
    }
  if (modifiers & GDK_CONTROL_MASK)
    return GDK_EVENT_PROPAGATE;
  /* Symbols and digits are reached with Shift on some keyboards: it is not looked at. */
  if (key == GDK_KEY_plus || key == GDK_KEY_KP_Add || key == GDK_KEY_equal)
    graph_view_zoom_in (self);
  else if (key == GDK_KEY_minus || key == GDK_KEY_KP_Subtract)
    graph_view_zoom_out (self);
  else if (key >= GDK_KEY_1 && key <= GDK_KEY_9)
    graph_view_toggle_band_at (self, key - GDK_KEY_1, FALSE);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

void
graph_view_input_cancel (GraphView *self)
{
  g_clear_handle_id (&self->clear_timer, g_source_remove);
  self->is_dragging = FALSE;
}

static GtkGesture *
add_drag (GraphView *self, guint button)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), button);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  return drag;
}

void
graph_view_input_init (GraphView *self)
{
  GtkGesture *drag = add_drag (self, GDK_BUTTON_PRIMARY), *pan = add_drag (self, GDK_BUTTON_MIDDLE);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begun), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_updated), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_ended), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (drag_cancelled), self);
  g_signal_connect (pan, "drag-begin", G_CALLBACK (pan_begun), self);
  g_signal_connect (pan, "drag-update", G_CALLBACK (pan_updated), self);
  g_signal_connect (pan, "drag-end", G_CALLBACK (pan_ended), self);

  GtkGesture *click = gtk_gesture_click_new ();
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_group (click, drag);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed), self);

  GtkEventController *motion = gtk_event_controller_motion_new ();
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect (motion, "enter", G_CALLBACK (pointer_moved), self);
  g_signal_connect (motion, "motion", G_CALLBACK (pointer_moved), self);
  g_signal_connect (motion, "leave", G_CALLBACK (pointer_left), self);

  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scrolled), self);

  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), self);
}
