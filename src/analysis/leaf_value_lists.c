#include "analysis/leaf_value_lists.h"

#include <stdlib.h>
#include <string.h>

#include "base/column.h"
#include "base/large_pages.h"
#include "base/prefetch.h"
#include "base/row_shares.h"

/* Up to so many values are sorted by insertion. */
#define FEW_VALUES 24
/* More are marked, with so many possible ones for each value at most. */
#define MOST_MARKS 1024
/* Values go to their leaves in no order: so many ahead their places are fetched. */
#define PREFETCH_DISTANCE 24

typedef struct
{
  LeafValueLists *lists;
  guint32 n_leaves, n_values;
  LeafValueFunc func;
  gpointer data;
  U64Column pairs[ROW_SHARES_MAXIMUM]; /* of the items of a share: leaf and, in the lower half, value */
  guint32 *places[ROW_SHARES_MAXIMUM]; /* (owned), by leaf: how many pairs of a share; then where the next one goes */
  guint32 *n_different;                /* (owned), by leaf */
} Dealing;

/* --- To their leaves ------------------------------------------------------------------------------------- */

/* Finds and counts the pairs of the items [begin, end). */
static void
find_pairs (guint share, gsize begin, gsize end, gpointer data)
{
  Dealing *self = data;
  guint32 leaves[LEAF_VALUE_BLOCK], values[LEAF_VALUE_BLOCK], *counts = self->places[share];
  U64Column pairs = { 0 };
  u64_column_reserve (&pairs, end - begin);
  for (gsize item = begin; item < end; item += LEAF_VALUE_BLOCK)
    {
      gsize n = MIN (end - item, LEAF_VALUE_BLOCK);
      self->func (self->data, item, n, leaves, values);
      for (gsize i = 0; i < n; i++)
        {
          if (leaves[i] == G_MAXUINT32)
            continue;
          pairs.values[pairs.n++] = (guint64) leaves[i] << 32 | values[i];
          counts[leaves[i]]++;
        }
    }
  self->pairs[share] = pairs;
}

/* From counts to places: in a leaf, the pairs of one share follow those of another. Returns: how many there are. */
static gsize
find_places (Dealing *self, guint n_shares)
{
  guint32 place = 0;
  for (guint32 leaf = 0; leaf < self->n_leaves; leaf++)
    {
      self->lists->starts[leaf] = place;
      for (guint share = 0; share < n_shares; share++)
        {
          guint32 n = self->places[share][leaf];
          self->places[share][leaf] = place;
          place += n;
        }
    }
  self->lists->starts[self->n_leaves] = place;
  return place;
}

static void
deal_pairs (guint thread, gsize share, gsize end, gpointer data)
{
  Dealing *self = data;
  for (; share < end; share++)
    {
      U64Column *pairs = &self->pairs[share];
      guint32 *places = self->places[share], *values = self->lists->values;
      for (gsize i = 0; i < pairs->n; i++)
        {
          prefetch (&values[places[pairs->values[MIN (i + PREFETCH_DISTANCE, pairs->n - 1)] >> 32]]);
          values[places[pairs->values[i] >> 32]++] = (guint32) pairs->values[i];
        }
      u64_column_clear (pairs);
    }
}

/* --- In their order -------------------------------------------------------------------------------------- */

static int
compare_values (gconstpointer a, gconstpointer b)
{
  guint32 first = *(const guint32 *) a, second = *(const guint32 *) b;
  return (first > second) - (first < second);
}

static void
insert_values (guint32 *values, gsize n)
{
  for (gsize i = 1; i < n; i++)
    {
      guint32 value = values[i];
      gsize place = i;
      for (; place > 0 && values[place - 1] > value; place--)
        values[place] = values[place - 1];
      values[place] = value;
    }
}

/* Returns: how many different ones there are. */
static guint32
drop_doubles (guint32 *values, gsize n)
{
  guint32 n_different = 0;
  for (gsize i = 0; i < n; i++)
    if (n_different == 0 || values[n_different - 1] != values[i])
      values[n_different++] = values[i];
  return n_different;
}

/* Marks of values, and which of their words have any: few have, so the others are not looked at. */
typedef struct
{
  guint64 *words; /* (owned) */
  guint64 *used;  /* (array length=n_used) (owned): a bit for each word */
  gsize n_used;
} ValueMarks;

static ValueMarks
value_marks_new (guint32 n_values)
{
  gsize n_words = (gsize) n_values / 64 + 1, n_used = n_words / 64 + 1;
  return (ValueMarks){ g_new0 (guint64, n_words), g_new0 (guint64, n_used), n_used };
}

static void
value_marks_clear (ValueMarks *self)
{
  g_free (self->words);
  g_free (self->used);
}

/* By @marks, of which none is set before and after. Returns: likewise. */
static guint32
mark_values (guint32 *values, gsize n, ValueMarks *marks)
{
  guint32 n_different = 0;
  for (gsize i = 0; i < n; i++)
    {
      guint32 word = values[i] / 64;
      marks->words[word] |= (guint64) 1 << values[i] % 64;
      marks->used[word / 64] |= (guint64) 1 << word % 64;
    }
  for (gsize i = 0; i < marks->n_used; i++)
    {
      for (guint64 used = marks->used[i]; used != 0; used &= used - 1)
        {
          gsize word = i * 64 + (guint) __builtin_ctzll (used);
          for (guint64 bits = marks->words[word]; bits != 0; bits &= bits - 1)
            values[n_different++] = (guint32) (word * 64 + (guint) __builtin_ctzll (bits));
          marks->words[word] = 0;
        }
      marks->used[i] = 0;
    }
  return n_different;
}

/* Those of the leaves [begin, end). */
static void
sort_values (guint share, gsize begin, gsize end, gpointer data)
{
  const Dealing *self = data;
  ValueMarks marks = value_marks_new (self->n_values);
  for (gsize leaf = begin; leaf < end; leaf++)
    {
      guint32 *values = &self->lists->values[self->lists->starts[leaf]];
      gsize n = self->lists->starts[leaf + 1] - self->lists->starts[leaf];
      if (n > FEW_VALUES && self->n_values / n <= MOST_MARKS)
        {
          self->n_different[leaf] = mark_values (values, n, &marks);
          continue;
        }
      if (n <= FEW_VALUES)
        insert_values (values, n);
      else
        qsort (values, n, sizeof *values, compare_values);
      self->n_different[leaf] = drop_doubles (values, n);
    }
  value_marks_clear (&marks);
}

/* Moves the lists together. */
static void
close_gaps (Dealing *self)
{
  LeafValueLists *lists = self->lists;
  guint32 place = 0;
  for (guint32 leaf = 0; leaf < self->n_leaves; leaf++)
    {
      guint32 n = self->n_different[leaf];
      memmove (&lists->values[place], &lists->values[lists->starts[leaf]], n * sizeof *lists->values);
      lists->starts[leaf] = place;
      place += n;
    }
  lists->starts[self->n_leaves] = place;
  lists->values = g_renew (guint32, lists->values, (gsize) place + 1);
}

void
leaf_value_lists_init (LeafValueLists *self, gsize n_items, guint32 n_leaves, guint32 n_values, LeafValueFunc func,
                       gpointer data)
{
  Dealing dealing = { .lists = self, .n_leaves = n_leaves, .n_values = n_values, .func = func, .data = data };
  guint n_shares = row_shares_choose (n_items, G_MAXUINT);
  gsize n_pairs;
  self->starts = g_new (guint32, (gsize) n_leaves + 1);
  for (guint i = 0; i < n_shares; i++)
    dealing.places[i] = g_new0 (guint32, (gsize) n_leaves + 1);
  row_shares_run (n_items, n_shares, find_pairs, &dealing);
  n_pairs = find_places (&dealing, n_shares);
  self->values = g_new (guint32, n_pairs + 1);
  large_pages_prefer (self->values, n_pairs * sizeof *self->values);
  row_shares_run (n_shares, n_shares, deal_pairs, &dealing);
  for (guint i = 0; i < n_shares; i++)
    g_free (dealing.places[i]);
  dealing.n_different = g_new (guint32, (gsize) n_leaves + 1);
  row_shares_run (n_leaves, MIN (n_shares, MAX (n_leaves, 1)), sort_values, &dealing);
  close_gaps (&dealing);
  g_free (dealing.n_different);
}
