/* Which parts of the current view are shown, and the time that is highlighted in all views. */
#include "app/window/window_private.h"

#include "app/test_log.h"

static void
on_show_parts (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *name = g_action_get_name (G_ACTION (action));
  analysis_view_set_parts (window_get_view (data), g_str_equal (name, "table-only")   ? ANALYSIS_TABLE
                                                   : g_str_equal (name, "graph-only") ? ANALYSIS_GRAPHS
                                                                                      : ANALYSIS_BOTH);
}

static void
on_toggle_table (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AnalysisView *view = window_get_view (data);
  gboolean has_table = analysis_view_get_parts (view) != ANALYSIS_GRAPHS;
  analysis_view_set_parts (view, has_table ? ANALYSIS_GRAPHS : ANALYSIS_BOTH);
}

static void
on_toggle_legend (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AnalysisView *view = window_get_view (data);
  analysis_view_set_legend (view, !analysis_view_has_legend (view));
  test_log_add ("legend %s", analysis_view_has_legend (view) ? "shown" : "hidden");
}

static void
on_toggle_headers (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TableView *table = window_get_table (data);
  table_view_set_headers (table, !table_view_has_headers (table));
  test_log_add ("headers %s", table_view_has_headers (table) ? "shown" : "hidden");
}

static void
on_highlight (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  TimeRange highlight = trace_session_get_range (window_get_session (self));
  window_views_set_highlight (self, highlight);
  window_actions_update (self);
  test_log_add ("highlight %" G_GINT64_FORMAT ",%" G_GINT64_FORMAT, highlight.start_ns, highlight.end_ns);
}

static void
on_clear_highlight (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  window_views_set_highlight (self, (TimeRange){ 0, 0 });
  window_actions_update (self);
  test_log_add ("highlight none");
}

static const GActionEntry entries[] = {
  { "table-only", on_show_parts, NULL, NULL, NULL, { 0 } },
  { "graph-only", on_show_parts, NULL, NULL, NULL, { 0 } },
  { "graph-and-table", on_show_parts, NULL, NULL, NULL, { 0 } },
  { "toggle-table", on_toggle_table, NULL, NULL, NULL, { 0 } },
  { "toggle-legend", on_toggle_legend, NULL, NULL, NULL, { 0 } },
  { "toggle-headers", on_toggle_headers, NULL, NULL, NULL, { 0 } },
  { "highlight-range", on_highlight, NULL, NULL, NULL, { 0 } },
  { "clear-highlight", on_clear_highlight, NULL, NULL, NULL, { 0 } },
};

void
window_parts_install (PoolscopeWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

void
window_parts_update_actions (PoolscopeWindow *self)
{
  TraceSession *session = window_get_session (self);
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    window_actions_set_enabled (self, entries[i].name, session != NULL);
  window_actions_set_enabled (self, "highlight-range", session != NULL && !trace_session_has_whole_range (session));
  window_actions_set_enabled (self, "clear-highlight", self->highlight.start_ns < self->highlight.end_ns);
}
