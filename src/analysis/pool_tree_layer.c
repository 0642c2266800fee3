/* The leaves of a layer are numbered by marking which values occur in which leaf of the layer above, and counting the
 * marks: no interval is hashed and none is sorted. What is marked is kept, for it tells the leaves of intervals. Where
 * there would be too many marks, the values below each leaf are listed; where there would be few, nothing is marked and
 * all leaves that can be are there.
 */
#include "analysis/pool_tree_layer.h"

#include <string.h>

#include "analysis/leaf_value_lists.h"
#include "analysis/pool_tree_leaves.h"
#include "base/row_shares.h"

/* So many marks at most for each item, or for each leaf there is. */
#define MOST_MARKS 4
/* With so many items for each leaf that can be, none is marked. */
#define ITEMS_PER_UNMARKED_LEAF 16

typedef struct
{
  const PoolTree *tree;
  const PoolTreeLayer *above;
  PoolTreeLayer *layer;
  PoolTreeKey key;
  DimensionScope items;    /* what they are: sites, contexts or intervals */
  gsize n_items;
  guint32 *leaves;         /* (array length=n_items): of sites or contexts; NULL for intervals */
  guint8 *is_used;         /* (owned) (nullable): sites or contexts with intervals that the filter lets pass */
  BitRanks marks[ROW_SHARES_MAXIMUM]; /* of leaf above * key.n_ranks + rank: of each share, then the first has all */
} LeafNumbering;

/* The leaves of sites or contexts in the layer above, as pool_tree_read_leaves() has those of intervals. */
static const guint32 *
read_shared_leaves (const LeafNumbering *self, gsize begin, gsize n, guint32 found[POOL_TREE_BLOCK])
{
  const PoolTreeLayer *above = self->above;
  if (above->leaf_of_site != NULL || above->leaf_of_context != NULL)
    return above->leaf_of_site != NULL ? &above->leaf_of_site[begin] : &above->leaf_of_context[begin];
  for (gsize i = 0; i < n; i++)
    found[i] = self->is_used == NULL || self->is_used[begin + i] ? 0 : POOL_LEAF_NONE;
  return found;
}

/* The leaves above of the items [begin, begin + n). */
static const guint32 *
read_leaves_above (const LeafNumbering *self, gsize begin, gsize n, guint32 found[POOL_TREE_BLOCK])
{
  return self->items == DIMENSION_OF_INTERVAL ? pool_tree_read_leaves (self->tree, self->above, begin, n, found)
                                              : read_shared_leaves (self, begin, n, found);
}

/* Numbers what could be a leaf of its own, and with @marks (nullable) marks it. */
static void
number_block (LeafNumbering *self, gsize begin, gsize n, BitRanks *marks)
{
  guint32 found[POOL_TREE_BLOCK], ranks[POOL_TREE_BLOCK], n_ranks = self->key.n_ranks;
  const guint32 *above = read_leaves_above (self, begin, n, found);
  guint32 *numbers = self->leaves != NULL ? &self->leaves[begin] : found;
  pool_tree_key_fill_ranks (&self->key, begin, n, ranks);
  for (gsize i = 0; i < n; i++)
    {
      guint32 number = above[i] != POOL_LEAF_NONE ? above[i] * n_ranks + ranks[i] : POOL_LEAF_NONE;
      if (marks != NULL && number != POOL_LEAF_NONE)
        bit_ranks_add (marks, number);
      numbers[i] = number;
    }
}

static void
mark_items (guint share, gsize begin, gsize end, gpointer data)
{
  LeafNumbering *self = data;
  for (gsize item = begin; item < end; item += POOL_TREE_BLOCK)
    number_block (self, item, MIN (end - item, POOL_TREE_BLOCK), &self->marks[share]);
}

/* Every value in every leaf above is a leaf, whether it occurs or not. */
static void
number_unmarked (LeafNumbering *self)
{
  self->layer->n_leaves = self->above->n_leaves * self->key.n_ranks;
  for (gsize item = 0; self->leaves != NULL && item < self->n_items; item += POOL_TREE_BLOCK)
    number_block (self, item, MIN (self->n_items - item, POOL_TREE_BLOCK), NULL);
}

/* Each mark is a leaf: of the leaf above and with the value that it stands for. */
static void
number_marked (LeafNumbering *self)
{
  guint n_shares = row_shares_choose (self->n_items, G_MAXUINT);
  for (guint i = 0; i < n_shares; i++)
    bit_ranks_init (&self->marks[i], (gsize) self->above->n_leaves * self->key.n_ranks);
  row_shares_run (self->n_items, n_shares, mark_items, self);
  for (guint i = 1; i < n_shares; i++)
    {
      bit_ranks_unite (&self->marks[0], &self->marks[i]);
      bit_ranks_clear (&self->marks[i]);
    }
  self->layer->n_leaves = (guint32) bit_ranks_count (&self->marks[0]);
  if (self->leaves != NULL)
    bit_ranks_translate (&self->marks[0], self->leaves, self->n_items);
}

/* For leaf_value_lists_init(). */
static void
read_items (gpointer data, gsize begin, gsize n, guint32 *ret_leaves, guint32 *ret_values)
{
  const LeafNumbering *self = data;
  const guint32 *above = read_leaves_above (self, begin, n, ret_leaves);
  if (above != ret_leaves)
    memcpy (ret_leaves, above, n * sizeof *ret_leaves);
  pool_tree_key_fill_ranks (&self->key, begin, n, ret_values);
}

/* Each value in the list of a leaf above is a leaf. */
static void
number_listed (LeafNumbering *self)
{
  PoolTreeLayer *layer = self->layer;
  LeafValueLists lists;
  leaf_value_lists_init (&lists, self->n_items, self->above->n_leaves, self->key.n_ranks, read_items, self);
  layer->leaf_starts = lists.starts;
  layer->values = lists.values;
  layer->n_leaves = lists.starts[self->above->n_leaves];
  for (gsize item = 0; self->leaves != NULL && item < self->n_items; item += LEAF_VALUE_BLOCK)
    {
      guint32 above[LEAF_VALUE_BLOCK], values[LEAF_VALUE_BLOCK];
      gsize n = MIN (self->n_items - item, LEAF_VALUE_BLOCK);
      read_items (self, item, n, above, values);
      for (gsize i = 0; i < n; i++)
        self->leaves[item + i] = above[i] != POOL_LEAF_NONE
                                     ? leaf_value_lists_find (lists.starts, lists.values, above[i], values[i])
                                     : POOL_LEAF_NONE;
    }
}

/* Of sites or contexts, those with an interval that passes the filter. (transfer full) (nullable): all. */
static guint8 *
find_used (const LeafNumbering *self)
{
  const PoolIntervals *intervals = &self->tree->trace->intervals;
  const PoolSelection *selection = &self->tree->selection;
  if (self->items == DIMENSION_OF_INTERVAL || self->above->number > 0 || selection->rows == NULL)
    return NULL;
  const guint32 *item_of_row = self->items == DIMENSION_OF_SITE ? intervals->site : intervals->context;
  guint8 *is_used = g_new0 (guint8, self->n_items + 1);
  for (gsize row = 0; row < intervals->n; row++)
    if (pool_selection_has_row (selection, row))
      is_used[item_of_row[row]] = 1;
  return is_used;
}

/* Finds which leaves there are, what each is, and how the leaf of an item is told. */
static void
number_leaves (LeafNumbering *self)
{
  PoolTreeLayer *layer = self->layer;
  gsize n_above = self->above->n_leaves, n_possible = n_above * self->key.n_ranks;
  if (self->items != DIMENSION_OF_INTERVAL)
    self->leaves = g_new (guint32, self->n_items + 1); /* not NULL without items */
  if (self->items == DIMENSION_OF_SITE)
    layer->leaf_of_site = self->leaves;
  else if (self->items == DIMENSION_OF_CONTEXT)
    layer->leaf_of_context = self->leaves;
  if (n_possible * ITEMS_PER_UNMARKED_LEAF <= self->n_items)
    number_unmarked (self);
  /* What is marked has a number of 32 bits. */
  else if (n_possible <= MIN (MAX (self->n_items, n_above) * MOST_MARKS, POOL_LEAF_NONE))
    number_marked (self);
  else
    number_listed (self);
  layer->numbers = pool_leaf_numbers_new (layer, self->above, &self->key, &self->marks[0]);
  if (layer->leaf_starts == NULL)
    layer->leaf_starts = pool_leaf_numbers_find_starts (layer->numbers);
  if (self->leaves == NULL)
    return;
  /* Those of sites or contexts are few and asked often. */
  pool_tree_layer_list_leaves (layer);
  g_clear_pointer (&layer->numbers, pool_leaf_numbers_free);
}

PoolTreeLayer *
pool_tree_layer_new_root (void)
{
  PoolTreeLayer *self = g_new0 (PoolTreeLayer, 1);
  self->n_leaves = 1;
  return self;
}

/* What the leaves of a layer can be told by. */
static DimensionScope
choose_items (const PoolTreeLayer *above, DimensionScope scope)
{
  if (above->number == 0 || (scope == DIMENSION_OF_SITE && above->leaf_of_site != NULL)
      || (scope == DIMENSION_OF_CONTEXT && above->leaf_of_context != NULL))
    return scope;
  return DIMENSION_OF_INTERVAL;
}

PoolTreeLayer *
pool_tree_layer_new (const PoolTree *tree, const PoolTreeLayer *above, guint level, GCancellable *cancellable,
                     GError **error)
{
  const PoolTrace *trace = tree->trace;
  g_autoptr (PoolTreeLayer) self = g_new0 (PoolTreeLayer, 1);
  self->number = above->number + 1;
  self->level = (guint8) level;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  LeafNumbering numbering = { .tree = tree, .above = above, .layer = self };
  numbering.items = choose_items (above, dimension_get_scope (tree->grouping[level - 1]));
  numbering.n_items = numbering.items == DIMENSION_OF_SITE      ? trace->n_sites
                      : numbering.items == DIMENSION_OF_CONTEXT ? trace->n_contexts
                                                                : trace->intervals.n;
  numbering.is_used = find_used (&numbering);
  pool_tree_key_init (&numbering.key, tree, level, numbering.items);
  self->texts = g_steal_pointer (&numbering.key.texts);
  self->stacks = numbering.key.stacks;
  number_leaves (&numbering);
  g_free (numbering.is_used);
  return g_cancellable_set_error_if_cancelled (cancellable, error) ? NULL : g_steal_pointer (&self);
}

void
pool_tree_layer_free (PoolTreeLayer *self)
{
  g_free (self->leaf_of_site);
  g_free (self->leaf_of_context);
  g_clear_pointer (&self->numbers, pool_leaf_numbers_free);
  g_free (self->leaf_of_interval);
  g_free (self->parents);
  g_free (self->leaf_starts);
  g_free (self->values);
  g_strfreev (self->texts);
  g_free (self->leaf_index.starts);
  g_free (self->leaf_index.rows);
  g_free (self);
}
