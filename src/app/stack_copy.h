/* The text of a stack for a bug report: what leaks, where it was recorded, the frames, the modules.
 *
 * The text is English whatever the language of the window: it is read by others.
 */
#pragma once

#include "analysis/pool_tree.h"

typedef struct
{
  PoolTreeValues *values;
  PoolTreeRow row;
  gboolean innermost_first;
  gboolean is_markdown;
} StackCopy;

/* The path from the root to the row, then the heaviest path down. Looks at every interval: for the worker.
 * Returns: (transfer full) (nullable): NULL when cancelled. */
char *stack_copy_dup_text (const StackCopy *self, GCancellable *cancellable);
