/* Making a layer of a tree's skeleton. */
#pragma once

#include "analysis/pool_tree_key.h"

/* The layer of the root: one leaf. (transfer full) */
PoolTreeLayer *pool_tree_layer_new_root (void);
/* The layer of @level below @above. (transfer full); NULL with @error when cancelled or when there is no number left
 * for its nodes. */
PoolTreeLayer *pool_tree_layer_new (const PoolTree *tree, const PoolTreeLayer *above, guint level,
                                    GCancellable *cancellable, GError **error);
void pool_tree_layer_free (PoolTreeLayer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PoolTreeLayer, pool_tree_layer_free)

/* Makes the nodes of a layer whose leaves are known, each with the rank of its stack in its values. FALSE with @error. */
gboolean pool_tree_layer_add_segments (PoolTreeLayer *self, const PoolTree *tree, const PoolTreeLayer *above,
                                       const PoolTreeKey *key, GCancellable *cancellable, GError **error);
/* Says in @error that the rows of a grouping cannot be numbered. */
void pool_tree_set_too_many_rows (GError **error);
