/* Making a layer of a tree's skeleton. */
#pragma once

#include "analysis/pool_tree_key.h"

/* The layer of the root: one leaf. (transfer full) */
PoolTreeLayer *pool_tree_layer_new_root (void);
/* The layer of @level below @above. (transfer full); NULL with @error when cancelled. */
PoolTreeLayer *pool_tree_layer_new (const PoolTree *tree, const PoolTreeLayer *above, guint level,
                                    GCancellable *cancellable, GError **error);
void pool_tree_layer_free (PoolTreeLayer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PoolTreeLayer, pool_tree_layer_free)
