#include "app/session/trace_session_private.h"

void
trace_session_take_stacks (TraceSession *self, StackOptions *stacks)
{
  if (stack_options_equal (stacks, self->stacks))
    return;
  stack_options_ref (stacks);
  stack_options_unref (self->stacks);
  self->stacks = stacks;
  trace_session_update_naming (self);
  g_signal_emit_by_name (self, "stacks-changed");
}

TimeRange
trace_session_get_range (TraceSession *self)
{
  return self->query.range;
}

gboolean
trace_session_has_whole_range (TraceSession *self)
{
  return time_range_equal (self->query.range, TIME_RANGE_WHOLE);
}

PoolFilter *
trace_session_get_filter (TraceSession *self)
{
  return self->query.filter;
}

StackOptions *
trace_session_get_stacks (TraceSession *self)
{
  return self->stacks;
}

/* Shows @view, and tells what of it is new. */
static void
apply_view (TraceSession *self, const CountedView *view)
{
  gboolean has_new_range = !time_range_equal (view->range, self->query.range);
  gboolean has_new_filter = !pool_filter_equal (view->filter, self->query.filter);
  PoolFilter *filter = pool_filter_ref (view->filter);
  pool_filter_unref (self->query.filter);
  self->query.filter = filter;
  self->query.range = view->range;
  trace_session_take_stacks (self, view->stacks);
  if (has_new_range || has_new_filter)
    tree_compute_request (self->compute, &self->query);
  if (has_new_filter)
    g_signal_emit_by_name (self, "filter-changed");
  /* Also for the same range: the graph may have shown another one while it was dragged. */
  g_signal_emit_by_name (self, "range-changed");
}

void
trace_session_set_range (TraceSession *self, TimeRange range, gboolean is_final)
{
  CountedView view = { range, self->query.filter, self->stacks };
  if (is_final)
    view_history_push (self->history, &view);
  apply_view (self, &view);
}

void
trace_session_set_filter (TraceSession *self, PoolFilter *filter)
{
  CountedView view = { self->query.range, filter, self->stacks };
  view_history_push (self->history, &view);
  apply_view (self, &view);
}

void
trace_session_set_stacks (TraceSession *self, StackOptions *stacks)
{
  CountedView view = { self->query.range, self->query.filter, stacks };
  view_history_push (self->history, &view);
  apply_view (self, &view);
}

void
trace_session_clear_view (TraceSession *self)
{
  g_autoptr (PoolFilter) none = pool_filter_new (NULL, NULL);
  CountedView view = { TIME_RANGE_WHOLE, none, self->stacks };
  view_history_push (self->history, &view);
  apply_view (self, &view);
}

void
trace_session_undo (TraceSession *self)
{
  const CountedView *view = view_history_undo (self->history);
  if (view != NULL)
    apply_view (self, view);
}

void
trace_session_redo (TraceSession *self)
{
  const CountedView *view = view_history_redo (self->history);
  if (view != NULL)
    apply_view (self, view);
}

gboolean
trace_session_can_undo (TraceSession *self)
{
  return view_history_can_undo (self->history);
}

gboolean
trace_session_can_redo (TraceSession *self)
{
  return view_history_can_redo (self->history);
}
