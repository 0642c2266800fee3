/* The values of one dimension of a skeleton as numbers: their places in the order of their texts. */
#pragma once

#include "analysis/pool_tree_private.h"

/* Items are sites, contexts or intervals. */
typedef struct
{
  const guint32 *ids; /* (array length=n_items) (nullable): into ranks; NULL: the item is its own id */
  guint32 *own_ids;   /* (owned) (nullable): ids, when no column of the trace is them */
  guint32 *ranks;     /* (owned): values that read the same have the same */
  guint32 n_ranks;
  char **texts;       /* (owned) (nullable): by rank, NULL-terminated; not for stacks */
  guint32 *stacks;    /* (owned) (nullable): a stack of each rank */
  guint32 *common;    /* (owned) (nullable): how many frames each has in common with the one before */
} PoolTreeKey;

/* @items: as which the values are asked for: the scope of the dimension, or intervals. */
void pool_tree_key_init (PoolTreeKey *self, const PoolTree *tree, guint level, DimensionScope items);
void pool_tree_key_clear (PoolTreeKey *self);

static inline guint32
pool_tree_key_get_rank (const PoolTreeKey *self, gsize item)
{
  return self->ranks[self->ids ? self->ids[item] : item];
}

/* How many frames the stacks of two ranks, the first the lower one, have in common from the outermost on, compared by
 * text. */
guint32 pool_tree_key_get_common (const PoolTreeKey *self, guint32 first, guint32 second);
/* The frames of @stack as the stack dimension of @level shows them. */
const guint32 *pool_stack_get_frames (const PoolTree *tree, guint level, guint32 stack, gsize *ret_n_frames);
