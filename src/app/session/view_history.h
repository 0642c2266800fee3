/* Undo and redo of what is counted, the time range and the filter, and of how stacks are read, together. */
#pragma once

#include "analysis/pool_filter.h"
#include "analysis/stack_options.h"

typedef struct _ViewHistory ViewHistory;

/* What is counted, and how its stacks are read. */
typedef struct
{
  TimeRange range;
  PoolFilter *filter;
  StackOptions *stacks; /* without tags: those are not the view's */
} CountedView;

/* Starts with the whole trace, no filter, and stacks as they were recorded. */
ViewHistory *view_history_new (void);
void view_history_free (ViewHistory *self);
/* A new current view, which is copied; forgets what could be redone. Equal to the current one: nothing. */
void view_history_push (ViewHistory *self, const CountedView *view);
/* Whether there is a view to go back to, or forth. */
gboolean view_history_can_undo (const ViewHistory *self);
gboolean view_history_can_redo (const ViewHistory *self);
/* The view that is current now, or NULL when there is nothing to go to. (transfer none): until the next push. */
const CountedView *view_history_undo (ViewHistory *self);
const CountedView *view_history_redo (ViewHistory *self);
