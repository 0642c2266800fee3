#include "analysis/pool_tree_chain.h"

#include "analysis/stack_leaves.h"

PoolTreeChain
pool_tree_get_chain (const PoolTree *self, PoolTreeRow row)
{
  const PoolTreeLayer *layer = pool_tree_get_layer (self, row);
  PoolTreeChain chain = { row, 1, NULL };
  if (layer->stacks == NULL || row.level != layer->level)
    return chain;
  gsize n_frames;
  PoolLeafRun run = pool_tree_get_leaf_run (self, row);
  chain.frames = pool_tree_get_frames (self, layer, row.leaf, &n_frames) + row.depth;
  /* Up to where the first stack ends, or another one parts from it. */
  guint32 end = MIN ((guint32) n_frames, stack_leaves_get_common (layer, run.first, run.end));
  chain.n_rows = end - row.depth;
  return chain;
}

const char *
pool_tree_chain_get_text (const PoolTreeChain *self, const PoolTree *tree, guint32 place)
{
  if (self->frames == NULL)
    return pool_tree_get_row_text (tree, self->first);
  return frame_names_get_text (tree->names, frame_names_get_text_id (tree->names, self->frames[place]));
}
