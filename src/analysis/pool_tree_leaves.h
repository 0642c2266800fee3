/* Which leaf of a layer an interval is in.
 *
 * Sites or contexts tell it where dimensions know nothing else. Below that, the leaf above and the value tell it: leaves
 * are numbered by both. So no memory is touched for a layer before its rows are shown. Only who asks for the leaves of
 * intervals in no order needs a column of them.
 */
#pragma once

#include "analysis/bit_ranks.h"
#include "analysis/pool_tree_key.h"

/* How leaf and value number what can be a leaf, and which of that are; or in which lists of values they are searched for. */
struct _PoolLeafNumbers
{
  const PoolTreeLayer *layer, *above; /* (transfer none) */
  PoolTreeKey key;                    /* of intervals */
  BitRanks marks;                     /* of leaf above * key.n_ranks + rank; without words all are leaves */
  const guint32 *listed_values;       /* (nullable) (transfer none): those of the layer, if it had them at first */
};

/* Those of @layer, as it is at first. Takes over @key and @marks. (transfer full) */
PoolLeafNumbers *pool_leaf_numbers_new (const PoolTreeLayer *layer, const PoolTreeLayer *above, PoolTreeKey *key,
                                        BitRanks *marks);
void pool_leaf_numbers_free (PoolLeafNumbers *self);

/* (transfer full) (array length=above + 1): the first leaf of each leaf above, where no values are searched. */
guint32 *pool_leaf_numbers_find_starts (const PoolLeafNumbers *self);

/* The first leaf below @parent whose value is @value or behind it; behind the last one where there is none. */
guint32 pool_tree_layer_find_value (const PoolTreeLayer *self, guint32 parent, guint32 value);

/* The leaves of a layer one after the other. */
typedef struct
{
  const PoolTreeLayer *layer;
  guint32 leaf, parent, value;
  gsize number; /* of what can be a leaf */
} PoolLeafCursor;

void pool_leaf_cursor_init (PoolLeafCursor *self, const PoolTreeLayer *layer, guint32 leaf);
/* To the next leaf, if there is one. */
void pool_leaf_cursor_advance (PoolLeafCursor *self);

/* Makes the columns of what each leaf is. */
void pool_tree_layer_list_leaves (PoolTreeLayer *self);

/* The leaves of the intervals [begin, begin + n), at most POOL_TREE_BLOCK: POOL_LEAF_NONE for those that the filter
 * excludes. @found is filled where no column has them. Returns: (array length=n) (transfer none). */
const guint32 *pool_tree_read_leaves (const PoolTree *self, const PoolTreeLayer *layer, gsize begin, gsize n,
                                      guint32 found[POOL_TREE_BLOCK]);
/* The same of those alone that are in @run; @ret_places: what to add to @begin for the interval of each. Returns: how many
 * there are. */
gsize pool_tree_pick_leaves (const PoolTree *self, PoolLeafRun run, gsize begin, gsize n,
                             guint32 ret_leaves[POOL_TREE_BLOCK], guint16 ret_places[POOL_TREE_BLOCK]);
/* Makes the column. (transfer full) */
guint32 *pool_tree_make_leaf_column (const PoolTree *self, const PoolTreeLayer *layer);
