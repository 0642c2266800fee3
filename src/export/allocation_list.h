/* Single allocations, a row each, as CSV. */
#pragma once

#include "analysis/pool_filter.h"
#include "export/text_output.h"

/* Which allocations: those that touch @range and pass @selection, in the order of their allocation (those from before
 * the trace first, by their frees); of these the first @limit. */
typedef struct
{
  const PoolTrace *trace;
  const FrameNames *names;
  const PoolSelection *selection;
  TimeRange range;
  gsize limit; /* G_MAXSIZE for all */
} AllocationList;

/* A header row, then the allocations. What is not known of one is empty; a stack that is not there reads as in the
 * table ("[No stack]"). */
void allocation_list_write_csv (const AllocationList *self, TextOutput *output);
