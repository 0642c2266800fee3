/* Allocations and frees are gone through in the order of time, frees first within an instant, and each changes the rows
 * that hold its interval. A part of the range is gone through as if nothing was outstanding at its start, so the parts
 * do not wait for each other; when all are done, each is moved up by what the parts before it left.
 *
 * The rows are too many for the fastest cache, and time goes from one to any other. So rows with leaves of several groups,
 * which are few, are changed at once; for those within one group of leaves the changes are collected, and made when there
 * are enough to be worth fetching the rows of the group.
 */
#include "analysis/pool_tree_sweep.h"

#include "analysis/row_shares.h"
#include "analysis/sweep_groups.h"
#include "base/prefetch.h"

#define CANCEL_INTERVAL 65536
#define PREFETCH_DISTANCE 32 /* frees */
#define CHANGES_OF_GROUP 128

/* Outstanding in a row since the start of the part, modulo 2^64 as all sizes here. */
typedef struct
{
  guint64 current_bytes, peak_bytes;
} SweptRow;

/* An allocation or a free. */
typedef struct
{
  guint64 size_bytes;
  guint32 leaf;
  guint16 type; /* PoolIntervalType */
  guint16 is_free;
} SweepChange;

typedef struct
{
  gsize first_interval, end_interval; /* those allocated in it */
  gsize first_free, end_free;         /* places in the order of frees */
  guint first_bin, end_bin;
  SweptRow *rows;                     /* (array length=n_rows) (owned) */
  guint64 *lowest_bytes;              /* (array length=n_rows) (owned) (nullable): in the open bin; NULL without bins */
  SweepChange *changes;               /* (array length=n_groups * CHANGES_OF_GROUP) (owned): not made yet */
  guint *n_changes;                   /* (array length=n_groups) (owned) */
  guint open_bin;
  gint64 open_bin_end_ns;
  gboolean is_cancelled;
} SweepPart;

typedef struct
{
  PoolMovement *movement;
  const PoolTreeValues *values;
  const MovingRow *rows;
  gsize n_rows;
  PoolTypeMask types;         /* of all rows */
  PoolSelection selection;    /* (not owned) */
  gsize first_inside;         /* interval allocated in the range */
  gint64 range_end_ns;
  SweepGroups groups;
  PoolIntervals intervals;    /* (not owned) */
  const guint32 *leaf_column; /* (nullable): of the intervals, which tells their leaves; all are in one without it */
  const guint32 *leaf_table;  /* (nullable): by the values of that column; NULL where they are leaves themselves */
  SweepPart *parts;           /* (not owned): each is of one thread */
  GCancellable *cancellable;
} Sweep;

/* --- Changes --------------------------------------------------------------------------------------------- */

/* The conditions that are the same for a whole part are arguments known where it is compiled. */
static inline __attribute__ ((always_inline)) void
change_rows (const Sweep *self, SweepPart *part, const RowsOfLeaves *rows, SweepChange change, gboolean has_bins)
{
  guint64 change_bytes = change.is_free ? -change.size_bytes : change.size_bytes;
  SweptRow *swept = part->rows;
  guint64 *lowest_bytes = part->lowest_bytes;
  const guint32 *i = rows_of_leaves_get (rows, &self->groups, change.leaf, change.type);
  for (; *i != ROWS_OF_LEAVES_END; i++)
    {
      SweptRow *row = &swept[*i];
      row->current_bytes += change_bytes;
      if ((gint64) row->current_bytes > (gint64) row->peak_bytes)
        row->peak_bytes = row->current_bytes;
      if (has_bins && (gint64) row->current_bytes < (gint64) lowest_bytes[*i])
        lowest_bytes[*i] = row->current_bytes;
    }
}

/* Makes the changes that were collected for @group. */
static inline __attribute__ ((always_inline)) void
change_group (const Sweep *self, SweepPart *part, guint group, gboolean has_bins)
{
  const SweepChange *changes = &part->changes[(gsize) group * CHANGES_OF_GROUP];
  guint n_changes = part->n_changes[group];
  for (guint i = 0; i < n_changes; i++)
    change_rows (self, part, &self->groups.narrow, changes[i], has_bins);
  part->n_changes[group] = 0;
}

static inline void
open_bin (const Sweep *self, SweepPart *part, guint bin)
{
  part->open_bin = bin;
  part->open_bin_end_ns = bin + 1 < part->end_bin
                              ? time_range_get_bin_start (self->values->span, self->movement->n_bins, bin + 1)
                              : G_MAXINT64;
}

/* Closes the open bin and opens the next. */
static void
close_bin (const Sweep *self, SweepPart *part)
{
  PoolMovement *movement = self->movement;
  for (guint group = 0; group < self->groups.n_groups; group++)
    change_group (self, part, group, TRUE);
  for (gsize i = 0; i < self->n_rows; i++)
    {
      guint64 current_bytes = part->rows[i].current_bytes;
      movement->bins[(gsize) self->rows[i].place * movement->n_bins + part->open_bin]
          = (MovementBin){ part->lowest_bytes[i], current_bytes };
      part->lowest_bytes[i] = current_bytes;
    }
  open_bin (self, part, part->open_bin + 1);
}

static inline guint32
get_leaf (const Sweep *self, gsize interval)
{
  if (self->leaf_column == NULL)
    return 0;
  guint32 value = self->leaf_column[interval];
  return self->leaf_table != NULL ? self->leaf_table[value] : value;
}

static inline __attribute__ ((always_inline)) void
change (const Sweep *self, SweepPart *part, gsize interval, PoolIntervalType type, gint64 time_ns, gboolean is_free,
        gboolean has_bins)
{
  if (!(self->types >> type & 1) || !pool_selection_has_row (&self->selection, interval))
    return;
  while (has_bins && time_ns >= part->open_bin_end_ns)
    close_bin (self, part);
  guint32 leaf = get_leaf (self, interval);
  SweepChange change = { self->intervals.size_bytes[interval], leaf, (guint16) type, (guint16) is_free };
  guint32 group = self->groups.group_of_leaf[leaf];
  change_rows (self, part, &self->groups.wide, change, has_bins);
  part->changes[(gsize) group * CHANGES_OF_GROUP + part->n_changes[group]++] = change;
  if (part->n_changes[group] == CHANGES_OF_GROUP)
    change_group (self, part, group, has_bins);
}

/* --- One part -------------------------------------------------------------------------------------------- */

/* Frees meet the intervals in no order: begins to fetch what a later one will touch. */
static inline void
prefetch_free (const Sweep *self, const SweepPart *part, gsize place)
{
  const PoolIntervals *intervals = &self->intervals;
  if (place + PREFETCH_DISTANCE >= part->end_free)
    return;
  guint32 interval = intervals->free_order[place + PREFETCH_DISTANCE];
  prefetch (&intervals->freed_ns[interval]);
  prefetch (&intervals->size_bytes[interval]);
  if (self->leaf_column != NULL)
    prefetch (&self->leaf_column[interval]);
}

/* Goes through the frees from @place on up to @time_ns, before which the intervals before @next were allocated. Returns:
 * the place of the first later one. */
static inline __attribute__ ((always_inline)) gsize
free_until (const Sweep *self, SweepPart *part, gsize place, gint64 time_ns, gsize next, gboolean has_bins)
{
  const PoolIntervals *intervals = &self->intervals;
  for (; place < part->end_free; place++)
    {
      gsize interval = intervals->free_order[place];
      gint64 freed_ns = intervals->freed_ns[interval];
      if (freed_ns > time_ns)
        break;
      prefetch_free (self, part, place);
      /* What is freed before it comes is allocated in the same instant and never outstanding. */
      if (interval < next)
        change (self, part, interval, interval < self->first_inside ? POOL_TYPE_AOFI : POOL_TYPE_AIFI,
                freed_ns, TRUE, has_bins);
    }
  return place;
}

/* Works on copies: what is written to rows cannot be part of them, so they need not be read again and again. */
static inline __attribute__ ((always_inline)) void
run_part (const Sweep *shared, SweepPart *shared_part, gboolean has_bins)
{
  const Sweep self = *shared;
  SweepPart part = *shared_part;
  gsize place = part.first_free;
  for (gsize interval = part.first_interval; interval < part.end_interval; interval++)
    {
      if (interval % CANCEL_INTERVAL == 0 && g_cancellable_is_cancelled (self.cancellable))
        {
          shared_part->is_cancelled = TRUE;
          return;
        }
      gint64 allocated_ns = self.intervals.allocated_ns[interval], freed_ns = self.intervals.freed_ns[interval];
      place = free_until (&self, &part, place, allocated_ns, interval, has_bins);
      if (allocated_ns != freed_ns)
        change (&self, &part, interval, freed_ns < self.range_end_ns ? POOL_TYPE_AIFI : POOL_TYPE_AIFO, allocated_ns,
                FALSE, has_bins);
    }
  free_until (&self, &part, place, G_MAXINT64, part.end_interval, has_bins);
  for (guint group = 0; group < self.groups.n_groups; group++)
    change_group (&self, &part, group, has_bins);
  *shared_part = part;
}

static void
run_share (guint share, gsize begin, gsize end, gpointer data)
{
  Sweep *self = data;
  SweepPart *part = &self->parts[share];
  part->rows = g_new0 (SweptRow, self->n_rows);
  part->changes = g_new (SweepChange, (gsize) self->groups.n_groups * CHANGES_OF_GROUP);
  part->n_changes = g_new0 (guint, self->groups.n_groups);
  if (self->movement->n_bins == 0)
    run_part (self, part, FALSE);
  else
    {
      part->lowest_bytes = g_new0 (guint64, self->n_rows);
      open_bin (self, part, part->first_bin);
      run_part (self, part, TRUE);
      while (part->open_bin < part->end_bin)
        close_bin (self, part);
    }
}

/* --- All parts ------------------------------------------------------------------------------------------- */

/* A moment before which about @number of @n_parts of the events lie: the start of a bin where there are bins. */
static gint64
choose_start (const Sweep *self, guint number, guint n_parts, guint *ret_bin)
{
  const PoolTreeValues *values = self->values;
  const PoolIntervals *intervals = &values->tree->trace->intervals;
  guint n_bins = self->movement->n_bins;
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

static void
divide (Sweep *self, guint n_parts)
{
  const PoolTreeValues *values = self->values;
  const PoolIntervals *intervals = &values->tree->trace->intervals;
  for (guint i = 0; i < n_parts; i++)
    {
      SweepPart *part = &self->parts[i];
      gint64 start_ns = choose_start (self, i, n_parts, &part->first_bin);
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
  self->parts[n_parts - 1].end_bin = self->movement->n_bins;
}

/* Puts the parts one after the other. */
static void
join_parts (const Sweep *self, guint n_parts)
{
  PoolMovement *movement = self->movement;
  for (gsize i = 0; i < self->n_rows; i++)
    {
      gsize place = self->rows[i].place;
      guint64 left_bytes = movement->peak_bytes[place];
      for (guint number = 0; number < n_parts; number++)
        {
          const SweepPart *part = &self->parts[number];
          movement->peak_bytes[place] = MAX (movement->peak_bytes[place], left_bytes + part->rows[i].peak_bytes);
          for (guint bin = part->first_bin; bin < part->end_bin; bin++)
            {
              movement->bins[place * movement->n_bins + bin].minimum_bytes += left_bytes;
              movement->bins[place * movement->n_bins + bin].last_bytes += left_bytes;
            }
          left_bytes += part->rows[i].current_bytes;
        }
    }
}

gboolean
pool_tree_sweep (PoolMovement *movement, const PoolTreeValues *values, const PoolTreeLayer *layer,
                 const MovingRow *rows, gsize n_rows, guint n_parts, GCancellable *cancellable)
{
  SweepPart parts[ROW_SHARES_MAXIMUM] = { { .rows = NULL } };
  Sweep self = { .movement = movement,
                 .parts = parts,
                 .intervals = values->tree->trace->intervals,
                 .values = values,
                 .rows = rows,
                 .n_rows = n_rows,
                 .cancellable = cancellable };
  self.selection = values->tree->selection;
  self.first_inside = values->first_inside;
  self.range_end_ns = values->range.end_ns;
  pool_tree_need_leaf_column (values->tree, layer);
  self.leaf_column = layer->leaf_of_interval  ? layer->leaf_of_interval
                     : layer->leaf_of_site    ? self.intervals.site
                     : layer->leaf_of_context ? self.intervals.context
                                              : NULL;
  self.leaf_table = layer->leaf_of_interval ? NULL : layer->leaf_of_site ? layer->leaf_of_site : layer->leaf_of_context;
  for (gsize i = 0; i < n_rows; i++)
    self.types |= rows[i].types;
  gboolean is_cancelled = FALSE;
  sweep_groups_init (&self.groups, rows, n_rows, layer->n_leaves);
  divide (&self, n_parts);
  row_shares_run (n_parts, n_parts, run_share, &self);
  join_parts (&self, n_parts);
  for (guint i = 0; i < n_parts; i++)
    {
      is_cancelled |= parts[i].is_cancelled;
      g_free (parts[i].rows);
      g_free (parts[i].lowest_bytes);
      g_free (parts[i].changes);
      g_free (parts[i].n_changes);
    }
  sweep_groups_clear (&self.groups);
  return !is_cancelled;
}
