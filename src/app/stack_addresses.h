/* The return addresses behind the frames that a row of the table shows: where in the function the call is. */
#pragma once

#include "analysis/pool_tree.h"

/* @texts: the frames of @row and of the rows above it, outermost first. Looks at every interval: for the worker.
 * Returns: (transfer full) (nullable): of char *, each text with offset, source line, other names and the sizes of
 * further addresses, as far as they are known; NULL when cancelled. */
GPtrArray *stack_addresses_dup_lines (const PoolTreeValues *values, PoolTreeRow row, const GPtrArray *texts,
                                      GCancellable *cancellable);
