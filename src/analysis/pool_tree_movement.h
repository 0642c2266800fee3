/* The outstanding size of rows as it moves through the range: peak, and the course by equal parts. */
#pragma once

#include "analysis/pool_tree_row_sums.h"

/* One part of the range. */
typedef struct
{
  guint64 minimum_bytes; /* takes in the value carried into the part */
  guint64 last_bytes;
} MovementBin;

typedef struct
{
  guint n_bins;
  guint64 *peak_bytes; /* (array length=n_rows) (owned) */
  MovementBin *bins;   /* (array length=n_rows * n_bins) (owned) */
} PoolMovement;

/* The movement of each of @rows, the range cut into @n_bins parts as timelines cut it; 0: the peaks alone. FALSE when
 * cancelled; to be cleared in any case. */
gboolean pool_movement_init (PoolMovement *self, const PoolTreeValues *values, const PoolRowSums *const *rows,
                             gsize n_rows, guint n_bins, GCancellable *cancellable);
/* The same in a way that is chosen: row by row for 0 @n_parts, else in one sweep, the range in so many parts (at most
 * SWEEP_PARTS_MAXIMUM). */
gboolean pool_movement_init_in_parts (PoolMovement *self, const PoolTreeValues *values, const PoolRowSums *const *rows,
                                      gsize n_rows, guint n_bins, guint n_parts, GCancellable *cancellable);
void pool_movement_clear (PoolMovement *self);
