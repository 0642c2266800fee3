/* When events were lost: from marked buffers and from the events that tell of a loss. */
#pragma once

#include "base/column.h"
#include "etl/etl_file.h"
#include "model/pool_trace.h"

/* A mark says that events were lost in its buffer, so somewhere until the next buffer of the processor begins, or that
 * a buffer before it was lost, so behind the last event of the processor's buffer before.
 * @last_ns: (array length=file->n_buffers): the latest event of each buffer, G_MININT64 for none.
 * @moments_ns: times of the events that tell of a loss, in any order.
 * Returns: (array length=ret_n_losses) (transfer full) (nullable): as PoolTraceInfo.losses. */
PoolLoss *loss_list_new (const EtlFile *file, const gint64 *last_ns, const I64Column *moments_ns,
                         gint64 last_event_ns, gsize *ret_n_losses);
