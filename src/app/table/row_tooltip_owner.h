/* What tooltips tell of pool tags and processes. Each appends lines, each behind a line break, and is FALSE when
 * cancelled. They look at every interval: for the worker. */
#pragma once

#include "analysis/pool_tree.h"

/* The tag as source code writes it, its driver and what it is for. */
gboolean row_tooltip_append_tag (GString *text, const PoolTreeValues *values, PoolTreeRow row,
                                 GCancellable *cancellable);
/* Command line, begin, end, session and services of the process, and whether memory outlived it. */
gboolean row_tooltip_append_process (GString *text, const PoolTreeValues *values, PoolTreeRow row,
                                     GCancellable *cancellable);
