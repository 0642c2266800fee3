/* Loading is one pass over the file. Decoding threads turn buffers into records and intern stack fragments
 * (decode_pipeline); the caller's thread merges the records by time (record_merger), pairs frees with allocations and
 * fragments with events (trace_builder), and at the end resolves frames and settles the columns (trace_finish). One more
 * makes the memory of the columns ready ahead of it (page_toucher).
 */
#include "model/pool_trace_loader.h"

#include "etl/etl_index.h"
#include "model/record_merger.h"
#include "model/trace_builder.h"

typedef struct
{
  const EtlFile *file;
  Progress *progress;
  LoadPreview *preview;
  GCancellable *cancellable;
  PoolColumns columns;
  gboolean is_in_order; /* the buffers' first times are known to be their earliest */
} Load;

typedef enum
{
  LOAD_GOES_ON,
  LOAD_CANCELLED,
  LOAD_DISORDERED, /* a buffer's events turned out to be older than its first */
  LOAD_TOO_LARGE,  /* for the numbers of rows or of stack fragments */
} LoadState;

/* Whether @batch can be added. */
static LoadState
judge (const Load *load, const TraceBuilder *builder, const MergedBatch *batch)
{
  if (g_cancellable_is_cancelled (load->cancellable))
    return LOAD_CANCELLED;
  if (batch->was_disordered && !load->is_in_order)
    return LOAD_DISORDERED;
  return trace_builder_has_room (builder, batch->n) ? LOAD_GOES_ON : LOAD_TOO_LARGE;
}

/* Gives all records to @builder. Returns: LOAD_GOES_ON when it has got them all. */
static LoadState
add_records (const Load *load, RecordMerger *merger, TraceBuilder *builder)
{
  MergedBatch *batch = merged_batch_new (), *following = merged_batch_new ();
  record_merger_next_batch (merger, batch);
  LoadState state = judge (load, builder, batch);
  while (state == LOAD_GOES_ON && batch->n)
    {
      record_merger_next_batch (merger, following);
      trace_builder_add_batch (builder, batch, following);
      MergedBatch *done = batch;
      batch = following;
      following = done;
      state = judge (load, builder, batch);
    }
  merged_batch_free (batch);
  merged_batch_free (following);
  return state;
}

/* One pass. Returns NULL when it did not come to its end, with @ret_state saying why. */
static PoolTrace *
load_once (const Load *load, LoadState *ret_state)
{
  StackFragmentTable *fragments = stack_fragment_table_new ();
  DecodePipeline *pipeline = decode_pipeline_new (load->file, fragments, load->progress, load->cancellable);
  RecordMerger *merger = record_merger_new (load->file, pipeline, load->cancellable);
  TraceBuilder *builder = trace_builder_new (load->file, fragments, load->columns, load->preview);
  PoolTrace *trace = NULL;
  *ret_state = add_records (load, merger, builder);
  if (*ret_state == LOAD_GOES_ON)
    {
      ImportCounters decoding = { 0 };
      decode_pipeline_add_counters (pipeline, &decoding);
      trace = trace_builder_finish (builder, merger, &decoding);
    }
  trace_builder_free (builder);
  record_merger_free (merger);
  decode_pipeline_free (pipeline);
  stack_fragment_table_free (fragments);
  return trace;
}

/* For files whose buffers are not in time order inside: finds each buffer's earliest event and orders the
 * buffers by it. */
static void
order_by_earliest_event (EtlFile *file, GCancellable *cancellable)
{
  StackFragmentTable *fragments = stack_fragment_table_new ();
  DecodePipeline *pipeline = decode_pipeline_new (file, fragments, NULL, cancellable);
  for (gsize i = 0; i < file->n_buffers; i++)
    {
      DecodedBuffer *buffer = decode_pipeline_take (pipeline);
      if (buffer->first_ticks <= buffer->last_ticks)
        file->buffers[i].first_ticks = MIN (file->buffers[i].first_ticks, buffer->first_ticks);
      decode_pipeline_give_back (pipeline, buffer);
    }
  decode_pipeline_free (pipeline);
  stack_fragment_table_free (fragments);
  etl_index_order (file);
}

/* Somebody may write to the file while it is read, or the archive it came in was damaged: what was read is shown, and
 * told to be a part. */
static void
count_changes (const ByteSource *source, PoolTrace *trace)
{
  guint64 size_bytes = byte_source_get_size (source), size_now_bytes;
  if (byte_source_has_changed (source, &size_now_bytes))
    trace->counters.values[IMPORT_BYTES_CHANGED_MEANWHILE] =
      MAX (size_bytes, size_now_bytes) - MIN (size_bytes, size_now_bytes);
  trace->counters.values[IMPORT_ARCHIVE_BYTES_MISSING] = byte_source_get_n_missing_bytes (source);
}

static void
set_error (GError **error, LoadState state, const char *name)
{
  if (state == LOAD_TOO_LARGE)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                 "“%s” has more than %u allocations or stacks, which is more than can be numbered; record for a shorter "
                 "time, or only the tags in question",
                 name, INTERVAL_TABLE_MAX_ROWS);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "“%s” was not loaded: cancelled", name);
}

PoolTrace *
pool_trace_load_columns (ByteSource *source, PoolColumns columns, Progress *progress, LoadPreview *preview,
                         GCancellable *cancellable, GError **error)
{
  g_autoptr (EtlFile) file = etl_file_open (source, progress, cancellable, error);
  if (!file)
    return NULL;
  Load load = { file, progress, preview, cancellable, columns, FALSE };
  LoadState state;
  PoolTrace *trace = load_once (&load, &state);
  if (state == LOAD_DISORDERED)
    {
      order_by_earliest_event (file, cancellable);
      load.is_in_order = TRUE;
      load.preview = NULL; /* it has shown the same once */
      trace = load_once (&load, &state);
    }
  if (trace)
    count_changes (source, trace);
  else
    set_error (error, state, byte_source_get_display_name (source));
  return trace;
}

PoolTrace *
pool_trace_load (ByteSource *source, Progress *progress, LoadPreview *preview, GCancellable *cancellable,
                 GError **error)
{
  return pool_trace_load_columns (source, POOL_COLUMNS_ALL, progress, preview, cancellable, error);
}
