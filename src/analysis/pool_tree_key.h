/* The values of one dimension of a skeleton as numbers: their places in the order of their texts. */
#pragma once

#include "analysis/pool_tree_private.h"
#include "analysis/value_index.h"

/* Items are sites, contexts or intervals. */
typedef struct
{
  gconstpointer ids;       /* (array length=n_items) (nullable): column of ids, which are places in ranks; NULL: the item
                              is its own id */
  guint id_bytes;          /* each, in that column: 1, 2, 4 or 8 */
  guint8 *own_ids;         /* (owned) (nullable): ids, when no column of the trace has them */
  const guint32 *ranks;    /* values that read the same have the same */
  guint32 *own_ranks;      /* (owned) (nullable): ranks, when they are of this key alone */
  guint32 n_ranks;
  char **texts;            /* (owned) (nullable): by rank, NULL-terminated; not for stacks */
  const StackOrder *stacks; /* (nullable) (transfer none): the ranks are of its stacks */

  /* Ids of 8 bytes are values: those from n_low on have places of their own behind the others. */
  guint32 n_low;           /* a power of two */
  ValueIndex high_values;
} PoolTreeKey;

/* @items: as which the values are asked for: the scope of the dimension, or intervals. */
void pool_tree_key_init (PoolTreeKey *self, const PoolTree *tree, guint level, DimensionScope items);
void pool_tree_key_clear (PoolTreeKey *self);
/* The ranks of the items [begin, begin + n), at most POOL_TREE_BLOCK; of intervals that the filter excludes any. */
void pool_tree_key_fill_ranks (const PoolTreeKey *self, gsize begin, gsize n, guint32 *ret_ranks);
/* The same of one. */
guint32 pool_tree_key_get_rank (const PoolTreeKey *self, gsize item);
