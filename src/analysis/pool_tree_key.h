/* The values of one dimension of a skeleton as numbers: their places in the order of their texts. */
#pragma once

#include "analysis/pool_tree_private.h"
#include "analysis/value_index.h"

/* Items are sites, contexts or intervals. */
typedef struct
{
  const guint32 *ids;      /* (array length=n_items) (nullable): into ranks; NULL: the item is its own id, or its value is */
  const guint32 *ranks;    /* values that read the same have the same */
  guint32 *own_ranks;      /* (owned) (nullable): ranks, when they are of this key alone */
  guint32 n_ranks;
  char **texts;            /* (owned) (nullable): by rank, NULL-terminated; not for stacks */
  const StackOrder *stacks; /* (nullable) (transfer none): the ranks are of its stacks */

  /* Of intervals whose values no column has as small numbers */
  const DimensionSource *source; /* (nullable) (transfer none): of these values; NULL for all others */
  Dimension dimension;
  guint32 n_low;           /* values below it are ids */
  ValueIndex high_values;  /* those from it on: their ids are counted on from there */
} PoolTreeKey;

/* @items: as which the values are asked for: the scope of the dimension, or intervals. */
void pool_tree_key_init (PoolTreeKey *self, const PoolTree *tree, guint level, DimensionScope items);
void pool_tree_key_clear (PoolTreeKey *self);
/* The ranks of the items [begin, begin + n), at most POOL_TREE_BLOCK; of intervals that the filter excludes any. */
void pool_tree_key_fill_ranks (const PoolTreeKey *self, gsize begin, gsize n, guint32 *ret_ranks);
