/* The return addresses behind the frames that a row of the table shows: where in the function the call is. */
#pragma once

#include "analysis/pool_tree.h"

/* One return address behind a row. */
typedef struct
{
  guint32 frame; /* row of the trace's frames */
  guint64 size_bytes; /* of the blocks of the row whose stacks have it */
} StackAddress;

/* The return addresses behind @row, which is a frame: all frames of its stacks at its place.
 * Looks at every interval: for the worker.
 * Returns: (transfer full) (nullable): of StackAddress, heaviest first; NULL when cancelled. */
GArray *stack_addresses_collect (const PoolTreeValues *values, PoolTreeRow row, GCancellable *cancellable);

/* @texts: the frames of @row and of the rows above it, outermost first. Looks at every interval: for the worker.
 * Returns: (transfer full) (nullable): of char *, each text with offset, source line, other names and the sizes of
 * further addresses, as far as they are known; NULL when cancelled. */
GPtrArray *stack_addresses_dup_lines (const PoolTreeValues *values, PoolTreeRow row, const GPtrArray *texts,
                                      GCancellable *cancellable);
