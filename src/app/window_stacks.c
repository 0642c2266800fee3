/* What a window shows of stacks beside the table: callers and callees. */
#include "app/window_private.h"

/* The current row where it is a frame. (transfer full) (nullable) */
static char *
dup_current_frame (PoolscopeWindow *self, Dimension *ret_dimension)
{
  RowNode *cursor = window_get_cursor (self);
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
  g_autofree char *frame = dup_current_frame (self, &dimension);
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

static const GActionEntry entries[] = {
  { "callers-and-callees", on_callers_and_callees, NULL, NULL, NULL, { 0 } },
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
  g_autofree char *frame = dup_current_frame (self, &dimension);
  window_actions_set_enabled (self, "callers-and-callees", frame != NULL);
}

void
window_stacks_stop (PoolscopeWindow *self, TraceSession *session)
{
  if (self->butterfly != NULL && butterfly_window_get_session (self->butterfly) == session)
    gtk_window_destroy (GTK_WINDOW (self->butterfly));
}
