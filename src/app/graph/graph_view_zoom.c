#include "app/graph/graph_view_private.h"

#include <math.h>

#define ZOOM_STEP 0.5
#define WHEEL_ZOOM 0.8 /* length of the view after one notch */
#define WHEEL_PAN 0.1  /* of the view's length */

/* Keys zoom around the middle of the range where it can be seen, else of the view. */
static void
zoom_by (GraphView *self, double factor)
{
  TimeRange range = graph_range_resolve (self->range, self->view);
  TimeRange anchored = range.start_ns < range.end_ns ? range : self->view;
  gint64 anchor = anchored.start_ns + (anchored.end_ns - anchored.start_ns) / 2;
  graph_view_change_view (self, graph_view_range_zoom (self->view, factor, anchor, self->whole));
}

void
graph_view_zoom_in (GraphView *self)
{
  zoom_by (self, ZOOM_STEP);
}

void
graph_view_zoom_out (GraphView *self)
{
  zoom_by (self, 1 / ZOOM_STEP);
}

void
graph_view_zoom_to_range (GraphView *self)
{
  if (!graph_range_is_whole (self->range))
    graph_view_change_view (self, graph_range_resolve (self->range, self->whole));
}

void
graph_view_unzoom (GraphView *self)
{
  graph_view_change_view (self, self->whole);
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
  graph_view_update_cursor (user_data);
}

static gboolean
scrolled (GtkEventControllerScroll *controller, double dx, double dy, gpointer user_data)
{
  GraphView *self = user_data;
  GdkModifierType modifiers = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
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

void
graph_view_zoom_init (GraphView *self)
{
  GtkGesture *pan = gtk_gesture_drag_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (pan), GDK_BUTTON_MIDDLE);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pan));
  g_signal_connect (pan, "drag-begin", G_CALLBACK (pan_begun), self);
  g_signal_connect (pan, "drag-update", G_CALLBACK (pan_updated), self);
  g_signal_connect (pan, "drag-end", G_CALLBACK (pan_ended), self);

  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scrolled), self);
}
