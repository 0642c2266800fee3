/* Count and size of the leaves of one layer of a tree, by the type of the intervals in one range.
 *
 * The sums stand in windows of so many leaves that follow each other. Those that nobody asks for are not there: a layer
 * may have millions of leaves, of which the rows that are open hold few.
 */
#pragma once

#include "analysis/pool_tree_private.h"

typedef struct
{
  const PoolTreeLayer *layer; /* NULL for sums that were never begun */
  guint window_bits;          /* a window has so many leaves, as a power of two */
  guint32 n_windows;
  /* (array length=n_windows) (owned), each (owned) (nullable) (atomic): (array length=leaves * POOL_N_TYPES), a cache
     line per leaf; where rows have many leaves, the sums of every some of them stand behind */
  PoolLeafSums **windows;
  PoolLeafSums *prefix; /* (array length=(n_leaves + 1) * POOL_N_TYPES) (owned) (nullable) (atomic): sums of all leaves
                           before each; made when all rows are gone through */
} PoolLayerSums;

/* Without any window. */
void pool_layer_sums_init (PoolLayerSums *self, const PoolTree *tree, const PoolTreeLayer *layer);
void pool_layer_sums_clear (PoolLayerSums *self);
gboolean pool_layer_sums_has_window (const PoolLayerSums *self, guint32 window);
gboolean pool_layer_sums_is_complete (const PoolLayerSums *self);
/* Leaves that there are sums of. */
gsize pool_layer_sums_count_leaves (const PoolLayerSums *self);
/* Leaves those windows only that @model (nullable) has too. */
void pool_layer_sums_restrict (PoolLayerSums *self, const PoolLayerSums *model);

/* Makes the windows of @is_wanted (array length=n_windows), or makes them anew, in one pass over the intervals by several
 * threads. Of no use when cancelled. */
void pool_layer_sums_compute (PoolLayerSums *self, const PoolTree *tree, TimeRange range, const guint8 *is_wanted,
                              GCancellable *cancellable);
/* Makes all windows from the complete sums of the layer below. */
void pool_layer_sums_add_up (PoolLayerSums *self, const PoolLayerSums *below);
/* Makes the windows that @source, of the same layer, has. */
void pool_layer_sums_copy (PoolLayerSums *self, const PoolLayerSums *source);
/* Makes the prefix, of complete sums. */
void pool_layer_sums_add_prefix (PoolLayerSums *self);

/* Adds the sums of the leaves [first, end), whose windows are there. */
void pool_layer_sums_add_run (const PoolLayerSums *self, guint32 first, guint32 end, PoolLeafSums sums[POOL_N_TYPES]);
/* Changes those of one leaf, if its window is there. */
void pool_layer_sums_change (PoolLayerSums *self, guint32 leaf, PoolIntervalType type, guint64 n, guint64 size_bytes);
