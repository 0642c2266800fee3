/* Many rows at once through the events of a range: one pass, divided among threads. */
#pragma once

#include "analysis/pool_tree_movement.h"

#define SWEEP_PARTS_MAXIMUM 16

/* A row that moves: something of it is allocated or freed inside the range. */
typedef struct
{
  guint32 place;               /* of the row in the movement */
  guint32 first_leaf, end_leaf; /* of the layer that all moving rows are seen in */
  PoolTypeMask types;
} MovingRow;

/* Fills peaks and bins of @rows in @movement, where peak_bytes has what was carried into the range. @n_parts (1 to
 * SWEEP_PARTS_MAXIMUM): of the range, each gone through by one thread. FALSE when cancelled. */
gboolean pool_tree_sweep (PoolMovement *movement, const PoolTreeValues *values, const PoolTreeLayer *layer,
                          const MovingRow *rows, gsize n_rows, guint n_parts, GCancellable *cancellable);
