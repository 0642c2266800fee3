/* The highest outstanding size of rows within a range.
 *
 * For most rows no event needs to be looked at: a row starts with what was carried into the range (AOFI and
 * AOFO), only AIFO and AIFI add to it, only AOFI and AIFI take from it. So a row that only gains has its
 * peak at the end and one that only loses at the start, and in both cases the peak is its size. For the
 * others allocations and frees are gone through in time order: once for all rows together, or, where the
 * rows have few intervals, only those of each row.
 */
#include "analysis/pool_tree_private.h"

#define CANCEL_INTERVAL 65536
/* Putting the intervals of one row in order costs about as much as so many in the order that the trace has.
 */
#define COST_OF_ORDERING 16

typedef struct
{
  const PoolTreeValues *values;
  guint32 *first_of_leaf;    /* (array length=n_leaves + 1): into rows_of_leaf */
  guint32 *rows_of_leaf;     /* indices of swept rows that hold the leaf */
  PoolTypeMask *types;       /* by swept row */
  guint64 *current, *peak;   /* by swept row: bytes */
  gsize n_rows;
} PeakSweep;

static guint64
sum_of_type (const PoolTreeValues *values, PoolTreeRow row, PoolTypeMask types)
{
  row.types &= types;
  return pool_tree_values_get_sums (values, row).size_bytes;
}

/* Whether the peak of @row is simply its size. */
static gboolean
peak_is_size (const PoolTreeValues *values, PoolTreeRow row)
{
  if (sum_of_type (values, row, 1 << POOL_TYPE_AIFI) > 0)
    return FALSE;
  return sum_of_type (values, row, 1 << POOL_TYPE_AIFO) == 0
         || sum_of_type (values, row, 1 << POOL_TYPE_AOFI) == 0;
}

/* @rows: those to sweep. The rows of each leaf are listed by counting first. */
static void
peak_sweep_init (PeakSweep *self, const PoolTreeValues *values, const PoolTreeRow *rows, gsize n_rows)
{
  const PoolTree *tree = values->tree;
  *self = (PeakSweep){ .values = values, .n_rows = n_rows };
  self->types = g_new (PoolTypeMask, n_rows);
  self->current = g_new (guint64, n_rows);
  self->peak = g_new (guint64, n_rows);
  self->first_of_leaf = g_new0 (guint32, (gsize) tree->n_leaves + 1);
  for (gsize i = 0; i < n_rows; i++)
    {
      PoolLeafRun run = pool_tree_get_leaf_run (tree, rows[i]);
      for (guint32 leaf = run.first; leaf < run.end; leaf++)
        self->first_of_leaf[leaf + 1]++;
      self->types[i] = pool_tree_get_row_types (tree, rows[i]);
      self->current[i] = sum_of_type (values, rows[i], 1 << POOL_TYPE_AOFI | 1 << POOL_TYPE_AOFO);
      self->peak[i] = self->current[i];
    }
  for (gsize leaf = 0; leaf < tree->n_leaves; leaf++)
    self->first_of_leaf[leaf + 1] += self->first_of_leaf[leaf];
  self->rows_of_leaf = g_new (guint32, self->first_of_leaf[tree->n_leaves]);
  g_autofree guint32 *fill = g_memdup2 (self->first_of_leaf, (tree->n_leaves + 1) * sizeof *fill);
  for (gsize i = 0; i < n_rows; i++)
    {
      PoolLeafRun run = pool_tree_get_leaf_run (tree, rows[i]);
      for (guint32 leaf = run.first; leaf < run.end; leaf++)
        self->rows_of_leaf[fill[leaf]++] = (guint32) i;
    }
}

static void
peak_sweep_clear (PeakSweep *self)
{
  g_free (self->types);
  g_free (self->current);
  g_free (self->peak);
  g_free (self->first_of_leaf);
  g_free (self->rows_of_leaf);
}

static inline void
peak_sweep_apply (PeakSweep *self, gsize interval, gboolean is_free)
{
  const PoolTree *tree = self->values->tree;
  const PoolIntervals *intervals = &tree->trace->intervals;
  gint64 allocated_ns = intervals->allocated_ns[interval], freed_ns = intervals->freed_ns[interval];
  if (allocated_ns == freed_ns || !pool_selection_has_row (&tree->selection, interval))
    return;
  guint32 leaf = pool_tree_get_leaf (tree, interval);
  PoolTypeMask type = (PoolTypeMask) (1 << time_range_classify (self->values->range, allocated_ns, freed_ns));
  guint64 size_bytes = intervals->size_bytes[interval];
  for (guint32 i = self->first_of_leaf[leaf]; i < self->first_of_leaf[leaf + 1]; i++)
    {
      guint32 row = self->rows_of_leaf[i];
      if (!(self->types[row] & type))
        continue;
      if (is_free)
        self->current[row] -= size_bytes;
      else
        {
          self->current[row] += size_bytes;
          self->peak[row] = MAX (self->peak[row], self->current[row]);
        }
    }
}

/* Goes through the events of the range, frees before allocations within one instant. */
static gboolean
peak_sweep_run (PeakSweep *self, GCancellable *cancellable)
{
  const PoolTreeValues *values = self->values;
  const PoolIntervals *intervals = &values->tree->trace->intervals;
  gsize place = pool_frees_find (intervals, values->range.start_ns);
  gsize end_place = pool_frees_find (intervals, values->range.end_ns);
  for (gsize row = values->first_inside; row < values->end_interval; row++)
    {
      if (row % CANCEL_INTERVAL == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      gint64 allocated_ns = intervals->allocated_ns[row];
      for (; place < end_place && intervals->freed_ns[intervals->free_order[place]] <= allocated_ns; place++)
        peak_sweep_apply (self, intervals->free_order[place], TRUE);
      peak_sweep_apply (self, row, FALSE);
    }
  return TRUE; /* frees behind the last allocation raise nothing */
}

typedef struct
{
  gint64 time_ns;
  gint64 change_bytes;
} PeakEvent;

/* Frees before allocations within an instant. */
static int
compare_events (gconstpointer first, gconstpointer second)
{
  const PeakEvent *a = first, *b = second;
  if (a->time_ns != b->time_ns)
    return a->time_ns < b->time_ns ? -1 : 1;
  return (a->change_bytes > b->change_bytes) - (a->change_bytes < b->change_bytes);
}

static void
append_events (const PoolTreeValues *values, PoolTypeMask types, gsize interval, GArray *events)
{
  const PoolIntervals *intervals = &values->tree->trace->intervals;
  gint64 allocated_ns = intervals->allocated_ns[interval], freed_ns = intervals->freed_ns[interval];
  if (allocated_ns == freed_ns || !time_range_touches (values->range, allocated_ns, freed_ns))
    return;
  PoolIntervalType type = time_range_classify (values->range, allocated_ns, freed_ns);
  if (!(types >> type & 1))
    return;
  gint64 size_bytes = (gint64) intervals->size_bytes[interval];
  PeakEvent allocation = { allocated_ns, size_bytes }, freeing = { freed_ns, -size_bytes };
  if (type == POOL_TYPE_AIFO || type == POOL_TYPE_AIFI)
    g_array_append_val (events, allocation);
  if (type == POOL_TYPE_AOFI || type == POOL_TYPE_AIFI)
    g_array_append_val (events, freeing);
}

/* The peak of @row from its own intervals alone. */
static guint64
find_peak (const PoolTreeValues *values, PoolTreeRow row, const PoolLeafIndex *index)
{
  PoolLeafRun run = pool_tree_get_leaf_run (values->tree, row);
  PoolTypeMask types = pool_tree_get_row_types (values->tree, row);
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (PeakEvent));
  for (guint32 i = index->starts[run.first]; i < index->starts[run.end]; i++)
    append_events (values, types, index->rows[i], events);
  g_array_sort (events, compare_events);
  guint64 current = sum_of_type (values, row, 1 << POOL_TYPE_AOFI | 1 << POOL_TYPE_AOFO), peak = current;
  for (guint i = 0; i < events->len; i++)
    {
      current += (guint64) g_array_index (events, PeakEvent, i).change_bytes;
      peak = MAX (peak, current);
    }
  return peak;
}

/* All @rows in one sweep. */
static gboolean
sweep_peaks (const PoolTreeValues *values, const PoolTreeRow *rows, gsize n_rows, guint64 *ret_peaks,
             GCancellable *cancellable)
{
  PeakSweep sweep;
  peak_sweep_init (&sweep, values, rows, n_rows);
  gboolean is_done = peak_sweep_run (&sweep, cancellable);
  for (gsize i = 0; i < n_rows; i++)
    ret_peaks[i] = sweep.peak[i];
  peak_sweep_clear (&sweep);
  return is_done;
}

/* How many intervals @rows have over the whole trace, counted once for each row. */
static guint64
count_intervals (const PoolTree *tree, const PoolLeafIndex *index, const PoolTreeRow *rows, gsize n_rows)
{
  guint64 count = 0;
  for (gsize i = 0; i < n_rows; i++)
    {
      PoolLeafRun run = pool_tree_get_leaf_run (tree, rows[i]);
      count += index->starts[run.end] - index->starts[run.first];
    }
  return count;
}

gboolean
pool_tree_values_get_peaks (const PoolTreeValues *self, const PoolTreeRow *rows, gsize n_rows,
                            guint64 *ret_peaks, GCancellable *cancellable)
{
  g_autofree PoolTreeRow *moving = g_new (PoolTreeRow, n_rows);
  g_autofree gsize *places = g_new (gsize, n_rows);
  g_autofree guint64 *peaks = g_new (guint64, n_rows);
  gsize n_moving = 0;
  for (gsize i = 0; i < n_rows; i++)
    if (peak_is_size (self, rows[i]))
      ret_peaks[i] = pool_tree_values_get_sums (self, rows[i]).size_bytes;
    else
      {
        moving[n_moving] = rows[i];
        places[n_moving++] = i;
      }
  if (n_moving > 0)
    {
      const PoolLeafIndex *index = pool_tree_get_leaf_index (self->tree);
      guint64 n_in_rows = count_intervals (self->tree, index, moving, n_moving);
      if (n_in_rows * COST_OF_ORDERING >= self->end_interval - self->first_inside)
        {
          if (!sweep_peaks (self, moving, n_moving, peaks, cancellable))
            return FALSE;
        }
      else
        for (gsize i = 0; i < n_moving; i++)
          peaks[i] = find_peak (self, moving[i], index);
    }
  for (gsize i = 0; i < n_moving; i++)
    ret_peaks[places[i]] = peaks[i];
  return !g_cancellable_is_cancelled (cancellable);
}
