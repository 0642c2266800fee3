/* One part of the range of a sweep: what its allocations and frees do to the rows. */
#pragma once

#include "analysis/sweep_groups.h"

/* An event whose rows wait for it. */
typedef struct
{
  guint64 change_bytes;
  guint32 list;
} SweepChange;

/* Events by group, which a thread needs while it goes through a part. */
typedef struct
{
  SweepChange *changes; /* (array length=n_groups * SWEEP_CHANGES_OF_GROUP) (owned) */
  guint *n_changes;     /* (array length=n_groups) (owned) */
} SweepQueues;

#define SWEEP_CHANGES_OF_GROUP 128

/* What all parts have in common. */
typedef struct
{
  PoolMovement *movement;
  const PoolTreeValues *values;
  const MovingRow *rows;      /* (array length=n_rows) */
  gsize n_rows;
  PoolSelection selection;    /* (not owned) */
  gsize first_inside;         /* interval allocated in the range */
  gint64 range_end_ns;
  SweepGroups groups;
  PoolIntervals intervals;    /* (not owned) */
  const guint32 *leaf_column; /* (nullable): of the intervals, which tells their leaves; all are in one without it */
  const guint32 *leaf_table;  /* (nullable): by the values of that column; NULL where they are leaves themselves */
  guint32 n_leaves;
  GCancellable *cancellable;
} Sweep;

typedef struct
{
  gsize first_interval, end_interval; /* those allocated in it */
  gsize first_free, end_free;         /* places in the order of frees */
  guint first_bin, end_bin;
  /* Outstanding in the rows since the start of the part, modulo 2^64 as all sizes here; (array length=n_rows + 1) (not
   * owned), with zeros to begin with: the last is no row. */
  guint64 *peak_bytes;
  guint64 *below_peak_bytes;          /* the peak so far, less what is outstanding now */
  guint64 *lowest_bytes;              /* (nullable): in the open bin; NULL without bins */
  guint open_bin;
  gint64 open_bin_end_ns;
  gboolean is_cancelled;
} SweepPart;

void sweep_queues_init (SweepQueues *self, const SweepGroups *groups);
void sweep_queues_clear (SweepQueues *self);

/* Goes through a part, of which all up to .lowest_bytes is set, as if nothing was outstanding at its start. @queues: empty,
 * before and after. */
void sweep_part_run (SweepPart *self, const Sweep *sweep, SweepQueues *queues);

/* What is outstanding in a row now. */
static inline guint64
sweep_part_get_current (const SweepPart *self, gsize row)
{
  return self->peak_bytes[row] - self->below_peak_bytes[row];
}
