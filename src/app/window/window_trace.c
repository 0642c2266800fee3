/* A trace comes into a window, and goes. */
#include "app/window/window_private.h"

#include "app/session/range_text.h"
#include "app/state/recent_traces.h"
#include "app/test_log.h"
#include "app/window/window_copy.h"

void
window_drop_trace (PoolscopeWindow *self)
{
  window_cancel_load (self);
  if (self->trace == NULL)
    return;
  window_state_stop (self);
  g_autoptr (PoolTrace) trace = g_steal_pointer (&self->trace);
  health_bar_set_trace (self->health_bar, NULL);
  window_copy_stop (self);
  window_symbols_stop (self);
  window_views_close_all (self);
  window_summary_set_trace (self);
  g_clear_pointer (&self->names, frame_names_unref);
}

static void
show_trace (PoolscopeWindow *self, PoolTrace *trace, FrameNames *names)
{
  self->trace = pool_trace_ref (trace);
  self->names = frame_names_ref (names);
  window_views_add (self);
  window_summary_set_trace (self);
  health_bar_set_trace (self->health_bar, trace);
  g_autofree char *length = range_text_dup_length (trace, TIME_RANGE_WHOLE);
  window_set_title (self, trace->info.display_name, length);
  window_show_page (self, "trace");
  gtk_widget_grab_focus (GTK_WIDGET (window_get_view (self)));
  window_state_restore (self);
  window_symbols_start (self);
  test_log_add ("loaded %s intervals=%" G_GSIZE_FORMAT, trace->info.display_name, trace->intervals.n);
}

static void
on_loaded (PoolTrace *trace, FrameNames *names, const GError *error, gpointer data)
{
  PoolscopeWindow *self = data;
  g_autoptr (PoolTrace) owned_trace = trace;
  g_autoptr (FrameNames) owned_names = names;
  load_view_set_load (self->load_view, NULL, NULL);
  g_autoptr (TraceLoad) load = g_steal_pointer (&self->load);
  if (trace != NULL)
    {
      recent_traces_add (self->file);
      show_trace (self, trace, names);
      window_attribution_tell (self, trace_load_get_problems (load));
      return;
    }
  window_set_title (self, NULL, NULL);
  window_show_page (self, "error");
  failure_view_show (self->failure_view, self->file, error->message, trace_load_get_choices (load));
  test_log_add ("failed %s", error->message);
}

void
window_cancel_load (PoolscopeWindow *self)
{
  if (self->load == NULL)
    return;
  load_view_set_load (self->load_view, NULL, NULL);
  trace_load_cancel (self->load);
  g_clear_object (&self->load);
  g_clear_object (&self->file);
  window_set_title (self, NULL, NULL);
  window_show_page (self, "start");
  test_log_add ("cancelled");
}

gboolean
poolscope_window_is_empty (PoolscopeWindow *self)
{
  return self->load == NULL && self->trace == NULL;
}

void
poolscope_window_open (PoolscopeWindow *self, GFile *file)
{
  window_drop_trace (self);
  g_set_object (&self->file, file);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *display_name = g_filename_display_name (name);
  self->load = trace_load_new (file, on_loaded, self);
  window_set_title (self, display_name, NULL);
  load_view_set_load (self->load_view, self->load, display_name);
  window_show_page (self, "load");
}
