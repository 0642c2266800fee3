#include "analysis/pool_tree_key.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/row_shares.h"
#include "analysis/value_index.h"

/* --- Stacks ---------------------------------------------------------------------------------------------- */

static const guint32 *
get_frames (const PoolTree *tree, guint level, guint32 stack, gsize *ret_n_frames)
{
  return frame_names_get_stack (tree->names, tree->trace, dimension_get_stack_view (tree->grouping[level - 1]), stack,
                                ret_n_frames);
}

static gsize
get_common (const PoolTree *tree, guint level, guint32 a, guint32 b)
{
  gsize n_a, n_b;
  const guint32 *frames_a = get_frames (tree, level, a, &n_a);
  const guint32 *frames_b = get_frames (tree, level, b, &n_b);
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
  gsize n_a, n_b, n_common = get_common (tree, level, a, b);
  const guint32 *frames_a = get_frames (tree, level, a, &n_a);
  const guint32 *frames_b = get_frames (tree, level, b, &n_b);
  if (n_common == n_a || n_common == n_b)
    return (n_a > n_b) - (n_a < n_b);
  return frame_names_get_text_id (tree->names, frames_a[n_common])
                 < frame_names_get_text_id (tree->names, frames_b[n_common])
             ? -1
             : 1;
}

/* Fills all steps but the first. */
static void
find_least_common (PoolTreeKey *self)
{
  for (guint step = 1; self->n_ranks >> step > 0; step++)
    {
      guint32 half = (guint32) 1 << (step - 1);
      const guint32 *shorter = self->common[step - 1];
      guint32 *least = self->common[step] = g_new (guint32, self->n_ranks);
      for (guint32 rank = 0; rank + 2 * half <= self->n_ranks; rank++)
        least[rank] = MIN (shorter[rank], shorter[rank + half]);
    }
}

/* Numbers the stacks in @values in that order, stacks that read the same alike. @ret_ranks: by id of @values. */
static void
rank_stacks (PoolTreeKey *self, const PoolTree *tree, guint level, const ValueIndex *values, guint32 *ret_ranks)
{
  StackOrder order = { tree, level };
  guint32 *sorted = g_new (guint32, values->n + 1), *common = g_new0 (guint32, values->n + 1); /* not NULL without any */
  for (gsize id = 0; id < values->n; id++)
    sorted[id] = (guint32) values->keys[id];
  if (values->n > 1)
    qsort_r (sorted, values->n, sizeof *sorted, compare_stacks, &order);
  guint32 n_ranks = 0;
  for (gsize i = 0; i < values->n; i++)
    {
      if (i == 0 || compare_stacks (&sorted[n_ranks - 1], &sorted[i], &order) != 0)
        {
          if (i > 0)
            common[n_ranks] = (guint32) get_common (tree, level, sorted[n_ranks - 1], sorted[i]);
          /* The stack itself moves down over those that were alike. */
          ret_ranks[value_index_find (values, sorted[i])] = n_ranks;
          sorted[n_ranks++] = sorted[i];
        }
      else
        ret_ranks[value_index_find (values, sorted[i])] = n_ranks - 1;
    }
  self->stacks = sorted;
  self->common[0] = common;
  self->n_ranks = n_ranks;
  find_least_common (self);
}

/* --- Texts ----------------------------------------------------------------------------------------------- */

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

/* Makes the texts of the values and numbers the values in their order, those that read the same alike.
 * @ret_ranks: by id of @values. */
static void
rank_texts (PoolTreeKey *self, const PoolTree *tree, guint level, const ValueIndex *values, guint32 *ret_ranks)
{
  g_autofree ValueText *texts = g_new (ValueText, values->n);
  for (gsize id = 0; id < values->n; id++)
    {
      texts[id].text = dimension_dup_text (tree->grouping[level - 1], tree->trace, tree->names, values->keys[id]);
      texts[id].id = (guint32) id;
    }
  if (values->n > 1)
    qsort (texts, values->n, sizeof *texts, compare_value_texts);
  char **sorted = g_new0 (char *, values->n + 1);
  guint32 n_ranks = 0;
  for (gsize i = 0; i < values->n; i++)
    {
      if (n_ranks > 0 && strcmp (sorted[n_ranks - 1], texts[i].text) == 0)
        g_free (texts[i].text);
      else
        sorted[n_ranks++] = texts[i].text;
      ret_ranks[texts[i].id] = n_ranks - 1;
    }
  self->texts = sorted;
  self->n_ranks = n_ranks;
}

/* --- Ids ------------------------------------------------------------------------------------------------- */

/* Gives ids to the values of intervals; each thread has its own to begin with. */
typedef struct
{
  const PoolTree *tree;
  Dimension dimension;
  guint32 *ids; /* (array length=n intervals) */
  ValueIndex values[ROW_SHARES_MAXIMUM];
} IntervalIds;

static void
find_ids (guint share, gsize begin, gsize end, gpointer data)
{
  IntervalIds *self = data;
  ValueIndex *values = &self->values[share];
  guint64 last_value = 0;
  guint32 last_id = VALUE_INDEX_NONE;
  for (gsize row = begin; row < end; row++)
    {
      self->ids[row] = 0;
      if (!pool_selection_has_row (&self->tree->selection, row))
        continue;
      guint64 value = dimension_get_value (self->dimension, &self->tree->source, row);
      if (value != last_value || last_id == VALUE_INDEX_NONE)
        last_id = value_index_add (values, value);
      last_value = value;
      self->ids[row] = last_id;
    }
}

typedef struct
{
  guint32 *ids;
  guint32 *translations[ROW_SHARES_MAXIMUM]; /* (owned) (nullable): of the ids that each share gave */
} IdTranslation;

static void
translate_ids (guint share, gsize begin, gsize end, gpointer data)
{
  const IdTranslation *self = data;
  for (gsize row = begin; self->translations[share] != NULL && row < end; row++)
    self->ids[row] = self->translations[share][self->ids[row]];
}

/* Fills own_ids, and @values with what they stand for. */
static void
index_intervals (PoolTreeKey *self, const PoolTree *tree, Dimension dimension, ValueIndex *values)
{
  gsize n_rows = tree->trace->intervals.n;
  guint n_shares = row_shares_choose (n_rows, G_MAXUINT);
  IntervalIds finding = { .tree = tree, .dimension = dimension };
  IdTranslation translation = { NULL };
  self->ids = self->own_ids = finding.ids = translation.ids = g_new (guint32, n_rows + 1);
  for (guint i = 0; i < n_shares; i++)
    value_index_init (&finding.values[i], 0);
  row_shares_run (n_rows, n_shares, find_ids, &finding);
  for (guint i = 0; i < n_shares; i++)
    {
      /* The first share's stay as they are: they are given in the same order once more. */
      guint32 *ids = g_new (guint32, finding.values[i].n + 1);
      ids[0] = 0;
      for (gsize id = 0; id < finding.values[i].n; id++)
        ids[id] = value_index_add (values, finding.values[i].keys[id]);
      if (i > 0)
        translation.translations[i] = ids;
      else
        g_free (ids);
      value_index_clear (&finding.values[i]);
    }
  if (n_shares > 1)
    row_shares_run (n_rows, n_shares, translate_ids, &translation);
  for (guint i = 0; i < n_shares; i++)
    g_free (translation.translations[i]);
}

/* Gives ids to the values of sites or contexts. Returns: (transfer full): by site or context. */
static guint32 *
index_shared (const PoolTree *tree, Dimension dimension, ValueIndex *values)
{
  gboolean is_of_site = dimension_get_scope (dimension) == DIMENSION_OF_SITE;
  gsize n = is_of_site ? tree->trace->n_sites : tree->trace->n_contexts;
  guint32 *ids = g_new (guint32, n);
  for (guint32 i = 0; i < n; i++)
    ids[i] = value_index_add (values, is_of_site ? dimension_get_site_value (dimension, &tree->source, i)
                                                 : dimension_get_context_value (dimension, &tree->source, i));
  return ids;
}

void
pool_tree_key_init (PoolTreeKey *self, const PoolTree *tree, guint level, DimensionScope items)
{
  Dimension dimension = tree->grouping[level - 1];
  DimensionScope scope = dimension_get_scope (dimension);
  g_autofree guint32 *shared_ids = NULL;
  ValueIndex values;
  *self = (PoolTreeKey){ NULL };
  value_index_init (&values, 0);
  if (scope == DIMENSION_OF_INTERVAL)
    index_intervals (self, tree, dimension, &values);
  else
    shared_ids = index_shared (tree, dimension, &values);
  g_autofree guint32 *ranks = g_new0 (guint32, values.n + 1);
  if (dimension_is_stack (dimension))
    rank_stacks (self, tree, level, &values, ranks);
  else
    rank_texts (self, tree, level, &values, ranks);
  value_index_clear (&values);
  if (shared_ids == NULL)
    {
      self->ranks = g_steal_pointer (&ranks);
      return;
    }
  gsize n_shared = scope == DIMENSION_OF_SITE ? tree->trace->n_sites : tree->trace->n_contexts;
  for (gsize i = 0; i < n_shared; i++)
    shared_ids[i] = ranks[shared_ids[i]];
  self->ranks = g_steal_pointer (&shared_ids);
  if (items != scope)
    self->ids = scope == DIMENSION_OF_SITE ? tree->trace->intervals.site : tree->trace->intervals.context;
}

void
pool_tree_key_clear (PoolTreeKey *self)
{
  g_clear_pointer (&self->own_ids, g_free);
  g_clear_pointer (&self->ranks, g_free);
  g_clear_pointer (&self->texts, g_strfreev);
  g_clear_pointer (&self->stacks, g_free);
  for (guint step = 0; step < POOL_TREE_KEY_MAX_STEPS; step++)
    g_clear_pointer (&self->common[step], g_free);
}
