/* The text of one row of the table for a bug report: what leaks and how fast, where it was recorded, the stack, and
 * the module that allocated.
 *
 * The text is English whatever the language of the window: it is read by others.
 */
#pragma once

#include "analysis/pool_tree.h"

typedef struct
{
  PoolTreeValues *values;
  PoolTreeRow row; /* not the root */
  gboolean innermost_first;
  gboolean is_markdown; /* fenced */
} StackReport;

/* The frames on the path from the root to the row, then those on the heaviest path down. Looks at every interval: for
 * the worker. Returns: (transfer full) (nullable): NULL when cancelled. */
char *stack_report_dup_text (const StackReport *self, GCancellable *cancellable);
