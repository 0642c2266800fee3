/* The blocks of a row are a run of the leaf index, and the runs of any two rows lie in each other or apart. So one
 * pass over the blocks serves all rows: those whose runs are open stand on a stack, a block counts for the innermost,
 * and a row that ends hands on what it counted to the one around it.
 *
 * A block brings a new value to those open rows that began behind the last block with the same value. They are the
 * upper part of the stack: one is added to the innermost row and taken from the outermost row that knows the value
 * already, which cancels out from there on outwards.
 */
#include "analysis/pool_tree_aggregates.h"

#include "analysis/value_classes.h"

#include <string.h>

#define CANCEL_INTERVAL 65536

/* The different values of one dimension. */
typedef struct
{
  ValueClasses classes;
  guint32 *last_of_class; /* (array length=n_last) (owned): behind the last block of each class; 0 for none */
  gsize n_last;
} UniqueCounter;

/* The blocks of a row: places in the leaf index. */
typedef struct
{
  RowAggregates *aggregates; /* (transfer none) */
  guint32 begin, end;
  PoolTypeMask types;
} BlockRun;

typedef struct
{
  const PoolTreeValues *values;
  const PoolLeafIndex *index;
  UniqueCounter counters[N_DIMENSIONS];
  guint n_counters;
  GPtrArray *open; /* of BlockRun (not owned): each inside the one before */
  guint32 place;   /* of the next block */
  GCancellable *cancellable;
} BlockPass;

static const RowAggregates no_blocks = { .min_bytes = G_MAXUINT64, .min_age_ns = G_MAXINT64 };

static void
unique_counter_forget (UniqueCounter *self)
{
  if (self->n_last > 0)
    memset (self->last_of_class, 0, self->n_last * sizeof *self->last_of_class);
}

/* The place behind the last block with the value of @row, 0 for none; from now on that of @place. */
static guint32
unique_counter_exchange (UniqueCounter *self, gsize row, PoolIntervalType type, guint32 place)
{
  guint32 class = value_classes_get (&self->classes, row, type);
  if (class >= self->n_last)
    {
      gsize n_last = MAX ((gsize) self->classes.n_classes * 2, 64);
      self->last_of_class = g_renew (guint32, self->last_of_class, n_last);
      memset (&self->last_of_class[self->n_last], 0, (n_last - self->n_last) * sizeof *self->last_of_class);
      self->n_last = n_last;
    }
  guint32 last = self->last_of_class[class];
  self->last_of_class[class] = place + 1;
  return last;
}

static void
block_pass_init (BlockPass *self, const PoolTreeValues *values, const PoolLeafIndex *index,
                 const DimensionSource *source, MetricSet asked, GCancellable *cancellable)
{
  *self = (BlockPass){ .values = values,
                       .index = index,
                       .open = g_ptr_array_new (),
                       .cancellable = cancellable };
  for (Dimension dimension = 0; dimension < N_DIMENSIONS; dimension++)
    if (asked & METRIC_BIT (METRIC_UNIQUE (dimension)))
      value_classes_init (&self->counters[self->n_counters++].classes, dimension, source);
}

static void
block_pass_clear (BlockPass *self)
{
  for (guint i = 0; i < self->n_counters; i++)
    {
      value_classes_clear (&self->counters[i].classes);
      g_free (self->counters[i].last_of_class);
    }
  g_ptr_array_unref (self->open);
}

/* The innermost open row that began before @last, whose block it therefore has; NULL when none did. */
static BlockRun *
find_knowing (const BlockPass *self, guint32 last)
{
  guint begin = 0, end = self->open->len;
  while (begin < end)
    {
      guint middle = begin + (end - begin) / 2;
      if (((const BlockRun *) self->open->pdata[middle])->begin < last)
        begin = middle + 1;
      else
        end = middle;
    }
  return begin > 0 ? self->open->pdata[begin - 1] : NULL;
}

static void
count_block (BlockPass *self, RowAggregates *aggregates, gsize row, PoolIntervalType type)
{
  const PoolIntervals *intervals = &self->values->tree->trace->intervals;
  aggregates->min_bytes = MIN (aggregates->min_bytes, intervals->size_bytes[row]);
  aggregates->max_bytes = MAX (aggregates->max_bytes, intervals->size_bytes[row]);
  for (guint i = 0; i < self->n_counters; i++)
    {
      Dimension dimension = self->counters[i].classes.dimension;
      guint32 last = unique_counter_exchange (&self->counters[i], row, type, self->place);
      aggregates->n_unique[dimension]++;
      BlockRun *knowing = find_knowing (self, last);
      if (knowing != NULL)
        knowing->aggregates->n_unique[dimension]--;
    }
}

static void
count_age (RowAggregates *aggregates, gint64 allocated_ns, gint64 freed_ns, gint64 end_ns)
{
  if (allocated_ns == POOL_TIME_BEFORE)
    return;
  gint64 age_ns = MIN (freed_ns, end_ns) - allocated_ns;
  aggregates->n_ages++;
  aggregates->min_age_ns = MIN (aggregates->min_age_ns, age_ns);
  aggregates->max_age_ns = MAX (aggregates->max_age_ns, age_ns);
  aggregates->total_age_ns += (guint64) age_ns;
}

/* Counts the blocks before @end for the innermost open row. FALSE when cancelled. */
static gboolean
count_until (BlockPass *self, guint32 end, gint64 range_end_ns)
{
  const PoolIntervals *intervals = &self->values->tree->trace->intervals;
  TimeRange range = self->values->range;
  const BlockRun *innermost = self->open->len > 0 ? self->open->pdata[self->open->len - 1] : NULL;
  for (; innermost != NULL && self->place < end; self->place++)
    {
      if (self->place % CANCEL_INTERVAL == 0 && g_cancellable_is_cancelled (self->cancellable))
        return FALSE;
      guint32 row = self->index->rows[self->place];
      gint64 allocated_ns = intervals->allocated_ns[row], freed_ns = intervals->freed_ns[row];
      if (!time_range_touches (range, allocated_ns, freed_ns))
        continue;
      PoolIntervalType type = time_range_classify (range, allocated_ns, freed_ns);
      if (!(innermost->types >> type & 1))
        continue;
      count_block (self, innermost->aggregates, row, type);
      count_age (innermost->aggregates, allocated_ns, freed_ns, range_end_ns);
    }
  self->place = end;
  return TRUE;
}

static void
hand_on (const RowAggregates *inner, RowAggregates *outer)
{
  outer->min_bytes = MIN (outer->min_bytes, inner->min_bytes);
  outer->max_bytes = MAX (outer->max_bytes, inner->max_bytes);
  outer->n_ages += inner->n_ages;
  outer->min_age_ns = MIN (outer->min_age_ns, inner->min_age_ns);
  outer->max_age_ns = MAX (outer->max_age_ns, inner->max_age_ns);
  outer->total_age_ns += inner->total_age_ns;
  /* Modulo 2^32 until the row that is taken from has ended too. */
  for (guint i = 0; i < N_DIMENSIONS; i++)
    outer->n_unique[i] += inner->n_unique[i];
}

/* Ends the open rows that end at @place or before. FALSE when cancelled. */
static gboolean
end_rows (BlockPass *self, guint32 place, gint64 range_end_ns)
{
  while (self->open->len > 0)
    {
      BlockRun *innermost = self->open->pdata[self->open->len - 1];
      if (innermost->end > place)
        return TRUE;
      if (!count_until (self, innermost->end, range_end_ns))
        return FALSE;
      g_ptr_array_set_size (self->open, (int) self->open->len - 1);
      if (self->open->len > 0)
        hand_on (innermost->aggregates, ((BlockRun *) self->open->pdata[self->open->len - 1])->aggregates);
    }
  return TRUE;
}

/* Rows of the same types, those that begin first and then those around others first. */
static int
compare_runs (gconstpointer first, gconstpointer second)
{
  const BlockRun *a = first, *b = second;
  if (a->types != b->types)
    return a->types < b->types ? -1 : 1;
  if (a->begin != b->begin)
    return a->begin < b->begin ? -1 : 1;
  return (a->end < b->end) - (a->end > b->end);
}

static gboolean
block_pass_run (BlockPass *self, BlockRun *runs, gsize n_runs, gint64 range_end_ns)
{
  for (gsize i = 0; i < n_runs; i++)
    {
      if (i == 0 || runs[i].types != runs[i - 1].types)
        {
          if (!end_rows (self, G_MAXUINT32, range_end_ns))
            return FALSE;
          for (guint j = 0; j < self->n_counters; j++)
            unique_counter_forget (&self->counters[j]);
        }
      if (!end_rows (self, runs[i].begin, range_end_ns) || !count_until (self, runs[i].begin, range_end_ns))
        return FALSE;
      g_ptr_array_add (self->open, &runs[i]);
    }
  return end_rows (self, G_MAXUINT32, range_end_ns);
}

gboolean
pool_tree_values_get_aggregates (const PoolTreeValues *self, const PoolTreeRow *rows, gsize n_rows, MetricSet asked,
                                 RowAggregates *ret_aggregates, GCancellable *cancellable)
{
  const PoolTree *tree = self->tree;
  DimensionSource source = dimension_source_at_range (tree->trace, tree->names, self->range);
  BlockPass pass;
  const PoolTreeLayer *layer = pool_tree_get_deepest_layer (tree, rows, n_rows);
  block_pass_init (&pass, self, pool_tree_get_leaf_index (self->tree, layer), &source, asked, cancellable);
  g_autofree BlockRun *runs = g_new (BlockRun, n_rows);
  for (gsize i = 0; i < n_rows; i++)
    {
      PoolLeafRun run = pool_tree_get_leaf_run_in (tree, rows[i], layer);
      ret_aggregates[i] = no_blocks;
      runs[i] = (BlockRun){ &ret_aggregates[i], pass.index->starts[run.first], pass.index->starts[run.end],
                            pool_tree_get_row_types (tree, rows[i]) };
    }
  if (n_rows > 1)
    qsort (runs, n_rows, sizeof *runs, compare_runs);
  gboolean is_done = block_pass_run (&pass, runs, n_rows, source.end_ns);
  block_pass_clear (&pass);
  return is_done && !g_cancellable_is_cancelled (cancellable);
}
