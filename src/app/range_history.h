/* Undo and redo of the time range. */
#pragma once

#include "analysis/time_range.h"

typedef struct _RangeHistory RangeHistory;

/* Starts with the whole trace. */
RangeHistory *range_history_new (void);
void range_history_free (RangeHistory *self);
/* A new current range; forgets what could be redone. Equal to the current one: nothing. */
void range_history_push (RangeHistory *self, TimeRange range);
gboolean range_history_can_undo (const RangeHistory *self);
gboolean range_history_can_redo (const RangeHistory *self);
/* FALSE when there is nothing to go to. */
gboolean range_history_undo (RangeHistory *self, TimeRange *ret_range);
gboolean range_history_redo (RangeHistory *self, TimeRange *ret_range);
