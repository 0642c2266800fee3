/* The different values that intervals have in a dimension that they know by themselves. */
#pragma once

#include "analysis/pool_tree_private.h"
#include "analysis/value_index.h"

/* A value that occurs, and its id: low values are ids themselves. */
typedef struct
{
  guint64 value;
  guint32 id;
} FoundValue;

/* The values of all intervals that the filter of @tree lets pass: by the threads that there are, in one pass.
 * @column (array length=n intervals) (nullable): where they stand, if anywhere;
 * @ret_ids (array length=n intervals) (nullable): where to put values that are below 256, of all intervals;
 * @ret_n_low: a power of two: values from it on have their places in @ret_high_values, counted from it, as ids.
 * Returns: (transfer full) (element-type FoundValue): those with low ids first. */
GArray *interval_values_find (const PoolTree *tree, Dimension dimension, const guint64 *column, guint8 *ret_ids,
                              guint32 *ret_n_low, ValueIndex *ret_high_values);
