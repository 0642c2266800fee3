#include "analysis/pool_tree_leaves.h"

#include <string.h>

#include "analysis/leaf_value_lists.h"
#include "base/row_shares.h"

/* From so many of a block on the ranks of all are looked up. */
#define MANY_PICKED (POOL_TREE_BLOCK / 8)

PoolLeafNumbers *
pool_leaf_numbers_new (const PoolTreeLayer *layer, const PoolTreeLayer *above, PoolTreeKey *key, BitRanks *marks)
{
  PoolLeafNumbers *self = g_new (PoolLeafNumbers, 1);
  *self = (PoolLeafNumbers){ layer, above, *key, *marks, layer->values };
  *key = (PoolTreeKey){ NULL };
  *marks = (BitRanks){ NULL };
  return self;
}

void
pool_leaf_numbers_free (PoolLeafNumbers *self)
{
  pool_tree_key_clear (&self->key);
  bit_ranks_clear (&self->marks);
  g_free (self);
}

static gsize
get_number (const PoolLeafNumbers *self, guint32 leaf)
{
  return self->marks.words != NULL ? bit_ranks_get_member (&self->marks, leaf) : leaf;
}

/* Where the list of @leaf's values begins, and that of the next does not. */
static guint32
search_parent (const guint32 *starts, guint32 n_above, guint32 leaf)
{
  guint32 begin = 0, end = n_above;
  while (end - begin > 1)
    {
      guint32 middle = begin + (end - begin) / 2;
      if (starts[middle] <= leaf)
        begin = middle;
      else
        end = middle;
    }
  return begin;
}

guint32
pool_leaf_numbers_get_parent (const PoolLeafNumbers *self, guint32 leaf)
{
  if (self->listed_values != NULL)
    return search_parent (self->layer->leaf_starts, self->above->n_leaves, leaf);
  return (guint32) (get_number (self, leaf) / self->key.n_ranks);
}

guint32
pool_leaf_numbers_get_value (const PoolLeafNumbers *self, guint32 leaf)
{
  return (guint32) (get_number (self, leaf) % self->key.n_ranks);
}

guint32 *
pool_leaf_numbers_find_starts (const PoolLeafNumbers *self)
{
  guint32 *starts = g_new (guint32, (gsize) self->above->n_leaves + 1);
  for (gsize leaf = 0; leaf <= self->above->n_leaves; leaf++)
    {
      gsize number = leaf * self->key.n_ranks;
      starts[leaf] = self->marks.words != NULL ? bit_ranks_get_rank (&self->marks, number) : (guint32) number;
    }
  return starts;
}

guint32
pool_tree_layer_find_value (const PoolTreeLayer *self, guint32 parent, guint32 value)
{
  const PoolLeafNumbers *numbers = self->numbers;
  guint32 begin = self->leaf_starts[parent], end = self->leaf_starts[parent + 1];
  if (numbers != NULL && numbers->listed_values == NULL)
    {
      gsize number = (gsize) parent * numbers->key.n_ranks + value;
      return numbers->marks.words != NULL ? bit_ranks_get_rank (&numbers->marks, number) : (guint32) number;
    }
  while (begin < end)
    {
      guint32 middle = begin + (end - begin) / 2;
      if (self->values[middle] < value)
        begin = middle + 1;
      else
        end = middle;
    }
  return begin;
}

/* --- One leaf after the other ---------------------------------------------------------------------------- */

/* From the number on. */
static void
find_parent_and_value (PoolLeafCursor *self, guint32 n_ranks)
{
  gsize value = self->number - (gsize) self->parent * n_ranks;
  if (value >= n_ranks) /* seldom */
    {
      self->parent = (guint32) (self->number / n_ranks);
      value = self->number % n_ranks;
    }
  self->value = (guint32) value;
}

void
pool_leaf_cursor_init (PoolLeafCursor *self, const PoolTreeLayer *layer, guint32 leaf)
{
  const PoolLeafNumbers *numbers = layer->numbers;
  *self = (PoolLeafCursor){ layer, leaf, 0, 0, 0 };
  if (leaf >= layer->n_leaves)
    return;
  if (numbers != NULL && numbers->listed_values == NULL)
    self->number = get_number (numbers, leaf);
  self->parent = pool_tree_layer_get_parent (layer, leaf);
  self->value = pool_tree_layer_get_value (layer, leaf);
}

void
pool_leaf_cursor_advance (PoolLeafCursor *self)
{
  const PoolTreeLayer *layer = self->layer;
  const PoolLeafNumbers *numbers = layer->numbers;
  if (++self->leaf >= layer->n_leaves)
    return;
  if (numbers == NULL || numbers->listed_values != NULL)
    {
      self->value = pool_tree_layer_get_value (layer, self->leaf);
      while (self->leaf >= layer->leaf_starts[self->parent + 1])
        self->parent++;
      return;
    }
  self->number++;
  if (numbers->marks.words != NULL)
    self->number = bit_ranks_find (&numbers->marks, self->number);
  find_parent_and_value (self, numbers->key.n_ranks);
}

typedef struct
{
  const PoolTreeLayer *layer;
  guint32 *parents, *values;
} LeafList;

static void
list_leaves (guint share, gsize begin, gsize end, gpointer data)
{
  const LeafList *self = data;
  PoolLeafCursor cursor;
  for (pool_leaf_cursor_init (&cursor, self->layer, (guint32) begin); cursor.leaf < end; pool_leaf_cursor_advance (&cursor))
    {
      self->parents[cursor.leaf] = cursor.parent;
      self->values[cursor.leaf] = cursor.value;
    }
}

void
pool_tree_layer_list_leaves (PoolTreeLayer *self)
{
  gsize n_leaves = self->n_leaves;
  guint32 *values = self->values != NULL ? self->values : g_new (guint32, n_leaves + 1);
  LeafList list = { self, g_new (guint32, n_leaves + 1), values };
  row_shares_run (n_leaves, row_shares_choose (n_leaves, G_MAXUINT), list_leaves, &list);
  g_atomic_pointer_set (&self->values, list.values);
  g_atomic_pointer_set (&self->parents, list.parents);
}

/* From ranks to leaves, below those @above: POOL_LEAF_NONE there is none here. */
static void
combine (const PoolLeafNumbers *self, const guint32 *above, gsize n, guint32 *leaves)
{
  guint32 n_ranks = self->key.n_ranks;
  if (self->listed_values != NULL)
    {
      for (gsize i = 0; i < n; i++)
        leaves[i] = above[i] != POOL_LEAF_NONE
                        ? leaf_value_lists_find (self->layer->leaf_starts, self->listed_values, above[i], leaves[i])
                        : POOL_LEAF_NONE;
      return;
    }
  for (gsize i = 0; i < n; i++)
    leaves[i] = above[i] != POOL_LEAF_NONE ? above[i] * n_ranks + leaves[i] : POOL_LEAF_NONE;
  if (self->marks.words != NULL)
    bit_ranks_translate (&self->marks, leaves, n);
}

guint32
pool_leaf_numbers_find (const PoolLeafNumbers *self, const PoolIntervals *intervals, gsize row)
{
  guint32 above = pool_tree_layer_get_leaf (self->above, intervals, row), leaf = pool_tree_key_get_rank (&self->key, row);
  combine (self, &above, 1, &leaf);
  return leaf;
}

/* --- Blocks of intervals --------------------------------------------------------------------------------- */

static void
read_numbered (const PoolTree *tree, const PoolLeafNumbers *self, gsize begin, gsize n, guint32 *ret_leaves)
{
  guint32 found[POOL_TREE_BLOCK];
  pool_tree_key_fill_ranks (&self->key, begin, n, ret_leaves);
  /* Below the root ranks are leaves, when all are there. */
  if (self->above->number == 0 && tree->selection.rows == NULL && self->listed_values == NULL
      && self->marks.words == NULL)
    return;
  const guint32 *above = pool_tree_read_leaves (tree, self->above, begin, n, found);
  combine (self, above, n, ret_leaves);
}

static void
read_shared (const PoolTree *tree, const PoolTreeLayer *layer, gsize begin, gsize n, guint32 *ret_leaves)
{
  const PoolIntervals *intervals = &tree->trace->intervals;
  const guint32 *leaf_of_id = layer->leaf_of_site ? layer->leaf_of_site : layer->leaf_of_context;
  const guint32 *ids = layer->leaf_of_site ? intervals->site : intervals->context;
  if (leaf_of_id == NULL)
    memset (ret_leaves, 0, n * sizeof *ret_leaves);
  else
    for (gsize i = 0; i < n; i++)
      ret_leaves[i] = leaf_of_id[ids[begin + i]];
  if (tree->selection.rows != NULL)
    for (gsize i = 0; i < n; i++)
      ret_leaves[i] = pool_selection_has_row (&tree->selection, begin + i) ? ret_leaves[i] : POOL_LEAF_NONE;
}

const guint32 *
pool_tree_read_leaves (const PoolTree *self, const PoolTreeLayer *layer, gsize begin, gsize n,
                       guint32 found[POOL_TREE_BLOCK])
{
  const guint32 *column = g_atomic_pointer_get (&((PoolTreeLayer *) layer)->leaf_of_interval);
  if (column != NULL)
    return &column[begin];
  if (layer->numbers != NULL)
    read_numbered (self, layer->numbers, begin, n, found);
  else
    read_shared (self, layer, begin, n, found);
  return found;
}

/* Without a branch, for intervals come in no order. @leaves may be @ret_leaves. */
static gsize
pick (PoolLeafRun run, const guint32 *leaves, gsize n, guint32 *ret_leaves, guint16 *ret_places)
{
  gsize n_picked = 0;
  guint32 n_leaves = run.end - run.first;
  for (gsize i = 0; i < n; i++)
    {
      guint32 leaf = leaves[i];
      ret_places[n_picked] = (guint16) i;
      ret_leaves[n_picked] = leaf;
      n_picked += leaf - run.first < n_leaves;
    }
  return n_picked;
}

/* Looks for the values only of what is in the leaves above. */
static gsize
pick_numbered (const PoolTree *tree, PoolLeafRun run, gsize begin, gsize n, guint32 *leaves, guint16 *places)
{
  const PoolTreeLayer *layer = run.layer;
  const PoolLeafNumbers *numbers = layer->numbers;
  PoolLeafRun above = { numbers->above, pool_leaf_numbers_get_parent (numbers, run.first),
                        pool_leaf_numbers_get_parent (numbers, run.end - 1) + 1 };
  guint32 found[POOL_TREE_BLOCK], ranks[POOL_TREE_BLOCK];
  gsize n_above = pool_tree_pick_leaves (tree, above, begin, n, found, places);
  if (n_above >= MANY_PICKED)
    {
      pool_tree_key_fill_ranks (&numbers->key, begin, n, ranks);
      for (gsize i = 0; i < n_above; i++)
        leaves[i] = ranks[places[i]];
    }
  else
    for (gsize i = 0; i < n_above; i++)
      leaves[i] = pool_tree_key_get_rank (&numbers->key, begin + places[i]);
  combine (numbers, found, n_above, leaves);
  gsize n_picked = 0;
  for (gsize i = 0; i < n_above; i++)
    {
      guint32 leaf = leaves[i];
      places[n_picked] = places[i];
      leaves[n_picked] = leaf;
      n_picked += leaf >= run.first && leaf < run.end;
    }
  return n_picked;
}

gsize
pool_tree_pick_leaves (const PoolTree *self, PoolLeafRun run, gsize begin, gsize n, guint32 ret_leaves[POOL_TREE_BLOCK],
                       guint16 ret_places[POOL_TREE_BLOCK])
{
  if (run.first >= run.end)
    return 0;
  if (run.layer->numbers != NULL && g_atomic_pointer_get (&((PoolTreeLayer *) run.layer)->leaf_of_interval) == NULL)
    return pick_numbered (self, run, begin, n, ret_leaves, ret_places);
  const guint32 *leaves = pool_tree_read_leaves (self, run.layer, begin, n, ret_leaves);
  return pick (run, leaves, n, ret_leaves, ret_places);
}

/* --- Columns --------------------------------------------------------------------------------------------- */

typedef struct
{
  const PoolTree *tree;
  const PoolTreeLayer *layer;
  guint32 *leaves;
} ColumnPass;

static void
fill_column (guint share, gsize begin, gsize end, gpointer data)
{
  const ColumnPass *self = data;
  for (gsize row = begin; row < end; row += POOL_TREE_BLOCK)
    read_numbered (self->tree, self->layer->numbers, row, MIN (end - row, POOL_TREE_BLOCK), &self->leaves[row]);
}

guint32 *
pool_tree_make_leaf_column (const PoolTree *self, const PoolTreeLayer *layer)
{
  gsize n_rows = self->trace->intervals.n;
  ColumnPass pass = { self, layer, g_new (guint32, n_rows + 1) };
  row_shares_run (n_rows, row_shares_choose (n_rows, G_MAXUINT), fill_column, &pass);
  return pass.leaves;
}
