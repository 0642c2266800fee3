/* The records of all buffers in one order: by time, then processor, then place in the stream.
 *
 * Buffers come in the order of their first event; a buffer is opened when the merged time reaches
 * it. So the buffers of one processor may overlap (several sessions merged into one file).
 */
#pragma once

#include "base/tick_clock.h"
#include "model/decode_pipeline.h"

typedef enum
{
  MERGED_WHOLE, /* the record; a pool event's own stack follows it in the merged order too */
  MERGED_EVENT, /* the event of a record with a stack; the stack comes later, others between */
  MERGED_STACK, /* the stack of a record, which comes now */
} MergedPart;

/* A place in the merged order. The record stays where it was decoded: copying it would cost more than merging. */
typedef struct
{
  const Record *record;
  const DecodedBuffer *buffer; /* that holds it */
  gint64 time_ns;         /* of the record, or of its stack for MERGED_STACK */
  guint32 stack_delay_ns; /* of a whole record with a stack: from the record to the stack; else 0 */
  MergedPart part;
} MergedRecord;

/* Two batches, the one that is read and the following one, fit the fastest cache. */
#define MERGED_BATCH_CAPACITY 256

typedef struct
{
  MergedRecord records[MERGED_BATCH_CAPACITY];
  guint n;
  gboolean was_disordered; /* some buffer up to here held events older than its first one: records came too late */
  GPtrArray *ended_buffers; /* of DecodedBuffer (owned): those whose last record is here */
} MergedBatch;

MergedBatch *merged_batch_new (void);
void merged_batch_free (MergedBatch *self);

typedef struct _RecordMerger RecordMerger;

RecordMerger *record_merger_new (const EtlFile *file, DecodePipeline *pipeline, GCancellable *cancellable);
void record_merger_free (RecordMerger *self);

/* Fills @batch with the next records; with none at the end or when cancelled. They are valid until the batch is
 * filled again or freed, if all batches are filled in turns. */
void record_merger_next_batch (RecordMerger *self, MergedBatch *batch);

/* The largest time of all events of the buffers opened so far, not only of records. */
gint64 record_merger_get_last_ns (const RecordMerger *self);
/* The earliest event of each processor's stream, over the buffers that are not the file's first; G_MAXINT64 for none.
 * (array length=65536) */
const gint64 *record_merger_get_first_ns_of_processors (const RecordMerger *self);
/* The latest event of each buffer of the file; G_MININT64 for none. (array length=file->n_buffers) */
const gint64 *record_merger_get_last_ns_of_buffers (const RecordMerger *self);
