/* Allocations and frees are gone through in the order of time, frees first within an instant, and each changes the rows
 * that hold its interval.
 *
 * The rows are too many for the fastest cache, and time goes from one to any other. So rows with leaves of several groups,
 * which are few, are changed at once; for those within one group of leaves the changes are collected, and made when there
 * are enough to be worth fetching the rows of the group.
 *
 * Whether a free or an allocation comes next is a branch, although it cannot be guessed: choosing without one makes each event
 * wait for the one before, which takes a third longer.
 */
#include "analysis/sweep_part.h"

#include "base/prefetch.h"

#define CANCEL_INTERVAL 65536
#define PREFETCH_DISTANCE 32 /* frees */
#define PREFETCH_STEP 8      /* frees at once */

/* What a part goes through, in places that others need not write to. */
typedef struct
{
  const Sweep *sweep;
  SweepPart *part;
  SweepQueues queues;
  guint64 *below_peak_bytes;
  const guint32 *lists;
  gsize interval, place; /* next allocation, and next free in their order */
  gsize place_to_fetch;  /* frees before it are on their way */
} SweepRun;

/* --- Changes --------------------------------------------------------------------------------------------- */

/* It is rare that a row gets higher than ever, or lower than before in the bin. */
static inline __attribute__ ((always_inline)) void
change_row (SweepRun *self, guint32 row, guint64 change_bytes, gboolean has_bins)
{
  gint64 below_bytes = (gint64) (self->below_peak_bytes[row] - change_bytes);
  self->below_peak_bytes[row] = (guint64) below_bytes;
  if (G_UNLIKELY (below_bytes < 0))
    {
      self->part->peak_bytes[row] -= (guint64) below_bytes;
      self->below_peak_bytes[row] = 0;
    }
  if (!has_bins)
    return;
  guint64 current_bytes = self->part->peak_bytes[row] - self->below_peak_bytes[row];
  if (G_UNLIKELY ((gint64) current_bytes < (gint64) self->part->lowest_bytes[row]))
    self->part->lowest_bytes[row] = current_bytes;
}

/* The conditions that are the same for a whole part are arguments known where it is compiled. */
static inline __attribute__ ((always_inline)) void
change_rows (SweepRun *self, guint32 list, guint64 change_bytes, gboolean has_bins)
{
  for (const guint32 *i = &self->lists[list]; *i != SWEEP_LIST_END; i += 2)
    {
      change_row (self, i[0], change_bytes, has_bins);
      change_row (self, i[1], change_bytes, has_bins);
    }
}

/* Makes the changes that were collected for @group. */
static inline __attribute__ ((always_inline)) void
change_group (SweepRun *self, guint group, gboolean has_bins)
{
  const SweepChange *changes = &self->queues.changes[(gsize) group * SWEEP_CHANGES_OF_GROUP];
  guint n_changes = self->queues.n_changes[group];
  for (guint i = 0; i < n_changes; i++)
    change_rows (self, changes[i].list, changes[i].change_bytes, has_bins);
  self->queues.n_changes[group] = 0;
}

static inline void
open_bin (const Sweep *sweep, SweepPart *part, guint bin)
{
  part->open_bin = bin;
  part->open_bin_end_ns = bin + 1 < part->end_bin
                              ? time_range_get_bin_start (sweep->values->span, sweep->movement->n_bins, bin + 1)
                              : G_MAXINT64;
}

/* Closes the open bin and opens the next. */
static void
close_bin (SweepRun *self)
{
  const Sweep *sweep = self->sweep;
  SweepPart *part = self->part;
  PoolMovement *movement = sweep->movement;
  for (guint group = 0; group < sweep->groups.n_groups; group++)
    change_group (self, group, TRUE);
  for (gsize i = 0; i < sweep->n_rows; i++)
    {
      guint64 current_bytes = sweep_part_get_current (part, i);
      movement->bins[(gsize) sweep->rows[i].place * movement->n_bins + part->open_bin]
          = (MovementBin){ part->lowest_bytes[i], current_bytes };
      part->lowest_bytes[i] = current_bytes;
    }
  open_bin (sweep, part, part->open_bin + 1);
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
change (SweepRun *self, gsize interval, PoolIntervalType type, gint64 time_ns, gboolean is_free, gboolean has_bins)
{
  const Sweep *sweep = self->sweep;
  SweepPart *part = self->part;
  if (!pool_selection_has_row (&sweep->selection, interval))
    return;
  gsize target_place = sweep_groups_get_place (sweep->n_leaves, get_leaf (sweep, interval), type);
  SweepTarget target = sweep->groups.targets[target_place];
  if (target.group == SWEEP_GROUP_NONE)
    return;
  while (has_bins && time_ns >= part->open_bin_end_ns)
    close_bin (self);
  guint64 size_bytes = sweep->intervals.size_bytes[interval];
  guint64 change_bytes = is_free ? -size_bytes : size_bytes;
  change_rows (self, target.wide, change_bytes, has_bins);
  guint n_changes = self->queues.n_changes[target.group]++;
  self->queues.changes[(gsize) target.group * SWEEP_CHANGES_OF_GROUP + n_changes]
      = (SweepChange){ change_bytes, target.narrow };
  if (n_changes + 1 == SWEEP_CHANGES_OF_GROUP)
    change_group (self, target.group, has_bins);
}

/* --- Events ---------------------------------------------------------------------------------------------- */

/* Frees meet the intervals in no order: begins to fetch what some later ones will touch. */
static inline void
prefetch_frees (SweepRun *self)
{
  const PoolIntervals *intervals = &self->sweep->intervals;
  const guint32 *leaf_column = self->sweep->leaf_column;
  gsize end = MIN (self->place_to_fetch + PREFETCH_STEP, self->part->end_free);
  for (gsize place = self->place_to_fetch; place < end; place++)
    {
      guint32 interval = intervals->free_order[place];
      prefetch (&intervals->freed_ns[interval]);
      prefetch (&intervals->size_bytes[interval]);
      if (leaf_column != NULL)
        prefetch (&leaf_column[interval]);
    }
  self->place_to_fetch += PREFETCH_STEP;
}

/* The next event, a free or an allocation, of @interval. */
static inline __attribute__ ((always_inline)) void
take_event (SweepRun *self, gboolean is_free, gsize interval, gint64 time_ns, gboolean has_bins)
{
  const Sweep *sweep = self->sweep;
  gint64 freed_ns = sweep->intervals.freed_ns[interval];
  PoolIntervalType type_of_free = interval < sweep->first_inside ? POOL_TYPE_AOFI : POOL_TYPE_AIFI;
  PoolIntervalType type_of_allocation = freed_ns < sweep->range_end_ns ? POOL_TYPE_AIFI : POOL_TYPE_AIFO;
  PoolIntervalType type = is_free ? type_of_free : type_of_allocation;
  /* What is freed before it comes is allocated in the same instant and never outstanding. */
  gboolean is_outstanding = is_free ? interval < self->interval : freed_ns != time_ns;
  if (G_LIKELY (is_outstanding))
    change (self, interval, type, time_ns, is_free, has_bins);
  self->place += is_free;
  self->interval += !is_free;
}

/* The next events, at most CANCEL_INTERVAL. Returns: FALSE when there are no more. */
static inline __attribute__ ((always_inline)) gboolean
take_events (SweepRun *self, gboolean has_bins)
{
  const PoolIntervals *intervals = &self->sweep->intervals;
  gsize end_interval = self->part->end_interval, end_free = self->part->end_free;
  for (guint n = 0; n < CANCEL_INTERVAL; n++)
    {
      gsize freed = 0;
      gint64 freed_ns = G_MAXINT64, allocated_ns = G_MAXINT64;
      if (self->place + PREFETCH_DISTANCE >= self->place_to_fetch)
        prefetch_frees (self);
      if (G_LIKELY (self->interval < end_interval))
        allocated_ns = intervals->allocated_ns[self->interval];
      else if (self->place == end_free)
        return FALSE;
      if (G_LIKELY (self->place < end_free))
        {
          freed = intervals->free_order[self->place];
          freed_ns = intervals->freed_ns[freed];
        }
      if (freed_ns <= allocated_ns)
        take_event (self, TRUE, freed, freed_ns, has_bins);
      else
        take_event (self, FALSE, self->interval, allocated_ns, has_bins);
    }
  return TRUE;
}

static inline __attribute__ ((always_inline)) void
take_all (SweepRun *self, gboolean has_bins)
{
  do
    self->part->is_cancelled = g_cancellable_is_cancelled (self->sweep->cancellable);
  while (!self->part->is_cancelled && take_events (self, has_bins));
  for (guint group = 0; group < self->sweep->groups.n_groups; group++)
    change_group (self, group, has_bins);
}

void
sweep_part_run (SweepPart *self, const Sweep *sweep, SweepQueues *queues)
{
  SweepRun run = { .sweep = sweep, .part = self, .queues = *queues, .below_peak_bytes = self->below_peak_bytes,
                   .lists = sweep->groups.lists, .interval = self->first_interval, .place = self->first_free,
                   .place_to_fetch = self->first_free };
  if (self->lowest_bytes == NULL)
    take_all (&run, FALSE);
  else
    {
      open_bin (sweep, self, self->first_bin);
      take_all (&run, TRUE);
      while (self->open_bin < self->end_bin)
        close_bin (&run);
    }
}

void
sweep_queues_init (SweepQueues *self, const SweepGroups *groups)
{
  self->changes = g_new (SweepChange, (gsize) groups->n_groups * SWEEP_CHANGES_OF_GROUP);
  self->n_changes = g_new0 (guint, groups->n_groups);
}

void
sweep_queues_clear (SweepQueues *self)
{
  g_free (self->changes);
  g_free (self->n_changes);
}
