#include "analysis/pool_tree_key.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/interval_values.h"

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

/* Makes the texts of @found (of FoundValue) and numbers the values in their order, those that read the same alike. Returns:
 * (transfer full) (array length=n_ids): the ranks, by id. */
static guint32 *
rank_texts (PoolTreeKey *self, const PoolTree *tree, guint level, const GArray *found, gsize n_ids)
{
  const FoundValue *values = (const FoundValue *) (gconstpointer) found->data;
  gsize n_values = found->len;
  guint32 *ranks = g_new0 (guint32, n_ids + 1);
  g_autofree ValueText *texts = g_new (ValueText, n_values);
  for (gsize i = 0; i < n_values; i++)
    {
      texts[i].text = dimension_dup_text (tree->grouping[level - 1], tree->trace, tree->names, values[i].value);
      texts[i].id = values[i].id;
    }
  if (n_values > 1)
    qsort (texts, n_values, sizeof *texts, compare_value_texts);
  char **sorted = g_new0 (char *, n_values + 1);
  guint32 n_ranks = 0;
  for (gsize i = 0; i < n_values; i++)
    {
      if (n_ranks > 0 && strcmp (sorted[n_ranks - 1], texts[i].text) == 0)
        g_free (texts[i].text);
      else
        sorted[n_ranks++] = texts[i].text;
      ranks[texts[i].id] = n_ranks - 1;
    }
  self->texts = sorted;
  self->n_ranks = n_ranks;
  return ranks;
}

/* --- Values of intervals -------------------------------------------------------------------------------- */

/* Ranks of what intervals know by themselves. */
static void
rank_intervals (PoolTreeKey *self, const PoolTree *tree, guint level)
{
  const PoolIntervals *intervals = &tree->trace->intervals;
  Dimension dimension = tree->grouping[level - 1];
  if (dimension == DIMENSION_FREE_STACK)
    {
      self->ids = intervals->free_stack;
      self->id_bytes = sizeof *intervals->free_stack;
      self->ranks = self->stacks->ranks;
      return;
    }
  if (dimension == DIMENSION_SIZE)
    {
      self->ids = intervals->size_bytes;
      self->id_bytes = sizeof *intervals->size_bytes;
    }
  else if (dimension == DIMENSION_CPU)
    {
      self->ids = intervals->processor;
      self->id_bytes = sizeof *intervals->processor;
    }
  else
    {
      self->ids = self->own_ids = g_new (guint8, intervals->n + 1);
      self->id_bytes = sizeof *self->own_ids;
    }
  const guint64 *column = self->id_bytes == sizeof *column ? self->ids : NULL;
  g_autoptr (GArray) found = interval_values_find (tree, dimension, column, self->own_ids, &self->n_low, &self->high_values);
  /* Those that the filter excludes may have ids that did not occur. */
  gsize n_ids = self->id_bytes == sizeof *column ? self->n_low + self->high_values.n : (gsize) 1 << 8 * self->id_bytes;
  self->ranks = self->own_ranks = rank_texts (self, tree, level, found, n_ids);
}

/* --- Ranks ----------------------------------------------------------------------------------------------- */

static inline guint32
rank_value (const PoolTreeKey *self, guint64 value)
{
  if (value < self->n_low)
    return self->ranks[value];
  guint32 place = value_index_find (&self->high_values, value);
  return place != VALUE_INDEX_NONE ? self->ranks[self->n_low + place] : 0;
}

/* The number of bytes is an argument known where it is compiled. */
static inline __attribute__ ((always_inline)) guint32
get_rank (const PoolTreeKey *self, gsize item, guint id_bytes)
{
  switch (id_bytes)
    {
    case sizeof (guint8):
      return self->ranks[((const guint8 *) self->ids)[item]];
    case sizeof (guint16):
      return self->ranks[((const guint16 *) self->ids)[item]];
    case sizeof (guint32):
      return self->ranks[((const guint32 *) self->ids)[item]];
    case sizeof (guint64):
      return rank_value (self, ((const guint64 *) self->ids)[item]);
    default:
      return self->ranks[item];
    }
}

static inline __attribute__ ((always_inline)) void
fill_ranks (const PoolTreeKey *key, gsize begin, gsize n, guint32 *restrict ret_ranks, guint id_bytes)
{
  const PoolTreeKey self = *key;
  for (gsize i = 0; i < n; i++)
    ret_ranks[i] = get_rank (&self, begin + i, id_bytes);
}

void
pool_tree_key_fill_ranks (const PoolTreeKey *self, gsize begin, gsize n, guint32 *ret_ranks)
{
  switch (self->id_bytes)
    {
    case sizeof (guint8):
      fill_ranks (self, begin, n, ret_ranks, sizeof (guint8));
      return;
    case sizeof (guint16):
      fill_ranks (self, begin, n, ret_ranks, sizeof (guint16));
      return;
    case sizeof (guint32):
      fill_ranks (self, begin, n, ret_ranks, sizeof (guint32));
      return;
    case sizeof (guint64):
      fill_ranks (self, begin, n, ret_ranks, sizeof (guint64));
      return;
    default:
      fill_ranks (self, begin, n, ret_ranks, 0);
    }
}

guint32
pool_tree_key_get_rank (const PoolTreeKey *self, gsize item)
{
  return get_rank (self, item, self->id_bytes);
}

/* --- Values of sites and contexts ------------------------------------------------------------------------ */

static guint64
get_shared_value (const PoolTree *tree, Dimension dimension, guint32 item)
{
  return dimension_get_scope (dimension) == DIMENSION_OF_SITE ? dimension_get_site_value (dimension, &tree->source, item)
                                                              : dimension_get_context_value (dimension, &tree->source, item);
}

/* The ranks of texts. Returns: (transfer full): by site or context, of which there are @n. */
static guint32 *
rank_shared_texts (PoolTreeKey *self, const PoolTree *tree, guint level, gsize n)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (FoundValue));
  guint32 *ids = g_new (guint32, n);
  ValueIndex index;
  value_index_init (&index, 0);
  for (guint32 i = 0; i < n; i++)
    ids[i] = value_index_add (&index, get_shared_value (tree, tree->grouping[level - 1], i));
  for (guint32 i = 0; i < index.n; i++)
    {
      FoundValue value = { index.keys[i], i };
      g_array_append_val (found, value);
    }
  value_index_clear (&index);
  g_autofree guint32 *ranks = rank_texts (self, tree, level, found, found->len);
  for (gsize i = 0; i < n; i++)
    ids[i] = ranks[ids[i]];
  return ids;
}

static guint32 *
rank_shared_stacks (PoolTreeKey *self, const PoolTree *tree, guint level, gsize n)
{
  guint32 *ranks = g_new (guint32, n);
  for (guint32 i = 0; i < n; i++)
    ranks[i] = self->stacks->ranks[get_shared_value (tree, tree->grouping[level - 1], i)];
  return ranks;
}

/* --- Keys ------------------------------------------------------------------------------------------------ */

void
pool_tree_key_init (PoolTreeKey *self, const PoolTree *tree, guint level, DimensionScope items)
{
  Dimension dimension = tree->grouping[level - 1];
  DimensionScope scope = dimension_get_scope (dimension);
  const PoolIntervals *intervals = &tree->trace->intervals;
  *self = (PoolTreeKey){ NULL };
  if (dimension_is_stack (dimension))
    {
      self->stacks = frame_names_get_stack_order (tree->names, tree->trace, dimension_get_stack_view (dimension));
      self->n_ranks = self->stacks->n_ranks;
    }
  if (scope == DIMENSION_OF_INTERVAL)
    {
      rank_intervals (self, tree, level);
      return;
    }
  gsize n_shared = scope == DIMENSION_OF_SITE ? tree->trace->n_sites : tree->trace->n_contexts;
  self->own_ranks = self->stacks != NULL ? rank_shared_stacks (self, tree, level, n_shared)
                                         : rank_shared_texts (self, tree, level, n_shared);
  self->ranks = self->own_ranks;
  if (items == scope)
    return;
  self->id_bytes = sizeof (guint32);
  self->ids = scope == DIMENSION_OF_SITE ? intervals->site : intervals->context;
}

void
pool_tree_key_clear (PoolTreeKey *self)
{
  g_clear_pointer (&self->own_ids, g_free);
  g_clear_pointer (&self->own_ranks, g_free);
  g_clear_pointer (&self->texts, g_strfreev);
  value_index_clear (&self->high_values);
}
