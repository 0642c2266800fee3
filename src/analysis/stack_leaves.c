#include "analysis/stack_leaves.h"

#include "analysis/pool_tree_leaves.h"

guint32
stack_leaves_find_end (const PoolTreeLayer *layer, guint32 leaf, guint32 depth)
{
  guint32 end_rank = stack_order_find_end (layer->stacks, pool_tree_layer_get_value (layer, leaf), depth);
  return pool_tree_layer_find_value (layer, pool_tree_layer_get_parent (layer, leaf), end_rank);
}

guint32
stack_leaves_find_start (const PoolTreeLayer *layer, guint32 leaf, guint32 depth)
{
  guint32 start_rank = stack_order_find_start (layer->stacks, pool_tree_layer_get_value (layer, leaf), depth);
  return pool_tree_layer_find_value (layer, pool_tree_layer_get_parent (layer, leaf), start_rank);
}

guint32
stack_leaves_get_common (const PoolTreeLayer *layer, guint32 first, guint32 end)
{
  if (end - first < 2)
    return G_MAXUINT32;
  return stack_order_get_common (layer->stacks, pool_tree_layer_get_value (layer, first),
                                 pool_tree_layer_get_value (layer, end - 1));
}

guint32
stack_leaves_get_common_with_former (const PoolTreeLayer *layer, guint32 leaf)
{
  if (leaf == 0 || pool_tree_layer_get_parent (layer, leaf - 1) != pool_tree_layer_get_parent (layer, leaf))
    return 0;
  return stack_leaves_get_common (layer, leaf - 1, leaf + 1);
}
