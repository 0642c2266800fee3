/* Count and size of each leaf of a tree, by the type of the intervals in one range, and how they follow the range.
 *
 * An interval changes its type, or enters or leaves the range, only when an edge of the range passes its allocation
 * or its free. So from one range to another only the events between the old and the new edges are looked at.
 *
 * There are sums of the layers of the tree that were made when they were computed, as far as somebody will ask for them;
 * others are added when they are first asked for.
 */
#pragma once

#include "analysis/pool_layer_sums.h"

struct _PoolRangeSums
{
  TimeRange range;
  GMutex mutex;         /* of whoever adds layers or windows */
  gint n_layers;        /* (atomic): these are begun */
  PoolLayerSums layers[POOL_TREE_MAX_LEVELS + 1];
};

/* Those that @model (nullable) has too are computed at once. NULL when cancelled. */
PoolRangeSums *pool_range_sums_new (PoolTree *tree, const PoolRangeSums *model, TimeRange range,
                                    GCancellable *cancellable);
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
