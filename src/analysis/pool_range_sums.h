/* Count and size of each leaf of a tree, by the type of the intervals in one range, and how they follow the range.
 *
 * An interval changes its type, or enters or leaves the range, only when an edge of the range passes its allocation
 * or its free. So from one range to another only the events between the old and the new edges are looked at.
 *
 * There are sums for the layers of the tree that were made when they were computed; those of deeper layers are added
 * when they are first asked for.
 */
#pragma once

#include "analysis/pool_tree_private.h"

typedef struct
{
  guint64 count, size_bytes;
} PoolLeafSums;

/* So many leaves that follow each other have a sum of their own, where rows have many. */
#define POOL_SUMS_CHUNK 64

/* Of one layer. */
typedef struct
{
  const PoolTreeLayer *layer;
  PoolLeafSums *leaves; /* (array length=n_leaves * POOL_N_TYPES) (owned): a cache line per leaf */
  PoolLeafSums *chunks; /* (array length=(n_leaves / POOL_SUMS_CHUNK + 1) * POOL_N_TYPES) (owned) (nullable) */
  PoolLeafSums *prefix; /* (array length=(n_leaves + 1) * POOL_N_TYPES) (owned) (nullable) (atomic): sums of all leaves
                           before each; made when all rows are gone through */
} PoolLayerSums;

struct _PoolRangeSums
{
  TimeRange range;
  GMutex mutex;         /* of whoever adds layers */
  gint n_layers;        /* (atomic): these are there and do not change any more */
  PoolLayerSums layers[POOL_TREE_MAX_LEVELS + 1];
};

/* One pass over the intervals, by several threads. NULL when cancelled. */
PoolRangeSums *pool_range_sums_new (PoolTree *tree, TimeRange range, GCancellable *cancellable);
/* The same from @near, from the sums that @tree keeps, or anew, whichever is the least work. */
PoolRangeSums *pool_range_sums_new_near (PoolTree *tree, PoolRangeSums *near, TimeRange range,
                                         GCancellable *cancellable);
void pool_range_sums_free (PoolRangeSums *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PoolRangeSums, pool_range_sums_free)
/* Leaves @self to @tree, for whoever computes the next. */
void pool_range_sums_keep (PoolRangeSums *self, PoolTree *tree);

/* From now on the sums of many leaves are as quick as those of few. */
void pool_range_sums_need_prefix (PoolRangeSums *self, const PoolTree *tree, const PoolTreeLayer *layer);
/* The sums of the leaves of @run (array fixed-size=POOL_N_TYPES). */
void pool_range_sums_get_run (PoolRangeSums *self, const PoolTree *tree, PoolLeafRun run,
                              PoolLeafSums ret_sums[POOL_N_TYPES]);
