/* Filter and search of the window: their actions, and what its rows mean as conditions. */
#include "app/window/window_private.h"

static PoolFilter *
get_filter (PoolscopeWindow *self)
{
  return trace_session_get_filter (window_get_session (self));
}

/* The condition that keeps, or excludes, what @row stands for in its own column. */
static PoolCondition *
new_row_condition (const PoolTree *tree, PoolTreeRow row, gboolean is_excluded)
{
  gsize n_levels;
  const Dimension *grouping = pool_tree_get_grouping (tree, &n_levels);
  g_autofree char *text = pool_tree_dup_row_text (tree, row);
  return pool_condition_new_value (grouping[pool_tree_row_get_column (row)], text, is_excluded);
}

/* The tree of the rows that are shown, and the current one. FALSE without one. */
static gboolean
get_current_row (PoolscopeWindow *self, const PoolTree **ret_tree, PoolTreeRow *ret_row)
{
  RowNode *cursor = window_get_cursor (self);
  if (cursor == NULL)
    return FALSE;
  *ret_tree = pool_tree_values_get_tree (row_model_get_values (trace_session_get_rows (window_get_session (self))));
  *ret_row = cursor->row;
  return TRUE;
}

/* Takes over @filter, which has what the session had, and adds @condition. */
static PoolFilter *
add_condition (PoolFilter *filter, PoolCondition *condition)
{
  g_autoptr (PoolFilter) old = filter;
  g_autoptr (PoolCondition) owned_condition = condition;
  return pool_filter_with (old, owned_condition);
}

static void
on_filter_to (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  FlamePage *flames = window_get_flames (self);
  const PoolTree *tree;
  PoolTreeRow row;
  if ((flames != NULL && flame_page_filter (flames, FALSE)) || !get_current_row (self, &tree, &row))
    return;
  g_autoptr (PoolFilter) filter
      = add_condition (pool_filter_ref (get_filter (self)), new_row_condition (tree, row, FALSE));
  trace_session_set_filter (window_get_session (self), filter);
}

/* One condition per column of the way down: in a column of several rows, frames, the last one counts. */
static void
on_filter_to_path (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  const PoolTree *tree;
  PoolTreeRow row;
  if (!get_current_row (self, &tree, &row))
    return;
  g_autoptr (GPtrArray) conditions = g_ptr_array_new ();
  for (guint column = G_MAXUINT; row.level > 0; pool_tree_get_parent (tree, row, &row))
    {
      if (pool_tree_row_get_column (row) != column)
        g_ptr_array_insert (conditions, 0, new_row_condition (tree, row, FALSE));
      column = pool_tree_row_get_column (row);
    }
  g_autoptr (PoolFilter) filter = pool_filter_ref (get_filter (self));
  for (guint i = 0; i < conditions->len; i++)
    filter = add_condition (filter, conditions->pdata[i]);
  trace_session_set_filter (window_get_session (self), filter);
}

/* The text that is being typed in and has the first right to keys of its own. (nullable) */
static GtkWidget *
get_typed_text (PoolscopeWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  return GTK_IS_TEXT (focus) ? focus : NULL;
}

/* All selected rows go. */
static void
on_filter_out (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  GtkWidget *text = get_typed_text (self);
  FlamePage *flames = window_get_flames (self);
  const PoolTree *tree;
  PoolTreeRow row;
  if (text != NULL)
    {
      g_signal_emit_by_name (text, "delete-from-cursor", GTK_DELETE_WORD_ENDS, 1);
      return;
    }
  if ((flames != NULL && flame_page_filter (flames, TRUE)) || !get_current_row (self, &tree, &row))
    return;
  g_autoptr (GPtrArray) selected = row_model_dup_selected (trace_session_get_rows (window_get_session (self)));
  g_autoptr (PoolFilter) filter = pool_filter_ref (get_filter (self));
  for (guint i = 0; i < selected->len; i++)
    filter = add_condition (filter, new_row_condition (tree, ((RowNode *) selected->pdata[i])->row, TRUE));
  trace_session_set_filter (window_get_session (self), filter);
}

static void
on_remove_filter (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  guint index = g_variant_get_uint32 (parameter);
  if (self->trace == NULL || index >= pool_filter_get_n_conditions (get_filter (self)))
    return;
  g_autoptr (PoolFilter) filter = pool_filter_without (get_filter (self), index);
  trace_session_set_filter (window_get_session (self), filter);
}

static void
on_add_filter (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  filter_bar_edit (POOLSCOPE_WINDOW (data)->filter_bar);
}

static void
on_clear_view (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  trace_session_clear_view (window_get_session (data));
}

static void
on_find (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FlamePage *flames = window_get_flames (data);
  if (flames != NULL)
    flame_page_open_find (flames);
  else
    find_bar_open (window_get_find_bar (data));
}

static void
on_find_next (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FlamePage *flames = window_get_flames (data);
  if (flames != NULL)
    flame_page_find (flames, FALSE);
  else
    find_bar_go (window_get_find_bar (data), TREE_FIND_NEXT);
}

static void
on_find_previous (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FlamePage *flames = window_get_flames (data);
  if (flames != NULL)
    flame_page_find (flames, TRUE);
  else
    find_bar_go (window_get_find_bar (data), TREE_FIND_PREVIOUS);
}

static void
on_find_all (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  find_bar_go (window_get_find_bar (data), TREE_FIND_ALL);
}

static void
on_find_filter (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  find_bar_filter (window_get_find_bar (data));
}

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  GtkWidget *text = get_typed_text (self);
  if (text == NULL || !gtk_widget_activate_action (text, "text.undo", NULL))
    trace_session_undo (window_get_session (self));
}

static void
on_redo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  GtkWidget *text = get_typed_text (self);
  if (text == NULL || !gtk_widget_activate_action (text, "text.redo", NULL))
    trace_session_redo (window_get_session (self));
}

static const GActionEntry entries[] = {
  { "filter-to", on_filter_to, NULL, NULL, NULL, { 0 } },
  { "filter-to-path", on_filter_to_path, NULL, NULL, NULL, { 0 } },
  { "filter-out", on_filter_out, NULL, NULL, NULL, { 0 } },
  { "remove-filter", on_remove_filter, "u", NULL, NULL, { 0 } },
  { "add-filter", on_add_filter, NULL, NULL, NULL, { 0 } },
  { "clear-view", on_clear_view, NULL, NULL, NULL, { 0 } },
  { "find", on_find, NULL, NULL, NULL, { 0 } },
  { "find-next", on_find_next, NULL, NULL, NULL, { 0 } },
  { "find-previous", on_find_previous, NULL, NULL, NULL, { 0 } },
  { "find-all", on_find_all, NULL, NULL, NULL, { 0 } },
  { "find-filter", on_find_filter, NULL, NULL, NULL, { 0 } },
  { "undo", on_undo, NULL, NULL, NULL, { 0 } },
  { "redo", on_redo, NULL, NULL, NULL, { 0 } },
};

void
window_filter_install (PoolscopeWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

void
window_filter_update_actions (PoolscopeWindow *self)
{
  const PoolTree *tree;
  PoolTreeRow row;
  gboolean has_trace = self->trace != NULL, has_row = get_current_row (self, &tree, &row);
  gboolean has_filter = has_trace && pool_filter_get_n_conditions (get_filter (self)) > 0;
  static const char *const of_traces[]
      = { "find", "find-next", "find-previous", "find-all", "find-filter", "add-filter" };
  for (gsize i = 0; i < G_N_ELEMENTS (of_traces); i++)
    window_actions_set_enabled (self, of_traces[i], has_trace);
  window_actions_set_enabled (self, "filter-to", has_row);
  window_actions_set_enabled (self, "filter-to-path", has_row);
  window_actions_set_enabled (self, "filter-out", has_row);
  window_actions_set_enabled (self, "remove-filter", has_filter);
  window_actions_set_enabled (self, "clear-view",
               has_filter || (has_trace && !trace_session_has_whole_range (window_get_session (self))));
  window_actions_set_enabled (self, "undo", has_trace && trace_session_can_undo (window_get_session (self)));
  window_actions_set_enabled (self, "redo", has_trace && trace_session_can_redo (window_get_session (self)));
}
