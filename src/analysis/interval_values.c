#include "analysis/interval_values.h"

#include "base/row_shares.h"

/* So many of the lowest values can be their own ids. */
#define MOST_LOW_VALUES ((guint32) 1 << 20)

/* Each thread finds those of its share. */
typedef struct
{
  const PoolTree *tree;
  Dimension dimension;
  const guint64 *column; /* (nullable): of the values */
  guint8 *ret_ids;       /* (nullable) */
  struct
  {
    guint8 *has_low;     /* (array length=MOST_LOW_VALUES) (owned) */
    guint64 low_bits;    /* that any low value has */
    ValueIndex high;
  } shares[ROW_SHARES_MAXIMUM];
} ValueSearch;

/* All bits of any of the values. */
static guint64
unite_bits (const guint64 *values, gsize n)
{
  guint64 bits = 0;
  for (gsize i = 0; i < n; i++)
    bits |= values[i];
  return bits;
}

/* Those of the values of the intervals [begin, begin + n) that the filter lets pass. Returns: how many. */
static gsize
pick_selected (const PoolSelection *selection, gsize begin, gsize n, const guint64 *values, guint64 *ret_values)
{
  gsize n_picked = 0;
  for (gsize i = 0; i < n; i++)
    {
      ret_values[n_picked] = values[i];
      n_picked += pool_selection_has_row (selection, begin + i) ? 1 : 0;
    }
  return n_picked;
}

static void
find_values (guint share, gsize begin, gsize end, gpointer data)
{
  ValueSearch *self = data;
  const PoolSelection *selection = &self->tree->selection;
  ValueIndex *high = &self->shares[share].high;
  guint8 *has_low = self->shares[share].has_low = g_new0 (guint8, MOST_LOW_VALUES);
  guint64 found[POOL_TREE_BLOCK], low_bits = 0;
  for (gsize row = begin; row < end; row += POOL_TREE_BLOCK)
    {
      gsize n = MIN (end - row, POOL_TREE_BLOCK);
      const guint64 *values = self->column != NULL ? &self->column[row] : found;
      if (self->column == NULL)
        dimension_fill_values (self->dimension, &self->tree->source, row, n, found);
      for (gsize i = 0; self->ret_ids != NULL && i < n; i++)
        self->ret_ids[row + i] = (guint8) values[i];
      if (selection->rows != NULL)
        {
          n = pick_selected (selection, row, n, values, found);
          values = found;
        }
      gboolean are_low = unite_bits (values, n) < MOST_LOW_VALUES;
      for (gsize i = 0; i < n; i++)
        if (are_low || values[i] < MOST_LOW_VALUES)
          {
            has_low[values[i]] = 1;
            low_bits |= values[i];
          }
        else
          value_index_add (high, values[i]);
    }
  self->shares[share].low_bits = low_bits;
}

static void
append_value (GArray *values, guint64 value, guint32 id)
{
  FoundValue found = { value, id };
  g_array_append_val (values, found);
}

/* Appends the low values that any share has. Returns: what all of them are below. */
static guint32
append_low_values (GArray *values, const ValueSearch *search, guint n_shares)
{
  guint64 bits = 0;
  for (guint i = 0; i < n_shares; i++)
    bits |= search->shares[i].low_bits;
  guint32 n_low = (guint32) 1 << g_bit_storage (bits);
  for (guint32 value = 0; value < n_low; value++)
    {
      guint8 has_value = 0;
      for (guint i = 0; i < n_shares; i++)
        has_value |= search->shares[i].has_low[value];
      if (has_value)
        append_value (values, value, value);
    }
  return n_low;
}

/* Appends the high values of a share, as far as they are not in @known yet. */
static void
append_high_values (GArray *values, const ValueIndex *of_share, ValueIndex *known, guint32 n_low)
{
  for (gsize i = 0; i < of_share->n; i++)
    {
      gsize n_known = known->n;
      guint32 place = value_index_add (known, of_share->keys[i]);
      if (place == n_known)
        append_value (values, of_share->keys[i], n_low + place);
    }
}

GArray *
interval_values_find (const PoolTree *tree, Dimension dimension, const guint64 *column, guint8 *ret_ids,
                      guint32 *ret_n_low, ValueIndex *ret_high_values)
{
  GArray *values = g_array_new (FALSE, FALSE, sizeof (FoundValue));
  gsize n_rows = tree->trace->intervals.n;
  guint n_shares = row_shares_choose (n_rows, G_MAXUINT);
  ValueSearch search = { .tree = tree, .dimension = dimension, .column = column, .ret_ids = ret_ids };
  for (guint i = 0; i < n_shares; i++)
    value_index_init (&search.shares[i].high, 0);
  row_shares_run (n_rows, n_shares, find_values, &search);
  *ret_n_low = append_low_values (values, &search, n_shares);
  value_index_init (ret_high_values, 0);
  for (guint i = 0; i < n_shares; i++)
    {
      append_high_values (values, &search.shares[i].high, ret_high_values, *ret_n_low);
      value_index_clear (&search.shares[i].high);
      g_free (search.shares[i].has_low);
    }
  return values;
}
