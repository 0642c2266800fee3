/* The records of all buffers in one order: by time, then processor, then place in the stream.
 *
 * Buffers come in the order of their first event; a buffer is opened when the merged time reaches
 * it. So the buffers of one processor may overlap (several sessions merged into one file).
 */
#pragma once

#include "base/tick_clock.h"
#include "model/decode_pipeline.h"

typedef struct
{
  const Record *record;
  const DecodedBuffer *buffer;
  gsize n_behind; /* records behind it in its buffer */
  gint64 time_ns;
} MergedRecord;

typedef struct _RecordMerger RecordMerger;

RecordMerger *record_merger_new (const EtlFile *file, DecodePipeline *pipeline, GCancellable *cancellable);
void record_merger_free (RecordMerger *self);

/* The next record, valid until the next call. FALSE at the end or when cancelled. */
gboolean record_merger_next (RecordMerger *self, MergedRecord *ret_record);

/* Whether a buffer held events older than its first one, so that records came too late. */
gboolean record_merger_was_disordered (const RecordMerger *self);
/* The largest time of all events of the buffers opened so far, not only of records. */
gint64 record_merger_get_last_ns (const RecordMerger *self);
/* The earliest event of each processor's stream, over the buffers that are not the file's first; G_MAXINT64 for none.
 * (array length=65536) */
const gint64 *record_merger_get_first_ns_of_processors (const RecordMerger *self);
