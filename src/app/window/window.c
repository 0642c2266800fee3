#include "app/window/window_private.h"

#include "app/graph/range_entry.h"
#include "app/session/range_text.h"
#include "app/settings/app_settings.h"
#include "app/state/recent_traces.h"

#include <glib/gi18n.h>

#define MESSAGE_SECONDS 8

static guint open_file_signal;

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

void
window_set_title (PoolscopeWindow *self, const char *name, const char *subtitle)
{
  g_autofree char *title = name != NULL ? g_strdup_printf ("%s – Poolscope", name) : g_strdup ("Poolscope");
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_label_set_text (self->title_label, name != NULL ? name : "Poolscope");
  gtk_label_set_text (self->subtitle_label, subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle_label), subtitle != NULL);
}

void
window_show_page (PoolscopeWindow *self, const char *page)
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
  GSList *files = g_value_get_boxed (value);
  for (GSList *l = files; l != NULL; l = l->next)
    g_signal_emit (data, open_file_signal, 0, l->data);
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
    window_drop_trace (self);
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
  open_file_signal = g_signal_new ("open-file", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_FILE);
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
  window_show_page (self, "start");
}

PoolscopeWindow *
poolscope_window_new (GtkApplication *application)
{
  PoolscopeWindow *self = g_object_new (POOLSCOPE_TYPE_WINDOW, "application", application, NULL);
  start_page_set_has_sample (self->start_page,
                             g_action_group_get_action_enabled (G_ACTION_GROUP (application), "open-sample"));
  return self;
}
