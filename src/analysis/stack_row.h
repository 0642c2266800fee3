/* The row of the table that a stack, or the beginning of one, is shown in. */
#pragma once

#include "analysis/pool_tree.h"

/* The row below @scope (POOL_TREE_ROOT for everything) whose frames in the column of @dimension read @path (texts from
 * the outermost, array zero-terminated=1); where several hold such stacks, at each level the one that holds most of them
 * by @metric. An empty path means @scope.
 * FALSE when the grouping lacks the dimension, no interval has such a stack, or when cancelled. */
gboolean stack_row_find (const PoolTreeValues *values, PoolTreeRow scope, Dimension dimension, const char *const *path,
                         Metric metric, GCancellable *cancellable, PoolTreeRow *ret_row);
