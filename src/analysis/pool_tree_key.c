#include "analysis/pool_tree_key.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/row_shares.h"

/* So many of the lowest values can be their own ids. */
#define MOST_LOW_VALUES ((guint32) 1 << 20)

/* A value that occurs, and its id. */
typedef struct
{
  guint64 value;
  guint32 id;
} KeyValue;

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

/* Makes the texts of @found (of KeyValue) and numbers the values in their order, those that read the same alike. Returns:
 * (transfer full) (array length=n_ids): the ranks, by id. */
static guint32 *
rank_texts (PoolTreeKey *self, const PoolTree *tree, guint level, const GArray *found, gsize n_ids)
{
  const KeyValue *values = (const KeyValue *) (gconstpointer) found->data;
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

/* Which values intervals have: each thread finds those of its share. */
typedef struct
{
  const PoolTreeKey *key;
  const PoolSelection *selection;
  struct
  {
    guint8 *has_low;   /* (array length=MOST_LOW_VALUES) (owned) */
    guint64 bits;      /* of all low values */
    ValueIndex high;
  } shares[ROW_SHARES_MAXIMUM];
} ValueSearch;

static void
find_values (guint share, gsize begin, gsize end, gpointer data)
{
  ValueSearch *self = data;
  guint8 *has_low = self->shares[share].has_low = g_new0 (guint8, MOST_LOW_VALUES);
  guint64 values[POOL_TREE_BLOCK], bits = 0;
  for (gsize row = begin; row < end; row += POOL_TREE_BLOCK)
    {
      gsize n = MIN (end - row, POOL_TREE_BLOCK);
      dimension_fill_values (self->key->dimension, self->key->source, row, n, values);
      for (gsize i = 0; i < n; i++)
        if (!pool_selection_has_row (self->selection, row + i))
          continue;
        else if (values[i] < MOST_LOW_VALUES)
          {
            has_low[values[i]] = 1;
            bits |= values[i];
          }
        else
          value_index_add (&self->shares[share].high, values[i]);
    }
  self->shares[share].bits = bits;
}

static void
append_value (GArray *values, guint64 value, guint32 id)
{
  KeyValue found = { value, id };
  g_array_append_val (values, found);
}

/* Appends the low values that any share has, and tells the key how many there can be. */
static void
append_low_values (PoolTreeKey *self, GArray *values, const ValueSearch *search, guint n_shares)
{
  guint64 bits = 0;
  for (guint i = 0; i < n_shares; i++)
    bits |= search->shares[i].bits;
  self->n_low = (guint32) 1 << g_bit_storage (bits);
  for (guint32 value = 0; value < self->n_low; value++)
    {
      guint8 has_value = 0;
      for (guint i = 0; i < n_shares; i++)
        has_value |= search->shares[i].has_low[value];
      if (has_value)
        append_value (values, value, value);
    }
}

/* Appends all values that intervals have. */
static void
index_intervals (PoolTreeKey *self, const PoolTree *tree, Dimension dimension, GArray *values)
{
  gsize n_rows = tree->trace->intervals.n;
  guint n_shares = row_shares_choose (n_rows, G_MAXUINT);
  ValueSearch search = { .key = self, .selection = &tree->selection };
  self->source = &tree->source;
  self->dimension = dimension;
  value_index_init (&self->high_values, 0);
  for (guint i = 0; i < n_shares; i++)
    value_index_init (&search.shares[i].high, 0);
  row_shares_run (n_rows, n_shares, find_values, &search);
  append_low_values (self, values, &search, n_shares);
  for (guint i = 0; i < n_shares; i++)
    {
      ValueIndex *high = &search.shares[i].high;
      for (gsize j = 0; j < high->n; j++)
        value_index_add (&self->high_values, high->keys[j]);
      value_index_clear (high);
      g_free (search.shares[i].has_low);
    }
  for (gsize i = 0; i < self->high_values.n; i++)
    append_value (values, self->high_values.keys[i], self->n_low + (guint32) i);
}

static void
fill_ranks_of_values (const PoolTreeKey *self, gsize begin, gsize n, guint32 *ret_ranks)
{
  guint64 values[POOL_TREE_BLOCK];
  dimension_fill_values (self->dimension, self->source, begin, n, values);
  for (gsize i = 0; i < n; i++)
    if (values[i] < self->n_low)
      ret_ranks[i] = self->ranks[values[i]];
    else
      {
        guint32 id = value_index_find (&self->high_values, values[i]);
        ret_ranks[i] = id != VALUE_INDEX_NONE ? self->ranks[self->n_low + id] : 0;
      }
}

void
pool_tree_key_fill_ranks (const PoolTreeKey *self, gsize begin, gsize n, guint32 *ret_ranks)
{
  if (self->source != NULL)
    fill_ranks_of_values (self, begin, n, ret_ranks);
  else if (self->ids == NULL)
    memcpy (ret_ranks, &self->ranks[begin], n * sizeof *ret_ranks);
  else
    for (gsize i = 0; i < n; i++)
      ret_ranks[i] = self->ranks[self->ids[begin + i]];
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
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (KeyValue));
  guint32 *ids = g_new (guint32, n);
  ValueIndex index;
  value_index_init (&index, 0);
  for (guint32 i = 0; i < n; i++)
    ids[i] = value_index_add (&index, get_shared_value (tree, tree->grouping[level - 1], i));
  for (guint32 i = 0; i < index.n; i++)
    append_value (found, index.keys[i], i);
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
  if (dimension == DIMENSION_FREE_STACK)
    {
      self->ids = intervals->free_stack;
      self->ranks = self->stacks->ranks;
      return;
    }
  if (scope == DIMENSION_OF_INTERVAL)
    {
      g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (KeyValue));
      index_intervals (self, tree, dimension, found);
      self->ranks = self->own_ranks = rank_texts (self, tree, level, found, self->n_low + self->high_values.n);
      return;
    }
  gsize n_shared = scope == DIMENSION_OF_SITE ? tree->trace->n_sites : tree->trace->n_contexts;
  self->own_ranks = self->stacks != NULL ? rank_shared_stacks (self, tree, level, n_shared)
                                         : rank_shared_texts (self, tree, level, n_shared);
  self->ranks = self->own_ranks;
  if (items != scope)
    self->ids = scope == DIMENSION_OF_SITE ? intervals->site : intervals->context;
}

void
pool_tree_key_clear (PoolTreeKey *self)
{
  g_clear_pointer (&self->own_ranks, g_free);
  g_clear_pointer (&self->texts, g_strfreev);
  value_index_clear (&self->high_values);
}
