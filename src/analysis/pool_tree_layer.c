/* The leaves of a layer are numbered by marking which values occur in which leaf of the layer above, and counting the
 * marks: no interval is hashed and none is sorted. What is marked is kept, for it tells the leaves of intervals. Where
 * there would be too many marks, the values are told apart by their upper bits first, and a column has the leaves; where
 * there would be few, nothing is marked and all leaves that can be are there.
 */
#include "analysis/pool_tree_layer.h"

#include <string.h>

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
  guint32 *leaves;         /* (array length=n_items) (nullable): by the bits of the values that are told apart so far */
  gboolean has_leaves;     /* none yet: those of the layer above are meant */
  guint8 *is_used;         /* (owned) (nullable): sites or contexts with intervals that the filter lets pass */
  guint32 rank_mask;       /* bits of the values that are not told apart yet */
  guint shift;             /* of them those from here on are now */
  guint32 n_digits;        /* values of these bits */
  BitRanks marks[ROW_SHARES_MAXIMUM]; /* of leaf * n_digits + digit: of each share, then the first has all */
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

/* The leaves of the items [begin, begin + n) as far as they are told apart. */
static const guint32 *
read_leaves (const LeafNumbering *self, gsize begin, gsize n, guint32 found[POOL_TREE_BLOCK])
{
  if (self->has_leaves)
    return &self->leaves[begin];
  return self->items == DIMENSION_OF_INTERVAL ? pool_tree_read_leaves (self->tree, self->above, begin, n, found)
                                              : read_shared_leaves (self, begin, n, found);
}

/* Possible leaves are numbered too, in 32 bits: no memory has room for the sums of half as many leaves. */
static gsize
count_marks_at_most (const LeafNumbering *self, gsize n_leaves)
{
  return MIN (MAX (self->n_items, n_leaves) * MOST_MARKS, POOL_LEAF_NONE);
}

/* Numbers what could be a leaf of its own, and with @marks (nullable) marks it. */
static void
number_block (LeafNumbering *self, gsize begin, gsize n, BitRanks *marks)
{
  guint32 found[POOL_TREE_BLOCK], ranks[POOL_TREE_BLOCK];
  const guint32 *leaves = read_leaves (self, begin, n, found);
  guint32 *numbers = self->leaves != NULL ? &self->leaves[begin] : found;
  guint32 rank_mask = self->rank_mask, n_digits = self->n_digits;
  guint shift = self->shift;
  pool_tree_key_fill_ranks (&self->key, begin, n, ranks);
  for (gsize i = 0; i < n; i++)
    {
      guint32 number = leaves[i];
      if (number != POOL_LEAF_NONE)
        {
          number = number * n_digits + ((ranks[i] & rank_mask) >> shift);
          if (marks != NULL)
            bit_ranks_add (marks, number);
        }
      numbers[i] = number;
    }
}

static void
number_unmarked_items (guint share, gsize begin, gsize end, gpointer data)
{
  for (gsize item = begin; item < end; item += POOL_TREE_BLOCK)
    number_block (data, item, MIN (end - item, POOL_TREE_BLOCK), NULL);
}

static void
mark_items (guint share, gsize begin, gsize end, gpointer data)
{
  LeafNumbering *self = data;
  for (gsize item = begin; item < end; item += POOL_TREE_BLOCK)
    number_block (self, item, MIN (end - item, POOL_TREE_BLOCK), &self->marks[share]);
}

/* From what could be a leaf to what is one. */
static void
number_marked_items (guint share, gsize begin, gsize end, gpointer data)
{
  LeafNumbering *self = data;
  bit_ranks_translate (&self->marks[0], &self->leaves[begin], end - begin);
}

typedef struct
{
  const LeafNumbering *numbering;
  guint32 *parents, *values; /* of the leaves */
} LeafList;

/* Each mark is a leaf: of the leaf above and with the value that it stands for. Those of the words [begin, end). */
static void
list_marked (guint share, gsize begin, gsize end, gpointer data)
{
  const LeafList *self = data;
  const LeafNumbering *numbering = self->numbering;
  const PoolTreeLayer *layer = numbering->layer;
  const BitRanks *marks = &numbering->marks[0];
  gsize leaf = marks->before[begin], former = begin * 64 / numbering->n_digits;
  for (gsize i = begin; i < end; i++)
    for (guint64 word = marks->words[i]; word != 0; word &= word - 1)
      {
        gsize mark = i * 64 + (gsize) __builtin_ctzll (word);
        while (mark - former * numbering->n_digits >= numbering->n_digits)
          former++;
        guint32 digit = (guint32) (mark - former * numbering->n_digits) << numbering->shift;
        self->parents[leaf] = numbering->has_leaves ? layer->parents[former] : (guint32) former;
        self->values[leaf++] = numbering->has_leaves ? layer->values[former] | digit : digit;
      }
}

static void
list_leaves (LeafNumbering *self, gsize n_leaves)
{
  PoolTreeLayer *layer = self->layer;
  LeafList list = { self, g_new (guint32, n_leaves), g_new (guint32, n_leaves) };
  row_shares_run (self->marks[0].n_words, row_shares_choose (n_leaves, G_MAXUINT), list_marked, &list);
  g_free (layer->parents);
  g_free (layer->values);
  layer->parents = list.parents;
  layer->values = list.values;
}

/* Every value in every leaf above is a leaf, whether it occurs or not. */
static void
number_unmarked (LeafNumbering *self)
{
  PoolTreeLayer *layer = self->layer;
  guint32 n_values = self->key.n_ranks;
  layer->n_leaves = self->above->n_leaves * n_values;
  if (self->leaves == NULL)
    return;
  row_shares_run (self->n_items, row_shares_choose (self->n_items, G_MAXUINT), number_unmarked_items, self);
  layer->parents = g_new (guint32, layer->n_leaves);
  layer->values = g_new (guint32, layer->n_leaves);
  for (guint32 leaf = 0; leaf < layer->n_leaves; leaf++)
    {
      layer->parents[leaf] = leaf / n_values;
      layer->values[leaf] = leaf % n_values;
    }
}

/* Tells the leaves apart by the bits of the values in rank_mask from shift on, of which there are n_digits. */
static void
number_marked (LeafNumbering *self)
{
  guint n_shares = row_shares_choose (self->n_items, G_MAXUINT);
  gsize n_leaves = self->has_leaves ? self->layer->n_leaves : self->above->n_leaves;
  for (guint i = 0; i < n_shares; i++)
    bit_ranks_init (&self->marks[i], n_leaves * self->n_digits);
  row_shares_run (self->n_items, n_shares, mark_items, self);
  for (guint i = 1; i < n_shares; i++)
    {
      bit_ranks_unite (&self->marks[0], &self->marks[i]);
      bit_ranks_clear (&self->marks[i]);
    }
  n_leaves = bit_ranks_count (&self->marks[0]);
  if (self->leaves != NULL)
    {
      row_shares_run (self->n_items, n_shares, number_marked_items, self);
      list_leaves (self, n_leaves);
    }
  self->layer->n_leaves = (guint32) n_leaves;
}

/* Tells the leaves apart by as many bits of the values as there is room for, as often as it takes. FALSE when
 * cancelled. */
static gboolean
number_by_digits (LeafNumbering *self, GCancellable *cancellable)
{
  /* All bits that a value can have. */
  self->rank_mask = G_MAXUINT32 >> __builtin_clz (self->key.n_ranks - 1);
  while (self->rank_mask != 0)
    {
      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;
      gsize n_leaves = self->has_leaves ? self->layer->n_leaves : self->above->n_leaves;
      self->shift = 0;
      while (n_leaves * ((self->rank_mask >> self->shift) + (gsize) 1) > count_marks_at_most (self, n_leaves))
        self->shift++;
      self->n_digits = (self->rank_mask >> self->shift) + 1;
      number_marked (self);
      bit_ranks_clear (&self->marks[0]);
      self->has_leaves = TRUE;
      self->rank_mask = self->shift > 0 ? ((guint32) 1 << self->shift) - 1 : 0;
    }
  return TRUE;
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

static guint32 *
add_column (const LeafNumbering *self)
{
  guint32 *leaves = g_new (guint32, self->n_items + 1); /* not NULL without items */
  if (self->items == DIMENSION_OF_SITE)
    self->layer->leaf_of_site = leaves;
  else if (self->items == DIMENSION_OF_CONTEXT)
    self->layer->leaf_of_context = leaves;
  else
    self->layer->leaf_of_interval = leaves;
  return leaves;
}

/* Finds what each leaf is, and how the leaf of an item is told. FALSE when cancelled. */
static gboolean
number_leaves (LeafNumbering *self, GCancellable *cancellable)
{
  gsize n_possible = (gsize) self->above->n_leaves * self->key.n_ranks;
  gboolean is_one_step = n_possible <= count_marks_at_most (self, self->above->n_leaves);
  gboolean is_by_interval = self->items == DIMENSION_OF_INTERVAL;
  if (!is_by_interval || !is_one_step)
    self->leaves = add_column (self);
  self->rank_mask = G_MAXUINT32;
  self->n_digits = self->key.n_ranks;
  if (n_possible * ITEMS_PER_UNMARKED_LEAF <= self->n_items)
    number_unmarked (self);
  else if (is_one_step)
    number_marked (self);
  else if (!number_by_digits (self, cancellable))
    return FALSE;
  if (is_by_interval && is_one_step)
    self->layer->numbers = pool_leaf_numbers_new (self->above, &self->key, &self->marks[0]);
  return TRUE;
}

/* Of the leaves above that have their first leaf in [begin, end), and empty ones before them. */
static void
find_starts (guint share, gsize begin, gsize end, gpointer data)
{
  PoolTreeLayer *self = data;
  const guint32 *parents = self->parents;
  gsize parent = begin > 0 ? (gsize) parents[begin - 1] + 1 : 0;
  for (gsize leaf = begin; leaf < end; leaf++)
    while (parent <= parents[leaf])
      self->leaf_starts[parent++] = (guint32) leaf;
}

static void
find_leaf_starts (PoolTreeLayer *self, const PoolTreeLayer *above)
{
  if (self->numbers != NULL)
    {
      self->leaf_starts = pool_leaf_numbers_find_starts (self->numbers);
      return;
    }
  self->leaf_starts = g_new (guint32, (gsize) above->n_leaves + 1);
  row_shares_run (self->n_leaves, row_shares_choose (self->n_leaves, G_MAXUINT), find_starts, self);
  gsize parent = self->n_leaves > 0 ? (gsize) self->parents[self->n_leaves - 1] + 1 : 0;
  while (parent <= above->n_leaves)
    self->leaf_starts[parent++] = self->n_leaves;
}

typedef struct
{
  const PoolTreeLayer *layer;
  guint32 *common; /* of the leaves */
} BranchSearch;

static void
find_common (guint share, gsize begin, gsize end, gpointer data)
{
  const BranchSearch *self = data;
  PoolLeafCursor cursor;
  if (begin == 0)
    self->common[begin++] = 0;
  pool_leaf_cursor_init (&cursor, self->layer, (guint32) begin - 1);
  for (gsize leaf = begin; leaf < end; leaf++)
    {
      guint32 parent_before = cursor.parent, value_before = cursor.value;
      pool_leaf_cursor_advance (&cursor);
      self->common[leaf] = cursor.parent == parent_before
                               ? stack_order_get_common (self->layer->stacks, value_before, cursor.value)
                               : 0;
    }
}

static void
find_branches (PoolTreeLayer *self)
{
  BranchSearch search = { self, g_new (guint32, (gsize) self->n_leaves + 1) };
  row_shares_run (self->n_leaves, row_shares_choose (self->n_leaves, G_MAXUINT), find_common, &search);
  stack_branches_init (&self->branches, search.common, self->n_leaves);
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
  gboolean is_done = number_leaves (&numbering, cancellable) && !g_cancellable_is_cancelled (cancellable);
  if (!is_done)
    g_cancellable_set_error_if_cancelled (cancellable, error);
  if (is_done)
    {
      find_leaf_starts (self, above);
      if (self->stacks != NULL)
        find_branches (self);
    }
  bit_ranks_clear (&numbering.marks[0]);
  pool_tree_key_clear (&numbering.key);
  g_free (numbering.is_used);
  return is_done ? g_steal_pointer (&self) : NULL;
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
  stack_branches_clear (&self->branches);
  g_free (self->leaf_index.starts);
  g_free (self->leaf_index.rows);
  g_free (self);
}
