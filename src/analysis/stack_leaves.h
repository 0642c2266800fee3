/* Where the paths of stacks part among the leaves of a layer of stacks. The order of all stacks tells it, so nothing is
 * stored of a layer.
 *
 * Frames are counted from the outermost, 0. The tree of the frames of one leaf above is apart from those of others.
 */
#pragma once

#include "analysis/pool_tree_private.h"

/* Behind the last leaf whose stack has the same frame as that of @leaf at @depth, and the same ones above. */
guint32 stack_leaves_find_end (const PoolTreeLayer *layer, guint32 leaf, guint32 depth);
/* The first of these leaves. */
guint32 stack_leaves_find_start (const PoolTreeLayer *layer, guint32 leaf, guint32 depth);
/* How many frames all stacks in [@first, @end), which are below one leaf above, have in common, as far as there are two;
 * else G_MAXUINT32. */
guint32 stack_leaves_get_common (const PoolTreeLayer *layer, guint32 first, guint32 end);
/* How many frames the stack of @leaf has in common with the one before; 0 where a tree begins. */
guint32 stack_leaves_get_common_with_former (const PoolTreeLayer *layer, guint32 leaf);
