/* Lists of single allocations, made in a worker: the newest wish cancels the one that runs. */
#pragma once

#include "analysis/interval_list.h"

typedef struct _AllocationQuery AllocationQuery;

/* Takes over @list. Called on the main thread, not for what was cancelled. */
typedef void (*AllocationQueryFunc) (IntervalList *list, gpointer data);

AllocationQuery *allocation_query_new (AllocationQueryFunc on_listed, gpointer data);
/* No callback comes any more. */
void allocation_query_free (AllocationQuery *self);

/* @rows: GArray of PoolTreeRow of @values */
void allocation_query_list (AllocationQuery *self, PoolTreeValues *values, GArray *rows, IntervalOrder order);
void allocation_query_sort (AllocationQuery *self, IntervalList *list, IntervalOrder order);
void allocation_query_cancel (AllocationQuery *self);
gboolean allocation_query_is_busy (const AllocationQuery *self);
