/* What the intervals of a row of the table hold, stack by stack. */
#pragma once

#include "analysis/pool_tree.h"

typedef struct
{
  guint32 stack;
  PoolTreeSums sums;
} StackSums;

/* The stacks of @dimension with intervals of @row in the range of @values, by number: (transfer full): of StackSums.
 * NULL with @error only when cancelled. */
GArray *stack_sums_collect (const PoolTreeValues *values, PoolTreeRow row, Dimension dimension,
                            GCancellable *cancellable, GError **error);
