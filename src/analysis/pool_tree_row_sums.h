/* What rows hold: their leaves, and the sums of these. */
#pragma once

#include "analysis/pool_tree_private.h"

typedef struct
{
  PoolLeafRun run;
  PoolTypeMask types;                 /* that intervals of the row can have */
  PoolLeafSums by_type[POOL_N_TYPES]; /* nothing of other types */
} PoolRowSums;

/* Those of @rows; of many by several threads. Returns: (array length=n_rows) (transfer full) */
PoolRowSums *pool_row_sums_new (const PoolTreeValues *values, const PoolTreeRow *rows, gsize n_rows);
