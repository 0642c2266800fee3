#include "app/graph/graph_view_private.h"

#define KEY_STEPS 100 /* arrow presses along the view */

/* Moves the start of the range; with Shift its end, with Ctrl all of it. */
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
  if (!time_range_equal (range, self->range))
    graph_view_change_range (self, range, TRUE);
}

/* The start of the range to the trace's, or its end. */
static void
move_to_end (GraphView *self, gboolean is_end)
{
  TimeRange range = self->range;
  if (is_end)
    range.end_ns = G_MAXINT64;
  else
    range.start_ns = 0;
  if (!time_range_equal (range, self->range))
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
      move_to_end (self, FALSE);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      move_to_end (self, TRUE);
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
graph_view_keys_init (GraphView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), self);
}
