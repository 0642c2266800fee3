/* The values of one dimension of a skeleton as numbers: their places in the order of their texts. */
#pragma once

#include "analysis/pool_tree_private.h"

#define POOL_TREE_KEY_MAX_STEPS 32

/* Items are sites, contexts or intervals. */
typedef struct
{
  const guint32 *ids; /* (array length=n_items) (nullable): into ranks; NULL: the item is its own id */
  guint32 *own_ids;   /* (owned) (nullable): ids, when no column of the trace is them */
  guint32 *ranks;     /* (owned): values that read the same have the same */
  guint32 n_ranks;
  char **texts;       /* (owned) (nullable): by rank, NULL-terminated; not for stacks */
  guint32 *stacks;    /* (owned) (nullable): a stack of each rank */
  /* (owned) (nullable), (array length=n_ranks): how many frames the stack of each rank has in common with the one
     before; then the least of that and the next, of four, of eight and so on */
  guint32 *common[POOL_TREE_KEY_MAX_STEPS];
} PoolTreeKey;

/* @items: as which the values are asked for: the scope of the dimension, or intervals. */
void pool_tree_key_init (PoolTreeKey *self, const PoolTree *tree, guint level, DimensionScope items);
void pool_tree_key_clear (PoolTreeKey *self);

/* How many frames the stacks of two ranks, the first the lower one, have in common from the outermost on, compared by
 * text. */
static inline guint32
pool_tree_key_get_common (const PoolTreeKey *self, guint32 first, guint32 second)
{
  guint step = g_bit_storage (second - first) - 1;
  return MIN (self->common[step][first + 1], self->common[step][second + 1 - ((guint32) 1 << step)]);
}
