/* The Graph Explorer beside the analysis, and what the current graph measures. */
#include "app/window/window_private.h"

#include "app/graph/graph_kind.h"
#include "app/settings/app_settings.h"
#include "app/test_log.h"

#include <glib/gi18n.h>

#define EXPLORER_KEY "graph-explorer"

gboolean
window_explorer_is_open (PoolscopeWindow *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->explorer));
}

/* Open by wish, but not beside the start page: that has its own way on. */
void
window_explorer_update (PoolscopeWindow *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->pages);
  gboolean is_open = app_settings_get_boolean (app_settings_get (), EXPLORER_KEY) && !g_str_equal (page, "start");
  if (self->trace == NULL)
    graph_explorer_set_message (self->explorer,
                                self->load != NULL ? _ ("The graphs come when the trace is read.")
                                                   : _ ("There are no graphs: the trace could not be read."));
  graph_explorer_set_session (self->explorer, window_get_session (self));
  gtk_widget_set_visible (GTK_WIDGET (self->explorer), is_open);
  gtk_widget_set_visible (self->explorer_edge, is_open);
  window_layout_update (self);
}

static void
on_setting_changed (AppSettings *settings, const char *key, gpointer data)
{
  PoolscopeWindow *self = data;
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  gboolean had_focus = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->explorer));
  window_explorer_update (self);
  gboolean is_open = window_explorer_is_open (self);
  if (self->trace != NULL)
    analysis_view_place_divider (window_get_view (self));
  test_log_add ("explorer %s", is_open ? "opened" : "closed");
  if (self->trace != NULL && is_open)
    gtk_widget_grab_focus (GTK_WIDGET (self->explorer));
  else if (self->trace != NULL && had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (window_get_view (self)));
}

static void
on_activated (GraphExplorer *explorer, const char *name, gpointer data)
{
  AnalysisView *view = window_get_view (data);
  if (view != NULL)
    analysis_view_add_graph (view, name);
}

static void
on_measure (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *name = g_variant_get_string (parameter, NULL);
  TimelineMeasure measure;
  if (!graph_measure_from_name (name, &measure))
    return;
  analysis_view_set_measure (window_get_view (data), measure);
  /* New views begin with it. */
  app_settings_set_string (app_settings_get (), "measure", name);
}

void
window_explorer_install (PoolscopeWindow *self)
{
  static const GActionEntry entries[] = { { "measure", on_measure, "s", "'size'", NULL, { 0 } } };
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect (self->explorer, "activated", G_CALLBACK (on_activated), self);
  g_signal_connect_object (app_settings_get (), "changed::" EXPLORER_KEY, G_CALLBACK (on_setting_changed), self, 0);
}

void
window_explorer_update_actions (PoolscopeWindow *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "measure");
  GraphView *graph = window_get_graph (self);
  window_actions_set_enabled (self, "measure", graph != NULL);
  if (graph != NULL)
    g_simple_action_set_state (
        G_SIMPLE_ACTION (action), g_variant_new_string (graph_measure_get_name (graph_view_get_measure (graph))));
}
