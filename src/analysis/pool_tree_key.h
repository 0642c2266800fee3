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
  const StackOrder *stacks; /* (nullable) (transfer none): the ranks are of its stacks */
} PoolTreeKey;

/* @items: as which the values are asked for: the scope of the dimension, or intervals. */
void pool_tree_key_init (PoolTreeKey *self, const PoolTree *tree, guint level, DimensionScope items);
void pool_tree_key_clear (PoolTreeKey *self);
