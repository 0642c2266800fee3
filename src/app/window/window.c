#include "app/window/window_private.h"

#include "app/application.h"
#include "app/graph/range_entry.h"
#include "app/session/range_text.h"
#include "app/settings/app_settings.h"
#include "app/state/recent_traces.h"
#include "app/test_log.h"
#include "app/window/window_copy.h"

#include <glib/gi18n.h>

#define MESSAGE_SECONDS 8

G_DEFINE_FINAL_TYPE (PoolscopeWindow, poolscope_window, GTK_TYPE_APPLICATION_WINDOW)

/* What is shown */

static gboolean
on_message_timeout (gpointer data)
{
  PoolscopeWindow *self = data;
  self->message_timer = 0;
  gtk_label_set_text (self->message_label, "");
  return G_SOURCE_REMOVE;
}

void
window_show_message (PoolscopeWindow *self, const char *text)
{
  g_clear_handle_id (&self->message_timer, g_source_remove);
  gtk_label_set_text (self->message_label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->message_label), text);
  self->message_timer = g_timeout_add_seconds (MESSAGE_SECONDS, on_message_timeout, self);
}

static void
set_title (PoolscopeWindow *self, const char *name, const char *subtitle)
{
  g_autofree char *title = name != NULL ? g_strdup_printf ("%s – Poolscope", name) : g_strdup ("Poolscope");
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_label_set_text (self->title_label, name != NULL ? name : "Poolscope");
  gtk_label_set_text (self->subtitle_label, subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle_label), subtitle != NULL);
}

static void
show_page (PoolscopeWindow *self, const char *page)
{
  gboolean has_trace = self->trace != NULL;
  gtk_stack_set_visible_child_name (self->pages, page);
  gtk_widget_set_visible (self->status_bar, has_trace);
  gtk_widget_set_visible (GTK_WIDGET (self->range_button), has_trace);
  gtk_widget_set_visible (GTK_WIDGET (self->export_button), has_trace);
  gtk_widget_set_visible (self->symbol_button, has_trace);
  window_explorer_update (self);
  window_actions_update (self);
}

static gboolean
is_clock_axis (void)
{
  return app_settings_has_string (app_settings_get (), "time-axis", "clock");
}

void
window_update_range (PoolscopeWindow *self)
{
  const PoolTrace *trace = self->trace;
  TraceSession *session = window_get_session (self);
  /* While the views go one after the other there is no trace any more. */
  if (session == NULL || trace == NULL)
    return;
  TimeRange range = trace_session_get_range (session);
  gboolean is_whole = trace_session_has_whole_range (session);
  g_autofree char *text = range_text_dup (trace, range, is_clock_axis ());
  g_autofree char *length = range_text_dup_length (trace, range);
  g_autofree char *chip = g_strdup_printf (_ ("Range %s (%s)"), text, length);
  gtk_menu_button_set_label (self->range_button, text);
  filter_bar_set_range (self->filter_bar, is_whole ? NULL : chip);
  TimeRange visible = graph_view_get_visible_range (window_get_graph (self));
  g_autofree char *start = range_text_dup_time (trace, visible.start_ns, is_clock_axis ());
  g_autofree char *end = range_text_dup_time (trace, visible.end_ns, is_clock_axis ());
  g_autofree char *shown = g_strdup_printf (_ ("Shown: %s – %s"), start, end);
  gtk_label_set_text (self->view_label, shown);
}

/* A trace comes and goes */

static void
drop_trace (PoolscopeWindow *self)
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
  set_title (self, trace->info.display_name, length);
  show_page (self, "trace");
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
  set_title (self, NULL, NULL);
  show_page (self, "error");
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
  set_title (self, NULL, NULL);
  show_page (self, "start");
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
  drop_trace (self);
  g_set_object (&self->file, file);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *display_name = g_filename_display_name (name);
  self->load = trace_load_new (file, on_loaded, self);
  set_title (self, display_name, NULL);
  load_view_set_load (self->load_view, self->load, display_name);
  show_page (self, "load");
}

/* Input of the window itself */

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, gpointer data)
{
  PoolscopeWindow *self = data;
  TraceSession *session = window_get_session (self);
  if (key != GDK_KEY_Escape)
    return FALSE;
  if (self->load != NULL)
    window_cancel_load (self);
  else if (window_summary_leave (self))
    return TRUE;
  else if (session != NULL && !trace_session_has_whole_range (session))
    trace_session_set_range (session, TIME_RANGE_WHOLE, TRUE);
  else
    return window_summary_close (self);
  return TRUE;
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  GtkWindow *window = GTK_WINDOW (data);
  GSList *files = g_value_get_boxed (value);
  PoolscopeApplication *application = POOLSCOPE_APPLICATION (gtk_window_get_application (window));
  for (GSList *l = files; l != NULL; l = l->next)
    poolscope_application_open_file (application, l->data, window);
  return files != NULL;
}

static void
create_recent_menu (GtkMenuButton *button, gpointer data)
{
  g_autoptr (GMenuModel) menu = recent_traces_create_menu ();
  if (menu == NULL)
    {
      g_autoptr (GMenu) none = g_menu_new ();
      g_menu_append (none, _ ("No recent traces"), NULL);
      gtk_menu_button_set_menu_model (button, G_MENU_MODEL (none));
      return;
    }
  gtk_menu_button_set_menu_model (button, menu);
}

static void
create_range_popover (GtkMenuButton *button, gpointer data)
{
  PoolscopeWindow *self = data;
  if (self->trace != NULL)
    gtk_menu_button_set_popover (button, range_entry_new (window_get_session (self), is_clock_axis ()));
}

static gboolean
on_close_request (GtkWindow *window, gpointer data)
{
  window_layout_save (POOLSCOPE_WINDOW (window));
  window_state_save (POOLSCOPE_WINDOW (window));
  return FALSE;
}

/* Object */

static void
poolscope_window_dispose (GObject *object)
{
  PoolscopeWindow *self = POOLSCOPE_WINDOW (object);
  if (self->views != NULL)
    drop_trace (self);
  g_clear_handle_id (&self->message_timer, g_source_remove);
  g_clear_object (&self->file);
  window_presets_clear (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), POOLSCOPE_TYPE_WINDOW);
  G_OBJECT_CLASS (poolscope_window_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, PoolscopeWindow, name)

static void
poolscope_window_class_init (PoolscopeWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = poolscope_window_dispose;
  g_type_ensure (FILTER_TYPE_BAR);
  g_type_ensure (GRAPH_TYPE_EXPLORER);
  g_type_ensure (HEALTH_TYPE_BAR);
  g_type_ensure (FAILURE_TYPE_VIEW);
  g_type_ensure (LOAD_TYPE_VIEW);
  g_type_ensure (START_TYPE_PAGE);
  g_type_ensure (SUMMARY_TYPE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/poolscope/Poolscope/ui/window.ui");
  BIND (title_label);
  BIND (subtitle_label);
  BIND (recent_button);
  BIND (range_button);
  BIND (export_button);
  BIND (symbol_button);
  BIND (symbol_bar);
  BIND (symbol_label);
  BIND (pages);
  BIND (health_bar);
  BIND (load_view);
  BIND (views);
  BIND (explorer);
  BIND (explorer_edge);
  BIND (start_page);
  BIND (summary);
  BIND (failure_view);
  BIND (status_bar);
  BIND (filter_bar);
  BIND (message_label);
  BIND (view_label);
  BIND (presets_menu);
}

static void
poolscope_window_init (PoolscopeWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->recent_button, create_recent_menu, self, NULL);
  gtk_menu_button_set_create_popup_func (self->range_button, create_range_popover, self, NULL);
  g_signal_connect (self, "close-request", G_CALLBACK (on_close_request), NULL);

  GtkEventController *keys = gtk_event_controller_key_new ();
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect (drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));

  window_views_init (self);
  window_actions_install (self);
  window_layout_init (self);
  show_page (self, "start");
}

PoolscopeWindow *
poolscope_window_new (GtkApplication *application)
{
  PoolscopeWindow *self = g_object_new (POOLSCOPE_TYPE_WINDOW, "application", application, NULL);
  start_page_set_has_sample (self->start_page,
                             g_action_group_get_action_enabled (G_ACTION_GROUP (application), "open-sample"));
  return self;
}
