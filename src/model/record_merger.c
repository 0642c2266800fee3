#include "model/record_merger.h"

#define N_PROCESSORS 65536

/* An open buffer; the heap is ordered by (time_ns, processor, order). */
typedef struct
{
  gint64 time_ns;
  guint64 tie; /* processor in the upper 16 bits, number of the buffer below: smaller first */
  DecodedBuffer *buffer;
  gsize position;
} Cursor;

struct _RecordMerger
{
  const EtlFile *file;
  DecodePipeline *pipeline;
  GCancellable *cancellable;
  GArray *heap; /* of Cursor, a binary heap */
  gsize next_buffer;
  gint64 next_buffer_ns; /* time of the first event of the next buffer, G_MAXINT64 at the end */
  DecodedBuffer *finished; /* (nullable): exhausted, but its last record is still in the caller's hands */
  gint64 last_ns;
  gboolean was_disordered, is_cancelled;
  gint64 *first_ns_of_processors;
};

static gboolean
cursor_is_before (const Cursor *a, const Cursor *b)
{
  return a->time_ns < b->time_ns || (a->time_ns == b->time_ns && a->tie < b->tie);
}

static void
sift_down (RecordMerger *self)
{
  Cursor *cursors = (Cursor *) self->heap->data;
  guint n = self->heap->len, hole = 0;
  Cursor moving = cursors[0];
  for (;;)
    {
      guint child = 2 * hole + 1;
      if (child >= n)
        break;
      if (child + 1 < n && cursor_is_before (&cursors[child + 1], &cursors[child]))
        child++;
      if (!cursor_is_before (&cursors[child], &moving))
        break;
      cursors[hole] = cursors[child];
      hole = child;
    }
  cursors[hole] = moving;
}

static void
push_cursor (RecordMerger *self, const Cursor *cursor)
{
  g_array_append_vals (self->heap, cursor, 1);
  Cursor *cursors = (Cursor *) self->heap->data;
  guint hole = self->heap->len - 1;
  for (; hole > 0 && cursor_is_before (cursor, &cursors[(hole - 1) / 2]); hole = (hole - 1) / 2)
    cursors[hole] = cursors[(hole - 1) / 2];
  cursors[hole] = *cursor;
}

static void
note_next_buffer (RecordMerger *self)
{
  self->next_buffer_ns = self->next_buffer < self->file->n_buffers
                           ? tick_clock_to_ns (&self->file->header.clock,
                                               self->file->buffers[self->next_buffer].first_ticks)
                           : G_MAXINT64;
}

static void
open_next_buffer (RecordMerger *self)
{
  const EtlBufferInfo *info = &self->file->buffers[self->next_buffer];
  const TickClock *clock = &self->file->header.clock;
  DecodedBuffer *buffer = decode_pipeline_take (self->pipeline);
  if (buffer->first_ticks <= buffer->last_ticks)
    {
      gint64 first_ns = tick_clock_to_ns (clock, buffer->first_ticks);
      self->last_ns = MAX (self->last_ns, tick_clock_to_ns (clock, buffer->last_ticks));
      if (info->offset != 0)
        self->first_ns_of_processors[buffer->processor] =
          MIN (self->first_ns_of_processors[buffer->processor], first_ns);
      if (buffer->first_ticks < info->first_ticks)
        self->was_disordered = TRUE;
    }
  if (buffer->n_records)
    {
      Cursor cursor = { tick_clock_to_ns (clock, buffer->records[0].ticks),
                        (guint64) buffer->processor << 48 | self->next_buffer, buffer, 0 };
      push_cursor (self, &cursor);
    }
  else
    decode_pipeline_give_back (self->pipeline, buffer);
  self->next_buffer++;
  note_next_buffer (self);
  self->is_cancelled = g_cancellable_is_cancelled (self->cancellable);
}

RecordMerger *
record_merger_new (const EtlFile *file, DecodePipeline *pipeline, GCancellable *cancellable)
{
  RecordMerger *self = g_new0 (RecordMerger, 1);
  self->file = file;
  self->pipeline = pipeline;
  self->cancellable = cancellable;
  self->heap = g_array_new (FALSE, FALSE, sizeof (Cursor));
  self->first_ns_of_processors = g_new (gint64, N_PROCESSORS);
  for (guint i = 0; i < N_PROCESSORS; i++)
    self->first_ns_of_processors[i] = G_MAXINT64;
  note_next_buffer (self);
  return self;
}

void
record_merger_free (RecordMerger *self)
{
  for (guint i = 0; i < self->heap->len; i++)
    decoded_buffer_free (g_array_index (self->heap, Cursor, i).buffer);
  g_clear_pointer (&self->finished, decoded_buffer_free);
  g_array_unref (self->heap);
  g_free (self->first_ns_of_processors);
  g_free (self);
}

gboolean
record_merger_next (RecordMerger *self, MergedRecord *ret_record)
{
  if (G_UNLIKELY (self->finished))
    decode_pipeline_give_back (self->pipeline, g_steal_pointer (&self->finished));
  while (self->next_buffer < self->file->n_buffers && !self->is_cancelled
         && (self->heap->len == 0 || self->next_buffer_ns <= g_array_index (self->heap, Cursor, 0).time_ns))
    open_next_buffer (self);
  if (self->heap->len == 0 || self->is_cancelled)
    return FALSE;

  Cursor *top = (Cursor *) self->heap->data;
  ret_record->record = &top->buffer->records[top->position];
  ret_record->buffer = top->buffer;
  ret_record->n_behind = top->buffer->n_records - top->position - 1;
  ret_record->time_ns = top->time_ns;
  if (++top->position < top->buffer->n_records)
    top->time_ns = tick_clock_to_ns (&self->file->header.clock, top->buffer->records[top->position].ticks);
  else
    {
      self->finished = top->buffer;
      *top = g_array_index (self->heap, Cursor, self->heap->len - 1);
      g_array_set_size (self->heap, self->heap->len - 1);
    }
  if (self->heap->len > 1)
    sift_down (self);
  return TRUE;
}

gboolean
record_merger_was_disordered (const RecordMerger *self)
{
  return self->was_disordered;
}

gint64
record_merger_get_last_ns (const RecordMerger *self)
{
  return self->last_ns;
}

const gint64 *
record_merger_get_first_ns_of_processors (const RecordMerger *self)
{
  return self->first_ns_of_processors;
}
