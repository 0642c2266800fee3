/* The actions of a window. Keys are in application.c, menus in ui/window.ui. */
#include "app/window/window_private.h"

#include "app/health/diagnostics_window.h"
#include "app/health/properties_window.h"
#include "app/settings/app_settings.h"
#include "app/widgets/action_map.h"
#include "app/window/window_copy.h"
#include "app/window/window_export.h"

#include <glib/gi18n.h>

/* What has the focus has the first right to the keys of the clipboard, if it or what it is in knows @action. */
static gboolean
leave_to_focus (PoolscopeWindow *self, const char *action)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  return focus != NULL && gtk_widget_activate_action (focus, action, NULL);
}

static gboolean
leave_to_text (PoolscopeWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  if (!GTK_IS_TEXT (focus) && !(GTK_IS_LABEL (focus) && gtk_label_get_selectable (GTK_LABEL (focus))))
    return FALSE;
  return leave_to_focus (self, "clipboard.copy");
}

static void
on_copy_stack (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (!leave_to_text (data) && !leave_to_focus (data, "allocations.copy"))
    window_copy_stack (data, FALSE);
}

static void
on_copy_stack_markdown (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (!leave_to_focus (data, "allocations.copy-address"))
    window_copy_stack (data, TRUE);
}

static void
on_copy_rows (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (!leave_to_focus (data, "allocations.copy-rows"))
    window_copy_rows (data);
}

static void
on_copy_cell (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  window_copy_cell (data);
}

static void
on_copy_picture (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  window_copy_picture (data);
}

static void
on_export_table (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  window_export_table (data, g_variant_get_string (parameter, NULL));
}

static void
on_export_graph (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  window_export_graph (data, g_variant_get_string (parameter, NULL));
}

static void
on_export_flame (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  window_export_flame (data, g_variant_get_string (parameter, NULL));
}

static void
on_cancel_load (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  window_cancel_load (data);
}

static void
on_clear_range (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  if (self->trace == NULL)
    return;
  trace_session_set_range (window_get_session (self), TIME_RANGE_WHOLE, TRUE);
  gtk_menu_button_popdown (self->range_button);
}

static void
on_edit_range (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_menu_button_popup (POOLSCOPE_WINDOW (data)->range_button);
}

static void
on_zoom (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  static const struct
  {
    const char *name;
    void (*zoom) (GraphView *graph);
  } zooms[] = {
    { "zoom-in", graph_view_zoom_in },
    { "zoom-out", graph_view_zoom_out },
    { "zoom-to-range", graph_view_zoom_to_range },
    { "unzoom", graph_view_unzoom },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (zooms); i++)
    if (g_str_equal (g_action_get_name (G_ACTION (action)), zooms[i].name))
      zooms[i].zoom (window_get_graph (data));
}

static void
on_walk (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *name = g_action_get_name (G_ACTION (action));
  TreeWalkMode mode = g_str_equal (name, "walk-through")    ? TREE_WALK_THROUGH
                      : g_str_equal (name, "walk-heaviest") ? TREE_WALK_HEAVIEST
                                                            : TREE_WALK_SUBTREE;
  table_view_walk (window_get_table (data), mode);
}

static void
on_show_in_graph (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  analysis_view_toggle_row_in_graph (window_get_view (data));
}

static void
on_reset_columns (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  table_view_reset_columns (window_get_table (data));
}

static void
on_next_pane (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  analysis_view_focus_next (window_get_view (data));
}

static void
on_properties (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  properties_window_show (GTK_WINDOW (self), self->trace);
}

static void
on_diagnostics (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  diagnostics_window_show (GTK_WINDOW (self), self->trace,
                           health_bar_get_items (self->health_bar));
}

/* The range from which on every processor's events are there; FALSE when that is the whole trace. */
static gboolean
get_complete_part (PoolscopeWindow *self, TimeRange *ret_range)
{
  const PoolTrace *trace = self->trace;
  *ret_range = (TimeRange){ trace->info.complete_from_ns, G_MAXINT64 };
  return trace->info.complete_from_ns > pool_trace_get_data_start_ns (trace);
}

static void
on_use_complete_part (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  TimeRange range;
  if (get_complete_part (self, &range))
    trace_session_set_range (window_get_session (self), range, TRUE);
}

static void
on_load_symbols (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  window_symbols_load (data);
}

static void
on_cancel_symbols (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  symbol_load_cancel (POOLSCOPE_WINDOW (data)->symbols);
}

static void
on_modules (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  window_symbols_show_modules (data);
}

static void
on_configure_symbols (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  window_symbols_configure (data);
}

static const GActionEntry entries[] = {
  { "load-symbols", on_load_symbols, NULL, NULL, NULL, { 0 } },
  { "cancel-symbols", on_cancel_symbols, NULL, NULL, NULL, { 0 } },
  { "modules", on_modules, NULL, NULL, NULL, { 0 } },
  { "copy-stack", on_copy_stack, NULL, NULL, NULL, { 0 } },
  { "copy-stack-markdown", on_copy_stack_markdown, NULL, NULL, NULL, { 0 } },
  { "copy-rows", on_copy_rows, NULL, NULL, NULL, { 0 } },
  { "copy-cell", on_copy_cell, NULL, NULL, NULL, { 0 } },
  { "copy-picture", on_copy_picture, NULL, NULL, NULL, { 0 } },
  { "export-table", on_export_table, "s", NULL, NULL, { 0 } },
  { "export-graph", on_export_graph, "s", NULL, NULL, { 0 } },
  { "export-flame", on_export_flame, "s", NULL, NULL, { 0 } },
  { "cancel-load", on_cancel_load, NULL, NULL, NULL, { 0 } },
  { "clear-range", on_clear_range, NULL, NULL, NULL, { 0 } },
  { "edit-range", on_edit_range, NULL, NULL, NULL, { 0 } },
  { "zoom-in", on_zoom, NULL, NULL, NULL, { 0 } },
  { "zoom-out", on_zoom, NULL, NULL, NULL, { 0 } },
  { "zoom-to-range", on_zoom, NULL, NULL, NULL, { 0 } },
  { "unzoom", on_zoom, NULL, NULL, NULL, { 0 } },
  { "walk-through", on_walk, NULL, NULL, NULL, { 0 } },
  { "walk-heaviest", on_walk, NULL, NULL, NULL, { 0 } },
  { "walk-subtree", on_walk, NULL, NULL, NULL, { 0 } },
  { "show-in-graph", on_show_in_graph, NULL, NULL, NULL, { 0 } },
  { "reset-columns", on_reset_columns, NULL, NULL, NULL, { 0 } },
  { "next-pane", on_next_pane, NULL, NULL, NULL, { 0 } },
  { "properties", on_properties, NULL, NULL, NULL, { 0 } },
  { "diagnostics", on_diagnostics, NULL, NULL, NULL, { 0 } },
  { "use-complete-part", on_use_complete_part, NULL, NULL, NULL, { 0 } },
};

void
window_actions_set_enabled (PoolscopeWindow *self, const char *name, gboolean is_enabled)
{
  action_map_set_enabled (G_ACTION_MAP (self), name, is_enabled);
}

void
window_actions_update (PoolscopeWindow *self)
{
  gboolean has_trace = self->trace != NULL;
  gboolean has_row = window_get_cursor (self) != NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    window_actions_set_enabled (self, entries[i].name, has_trace);
  static const char *const of_rows[] = { "copy-stack",   "copy-stack-markdown", "copy-rows",   "copy-cell",
                                         "walk-through", "walk-heaviest",       "walk-subtree",
                                         "show-in-graph" };
  for (gsize i = 0; i < G_N_ELEMENTS (of_rows); i++)
    window_actions_set_enabled (self, of_rows[i], has_row);
  gboolean has_range = has_trace && !trace_session_has_whole_range (window_get_session (self));
  window_actions_set_enabled (self, "clear-range", has_range);
  window_actions_set_enabled (self, "zoom-to-range", has_range);
  window_filter_update_actions (self);
  window_state_update_actions (self);
  window_summary_update_actions (self);
  window_presets_update_actions (self);
  window_stacks_update_actions (self);
  window_folds_update_actions (self);
  window_views_update_actions (self);
  window_explorer_update_actions (self);
  window_parts_update_actions (self);
  TimeRange complete_part;
  window_actions_set_enabled (self, "use-complete-part", has_trace && get_complete_part (self, &complete_part));
  window_actions_set_enabled (self, "cancel-load", self->load != NULL);
  gboolean is_loading_symbols = self->symbols != NULL && symbol_load_is_running (self->symbols);
  window_actions_set_enabled (self, "load-symbols", has_trace && !is_loading_symbols);
  window_actions_set_enabled (self, "cancel-symbols", is_loading_symbols);
}

void
window_actions_install (PoolscopeWindow *self)
{
  static const char *const settings[] = { "graph-above-table", "single-allocations", "time-axis", "frame-order", "graph-explorer" };
  static const GActionEntry always[] = { { "configure-symbols", on_configure_symbols, NULL, NULL, NULL, { 0 } } };
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  window_attribution_install (self);
  window_filter_install (self);
  window_state_install (self);
  window_summary_install (self);
  window_presets_install (self);
  window_stacks_install (self);
  window_folds_install (self);
  window_explorer_install (self);
  window_parts_install (self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), always, G_N_ELEMENTS (always), self);
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autoptr (GAction) action = app_settings_create_action (app_settings_get (), settings[i]);
      g_action_map_add_action (G_ACTION_MAP (self), action);
    }
}
