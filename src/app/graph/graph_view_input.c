#include "app/graph/graph_view_private.h"

#include <math.h>

#define CLICK_MAX_DISTANCE 3.0
#define EDGE_GRAB_DISTANCE 5.0

/* What of the range lies at @x. */
static GraphRangePart
get_part_at (GraphView *self, double x)
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

void
graph_view_update_cursor (GraphView *self)
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
    name = names[get_part_at (self, self->pointer_x)];
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
  graph_view_update_cursor (self);
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
  self->drag_part = get_part_at (self, x);
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
  graph_view_update_cursor (self);
}

static gboolean
clear_after_click (gpointer user_data)
{
  GraphView *self = user_data;
  self->clear_timer = 0;
  graph_view_clear_range (self);
  graph_view_update_cursor (self);
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
  graph_view_update_cursor (self);
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
  if (get_part_at (self, x) != GRAPH_PART_OUTSIDE)
    graph_view_zoom_to_range (self);
}

void
graph_view_input_cancel (GraphView *self)
{
  g_clear_handle_id (&self->clear_timer, g_source_remove);
  self->is_dragging = FALSE;
}

void
graph_view_input_init (GraphView *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), GDK_BUTTON_PRIMARY);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begun), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_updated), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_ended), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (drag_cancelled), self);

  GtkGesture *click = gtk_gesture_click_new ();
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_group (click, drag);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed), self);

  GtkEventController *motion = gtk_event_controller_motion_new ();
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect (motion, "enter", G_CALLBACK (pointer_moved), self);
  g_signal_connect (motion, "motion", G_CALLBACK (pointer_moved), self);
  g_signal_connect (motion, "leave", G_CALLBACK (pointer_left), self);
}
