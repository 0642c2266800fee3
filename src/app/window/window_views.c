/* The analysis views of a window: over one trace, one of them shown. */
#include "app/window/window_private.h"

#include "app/test_log.h"
#include "app/view/analysis_tab.h"

#include <glib/gi18n.h>

AnalysisView *
window_get_view (PoolscopeWindow *self)
{
  int page = gtk_notebook_get_current_page (self->views);
  return page >= 0 ? ANALYSIS_VIEW (gtk_notebook_get_nth_page (self->views, page)) : NULL;
}

TraceSession *
window_get_session (PoolscopeWindow *self)
{
  AnalysisView *view = window_get_view (self);
  return view != NULL ? analysis_view_get_session (view) : NULL;
}

GraphView *
window_get_graph (PoolscopeWindow *self)
{
  AnalysisView *view = window_get_view (self);
  return view != NULL ? analysis_view_get_graph (view) : NULL;
}

TableView *
window_get_table (PoolscopeWindow *self)
{
  AnalysisView *view = window_get_view (self);
  return view != NULL ? analysis_view_get_table (view) : NULL;
}

FindBar *
window_get_find_bar (PoolscopeWindow *self)
{
  AnalysisView *view = window_get_view (self);
  return view != NULL ? analysis_view_get_find_bar (view) : NULL;
}

RowNode *
window_get_cursor (PoolscopeWindow *self)
{
  TraceSession *session = window_get_session (self);
  return session != NULL ? row_model_get_cursor (trace_session_get_rows (session)) : NULL;
}

/* What the window shows of its current view. */
static void
on_view_changed (AnalysisView *view, gpointer data)
{
  PoolscopeWindow *self = data;
  if (view != window_get_view (self))
    return;
  window_update_range (self);
  window_actions_update (self);
}

static void
on_view_message (AnalysisView *view, const char *text, gpointer data)
{
  window_show_message (POOLSCOPE_WINDOW (data), text);
}

static void
on_page_changed (GtkNotebook *views, GParamSpec *pspec, gpointer data)
{
  PoolscopeWindow *self = data;
  filter_bar_set_session (self->filter_bar, window_get_session (self));
  window_explorer_update (self);
  window_update_range (self);
  window_actions_update (self);
  AnalysisView *view = window_get_view (self);
  test_log_add ("view %s", view != NULL ? analysis_view_get_title (view) : "none");
}

static AnalysisView *
get_nth_view (PoolscopeWindow *self, int n)
{
  return ANALYSIS_VIEW (gtk_notebook_get_nth_page (self->views, n));
}

static AnalysisTab *
get_tab (PoolscopeWindow *self, AnalysisView *view)
{
  return ANALYSIS_TAB (gtk_notebook_get_tab_label (self->views, GTK_WIDGET (view)));
}

/* One view needs no tab. */
static void
update_tabs (PoolscopeWindow *self)
{
  gtk_notebook_set_show_tabs (self->views, gtk_notebook_get_n_pages (self->views) > 1);
}

static void
close_view (PoolscopeWindow *self, AnalysisView *view)
{
  g_signal_handlers_disconnect_by_data (view, self);
  window_stacks_stop (self, analysis_view_get_session (view));
  if (view == window_get_view (self))
    {
      filter_bar_set_session (self->filter_bar, NULL);
      graph_explorer_set_session (self->explorer, NULL);
    }
  analysis_view_close (view);
  gtk_notebook_remove_page (self->views, gtk_notebook_page_num (self->views, GTK_WIDGET (view)));
}

/* The last view is what the window is for. */
static void
close_view_or_window (PoolscopeWindow *self, AnalysisView *view)
{
  if (gtk_notebook_get_n_pages (self->views) <= 1)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  test_log_add ("view closed %s", analysis_view_get_title (view));
  close_view (self, view);
  update_tabs (self);
  gtk_widget_grab_focus (GTK_WIDGET (window_get_view (self)));
}

static void
on_tab_close (AnalysisTab *tab, gpointer data)
{
  PoolscopeWindow *self = data;
  for (int i = 0; i < gtk_notebook_get_n_pages (self->views); i++)
    if (get_tab (self, get_nth_view (self, i)) == tab)
      {
        close_view_or_window (self, get_nth_view (self, i));
        return;
      }
}

/* Shows @view, a new one, beside the current one. */
static void
add_view (PoolscopeWindow *self, AnalysisView *view)
{
  g_autofree char *title = g_strdup_printf (_ ("Analysis %u"), ++self->n_made_views);
  int place = gtk_notebook_get_current_page (self->views) + 1;
  GtkWidget *tab = analysis_tab_new (view);
  analysis_view_set_title (view, title);
  analysis_view_set_highlight (view, self->highlight);
  g_signal_connect (view, "changed", G_CALLBACK (on_view_changed), self);
  g_signal_connect (view, "message", G_CALLBACK (on_view_message), self);
  g_signal_connect (tab, "close", G_CALLBACK (on_tab_close), self);
  gtk_notebook_insert_page (self->views, GTK_WIDGET (view), tab, place);
  gtk_notebook_set_tab_reorderable (self->views, GTK_WIDGET (view), TRUE);
  gtk_notebook_set_current_page (self->views, place);
  update_tabs (self);
  window_layout_update (self);
  gtk_widget_grab_focus (GTK_WIDGET (view));
}

void
window_views_add (PoolscopeWindow *self)
{
  add_view (self, analysis_view_new (self->trace, self->names));
}

void
window_views_close_all (PoolscopeWindow *self)
{
  for (int i = gtk_notebook_get_n_pages (self->views) - 1; i >= 0; i--)
    close_view (self, get_nth_view (self, i));
  update_tabs (self);
  self->n_made_views = 0;
  self->highlight = (TimeRange){ 0, 0 };
}

void
window_views_set_names (PoolscopeWindow *self, FrameNames *names)
{
  frame_names_ref (names);
  g_clear_pointer (&self->names, frame_names_unref);
  self->names = names;
  for (int i = 0; i < gtk_notebook_get_n_pages (self->views); i++)
    analysis_view_set_names (get_nth_view (self, i), names);
}

void
window_views_set_highlight (PoolscopeWindow *self, TimeRange highlight)
{
  self->highlight = highlight;
  for (int i = 0; i < gtk_notebook_get_n_pages (self->views); i++)
    analysis_view_set_highlight (get_nth_view (self, i), highlight);
}

void
window_views_set_narrow (PoolscopeWindow *self, gboolean is_narrow)
{
  for (int i = 0; i < gtk_notebook_get_n_pages (self->views); i++)
    analysis_view_set_narrow (get_nth_view (self, i), is_narrow);
}

/* Actions */

static void
on_new_view (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  window_views_add (data);
}

static void
on_duplicate_view (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  add_view (data, analysis_view_new_copy (window_get_view (data)));
}

static void
on_zoom_in_new_view (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  add_view (data, analysis_view_new_copy (window_get_view (data)));
  graph_view_zoom_to_range (window_get_graph (data));
}

static void
on_rename_view (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  gtk_notebook_set_show_tabs (self->views, TRUE);
  analysis_tab_rename (get_tab (self, window_get_view (self)));
}

static void
on_close_view (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  close_view_or_window (data, window_get_view (data));
}

/* The view @steps to the right of the current one, round the end. */
static int
get_place (PoolscopeWindow *self, int steps)
{
  int n_views = gtk_notebook_get_n_pages (self->views);
  return (gtk_notebook_get_current_page (self->views) + steps + n_views) % n_views;
}

static void
on_go_to_view (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  gboolean is_next = g_str_equal (g_action_get_name (G_ACTION (action)), "next-view");
  gtk_notebook_set_current_page (self->views, get_place (self, is_next ? 1 : -1));
  gtk_widget_grab_focus (GTK_WIDGET (window_get_view (self)));
}

static void
on_move_view (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  gboolean is_right = g_str_equal (g_action_get_name (G_ACTION (action)), "move-view-right");
  gtk_notebook_reorder_child (self->views, GTK_WIDGET (window_get_view (self)),
                              get_place (self, is_right ? 1 : -1));
}

static const GActionEntry entries[] = {
  { "new-view", on_new_view, NULL, NULL, NULL, { 0 } },
  { "duplicate-view", on_duplicate_view, NULL, NULL, NULL, { 0 } },
  { "rename-view", on_rename_view, NULL, NULL, NULL, { 0 } },
  { "zoom-in-new-view", on_zoom_in_new_view, NULL, NULL, NULL, { 0 } },
  { "next-view", on_go_to_view, NULL, NULL, NULL, { 0 } },
  { "previous-view", on_go_to_view, NULL, NULL, NULL, { 0 } },
  { "move-view-left", on_move_view, NULL, NULL, NULL, { 0 } },
  { "move-view-right", on_move_view, NULL, NULL, NULL, { 0 } },
};

void
window_views_init (PoolscopeWindow *self)
{
  /* Closes the window of no trace, too. */
  static const GActionEntry always[] = { { "close-view", on_close_view, NULL, NULL, NULL, { 0 } } };
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), always, G_N_ELEMENTS (always), self);
  g_signal_connect (self->views, "notify::page", G_CALLBACK (on_page_changed), self);
}

void
window_views_update_actions (PoolscopeWindow *self)
{
  static const char *const of_several[] = { "next-view", "previous-view", "move-view-left", "move-view-right" };
  TraceSession *session = window_get_session (self);
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    window_actions_set_enabled (self, entries[i].name, session != NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (of_several); i++)
    window_actions_set_enabled (self, of_several[i], gtk_notebook_get_n_pages (self->views) > 1);
  window_actions_set_enabled (self, "zoom-in-new-view", session != NULL && !trace_session_has_whole_range (session));
}
