/* From intervals to the skeleton of the tree, in three steps:
 *
 * 1. groups: intervals with the same value in every dimension. When all dimensions are functions of the
 *    site, each site is a group and no interval is looked at; otherwise the groups of the sites are refined
 *    dimension by dimension, one pass over the intervals each.
 * 2. a trie of the groups' values, in which equal frame texts under one parent become one node.
 * 3. the trie in depth-first order, which gives nodes and leaves their numbers.
 */
#include "analysis/pool_tree_private.h"

#include <string.h>

#include "analysis/value_index.h"

#define CANCEL_INTERVAL 65536

/* A trie key is (parent, value, whether the value continues the parent's stack). */
#define CONTINUATION_BIT 0x80000000u

typedef struct
{
  guint32 parent;
  guint32 value;
  guint32 first_child, first_continuation, next_sibling; /* 0: none */
  guint32 number;  /* in depth-first order */
  guint32 leaf;
  guint8 level;
  guint8 is_terminal;
} TrieNode;

typedef struct
{
  PoolTree *tree;
  const PoolTrace *trace;
  GCancellable *cancellable;
  ValueIndex level_values[POOL_TREE_MAX_LEVELS]; /* of dimensions that are neither stacks nor of the range */
  gboolean is_by_interval;
  guint32 *group_of_site;
  guint32 *group_of_interval;     /* only if is_by_interval */
  guint32 *representative;        /* of each group: interval, or site */
  gsize n_groups;
  ValueIndex trie_keys;
  TrieNode *trie;
  gsize n_trie, trie_capacity;
  guint32 *terminal_of_group;     /* trie node */
} Builder;

static gboolean
level_is_in_skeleton (const PoolTree *tree, gsize level)
{
  return dimension_get_scope (tree->grouping[level]) != DIMENSION_OF_RANGE;
}

static void
builder_init (Builder *self, PoolTree *tree, GCancellable *cancellable)
{
  *self = (Builder){ .tree = tree, .trace = tree->trace, .cancellable = cancellable };
  for (gsize level = 0; level < tree->n_levels; level++)
    {
      if (level_is_in_skeleton (tree, level) && !dimension_is_stack (tree->grouping[level]))
        value_index_init (&self->level_values[level], 0);
      if (dimension_get_scope (tree->grouping[level]) == DIMENSION_OF_INTERVAL)
        self->is_by_interval = TRUE;
    }
  value_index_init (&self->trie_keys, tree->trace->n_sites);
}

static void
builder_clear (Builder *self)
{
  for (gsize level = 0; level < self->tree->n_levels; level++)
    value_index_clear (&self->level_values[level]);
  value_index_clear (&self->trie_keys);
  g_free (self->group_of_site);
  g_free (self->group_of_interval);
  g_free (self->representative);
  g_free (self->trie);
  g_free (self->terminal_of_group);
}

/* --- Groups ------------------------------------------------------------------------------------------- */

/* Sites as groups; of the sites, when there is a filter, only those with an interval that passes. */
static void
group_by_site (Builder *self)
{
  const PoolIntervals *intervals = &self->trace->intervals;
  gsize n_sites = self->trace->n_sites;
  g_autofree guint8 *is_used = NULL;
  if (self->tree->selection.rows)
    {
      is_used = g_new0 (guint8, n_sites);
      for (gsize row = 0; row < intervals->n; row++)
        if (pool_selection_has_row (&self->tree->selection, row))
          is_used[intervals->site[row]] = 1;
    }
  self->representative = g_new (guint32, n_sites);
  for (gsize site = 0; site < n_sites; site++)
    if (is_used && !is_used[site])
      self->group_of_site[site] = POOL_LEAF_NONE;
    else
      {
        self->group_of_site[site] = (guint32) self->n_groups;
        self->representative[self->n_groups++] = (guint32) site;
      }
}

/* Sites that agree in the dimensions of sites that the grouping has become one group. */
static void
merge_sites (Builder *self)
{
  const PoolTree *tree = self->tree;
  for (gsize level = 0; level < tree->n_levels; level++)
    {
      if (dimension_get_scope (tree->grouping[level]) != DIMENSION_OF_SITE)
        continue;
      ValueIndex pairs;
      value_index_init (&pairs, 0);
      for (guint32 site = 0; site < self->trace->n_sites; site++)
        {
          /* Values of site dimensions have 32 bits. */
          guint64 value = dimension_get_site_value (tree->grouping[level], self->trace, site);
          self->group_of_site[site] = value_index_add (&pairs, (guint64) self->group_of_site[site] << 32 | value);
        }
      value_index_clear (&pairs);
    }
}

/* The value of a dimension of contexts as an id of its own, for every context. */
static guint32 *
index_contexts (Builder *self, Dimension dimension, ValueIndex *values)
{
  guint32 *ids = g_new (guint32, self->trace->n_contexts);
  for (guint32 context = 0; context < self->trace->n_contexts; context++)
    ids[context] = value_index_add (values, dimension_get_context_value (dimension, self->trace, context));
  return ids;
}

static gboolean
refine_groups (Builder *self, Dimension dimension)
{
  const PoolIntervals *intervals = &self->trace->intervals;
  ValueIndex values, pairs;
  value_index_init (&values, 0);
  value_index_init (&pairs, 0);
  gboolean is_of_context = dimension == DIMENSION_PROCESS || dimension == DIMENSION_THREAD;
  g_autofree guint32 *id_of_context = is_of_context ? index_contexts (self, dimension, &values) : NULL;
  gboolean is_cancelled = FALSE;
  for (gsize row = 0; row < intervals->n && !is_cancelled; row++)
    {
      if (row % CANCEL_INTERVAL == 0)
        is_cancelled = g_cancellable_is_cancelled (self->cancellable);
      guint32 group = self->group_of_interval[row];
      if (group == POOL_LEAF_NONE)
        continue;
      guint32 value = is_of_context ? id_of_context[intervals->context[row]]
                                    : value_index_add (&values, dimension_get_value (dimension, self->trace, row));
      self->group_of_interval[row] = value_index_add (&pairs, (guint64) group << 32 | value);
    }
  self->n_groups = pairs.n;
  value_index_clear (&values);
  value_index_clear (&pairs);
  return !is_cancelled;
}

static gboolean
group_by_interval (Builder *self)
{
  const PoolTree *tree = self->tree;
  const PoolIntervals *intervals = &self->trace->intervals;
  merge_sites (self);
  self->group_of_interval = g_new (guint32, intervals->n);
  for (gsize row = 0; row < intervals->n; row++)
    self->group_of_interval[row] = pool_selection_has_row (&tree->selection, row)
                                       ? self->group_of_site[intervals->site[row]]
                                       : POOL_LEAF_NONE;
  for (gsize level = 0; level < tree->n_levels; level++)
    if (dimension_get_scope (tree->grouping[level]) == DIMENSION_OF_INTERVAL
        && !refine_groups (self, tree->grouping[level]))
      return FALSE;

  /* Ids are given in order of appearance, so a group's first interval is where the next id appears. */
  self->representative = g_new (guint32, self->n_groups);
  gsize n_seen = 0;
  for (gsize row = 0; row < intervals->n; row++)
    if (self->group_of_interval[row] == n_seen)
      self->representative[n_seen++] = (guint32) row;
  return TRUE;
}

/* --- Trie --------------------------------------------------------------------------------------------- */

static guint32
trie_append (Builder *self, guint32 parent, guint32 value, guint8 level)
{
  if (self->n_trie == self->trie_capacity)
    {
      self->trie_capacity = self->trie_capacity * 2 + 1024;
      self->trie = g_renew (TrieNode, self->trie, self->trie_capacity);
    }
  self->trie[self->n_trie] = (TrieNode){ .parent = parent, .value = value, .level = level };
  return (guint32) self->n_trie++;
}

/* The child of @parent for @value, made when it does not exist. */
static guint32
trie_descend (Builder *self, guint32 parent, guint32 value, guint8 level)
{
  gboolean is_continuation = self->trie[parent].level == level;
  guint64 key = (guint64) parent << 32 | value | (is_continuation ? CONTINUATION_BIT : 0);
  guint32 node = value_index_add (&self->trie_keys, key) + 1; /* the root has no key */
  if (node < self->n_trie)
    return node;
  trie_append (self, parent, value, level);
  guint32 *first = is_continuation ? &self->trie[parent].first_continuation : &self->trie[parent].first_child;
  self->trie[node].next_sibling = *first;
  *first = node;
  return node;
}

static guint32
trie_descend_stack (Builder *self, guint32 node, guint32 stack, guint8 level)
{
  gsize n_frames;
  const guint32 *frames = pool_trace_get_stack (self->trace, stack, &n_frames);
  if (n_frames == 0) /* not even a special frame: the same as no stack */
    frames = pool_trace_get_stack (self->trace, POOL_STACK_NONE, &n_frames);
  for (gsize i = 0; i < n_frames; i++)
    node = trie_descend (self, node, frame_names_get_text_id (self->tree->names, frames[i]), level);
  return node;
}

static gboolean
build_trie (Builder *self)
{
  const PoolTree *tree = self->tree;
  trie_append (self, 0, 0, 0);
  self->terminal_of_group = g_new (guint32, self->n_groups);
  for (gsize group = 0; group < self->n_groups; group++)
    {
      if (group % 1024 == 0 && g_cancellable_is_cancelled (self->cancellable))
        return FALSE;
      guint32 representative = self->representative[group];
      guint32 node = 0;
      for (gsize level = 0; level < tree->n_levels; level++)
        {
          Dimension dimension = tree->grouping[level];
          if (!level_is_in_skeleton (tree, level))
            continue;
          guint64 value = self->is_by_interval ? dimension_get_value (dimension, self->trace, representative)
                                               : dimension_get_site_value (dimension, self->trace, representative);
          guint8 node_level = (guint8) (level + 1);
          if (dimension_is_stack (dimension))
            node = trie_descend_stack (self, node, (guint32) value, node_level);
          else
            node = trie_descend (self, node, value_index_add (&self->level_values[level], value), node_level);
        }
      self->trie[node].is_terminal = TRUE;
      self->terminal_of_group[group] = node;
    }
  return TRUE;
}

/* --- Depth-first order ---------------------------------------------------------------------------------- */

static void
enter_node (Builder *self, guint32 index)
{
  PoolTree *tree = self->tree;
  TrieNode *from = &self->trie[index];
  from->number = tree->n_nodes++;
  PoolTreeNode *to = &tree->nodes[from->number];
  *to = (PoolTreeNode){ .parent = self->trie[from->parent].number,
                        .value = from->value,
                        .level = from->level,
                        .first_leaf = tree->n_leaves,
                        .completed_end_leaf = POOL_LEAF_NONE };
  if (from->is_terminal)
    from->leaf = tree->n_leaves++;
}

/* Numbers nodes and leaves. Stacks can be deep, so this does not recurse: the lists of children are
 * taken apart on the way. */
static void
number_nodes (Builder *self)
{
  PoolTree *tree = self->tree;
  tree->nodes = g_new (PoolTreeNode, self->n_trie);
  guint32 index = 0;
  enter_node (self, index);
  while (TRUE)
    {
      TrieNode *from = &self->trie[index];
      PoolTreeNode *to = &tree->nodes[from->number];
      guint32 *next = from->first_child ? &from->first_child : &from->first_continuation;
      if (!from->first_child && to->completed_end_leaf == POOL_LEAF_NONE)
        to->completed_end_leaf = tree->n_leaves;
      if (*next)
        {
          index = *next;
          *next = self->trie[index].next_sibling;
          enter_node (self, index);
          continue;
        }
      to->end = tree->n_nodes;
      to->end_leaf = tree->n_leaves;
      if (index == 0)
        break;
      index = from->parent;
    }
}

static guint32
leaf_of_group (const Builder *self, guint32 group)
{
  return group == POOL_LEAF_NONE ? POOL_LEAF_NONE : self->trie[self->terminal_of_group[group]].leaf;
}

static void
number_leaves (Builder *self)
{
  guint32 *column = self->is_by_interval ? self->group_of_interval : self->group_of_site;
  gsize n = self->is_by_interval ? self->trace->intervals.n : self->trace->n_sites;
  for (gsize i = 0; i < n; i++)
    column[i] = leaf_of_group (self, column[i]);
  if (self->is_by_interval)
    self->tree->leaf_of_interval = g_steal_pointer (&self->group_of_interval);
  else
    self->tree->leaf_of_site = g_steal_pointer (&self->group_of_site);
}

/* --- Texts ---------------------------------------------------------------------------------------------- */

typedef struct
{
  char *text;
  guint32 id;
} ValueText;

static int
compare_value_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (((const ValueText *) a)->text, ((const ValueText *) b)->text);
}

/* Makes the texts of a level's values and puts them in order; @ret_ranks: place in that order by id. */
static char **
sort_level_texts (Builder *self, gsize level, guint32 *ret_ranks)
{
  const ValueIndex *values = &self->level_values[level];
  g_autofree ValueText *texts = g_new (ValueText, values->n);
  for (gsize id = 0; id < values->n; id++)
    texts[id] = (ValueText){ dimension_dup_text (self->tree->grouping[level], self->trace, self->tree->names,
                                                 values->keys[id]),
                             (guint32) id };
  if (values->n > 1)
    qsort (texts, values->n, sizeof *texts, compare_value_texts);
  char **sorted = g_new0 (char *, values->n + 1);
  for (gsize rank = 0; rank < values->n; rank++)
    {
      sorted[rank] = texts[rank].text;
      ret_ranks[texts[rank].id] = (guint32) rank;
    }
  return sorted;
}

static void
name_nodes (Builder *self)
{
  PoolTree *tree = self->tree;
  guint32 *ranks[POOL_TREE_MAX_LEVELS] = { NULL };
  for (gsize level = 0; level < tree->n_levels; level++)
    if (self->level_values[level].slots)
      {
        ranks[level] = g_new (guint32, self->level_values[level].n);
        tree->level_texts[level] = sort_level_texts (self, level, ranks[level]);
      }
  for (guint32 i = 1; i < tree->n_nodes; i++)
    {
      PoolTreeNode *node = &tree->nodes[i];
      if (ranks[node->level - 1])
        node->value = ranks[node->level - 1][node->value];
    }
  for (gsize level = 0; level < tree->n_levels; level++)
    g_free (ranks[level]);
}

gboolean
pool_tree_build (PoolTree *self, GCancellable *cancellable)
{
  Builder builder;
  builder_init (&builder, self, cancellable);
  builder.group_of_site = g_new0 (guint32, self->trace->n_sites);
  gboolean is_done = TRUE;
  if (builder.is_by_interval)
    is_done = group_by_interval (&builder);
  else
    group_by_site (&builder);
  is_done = is_done && build_trie (&builder);
  if (is_done)
    {
      number_nodes (&builder);
      number_leaves (&builder);
      name_nodes (&builder);
    }
  builder_clear (&builder);
  return is_done;
}
