/* Count and size of each leaf of a tree, by the type of the intervals in one range, and how they follow the range.
 *
 * An interval changes its type, or enters or leaves the range, only when an edge of the range passes its allocation
 * or its free. So from one range to another only the events between the old and the new edges are looked at.
 */
#pragma once

#include "analysis/pool_tree_private.h"

/* So many leaves that follow each other have a sum of their own. */
#define POOL_SUMS_CHUNK 64

struct _PoolRangeSums
{
  TimeRange range;
  gsize n_leaves;
  PoolLeafSums *leaves; /* (array length=n_leaves * POOL_N_TYPES) (owned): a cache line per leaf */
  PoolLeafSums *chunks; /* (array length=(n_leaves / POOL_SUMS_CHUNK + 1) * POOL_N_TYPES) (owned) */
};

/* One pass over the intervals, by several threads. NULL when cancelled. */
PoolRangeSums *pool_range_sums_new (PoolTree *tree, TimeRange range, GCancellable *cancellable);
/* The same from @near, from the sums that @tree keeps, or anew, whichever is the least work. */
PoolRangeSums *pool_range_sums_new_near (PoolTree *tree, const PoolRangeSums *near, TimeRange range,
                                         GCancellable *cancellable);
void pool_range_sums_free (PoolRangeSums *self);
/* Leaves @self to @tree, for whoever computes the next. */
void pool_range_sums_keep (PoolRangeSums *self, PoolTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PoolRangeSums, pool_range_sums_free)

/* Adds the sums of the leaves of @run to @sums (array fixed-size=POOL_N_TYPES). */
void pool_range_sums_add_run (const PoolRangeSums *self, PoolLeafRun run, PoolLeafSums sums[POOL_N_TYPES]);
