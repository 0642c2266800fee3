/* What is told of rows from their blocks one by one: smallest, largest, youngest, oldest, different values. */
#pragma once

#include "analysis/pool_tree_private.h"

/* Fills @ret_aggregates (array length=n_rows) for those of @asked that need them: one pass over the blocks of the rows for
 * each set of types that they have, however deep the rows lie in each other. FALSE when cancelled. */
gboolean pool_tree_values_get_aggregates (const PoolTreeValues *self, const PoolTreeRow *rows, gsize n_rows,
                                          MetricSet asked, RowAggregates *ret_aggregates,
                                          GCancellable *cancellable);
