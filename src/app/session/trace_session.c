#include "app/session/trace_session_private.h"

#include "app/session/stack_tag_files.h"

enum
{
  SIGNAL_RANGE_CHANGED,
  SIGNAL_FILTER_CHANGED,
  SIGNAL_STACKS_CHANGED,
  SIGNAL_VALUES_CHANGED,
  SIGNAL_TREE_CHANGED,
  SIGNAL_ORDER_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TraceSession, trace_session, G_TYPE_OBJECT)

static void
trace_session_dispose (GObject *object)
{
  TraceSession *self = TRACE_SESSION (object);
  trace_session_close (self);
  g_clear_object (&self->naming);
  g_clear_object (&self->compute);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->stacks, stack_options_unref);
  g_clear_pointer (&self->tree, pool_tree_unref);
  g_clear_pointer (&self->names, frame_names_unref);
  g_clear_pointer (&self->trace, pool_trace_unref);
  g_clear_pointer (&self->history, view_history_free);
  tree_query_clear (&self->query);
  g_clear_pointer (&self->start.open, g_hash_table_unref);
  G_OBJECT_CLASS (trace_session_parent_class)->dispose (object);
}

static void
trace_session_class_init (TraceSessionClass *class)
{
  G_OBJECT_CLASS (class)->dispose = trace_session_dispose;
  static const char *const names[N_SIGNALS]
      = { "range-changed", "filter-changed", "stacks-changed", "values-changed", "tree-changed", "order-changed" };
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
}

static void
trace_session_init (TraceSession *self)
{
  self->rows = row_model_new ();
  self->history = view_history_new ();
  self->stacks = stack_options_new (NULL, NULL, NULL);
  self->query.range = TIME_RANGE_WHOLE;
  self->query.filter = pool_filter_new (NULL, NULL);
  self->query.order = POOL_TREE_ORDER_DEFAULT;
}

/* What is open and current: on screen, or before there is anything, to begin with. */
static void
dup_shown (TraceSession *self, TreeShown *ret_shown)
{
  RowNode *cursor = row_model_get_cursor (self->rows);
  ret_shown->open = NULL;
  ret_shown->cursor = cursor != NULL ? cursor->row : POOL_TREE_ROOT;
  if (self->tree != NULL)
    ret_shown->open = row_model_dup_open_rows (self->rows);
  else if (self->start.open != NULL)
    {
      ret_shown->open = g_hash_table_ref (self->start.open);
      ret_shown->cursor = self->start.cursor;
    }
}

static void
get_shown (TreeShown *ret_shown, gpointer data)
{
  TraceSession *self = data;
  dup_shown (self, ret_shown);
  if (ret_shown->open == NULL)
    ret_shown->open = row_set_new ();
  self->shown_generation = row_model_get_generation (self->rows);
}

static void
on_result (TreeResult *result, gpointer data)
{
  TraceSession *self = data;
  /* Rows were opened or closed meanwhile: the result does not know them. */
  if (self->tree != NULL && self->shown_generation != row_model_get_generation (self->rows))
    {
      tree_compute_request (self->compute, &self->query);
      return;
    }
  row_model_set_root (self->rows, g_steal_pointer (&result->root), result->values);
  if (result->tree_is_new || self->tree == NULL)
    {
      g_clear_pointer (&self->tree, pool_tree_unref);
      self->tree = pool_tree_ref (pool_tree_values_get_tree (result->values));
      RowNode *cursor = result->cursor.level > 0
                            ? row_node_find (row_model_get_root (self->rows), self->tree, result->cursor)
                            : NULL;
      if (cursor != NULL)
        row_model_select_only (self->rows, cursor);
      g_signal_emit (self, signals[SIGNAL_TREE_CHANGED], 0);
    }
  g_signal_emit (self, signals[SIGNAL_VALUES_CHANGED], 0);
}

/* How stacks are read */

static void
on_names (FrameNames *names, gpointer data)
{
  TraceSession *self = data;
  frame_names_ref (names);
  frame_names_unref (self->names);
  self->names = names;
  tree_compute_set_names (self->compute, names);
  tree_compute_request (self->compute, &self->query);
}

void
trace_session_update_naming (TraceSession *self)
{
  g_autoptr (StackOptions) options
      = stack_options_with_tags (self->stacks, stack_tag_files_get_tags (stack_tag_files_get ()));
  stack_naming_set_options (self->naming, options);
}

static void
on_tags_changed (StackTagFiles *files, gpointer data)
{
  trace_session_update_naming (data);
}

TraceSession *
trace_session_new (PoolTrace *trace, FrameNames *names, const Dimension *grouping, gsize n_levels)
{
  TraceSession *self = g_object_new (TRACE_TYPE_SESSION, NULL);
  self->trace = pool_trace_ref (trace);
  self->names = frame_names_ref (names);
  self->compute = tree_compute_new (trace, names, get_shown, on_result, self);
  self->naming = stack_naming_new (trace, names, on_names, self);
  memcpy (self->query.grouping, grouping, n_levels * sizeof *grouping);
  self->query.n_levels = n_levels;
  tree_compute_set_paused (self->compute, TRUE);
  tree_compute_request (self->compute, &self->query);
  g_signal_connect_object (stack_tag_files_get (), "changed", G_CALLBACK (on_tags_changed), self, 0);
  trace_session_update_naming (self);
  return self;
}

TraceSession *
trace_session_new_copy (TraceSession *other)
{
  TraceSession *self
      = trace_session_new (other->trace, stack_naming_get_names (other->naming), other->query.grouping,
                           other->query.n_levels);
  tree_query_set (&self->query, &other->query);
  trace_session_take_stacks (self, other->stacks);
  view_history_push (self->history, &(CountedView){ self->query.range, self->query.filter, self->stacks });
  tree_compute_start_from (self->compute, other->compute);
  dup_shown (other, &self->start);
  tree_compute_request (self->compute, &self->query);
  return self;
}

void
trace_session_set_paused (TraceSession *self, gboolean is_paused)
{
  tree_compute_set_paused (self->compute, is_paused);
}

void
trace_session_close (TraceSession *self)
{
  if (self->naming != NULL)
    stack_naming_close (self->naming);
  if (self->compute != NULL)
    {
      g_signal_handlers_disconnect_by_data (stack_tag_files_get (), self);
      tree_compute_close (self->compute);
    }
}

PoolTrace *
trace_session_get_trace (TraceSession *self)
{
  return self->trace;
}

void
trace_session_set_names (TraceSession *self, FrameNames *names)
{
  stack_naming_set_names (self->naming, names);
}

RowModel *
trace_session_get_rows (TraceSession *self)
{
  return self->rows;
}

PoolTree *
trace_session_get_tree (TraceSession *self)
{
  return self->tree;
}

gboolean
trace_session_is_busy (TraceSession *self)
{
  return tree_compute_is_busy (self->compute);
}

const Dimension *
trace_session_get_grouping (TraceSession *self, gsize *ret_n_levels)
{
  *ret_n_levels = self->query.n_levels;
  return self->query.grouping;
}

PoolTreeOrder
trace_session_get_order (TraceSession *self)
{
  return self->query.order;
}

void
trace_session_arrange (TraceSession *self, const Dimension *grouping, gsize n_levels, PoolTreeOrder order)
{
  g_return_if_fail (n_levels >= 1 && n_levels <= POOL_TREE_MAX_LEVELS);
  TreeQuery query = self->query;
  memcpy (query.grouping, grouping, n_levels * sizeof *grouping);
  query.n_levels = n_levels;
  gboolean has_new_grouping = !tree_query_same_grouping (&query, &self->query);
  gboolean has_new_order = !pool_tree_order_equal (order, self->query.order);
  memcpy (self->query.grouping, query.grouping, n_levels * sizeof *grouping);
  self->query.n_levels = n_levels;
  self->query.order = order;
  if (has_new_grouping || has_new_order)
    tree_compute_request (self->compute, &self->query);
  if (has_new_order)
    g_signal_emit (self, signals[SIGNAL_ORDER_CHANGED], 0);
}

void
trace_session_set_order (TraceSession *self, PoolTreeOrder order)
{
  trace_session_arrange (self, self->query.grouping, self->query.n_levels, order);
}
