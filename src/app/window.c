#include "app/window_private.h"

#include "app/app_settings.h"
#include "app/application.h"
#include "app/range_entry.h"
#include "app/range_text.h"
#include "app/recent_traces.h"
#include "app/test_log.h"

#include <glib/gi18n.h>

#define PROGRESS_INTERVAL_MS 100
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
  gboolean has_trace = self->session != NULL;
  gtk_stack_set_visible_child_name (self->pages, page);
  gtk_widget_set_visible (self->status_bar, has_trace);
  gtk_widget_set_visible (GTK_WIDGET (self->range_button), has_trace);
  gtk_widget_set_visible (GTK_WIDGET (self->export_button), has_trace);
  gtk_widget_set_visible (self->symbol_button, has_trace);
  window_actions_update (self);
}

static gboolean
is_clock_axis (void)
{
  g_autofree char *axis = app_settings_get_string (app_settings_get (), "time-axis");
  return g_str_equal (axis, "clock");
}

void
window_update_range (PoolscopeWindow *self)
{
  if (self->session == NULL)
    return;
  const PoolTrace *trace = trace_session_get_trace (self->session);
  TimeRange range = trace_session_get_range (self->session);
  gboolean is_whole = trace_session_has_whole_range (self->session);
  g_autofree char *text = range_text_dup (trace, range, is_clock_axis ());
  g_autofree char *length = range_text_dup_length (trace, range);
  g_autofree char *chip = g_strdup_printf (_ ("Range %s (%s)"), text, length);
  gtk_menu_button_set_label (self->range_button, text);
  filter_bar_set_range (self->filter_bar, is_whole ? NULL : chip);
  TimeRange visible = graph_view_get_visible_range (self->graph);
  g_autofree char *start = range_text_dup_time (trace, visible.start_ns, is_clock_axis ());
  g_autofree char *end = range_text_dup_time (trace, visible.end_ns, is_clock_axis ());
  g_autofree char *shown = g_strdup_printf (_ ("Shown: %s – %s"), start, end);
  gtk_label_set_text (self->view_label, shown);
}

static void
update_selected_row (PoolscopeWindow *self)
{
  window_graph_row_update (self);
  window_actions_update (self);
}

/* Signals of the session, the graph and the table */

static void
on_session_range_changed (TraceSession *session, gpointer data)
{
  PoolscopeWindow *self = data;
  graph_view_set_range (self->graph, trace_session_get_range (session));
  window_update_range (self);
  window_actions_update (self);
}

static void
on_session_values_changed (TraceSession *session, gpointer data)
{
  PoolscopeWindow *self = data;
  window_graph_row_queue_update (self);
  window_actions_update (self);
  TimeRange range = trace_session_get_range (session);
  test_log_add ("values range=%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT " rows=%u", range.start_ns,
                range.end_ns, row_model_get_n_visible (trace_session_get_rows (session)));
}

static void
on_session_tree_changed (TraceSession *session, gpointer data)
{
  PoolscopeWindow *self = data;
  graph_view_set_tree (self->graph, trace_session_get_tree (session));
  g_autofree char *grouping = NULL;
  g_auto (GStrv) names = column_layout_dup_group_names (table_view_get_layout (self->table));
  grouping = g_strjoinv (",", names);
  test_log_add ("grouping %s", grouping);
}

static void
on_cursor_changed (RowModel *rows, gpointer data)
{
  PoolscopeWindow *self = data;
  self->hides_row_line = FALSE;
  update_selected_row (self);
  RowNode *cursor = row_model_get_cursor (rows);
  if (cursor == NULL || !test_log_is_on ())
    return;
  g_auto (GStrv) path
      = pool_tree_dup_row_path (pool_tree_values_get_tree (row_model_get_values (rows)), cursor->row);
  g_autofree char *text = g_strjoinv (" > ", path);
  test_log_add ("cursor %s", text);
}

static void
on_graph_range_changed (GraphView *graph, gint64 start_ns, gint64 end_ns, gboolean is_final, gpointer data)
{
  PoolscopeWindow *self = data;
  if (self->session != NULL)
    trace_session_set_range (self->session, (TimeRange){ start_ns, end_ns }, is_final);
}

static void
on_graph_view_changed (GraphView *graph, gpointer data)
{
  window_update_range (POOLSCOPE_WINDOW (data));
}

static void
on_table_message (TableView *table, const char *text, gpointer data)
{
  window_show_message (POOLSCOPE_WINDOW (data), text);
}

static void
on_row_menu_closed (GtkPopover *popover, gpointer data)
{
  table_view_focus_cursor (POOLSCOPE_WINDOW (data)->table);
}

static void
on_table_context_menu (TableView *table, double x, double y, gpointer data)
{
  PoolscopeWindow *self = data;
  if (self->row_popover == NULL)
    {
      self->row_popover = gtk_popover_menu_new_from_model (self->row_menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->row_popover), FALSE);
      gtk_widget_set_halign (self->row_popover, GTK_ALIGN_START);
      g_signal_connect (self->row_popover, "closed", G_CALLBACK (on_row_menu_closed), self);
      gtk_widget_set_parent (self->row_popover, GTK_WIDGET (table));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->row_popover), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->row_popover));
}

static void
on_axis_changed (AppSettings *settings, const char *key, gpointer data)
{
  PoolscopeWindow *self = data;
  graph_view_set_clock_axis (self->graph, is_clock_axis ());
  window_update_range (self);
}

static void
on_measure_changed (AppSettings *settings, const char *key, gpointer data)
{
  static const char *const names[TIMELINE_N_MEASURES]
      = { "size", "count", "total", "allocation-rate", "free-rate" };
  g_autofree char *measure = app_settings_get_string (settings, "measure");
  for (guint i = 0; i < TIMELINE_N_MEASURES; i++)
    if (g_str_equal (names[i], measure))
      graph_view_set_measure (POOLSCOPE_WINDOW (data)->graph, (TimelineMeasure) i);
}

/* A trace comes and goes */

static void
drop_trace (PoolscopeWindow *self)
{
  window_cancel_load (self);
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      g_signal_handlers_disconnect_by_data (trace_session_get_rows (self->session), self);
      graph_view_set_selected_row (self->graph, NULL, NULL);
      graph_view_set_trace (self->graph, NULL, NULL);
      table_view_set_session (self->table, NULL);
      health_bar_set_trace (self->health_bar, NULL);
      window_symbols_stop (self);
      window_stacks_stop (self);
      trace_session_close (self->session);
      g_clear_object (&self->session);
      window_filter_set_session (self);
      window_summary_set_session (self);
    }
}

static void
show_trace (PoolscopeWindow *self, PoolTrace *trace, FrameNames *names)
{
  Dimension grouping[POOL_TREE_MAX_LEVELS];
  gsize n_levels = column_layout_get_grouping (table_view_get_layout (self->table), grouping);
  self->session = trace_session_new (trace, names, grouping, n_levels);
  g_signal_connect (self->session, "range-changed", G_CALLBACK (on_session_range_changed), self);
  g_signal_connect (self->session, "values-changed", G_CALLBACK (on_session_values_changed), self);
  g_signal_connect (self->session, "tree-changed", G_CALLBACK (on_session_tree_changed), self);
  g_signal_connect (trace_session_get_rows (self->session), "cursor-changed", G_CALLBACK (on_cursor_changed),
                    self);
  window_filter_set_session (self);
  graph_view_set_trace (self->graph, trace, names);
  table_view_set_session (self->table, self->session);
  window_summary_set_session (self);
  health_bar_set_trace (self->health_bar, trace);
  g_autofree char *length = range_text_dup_length (trace, TIME_RANGE_WHOLE);
  set_title (self, trace->info.display_name, length);
  gtk_stack_set_visible_child_name (self->table_pages, "table");
  show_page (self, "trace");
  window_update_range (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
  window_symbols_start (self, trace, names);
  test_log_add ("loaded %s intervals=%" G_GSIZE_FORMAT, trace->info.display_name, trace->intervals.n);
}

static void
on_loaded (PoolTrace *trace, FrameNames *names, const GError *error, gpointer data)
{
  PoolscopeWindow *self = data;
  g_autoptr (PoolTrace) owned_trace = trace;
  g_autoptr (FrameNames) owned_names = names;
  graph_view_set_preview (self->graph, NULL);
  g_clear_handle_id (&self->progress_timer, g_source_remove);
  g_autoptr (TraceLoad) load = g_steal_pointer (&self->load);
  if (trace != NULL)
    {
      recent_traces_add (self->file);
      show_trace (self, trace, names);
      window_attribution_tell (self, trace_load_get_problems (load));
      return;
    }
  g_autofree char *name = g_file_get_basename (self->file);
  g_autofree char *display_name = g_filename_display_name (name);
  g_autofree char *title = g_strdup_printf (_ ("“%s” could not be opened"), display_name);
  gtk_label_set_text (self->error_title, title);
  gtk_label_set_text (self->error_label, error->message);
  set_title (self, NULL, NULL);
  show_page (self, "error");
  gtk_widget_grab_focus (self->open_another_button);
  test_log_add ("failed %s", error->message);
}

static gboolean
on_progress (gpointer data)
{
  PoolscopeWindow *self = data;
  g_autofree char *text = NULL;
  double part = trace_load_dup_progress (self->load, &text);
  gtk_label_set_text (self->progress_label, text);
  if (part < 0)
    gtk_progress_bar_pulse (self->progress_bar);
  else
    gtk_progress_bar_set_fraction (self->progress_bar, part);
  return G_SOURCE_CONTINUE;
}

void
window_cancel_load (PoolscopeWindow *self)
{
  if (self->load == NULL)
    return;
  graph_view_set_preview (self->graph, NULL);
  g_clear_handle_id (&self->progress_timer, g_source_remove);
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
  return self->load == NULL && self->session == NULL;
}

void
poolscope_window_open (PoolscopeWindow *self, GFile *file)
{
  drop_trace (self);
  g_set_object (&self->file, file);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *display_name = g_filename_display_name (name);
  g_autofree char *title = g_strdup_printf (_ ("Reading %s"), display_name);
  self->load = trace_load_new (file, on_loaded, self);
  gtk_label_set_text (self->progress_title, title);
  gtk_label_set_text (self->progress_label, "");
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  gtk_stack_set_visible_child_name (self->table_pages, "progress");
  set_title (self, display_name, NULL);
  graph_view_set_preview (self->graph, trace_load_get_preview (self->load));
  self->progress_timer = g_timeout_add (PROGRESS_INTERVAL_MS, on_progress, self);
  show_page (self, "trace");
}

/* Input of the window itself */

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, gpointer data)
{
  PoolscopeWindow *self = data;
  if (key != GDK_KEY_Escape)
    return FALSE;
  if (self->load != NULL)
    window_cancel_load (self);
  else if (window_summary_leave (self))
    return TRUE;
  else if (self->session != NULL && !trace_session_has_whole_range (self->session))
    trace_session_set_range (self->session, TIME_RANGE_WHOLE, TRUE);
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
  if (self->session != NULL)
    gtk_menu_button_set_popover (button, range_entry_new (self->session, is_clock_axis ()));
}

static gboolean
on_close_request (GtkWindow *window, gpointer data)
{
  window_layout_save (POOLSCOPE_WINDOW (window));
  return FALSE;
}

/* Object */

static void
poolscope_window_dispose (GObject *object)
{
  PoolscopeWindow *self = POOLSCOPE_WINDOW (object);
  if (self->graph != NULL && self->table != NULL)
    drop_trace (self);
  g_clear_handle_id (&self->message_timer, g_source_remove);
  g_clear_handle_id (&self->graph_row_timer, g_source_remove);
  g_clear_pointer (&self->row_popover, gtk_widget_unparent);
  g_clear_pointer (&self->presets_popover, gtk_widget_unparent);
  g_clear_object (&self->file);
  self->graph = NULL;
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
  g_type_ensure (FIND_TYPE_BAR);
  g_type_ensure (HEALTH_TYPE_BAR);
  g_type_ensure (START_TYPE_PAGE);
  g_type_ensure (SUMMARY_TYPE_VIEW);
  g_type_ensure (TABLE_TYPE_VIEW);
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
  BIND (table_pages);
  BIND (health_bar);
  BIND (start_page);
  BIND (summary);
  BIND (error_title);
  BIND (error_label);
  BIND (open_another_button);
  BIND (paned);
  BIND (graph_box);
  BIND (table);
  BIND (progress_title);
  BIND (progress_label);
  BIND (progress_bar);
  BIND (status_bar);
  BIND (filter_bar);
  BIND (find_bar);
  BIND (message_label);
  BIND (view_label);
  BIND (row_menu);
  BIND (presets_menu);
}

static void
connect_settings (PoolscopeWindow *self)
{
  AppSettings *settings = app_settings_get ();
  g_signal_connect_object (settings, "changed::time-axis", G_CALLBACK (on_axis_changed), self, 0);
  g_signal_connect_object (settings, "changed::measure", G_CALLBACK (on_measure_changed), self, 0);
  on_measure_changed (settings, NULL, self);
  graph_view_set_clock_axis (self->graph, is_clock_axis ());
}

static void
poolscope_window_init (PoolscopeWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->graph = GRAPH_VIEW (graph_view_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->graph), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->graph), TRUE);
  gtk_box_append (self->graph_box, GTK_WIDGET (self->graph));
  g_signal_connect (self->graph, "range-changed", G_CALLBACK (on_graph_range_changed), self);
  g_signal_connect (self->graph, "view-changed", G_CALLBACK (on_graph_view_changed), self);
  g_signal_connect (self->table, "message", G_CALLBACK (on_table_message), self);
  g_signal_connect (self->table, "context-menu", G_CALLBACK (on_table_context_menu), self);
  gtk_menu_button_set_create_popup_func (self->recent_button, create_recent_menu, self, NULL);
  gtk_menu_button_set_create_popup_func (self->range_button, create_range_popover, self, NULL);
  g_signal_connect (self, "close-request", G_CALLBACK (on_close_request), NULL);

  GtkEventController *keys = gtk_event_controller_key_new ();
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect (drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));

  window_actions_install (self);
  window_layout_init (self);
  connect_settings (self);
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
