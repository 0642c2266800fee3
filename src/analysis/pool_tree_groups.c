/* When all dimensions are functions of the site, each site is a group and no interval is looked at;
 * otherwise the groups of the sites are refined dimension by dimension, one pass over the intervals each.
 */
#include "analysis/pool_tree_groups.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/value_index.h"

#define CANCEL_INTERVAL 65536

typedef struct
{
  PoolTreeGroups *groups;
  PoolTree *tree;
  const PoolTrace *trace;
  GCancellable *cancellable;
  gboolean is_by_interval;
  guint32 *representative;        /* of each group: interval, or site */
} Grouper;

/* Sites as groups; of the sites, when there is a filter, only those with an interval that passes. */
static void
group_by_site (Grouper *self)
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
      self->groups->group_of_site[site] = POOL_LEAF_NONE;
    else
      {
        self->groups->group_of_site[site] = (guint32) self->groups->n_groups;
        self->representative[self->groups->n_groups++] = (guint32) site;
      }
}

/* Sites that agree in the dimensions of sites that the grouping has become one group. */
static void
merge_sites (Grouper *self)
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
          guint64 value = dimension_get_site_value (tree->grouping[level], &tree->source, site);
          self->groups->group_of_site[site]
              = value_index_add (&pairs, (guint64) self->groups->group_of_site[site] << 32 | value);
        }
      value_index_clear (&pairs);
    }
}

/* The value of a dimension of contexts as an id of its own, for every context. */
static guint32 *
index_contexts (Grouper *self, Dimension dimension, ValueIndex *values)
{
  guint32 *ids = g_new (guint32, self->trace->n_contexts);
  for (guint32 context = 0; context < self->trace->n_contexts; context++)
    ids[context] = value_index_add (values, dimension_get_context_value (dimension, &self->tree->source, context));
  return ids;
}

static gboolean
refine_groups (Grouper *self, Dimension dimension)
{
  const PoolIntervals *intervals = &self->trace->intervals;
  ValueIndex values, pairs;
  value_index_init (&values, 0);
  value_index_init (&pairs, 0);
  gboolean is_of_context = dimension_get_scope (dimension) == DIMENSION_OF_CONTEXT;
  g_autofree guint32 *id_of_context = is_of_context ? index_contexts (self, dimension, &values) : NULL;
  gboolean is_cancelled = FALSE;
  for (gsize row = 0; row < intervals->n && !is_cancelled; row++)
    {
      if (row % CANCEL_INTERVAL == 0)
        is_cancelled = g_cancellable_is_cancelled (self->cancellable);
      guint32 group = self->groups->group_of_interval[row];
      if (group == POOL_LEAF_NONE)
        continue;
      guint32 value = is_of_context
                          ? id_of_context[intervals->context[row]]
                          : value_index_add (&values, dimension_get_value (dimension, &self->tree->source, row));
      self->groups->group_of_interval[row] = value_index_add (&pairs, (guint64) group << 32 | value);
    }
  self->groups->n_groups = pairs.n;
  value_index_clear (&values);
  value_index_clear (&pairs);
  return !is_cancelled;
}

static gboolean
group_by_interval (Grouper *self)
{
  const PoolTree *tree = self->tree;
  const PoolIntervals *intervals = &self->trace->intervals;
  merge_sites (self);
  self->groups->group_of_interval = g_new (guint32, intervals->n + 1); /* not NULL without intervals */
  for (gsize row = 0; row < intervals->n; row++)
    self->groups->group_of_interval[row] = pool_selection_has_row (&tree->selection, row)
                                       ? self->groups->group_of_site[intervals->site[row]]
                                       : POOL_LEAF_NONE;
  for (gsize level = 0; level < tree->n_levels; level++)
    if (dimension_get_scope (tree->grouping[level]) >= DIMENSION_OF_CONTEXT
        && !refine_groups (self, tree->grouping[level]))
      return FALSE;

  /* Ids are given in order of appearance, so a group's first interval is where the next id appears. */
  self->representative = g_new (guint32, self->groups->n_groups);
  gsize n_seen = 0;
  for (gsize row = 0; row < intervals->n; row++)
    if (self->groups->group_of_interval[row] == n_seen)
      self->representative[n_seen++] = (guint32) row;
  return TRUE;
}

/* --- Keys ----------------------------------------------------------------------------------------------- */

const guint32 *
pool_stack_get_frames (const PoolTree *tree, guint level, guint32 stack, gsize *ret_n_frames)
{
  return frame_names_get_stack (tree->names, tree->trace, dimension_get_stack_view (tree->grouping[level - 1]), stack,
                                ret_n_frames);
}

gsize
pool_stacks_get_common (const PoolTree *tree, guint level, guint32 a, guint32 b)
{
  gsize n_a, n_b;
  const guint32 *frames_a = pool_stack_get_frames (tree, level, a, &n_a);
  const guint32 *frames_b = pool_stack_get_frames (tree, level, b, &n_b);
  gsize n_common = 0;
  while (n_common < n_a && n_common < n_b
         && (frames_a[n_common] == frames_b[n_common]
             || frame_names_get_text_id (tree->names, frames_a[n_common])
                    == frame_names_get_text_id (tree->names, frames_b[n_common])))
    n_common++;
  return n_common;
}

typedef struct
{
  const PoolTree *tree;
  guint level;
} StackOrder;

/* Orders stacks so that those with the same beginning stand together, the shorter first. */
static int
compare_stacks (gconstpointer first, gconstpointer second, gpointer data)
{
  const PoolTree *tree = ((const StackOrder *) data)->tree;
  guint level = ((const StackOrder *) data)->level;
  guint32 a = *(const guint32 *) first, b = *(const guint32 *) second;
  gsize n_a, n_b, n_common = pool_stacks_get_common (tree, level, a, b);
  const guint32 *frames_a = pool_stack_get_frames (tree, level, a, &n_a);
  const guint32 *frames_b = pool_stack_get_frames (tree, level, b, &n_b);
  if (n_common == n_a || n_common == n_b)
    return (n_a > n_b) - (n_a < n_b);
  return frame_names_get_text_id (tree->names, frames_a[n_common])
                 < frame_names_get_text_id (tree->names, frames_b[n_common])
             ? -1
             : 1;
}

/* Numbers the stacks in @values in that order, stacks that read the same alike. @ret_ranks: by id of @values.
 */
static void
rank_stacks (Grouper *self, gsize key, const ValueIndex *values, guint32 *ret_ranks)
{
  StackOrder order = { self->tree, self->groups->key_levels[key] };
  guint32 *sorted = g_new (guint32, values->n);
  for (gsize id = 0; id < values->n; id++)
    sorted[id] = (guint32) values->keys[id];
  if (values->n > 1)
    qsort_r (sorted, values->n, sizeof *sorted, compare_stacks, &order);
  gsize n_ranks = 0;
  for (gsize i = 0; i < values->n; i++)
    {
      if (i == 0 || compare_stacks (&sorted[n_ranks - 1], &sorted[i], &order) != 0)
        {
          /* The stack itself moves down over those that were alike. */
          ret_ranks[value_index_find (values, sorted[i])] = (guint32) n_ranks;
          sorted[n_ranks++] = sorted[i];
        }
      else
        ret_ranks[value_index_find (values, sorted[i])] = (guint32) n_ranks - 1;
    }
  self->groups->stacks[key] = sorted;
  self->groups->n_values[key] = n_ranks;
}

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

/* Makes the texts of a level's values and numbers the values in their order, those that read the same alike.
 * @ret_ranks: by id of @values. */
static void
rank_texts (Grouper *self, gsize key, const ValueIndex *values, guint32 *ret_ranks)
{
  gsize level = self->groups->key_levels[key] - 1u;
  g_autofree ValueText *texts = g_new (ValueText, values->n);
  for (gsize id = 0; id < values->n; id++)
    texts[id] = (ValueText){ dimension_dup_text (self->tree->grouping[level], self->trace, self->tree->names,
                                                 values->keys[id]),
                             (guint32) id };
  if (values->n > 1)
    qsort (texts, values->n, sizeof *texts, compare_value_texts);
  char **sorted = g_new0 (char *, values->n + 1);
  gsize n_ranks = 0;
  for (gsize i = 0; i < values->n; i++)
    {
      if (n_ranks > 0 && strcmp (sorted[n_ranks - 1], texts[i].text) == 0)
        g_free (texts[i].text);
      else
        sorted[n_ranks++] = texts[i].text;
      ret_ranks[texts[i].id] = (guint32) n_ranks - 1;
    }
  self->tree->level_texts[level] = sorted;
  self->groups->n_values[key] = n_ranks;
}

/* Fills the column of keys for one level. */
static void
fill_keys (Grouper *self, gsize key)
{
  Dimension dimension = self->tree->grouping[self->groups->key_levels[key] - 1];
  gsize n_groups = self->groups->n_groups;
  guint32 *keys = self->groups->keys[key] = g_new (guint32, n_groups);
  ValueIndex values;
  value_index_init (&values, 0);
  for (gsize group = 0; group < n_groups; group++)
    {
      guint32 row = self->representative[group];
      guint64 value = self->is_by_interval ? dimension_get_value (dimension, &self->tree->source, row)
                                           : dimension_get_site_value (dimension, &self->tree->source, row);
      keys[group] = value_index_add (&values, value);
    }
  g_autofree guint32 *ranks = g_new (guint32, values.n);
  if (dimension_is_stack (dimension))
    rank_stacks (self, key, &values, ranks);
  else
    rank_texts (self, key, &values, ranks);
  for (gsize group = 0; group < n_groups; group++)
    keys[group] = ranks[keys[group]];
  value_index_clear (&values);
}

gboolean
pool_tree_groups_init (PoolTreeGroups *self, PoolTree *tree, GCancellable *cancellable)
{
  *self = (PoolTreeGroups){ .group_of_site = g_new0 (guint32, tree->trace->n_sites) };
  Grouper grouper = { .groups = self, .tree = tree, .trace = tree->trace, .cancellable = cancellable };
  for (gsize level = 0; level < tree->n_levels; level++)
    {
      DimensionScope scope = dimension_get_scope (tree->grouping[level]);
      if (scope != DIMENSION_OF_RANGE)
        self->key_levels[self->n_keys++] = (guint8) (level + 1);
      if (scope >= DIMENSION_OF_CONTEXT)
        grouper.is_by_interval = TRUE;
    }
  gboolean is_done = TRUE;
  if (grouper.is_by_interval)
    is_done = group_by_interval (&grouper);
  else
    group_by_site (&grouper);
  for (gsize key = 0; key < self->n_keys && is_done; key++)
    {
      is_done = !g_cancellable_is_cancelled (cancellable);
      if (is_done)
        fill_keys (&grouper, key);
    }
  g_free (grouper.representative);
  return is_done;
}

void
pool_tree_groups_clear (PoolTreeGroups *self)
{
  for (gsize key = 0; key < self->n_keys; key++)
    {
      g_free (self->keys[key]);
      g_free (self->stacks[key]);
    }
  g_free (self->group_of_site);
  g_free (self->group_of_interval);
}
