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

/* Appends to @lines the frames that @texts name, from the one after those that @lines has to the one before @end_text:
 * each text with offset, source line, other names and the sizes of further addresses, as far as they are known.
 * @texts: of the rows at @level of the grouping on the way to @row or further, outermost first. Looks at every
 * interval: for the worker. FALSE when cancelled. */
gboolean stack_addresses_append_lines (const PoolTreeValues *values, PoolTreeRow row, guint level,
                                       const GPtrArray *texts, guint end_text, GPtrArray *lines,
                                       GCancellable *cancellable);
