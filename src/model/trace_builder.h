/* Puts a trace together from merged records, in one pass over time.
 *
 * A record that is alone in its instant, as nearly all are, is handled at once. The records of one instant are
 * handled together, in this order: processes, images and the like; pool events and context switches; stack fragments;
 * definitions of stack keys.
 */
#pragma once

#include "model/record_merger.h"
#include "model/service_table.h"
#include "model/site_cache.h"
#include "model/stack_matcher.h"

typedef struct
{
  const EtlFile *file;
  TickClock clock;
  ImportCounters counters;
  IntervalTable intervals;
  ProcessTable processes;
  ImageTable images;
  StackTable stacks;
  StackMatcher matcher;
  StackFragmentTable *fragments; /* not owned */

  SiteCache site_cache;

  gint64 instant_ns;             /* of the records that came last */
  Record *instant;               /* (array length=n_instant) (owned): of this instant, in stream order */
  guint16 *instant_processors;   /* (array length=n_instant) (owned) */
  guint n_instant, instant_capacity;

  guint32 *running_threads;      /* (array length=65536) (owned): by processor; ETL_ID_UNKNOWN before its first switch */
  GHashTable *rows_before_switch; /* processor -> GArray of rows without a thread before its first switch */
  ServiceTable services;
  GArray *volumes;               /* of PoolVolume (owned) */
  I64Column loss_ns;
  PoolTraceInfo info;
  gint64 first_rundown_ns;       /* of processes or images, G_MAXINT64 for none */
} TraceBuilder;

/* Keeps @columns, and all that are not of PoolColumns. */
TraceBuilder *trace_builder_new (const EtlFile *file, StackFragmentTable *fragments, PoolColumns columns,
                                 LoadPreview *preview);
void trace_builder_free (TraceBuilder *self);
/* Whether @n_records more can be added: rows and stack fragments have numbers of 31 bits. */
gboolean trace_builder_has_room (const TraceBuilder *self, gsize n_records);
/* Takes the next records of the merged stream; @following (empty at the end) has those behind them, already looked
 * at for what they will touch. */
void trace_builder_add_batch (TraceBuilder *self, const MergedBatch *batch, const MergedBatch *following);
/* Call once, after the last record. Returns: (transfer full): the trace. */
PoolTrace *trace_builder_finish (TraceBuilder *self, const RecordMerger *merger, const ImportCounters *decoding);
