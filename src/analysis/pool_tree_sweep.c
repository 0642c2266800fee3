/* A part of the range is gone through as if nothing was outstanding at its start, so the parts do not wait for each other;
 * when all are done, each is moved up by what the parts before it left. The first takes longest, for rows that grow reach
 * new peaks all the time: so there are more parts than threads, and each thread takes the next one.
 */
#include "analysis/pool_tree_sweep.h"

#include "analysis/sweep_part.h"
#include "base/large_block.h"
#include "base/row_shares.h"

typedef struct
{
  const Sweep *sweep;
  SweepPart parts[SWEEP_PARTS_MAXIMUM];
  guint n_parts;
  guint next_part;       /* (atomic) */
  guint64 *row_bytes;    /* (owned): of the parts, a large block */
  gsize rows_size_bytes; /* of that block */
} SweepParts;

static void
run_parts (guint share, gsize begin, gsize end, gpointer data)
{
  SweepParts *self = data;
  SweepQueues queues;
  sweep_queues_init (&queues, &self->sweep->groups);
  for (guint part; (part = g_atomic_int_add (&self->next_part, 1)) < self->n_parts;)
    sweep_part_run (&self->parts[part], self->sweep, &queues);
  sweep_queues_clear (&queues);
}

/* A moment before which about @number of @n_parts of the events lie: the start of a bin where there are bins. */
static gint64
choose_start (const Sweep *sweep, guint number, guint n_parts, guint *ret_bin)
{
  const PoolTreeValues *values = sweep->values;
  const PoolIntervals *intervals = &sweep->intervals;
  guint n_bins = sweep->movement->n_bins;
  gsize first_free = pool_frees_find (intervals, values->range.start_ns);
  gsize n_frees = pool_frees_find (intervals, values->range.end_ns) - first_free;
  gsize n_allocations = values->end_interval - values->first_inside;
  gint64 start_ns = values->range.start_ns;
  *ret_bin = 0;
  if (number == 0 || n_frees + n_allocations == 0)
    return start_ns;
  if (n_allocations > n_frees)
    start_ns = intervals->allocated_ns[values->first_inside + n_allocations / n_parts * number];
  else
    start_ns = intervals->freed_ns[intervals->free_order[first_free + n_frees / n_parts * number]];
  if (n_bins == 0)
    return start_ns;
  while (*ret_bin + 1 < n_bins && time_range_get_bin_start (values->span, n_bins, *ret_bin + 1) <= start_ns)
    ++*ret_bin;
  return *ret_bin == 0 ? values->range.start_ns : time_range_get_bin_start (values->span, n_bins, *ret_bin);
}

/* What the parts keep of the rows: all at once, because memory is had from the system and given back while other threads
 * wait. */
static void
allocate_rows (SweepParts *self)
{
  gsize n_numbers = self->sweep->n_rows + 1;
  gboolean has_bins = self->sweep->movement->n_bins > 0;
  gsize n_arrays = has_bins ? 3 : 2;
  self->rows_size_bytes = self->n_parts * n_arrays * n_numbers * sizeof (guint64);
  self->row_bytes = large_block_new (self->rows_size_bytes);
  for (guint i = 0; i < self->n_parts; i++)
    {
      guint64 *arrays = &self->row_bytes[i * n_arrays * n_numbers];
      self->parts[i].peak_bytes = arrays;
      self->parts[i].below_peak_bytes = arrays + n_numbers;
      self->parts[i].lowest_bytes = has_bins ? arrays + 2 * n_numbers : NULL;
    }
}

static void
divide (SweepParts *self)
{
  guint n_parts = self->n_parts;
  const PoolTreeValues *values = self->sweep->values;
  const PoolIntervals *intervals = &self->sweep->intervals;
  for (guint i = 0; i < n_parts; i++)
    {
      SweepPart *part = &self->parts[i];
      gint64 start_ns = choose_start (self->sweep, i, n_parts, &part->first_bin);
      part->first_interval = i == 0 ? values->first_inside
                                    : pool_times_find (intervals->allocated_ns, values->end_interval, start_ns);
      part->first_free = pool_frees_find (intervals, start_ns);
      if (i == 0)
        continue;
      part[-1].end_interval = part->first_interval;
      part[-1].end_free = part->first_free;
      part[-1].end_bin = part->first_bin;
    }
  self->parts[n_parts - 1].end_interval = values->end_interval;
  self->parts[n_parts - 1].end_free = pool_frees_find (intervals, values->range.end_ns);
  self->parts[n_parts - 1].end_bin = self->sweep->movement->n_bins;
}

/* Puts the parts one after the other. */
static void
join_parts (const SweepParts *self)
{
  const Sweep *sweep = self->sweep;
  PoolMovement *movement = sweep->movement;
  for (gsize i = 0; i < sweep->n_rows; i++)
    {
      gsize place = sweep->rows[i].place;
      guint64 left_bytes = movement->peak_bytes[place];
      for (guint number = 0; number < self->n_parts; number++)
        {
          const SweepPart *part = &self->parts[number];
          movement->peak_bytes[place] = MAX (movement->peak_bytes[place], left_bytes + part->peak_bytes[i]);
          for (guint bin = part->first_bin; bin < part->end_bin; bin++)
            {
              movement->bins[place * movement->n_bins + bin].minimum_bytes += left_bytes;
              movement->bins[place * movement->n_bins + bin].last_bytes += left_bytes;
            }
          left_bytes += sweep_part_get_current (part, i);
        }
    }
}

gboolean
pool_tree_sweep (PoolMovement *movement, const PoolTreeValues *values, const PoolTreeLayer *layer,
                 const MovingRow *rows, gsize n_rows, guint n_parts, GCancellable *cancellable)
{
  Sweep sweep = { .movement = movement,
                  .values = values,
                  .rows = rows,
                  .n_rows = n_rows,
                  .selection = values->tree->selection,
                  .first_inside = values->first_inside,
                  .range_end_ns = values->range.end_ns,
                  .intervals = values->tree->trace->intervals,
                  .n_leaves = layer->n_leaves,
                  .cancellable = cancellable };
  pool_tree_need_leaf_column (values->tree, layer);
  sweep.leaf_column = layer->leaf_of_interval  ? layer->leaf_of_interval
                      : layer->leaf_of_site    ? sweep.intervals.site
                      : layer->leaf_of_context ? sweep.intervals.context
                                               : NULL;
  sweep.leaf_table = layer->leaf_of_interval ? NULL : layer->leaf_of_site ? layer->leaf_of_site : layer->leaf_of_context;
  SweepParts self = { .sweep = &sweep, .n_parts = n_parts };
  guint n_shares = row_shares_choose (G_MAXSIZE, n_parts);
  gboolean is_cancelled = FALSE;
  sweep_groups_init (&sweep.groups, rows, n_rows, layer->n_leaves);
  allocate_rows (&self);
  divide (&self);
  row_shares_run (n_shares, n_shares, run_parts, &self);
  join_parts (&self);
  for (guint i = 0; i < n_parts; i++)
    is_cancelled |= self.parts[i].is_cancelled;
  large_block_free (self.row_bytes, self.rows_size_bytes);
  sweep_groups_clear (&sweep.groups);
  return !is_cancelled;
}
