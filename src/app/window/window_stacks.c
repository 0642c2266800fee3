/* What a window shows of stacks beside the table: callers and callees, flame graphs. */
#include "app/window/window_private.h"

char *
window_dup_current_frame (PoolscopeWindow *self, Dimension *ret_dimension)
{
  FlamePage *flames = window_get_flames (self);
  RowNode *cursor = window_get_cursor (self);
  if (flames != NULL)
    return flame_page_dup_frame (flames, ret_dimension);
  if (cursor == NULL)
    return NULL;
  const PoolTree *tree
      = pool_tree_values_get_tree (row_model_get_values (trace_session_get_rows (window_get_session (self))));
  gsize n_levels;
  *ret_dimension = pool_tree_get_grouping (tree, &n_levels)[pool_tree_row_get_column (cursor->row)];
  return dimension_is_stack (*ret_dimension) ? pool_tree_dup_row_text (tree, cursor->row) : NULL;
}

static void
on_callers_and_callees (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  Dimension dimension;
  g_autofree char *frame = window_dup_current_frame (self, &dimension);
  if (frame == NULL)
    return;
  TraceSession *session = window_get_session (self);
  if (self->butterfly != NULL && butterfly_window_get_session (self->butterfly) != session)
    gtk_window_destroy (GTK_WINDOW (self->butterfly));
  if (self->butterfly == NULL)
    g_set_weak_pointer (&self->butterfly, butterfly_window_new (GTK_WINDOW (self), session));
  butterfly_window_show_function (self->butterfly, dimension, frame);
  gtk_window_present (GTK_WINDOW (self->butterfly));
}

/* Flame graphs */

FlamePage *
window_get_flames (PoolscopeWindow *self)
{
  AnalysisView *view = window_get_view (self);
  gboolean is_shown = view != NULL && !g_str_equal (analysis_view_get_page (view), "table");
  return is_shown ? analysis_view_get_flames (view) : NULL;
}

static void
on_table_page (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AnalysisView *view = window_get_view (data);
  if (view != NULL)
    analysis_view_show_page (view, g_variant_get_string (parameter, NULL));
}

static const GActionEntry entries[] = {
  { "callers-and-callees", on_callers_and_callees, NULL, NULL, NULL, { 0 } },
  { "table-page", NULL, "s", "'table'", on_table_page, { 0 } },
};

void
window_stacks_install (PoolscopeWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

void
window_stacks_update_actions (PoolscopeWindow *self)
{
  Dimension dimension;
  AnalysisView *view = window_get_view (self);
  FlamePage *flames = window_get_flames (self);
  g_autofree char *frame = window_dup_current_frame (self, &dimension);
  window_actions_set_enabled (self, "callers-and-callees", frame != NULL);
  window_actions_set_enabled (self, "table-page", view != NULL);
  window_actions_set_enabled (self, "export-flame", flames != NULL);
  if (view != NULL)
    {
      GAction *page = g_action_map_lookup_action (G_ACTION_MAP (self), "table-page");
      g_simple_action_set_state (G_SIMPLE_ACTION (page), g_variant_new_string (analysis_view_get_page (view)));
    }
}

void
window_stacks_stop (PoolscopeWindow *self, TraceSession *session)
{
  if (self->butterfly != NULL && butterfly_window_get_session (self->butterfly) == session)
    gtk_window_destroy (GTK_WINDOW (self->butterfly));
}
