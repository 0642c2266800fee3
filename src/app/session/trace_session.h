/* What one window looks at: a trace, a range and a filter with their history, a grouping, an order, and the rows.
 *
 * Graph, table and header all follow this object; none of them knows another.
 *
 * Signals:
 *   range-changed (): what is counted changed; the numbers follow a moment later
 *   filter-changed (): so did the filter
 *   stacks-changed (): so did how stacks are read; the rows follow a moment later
 *   values-changed (): numbers and rows are up to date
 *   tree-changed (): the skeleton is new (grouping, filter); comes before values-changed
 *   order-changed (): rows are sorted otherwise
 */
#pragma once

#include "analysis/stack_options.h"
#include "app/rows/row_model.h"
#include "app/rows/tree_compute.h"

#define TRACE_TYPE_SESSION (trace_session_get_type ())
G_DECLARE_FINAL_TYPE (TraceSession, trace_session, TRACE, SESSION, GObject)

/* @grouping (array length=n_levels). Paused: computes nothing until that is taken back. */
TraceSession *trace_session_new (PoolTrace *trace, FrameNames *names, const Dimension *grouping,
                                 gsize n_levels);
/* Another one that counts and shows the same, open rows and current row too; paused. The trace, and what is computed
 * of it, is shared. Its history begins here. */
TraceSession *trace_session_new_copy (TraceSession *other);
/* While it is paused, as one that is not on screen, only what runs goes on. */
void trace_session_set_paused (TraceSession *self, gboolean is_paused);
/* Stops what runs; to be called before the last reference goes. */
void trace_session_close (TraceSession *self);

PoolTrace *trace_session_get_trace (TraceSession *self);  /* (transfer none) */
/* Rows get their texts from @names, those of the trace, soon; selection and open rows are kept. */
void trace_session_set_names (TraceSession *self, FrameNames *names);
RowModel *trace_session_get_rows (TraceSession *self);    /* (transfer none) */
PoolTree *
trace_session_get_tree (TraceSession *self);         /* (transfer none) (nullable): before the first result */
gboolean trace_session_is_busy (TraceSession *self); /* what is asked for is not yet shown */

/* What is counted; ends may be open. */
TimeRange trace_session_get_range (TraceSession *self);
/* Whether both ends are open. */
gboolean trace_session_has_whole_range (TraceSession *self);
/* @is_final: goes to the history; while dragging it does not. */
void trace_session_set_range (TraceSession *self, TimeRange range, gboolean is_final);
PoolFilter *trace_session_get_filter (TraceSession *self); /* (transfer none): without conditions for none */
void trace_session_set_filter (TraceSession *self, PoolFilter *filter);
/* What of its stacks is folded away and grouped, without the tags. (transfer none) */
StackOptions *trace_session_get_stacks (TraceSession *self);
/* Goes to the history. */
void trace_session_set_stacks (TraceSession *self, StackOptions *stacks);
/* Counts everything in the whole trace again. */
void trace_session_clear_view (TraceSession *self);
/* Steps back and forth through ranges and filters; nothing where there is none. */
void trace_session_undo (TraceSession *self);
void trace_session_redo (TraceSession *self);
/* Whether there is a range, filter or reading of stacks to step to. */
gboolean trace_session_can_undo (TraceSession *self);
gboolean trace_session_can_redo (TraceSession *self);

/* (transfer none) (array length=ret_n_levels) */
const Dimension *trace_session_get_grouping (TraceSession *self, gsize *ret_n_levels);
/* How rows are sorted. */
PoolTreeOrder trace_session_get_order (TraceSession *self);
void trace_session_set_order (TraceSession *self, PoolTreeOrder order);
/* Groups and sorts otherwise, in one computation. @grouping (array length=n_levels) */
void trace_session_arrange (TraceSession *self, const Dimension *grouping, gsize n_levels, PoolTreeOrder order);
