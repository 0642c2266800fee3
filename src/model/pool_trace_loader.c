/* Loading is one pass over the file. Decoding threads turn buffers into records and intern stack fragments
 * (decode_pipeline); another merges the records by time (merge_queue); the caller's thread pairs frees with
 * allocations and fragments with events (trace_builder), and at the end resolves frames and settles the columns (trace_finish).
 */
#include "model/pool_trace_loader.h"

#include "model/merge_queue.h"
#include "model/trace_builder.h"

typedef struct
{
  const EtlFile *file;
  Progress *progress;
  LoadPreview *preview;
  GCancellable *cancellable;
  gboolean is_in_order; /* the buffers' first times are known to be their earliest */
} Load;

/* Gives all records to @builder. FALSE when it was cancelled, or, unless load->is_in_order, when a buffer's events
 * turned out to be older than its first. */
static gboolean
add_records (const Load *load, RecordMerger *merger, TraceBuilder *builder)
{
  MergeQueue *queue = merge_queue_new (merger);
  MergedBatch *batch = merge_queue_take (queue);
  gboolean is_usable = TRUE;
  while (is_usable && batch->n)
    {
      MergedBatch *following = merge_queue_take (queue);
      trace_builder_add_batch (builder, batch, following);
      merge_queue_give_back (queue, batch);
      batch = following;
      is_usable = !g_cancellable_is_cancelled (load->cancellable) && (load->is_in_order || !batch->was_disordered);
    }
  is_usable = is_usable && !g_cancellable_is_cancelled (load->cancellable)
              && (load->is_in_order || !batch->was_disordered);
  merge_queue_give_back (queue, batch);
  merge_queue_free (queue);
  return is_usable;
}

/* One pass. Returns NULL when add_records() did not end well. */
static PoolTrace *
load_once (const Load *load)
{
  StackFragmentTable *fragments = stack_fragment_table_new ();
  DecodePipeline *pipeline = decode_pipeline_new (load->file, fragments, load->progress, load->cancellable);
  RecordMerger *merger = record_merger_new (load->file, pipeline, load->cancellable);
  TraceBuilder *builder = trace_builder_new (load->file, fragments, load->preview);
  PoolTrace *trace = NULL;
  if (add_records (load, merger, builder))
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

static gint
compare_buffers (gconstpointer a, gconstpointer b)
{
  const EtlBufferInfo *left = a, *right = b;
  if (left->first_ticks != right->first_ticks)
    return left->first_ticks < right->first_ticks ? -1 : 1;
  if (left->processor != right->processor)
    return left->processor < right->processor ? -1 : 1;
  if (left->sequence_number != right->sequence_number)
    return left->sequence_number < right->sequence_number ? -1 : 1;
  return (left->offset > right->offset) - (left->offset < right->offset);
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
  qsort (file->buffers, file->n_buffers, sizeof *file->buffers, compare_buffers);
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

PoolTrace *
pool_trace_load (ByteSource *source, Progress *progress, LoadPreview *preview, GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (EtlFile) file = etl_file_open (source, progress, cancellable, error);
  if (!file)
    return NULL;
  Load load = { file, progress, preview, cancellable, FALSE };
  PoolTrace *trace = load_once (&load);
  if (!trace && !g_cancellable_is_cancelled (cancellable))
    {
      order_by_earliest_event (file, cancellable);
      load.is_in_order = TRUE;
      load.preview = NULL; /* it has shown the same once */
      trace = load_once (&load);
    }
  if (trace)
    count_changes (source, trace);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "“%s” was not loaded: cancelled",
                 byte_source_get_display_name (source));
  return trace;
}
