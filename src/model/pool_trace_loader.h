/* From a byte source to a pool trace. */
#pragma once

#include "model/load_preview.h"
#include "model/pool_trace.h"

/* Loads the trace in @source; see the .c file for the passes.
 *
 * @progress, @preview, @cancellable are nullable. Uses as many threads as there are processors, at most 8,
 * for decoding; blocks the caller.
 * Returns: (transfer full) (nullable): NULL with @error (ETL_ERROR, G_IO_ERROR) when the source is no trace,
 * nothing of it can be read, or it was cancelled. A damaged trace is a success with counters.
 */
PoolTrace *pool_trace_load (ByteSource *source, Progress *progress, LoadPreview *preview,
                            GCancellable *cancellable, GError **error);
/* The same without those of POOL_COLUMNS_ALL that are not in @columns, which saves time and memory. Without free stacks
 * the trace does not know either how many frees have one, nor frames that are in no other stack; and without contexts
 * neither how many threads are unknown, nor processes that are named nowhere else. */
PoolTrace *pool_trace_load_columns (ByteSource *source, PoolColumns columns, Progress *progress, LoadPreview *preview,
                                    GCancellable *cancellable, GError **error);
