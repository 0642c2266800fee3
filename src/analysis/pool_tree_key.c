#include "analysis/pool_tree_key.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/row_shares.h"
#include "analysis/value_index.h"

/* So many of the lowest values are their own ids. */
#define N_DIRECT_VALUES ((guint32) 1 << 20)
/* Values are read in blocks of so many. */
#define VALUE_BLOCK 1024

/* A value that occurs, and its id. */
typedef struct
{
  guint64 value;
  guint32 id;
} KeyValue;

/* --- Stacks ---------------------------------------------------------------------------------------------- */

/* The ranks of the stacks @values. @ret_ranks: by id. */
static void
rank_stacks (PoolTreeKey *self, const PoolTree *tree, guint level, const KeyValue *values, gsize n_values,
             guint32 *ret_ranks)
{
  self->stacks = frame_names_get_stack_order (tree->names, tree->trace,
                                              dimension_get_stack_view (tree->grouping[level - 1]));
  self->n_ranks = self->stacks->n_ranks;
  for (gsize i = 0; i < n_values; i++)
    ret_ranks[values[i].id] = self->stacks->ranks[values[i].value];
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

/* Makes the texts of @values and numbers the values in their order, those that read the same alike. @ret_ranks: by
 * id. */
static void
rank_texts (PoolTreeKey *self, const PoolTree *tree, guint level, const KeyValue *values, gsize n_values,
            guint32 *ret_ranks)
{
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
      ret_ranks[texts[i].id] = n_ranks - 1;
    }
  self->texts = sorted;
  self->n_ranks = n_ranks;
}

/* --- Ids ------------------------------------------------------------------------------------------------- */

/* Appends the values of @index, whose ids are counted from @first_id on. */
static void
append_indexed (GArray *values, const ValueIndex *index, guint32 first_id)
{
  for (gsize i = 0; i < index->n; i++)
    {
      KeyValue value = { index->keys[i], first_id + (guint32) i };
      g_array_append_val (values, value);
    }
}

/* Gives ids to the values of intervals; each thread has its own of the high ones to begin with. */
typedef struct
{
  const PoolTree *tree;
  Dimension dimension;
  guint32 *ids;                            /* (array length=n intervals) */
  guint8 *has_value[ROW_SHARES_MAXIMUM];   /* (array length=N_DIRECT_VALUES) (owned): of the low ones */
  ValueIndex high_values[ROW_SHARES_MAXIMUM];
  guint32 *translations[ROW_SHARES_MAXIMUM]; /* (owned): of the ids of high values */
} IntervalIds;

static void
find_ids (guint share, gsize begin, gsize end, gpointer data)
{
  IntervalIds *self = data;
  guint8 *has_value = self->has_value[share] = g_new0 (guint8, N_DIRECT_VALUES);
  guint64 values[VALUE_BLOCK];
  for (gsize row = begin; row < end; row += VALUE_BLOCK)
    {
      gsize n = MIN (end - row, VALUE_BLOCK);
      dimension_fill_values (self->dimension, &self->tree->source, row, n, values);
      for (gsize i = 0; i < n; i++)
        {
          gboolean is_selected = pool_selection_has_row (&self->tree->selection, row + i);
          if (is_selected && values[i] < N_DIRECT_VALUES)
            has_value[values[i]] = 1;
          else if (is_selected)
            values[i] = N_DIRECT_VALUES + value_index_add (&self->high_values[share], values[i]);
          self->ids[row + i] = is_selected ? (guint32) values[i] : 0;
        }
    }
}

static void
translate_ids (guint share, gsize begin, gsize end, gpointer data)
{
  const IntervalIds *self = data;
  for (gsize row = begin; self->high_values[share].n > 0 && row < end; row++)
    if (self->ids[row] >= N_DIRECT_VALUES)
      self->ids[row] = self->translations[share][self->ids[row] - N_DIRECT_VALUES];
}

/* Appends the low values that any share has; its list is used up. */
static void
append_low_values (GArray *values, const IntervalIds *ids, guint n_shares)
{
  guint8 *has_value = ids->has_value[0], *end = has_value + N_DIRECT_VALUES;
  for (guint share = 1; share < n_shares; share++)
    for (gsize value = 0; value < N_DIRECT_VALUES; value++)
      has_value[value] |= ids->has_value[share][value];
  for (const guint8 *found = has_value; (found = memchr (found, 1, (gsize) (end - found))) != NULL; found++)
    {
      KeyValue value = { (guint64) (found - has_value), (guint32) (found - has_value) };
      g_array_append_val (values, value);
    }
}

/* Fills own_ids, and @values with what they stand for. */
static void
index_intervals (PoolTreeKey *self, const PoolTree *tree, Dimension dimension, GArray *values)
{
  gsize n_rows = tree->trace->intervals.n;
  guint n_shares = row_shares_choose (n_rows, G_MAXUINT);
  IntervalIds finding = { .tree = tree, .dimension = dimension };
  ValueIndex high_values;
  self->ids = self->own_ids = finding.ids = g_new (guint32, n_rows + 1);
  for (guint i = 0; i < n_shares; i++)
    value_index_init (&finding.high_values[i], 0);
  value_index_init (&high_values, 0);
  row_shares_run (n_rows, n_shares, find_ids, &finding);
  append_low_values (values, &finding, n_shares);
  for (guint i = 0; i < n_shares; i++)
    {
      const ValueIndex *of_share = &finding.high_values[i];
      finding.translations[i] = g_new (guint32, of_share->n);
      for (gsize id = 0; id < of_share->n; id++)
        finding.translations[i][id] = N_DIRECT_VALUES + value_index_add (&high_values, of_share->keys[id]);
    }
  append_indexed (values, &high_values, N_DIRECT_VALUES);
  row_shares_run (n_rows, n_shares, translate_ids, &finding);
  for (guint i = 0; i < n_shares; i++)
    {
      g_free (finding.has_value[i]);
      g_free (finding.translations[i]);
      value_index_clear (&finding.high_values[i]);
    }
  value_index_clear (&high_values);
}

/* Gives ids to the values of sites or contexts. Returns: (transfer full): by site or context. */
static guint32 *
index_shared (const PoolTree *tree, Dimension dimension, GArray *values)
{
  gboolean is_of_site = dimension_get_scope (dimension) == DIMENSION_OF_SITE;
  gsize n = is_of_site ? tree->trace->n_sites : tree->trace->n_contexts;
  guint32 *ids = g_new (guint32, n);
  ValueIndex index;
  value_index_init (&index, 0);
  for (guint32 i = 0; i < n; i++)
    ids[i] = value_index_add (&index, is_of_site ? dimension_get_site_value (dimension, &tree->source, i)
                                                 : dimension_get_context_value (dimension, &tree->source, i));
  append_indexed (values, &index, 0);
  value_index_clear (&index);
  return ids;
}

void
pool_tree_key_init (PoolTreeKey *self, const PoolTree *tree, guint level, DimensionScope items)
{
  Dimension dimension = tree->grouping[level - 1];
  DimensionScope scope = dimension_get_scope (dimension);
  g_autofree guint32 *shared_ids = NULL;
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (KeyValue));
  *self = (PoolTreeKey){ NULL };
  if (scope == DIMENSION_OF_INTERVAL)
    index_intervals (self, tree, dimension, found);
  else
    shared_ids = index_shared (tree, dimension, found);
  const KeyValue *values = (const KeyValue *) (gconstpointer) found->data;
  g_autofree guint32 *ranks = g_new0 (guint32, (found->len > 0 ? values[found->len - 1].id : 0) + 1);
  if (dimension_is_stack (dimension))
    rank_stacks (self, tree, level, values, found->len, ranks);
  else
    rank_texts (self, tree, level, values, found->len, ranks);
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
}
