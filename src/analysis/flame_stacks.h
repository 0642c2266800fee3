/* The stacks of a row of the table merged into one tree: what flame graphs are laid out from, whatever their metric,
 * their width and the frame that they are zoomed into. */
#pragma once

#include "analysis/path_tree.h"

typedef struct _FlameStacks FlameStacks; /* immutable; reference counted; any thread */

/* The stacks of @dimension with intervals of @row, POOL_TREE_ROOT for everything in range and filter. NULL with
 * @error only when cancelled. */
FlameStacks *flame_stacks_new (PoolTreeValues *values, PoolTreeRow row, Dimension dimension,
                               GCancellable *cancellable, GError **error);
FlameStacks *flame_stacks_ref (FlameStacks *self);
void flame_stacks_unref (FlameStacks *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlameStacks, flame_stacks_unref)

const PathTree *flame_stacks_get_tree (const FlameStacks *self); /* (transfer none): its texts are those of the names */
FrameNames *flame_stacks_get_names (const FlameStacks *self);    /* (transfer none) */
/* What the stacks weigh that have a frame with @part in its text, whatever the case of letters; each counts once. */
guint64 flame_stacks_get_weight_with (const FlameStacks *self, const char *part, Metric metric);
