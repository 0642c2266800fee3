#include "model/decode_pipeline.h"

#define MAX_WORKERS 8
#define BUFFERS_AHEAD_PER_WORKER 8

/* What a thread needs for decoding. */
typedef struct
{
  EtlBufferReader *reader;
  StackFragmentCache *fragments;
} DecodeTools;

struct _DecodePipeline
{
  const EtlFile *file;
  StackFragmentTable *fragments;
  Progress *progress;
  GCancellable *cancellable;
  GThread *workers[MAX_WORKERS];
  guint n_workers;
  DecodeTools tools; /* of the consumer, who helps while it would have to wait */

  GMutex mutex; /* guards all below */
  GCond changed;
  DecodedBuffer **decoded; /* (array length=file->n_buffers): done and not taken yet */
  gsize next_to_decode, next_to_take;
  gboolean is_stopped;
  GPtrArray *spare; /* of DecodedBuffer, to be used again */
  ImportCounters counters;
};

static DecodeTools
decode_tools_new (const DecodePipeline *pipeline)
{
  return (DecodeTools){ etl_buffer_reader_new (pipeline->file), stack_fragment_cache_new (pipeline->fragments) };
}

static void
decode_tools_clear (DecodeTools *self)
{
  etl_buffer_reader_free (self->reader);
  stack_fragment_cache_free (self->fragments);
}

static DecodedBuffer *
take_spare (DecodePipeline *self)
{
  return self->spare->len ? g_ptr_array_steal_index_fast (self->spare, self->spare->len - 1) : decoded_buffer_new ();
}

/* Whether there is a buffer to decode that is not too far ahead. The mutex is held. */
static gboolean
can_decode (const DecodePipeline *self)
{
  gsize ahead = (gsize) self->n_workers * BUFFERS_AHEAD_PER_WORKER;
  return self->next_to_decode < self->file->n_buffers && self->next_to_decode < self->next_to_take + ahead;
}

/* Decodes the next buffer, which there must be. The mutex is held, but not while decoding. */
static void
decode_next (DecodePipeline *self, DecodeTools *tools)
{
  gsize index = self->next_to_decode++;
  DecodedBuffer *decoded = take_spare (self);
  g_mutex_unlock (&self->mutex);
  EtlBuffer buffer;
  decoded_buffer_reset (decoded);
  /* A buffer that cannot be read has been counted; the rest goes on without it. */
  if (!g_cancellable_is_cancelled (self->cancellable)
      && etl_buffer_reader_load (tools->reader, index, &buffer, &decoded->counters, NULL))
    decoded_buffer_decode (decoded, &buffer, self->file->header.clock.first_ticks, tools->fragments);
  progress_add (self->progress, self->file->buffers[index].size_bytes, decoded->n_events);
  g_mutex_lock (&self->mutex);
  self->decoded[index] = decoded;
  import_counters_add (&self->counters, &decoded->counters);
  g_cond_broadcast (&self->changed);
}

static gpointer
worker_run (gpointer data)
{
  DecodePipeline *self = data;
  DecodeTools tools = decode_tools_new (self);
  g_mutex_lock (&self->mutex);
  while (!self->is_stopped && self->next_to_decode < self->file->n_buffers)
    if (can_decode (self))
      decode_next (self, &tools);
    else
      g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);
  decode_tools_clear (&tools);
  return NULL;
}

/* Starts decoding @file, which must outlive the pipeline. A cancelled pipeline delivers empty buffers. */
DecodePipeline *
decode_pipeline_new (const EtlFile *file, StackFragmentTable *fragments, Progress *progress,
                     GCancellable *cancellable)
{
  DecodePipeline *self = g_new0 (DecodePipeline, 1);
  self->file = file;
  self->fragments = fragments;
  self->progress = progress;
  self->cancellable = cancellable;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->decoded = g_new0 (DecodedBuffer *, file->n_buffers);
  self->spare = g_ptr_array_new_with_free_func ((GDestroyNotify) decoded_buffer_free);
  /* The consumer keeps one processor busy. */
  gsize n_workers = CLAMP ((gsize) g_get_num_processors (), 2, MAX_WORKERS + 1) - 1;
  self->n_workers = (guint) MIN (n_workers, MAX (file->n_buffers, 1));
  self->tools = decode_tools_new (self);
  for (guint i = 0; i < self->n_workers; i++)
    self->workers[i] = g_thread_new ("decode", worker_run, self);
  return self;
}

/* Stops the threads, wherever they are. */
void
decode_pipeline_free (DecodePipeline *self)
{
  g_mutex_lock (&self->mutex);
  self->is_stopped = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < self->n_workers; i++)
    g_thread_join (self->workers[i]);
  decode_tools_clear (&self->tools);
  for (gsize i = 0; i < self->file->n_buffers; i++)
    g_clear_pointer (&self->decoded[i], decoded_buffer_free);
  g_free (self->decoded);
  g_ptr_array_unref (self->spare);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* Decodes others while the next one is not there yet.
 *
 * Returns: (transfer full): the next buffer in the order of file->buffers, to be given back; there must be one. */
DecodedBuffer *
decode_pipeline_take (DecodePipeline *self)
{
  g_mutex_lock (&self->mutex);
  gsize index = self->next_to_take;
  while (!self->decoded[index])
    if (can_decode (self))
      decode_next (self, &self->tools);
    else
      g_cond_wait (&self->changed, &self->mutex);
  DecodedBuffer *buffer = g_steal_pointer (&self->decoded[index]);
  self->next_to_take++;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  return buffer;
}

/* Takes a buffer back for its memory. */
void
decode_pipeline_give_back (DecodePipeline *self, DecodedBuffer *buffer)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->spare, buffer);
  g_mutex_unlock (&self->mutex);
}

/* Adds what decoding has counted so far. */
void
decode_pipeline_add_counters (const DecodePipeline *self, ImportCounters *counters)
{
  DecodePipeline *unguarded = (DecodePipeline *) self;
  g_mutex_lock (&unguarded->mutex);
  import_counters_add (counters, &self->counters);
  g_mutex_unlock (&unguarded->mutex);
}
