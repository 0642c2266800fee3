/* The analysis views of a window: over one trace, one of them shown. */
#include "app/window_private.h"

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
  window_update_range (self);
  window_actions_update (self);
}

void
window_views_init (PoolscopeWindow *self)
{
  g_signal_connect (self->views, "notify::page", G_CALLBACK (on_page_changed), self);
}

void
window_views_add (PoolscopeWindow *self)
{
  AnalysisView *view = analysis_view_new (self->trace, self->names);
  g_signal_connect (view, "changed", G_CALLBACK (on_view_changed), self);
  g_signal_connect (view, "message", G_CALLBACK (on_view_message), self);
  gtk_notebook_set_current_page (self->views,
                                 gtk_notebook_append_page (self->views, GTK_WIDGET (view), NULL));
  window_layout_update (self);
}

static void
close_view (PoolscopeWindow *self, AnalysisView *view)
{
  g_signal_handlers_disconnect_by_data (view, self);
  window_stacks_stop (self, analysis_view_get_session (view));
  if (view == window_get_view (self))
    filter_bar_set_session (self->filter_bar, NULL);
  analysis_view_close (view);
  gtk_notebook_remove_page (self->views, gtk_notebook_page_num (self->views, GTK_WIDGET (view)));
}

static AnalysisView *
get_nth_view (PoolscopeWindow *self, int n)
{
  return ANALYSIS_VIEW (gtk_notebook_get_nth_page (self->views, n));
}

void
window_views_close_all (PoolscopeWindow *self)
{
  for (int i = gtk_notebook_get_n_pages (self->views) - 1; i >= 0; i--)
    close_view (self, get_nth_view (self, i));
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
window_views_set_narrow (PoolscopeWindow *self, gboolean is_narrow)
{
  for (int i = 0; i < gtk_notebook_get_n_pages (self->views); i++)
    analysis_view_set_narrow (get_nth_view (self, i), is_narrow);
}
