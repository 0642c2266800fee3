#include "model/record_merger.h"

#include "base/prefetch.h"
#include "model/tournament.h"

#define N_PROCESSORS 65536
#define PREFETCH_DISTANCE 16 /* records: another processor has written them */

/* An open buffer. Its head, the first that was not taken yet, is a record or the stack of one. */
typedef struct
{
  DecodedBuffer *buffer; /* NULL: the place is unused */
  const Record *record, *end;
  guint64 tie; /* of make_tie() */
  gboolean is_stack_next;
} Stream;

struct _RecordMerger
{
  const EtlFile *file;
  DecodePipeline *pipeline;
  GCancellable *cancellable;
  Tournament tournament; /* of the heads' time and the streams' tie */
  GArray *streams;       /* of Stream, by place in the tournament */
  GArray *unused_places; /* of guint32 */
  guint32 *places;       /* (array length=file->n_buffers) (owned): of the open buffers */
  gsize next_buffer;
  gint64 next_buffer_ns; /* time of the first event of the next buffer, G_MAXINT64 at the end */
  gint64 last_ns;
  gboolean was_disordered, is_cancelled;
  gint64 *first_ns_of_processors;
  gint64 *last_ns_of_buffers;
};

MergedBatch *
merged_batch_new (void)
{
  MergedBatch *self = g_new0 (MergedBatch, 1);
  self->ended_buffers = g_ptr_array_new_with_free_func ((GDestroyNotify) decoded_buffer_free);
  return self;
}

void
merged_batch_free (MergedBatch *self)
{
  g_ptr_array_unref (self->ended_buffers);
  g_free (self);
}

#define TIE_BUFFER_BITS 48

/* Smaller ones come first in an instant: those of the lower processor, then of the earlier buffer. */
static guint64
make_tie (guint16 processor, gsize buffer)
{
  return (guint64) processor << TIE_BUFFER_BITS | buffer;
}

static guint32
get_place (const RecordMerger *self, TournamentKey key)
{
  return self->places[key.low & ((G_GUINT64_CONSTANT (1) << TIE_BUFFER_BITS) - 1)];
}

static TournamentKey
make_key (gint64 time_ns, guint64 tie)
{
  return (TournamentKey){ .high = (guint64) time_ns, .low = tie };
}

static gint64
get_time_ns (const RecordMerger *self, gint64 ticks)
{
  return tick_clock_to_ns (&self->file->header.clock, ticks);
}

static void
note_next_buffer (RecordMerger *self)
{
  self->next_buffer_ns = self->next_buffer < self->file->n_buffers
                           ? get_time_ns (self, self->file->buffers[self->next_buffer].first_ticks)
                           : G_MAXINT64;
}

static void
add_stream (RecordMerger *self, DecodedBuffer *buffer)
{
  guint64 tie = make_tie (buffer->processor, self->next_buffer);
  if (self->unused_places->len == 0)
    {
      guint32 n_places = self->tournament.n_places;
      tournament_grow (&self->tournament);
      g_array_set_size (self->streams, 2 * n_places);
      for (guint32 place = 2 * n_places; place-- > n_places;)
        g_array_append_val (self->unused_places, place);
    }
  guint32 place = g_array_index (self->unused_places, guint32, self->unused_places->len - 1);
  g_array_set_size (self->unused_places, self->unused_places->len - 1);
  g_array_index (self->streams, Stream, place) =
    (Stream){ buffer, buffer->records, buffer->records + buffer->n_records, tie, FALSE };
  self->places[self->next_buffer] = place;
  tournament_set_key (&self->tournament, place, make_key (get_time_ns (self, buffer->records[0].ticks), tie));
}

static void
open_next_buffer (RecordMerger *self)
{
  const EtlBufferInfo *info = &self->file->buffers[self->next_buffer];
  DecodedBuffer *buffer = decode_pipeline_take (self->pipeline);
  if (buffer->first_ticks <= buffer->last_ticks)
    {
      gint64 first_ns = get_time_ns (self, buffer->first_ticks), last_ns = get_time_ns (self, buffer->last_ticks);
      self->last_ns = MAX (self->last_ns, last_ns);
      self->last_ns_of_buffers[self->next_buffer] = last_ns;
      if (info->offset != 0)
        self->first_ns_of_processors[buffer->processor] =
          MIN (self->first_ns_of_processors[buffer->processor], first_ns);
      if (buffer->first_ticks < info->first_ticks)
        self->was_disordered = TRUE;
    }
  if (buffer->n_records)
    add_stream (self, buffer);
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
  tournament_init (&self->tournament);
  self->streams = g_array_new (FALSE, TRUE, sizeof (Stream));
  self->unused_places = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_set_size (self->streams, self->tournament.n_places);
  for (guint32 place = 0; place < self->tournament.n_places; place++)
    g_array_append_val (self->unused_places, place);
  self->places = g_new (guint32, file->n_buffers);
  self->first_ns_of_processors = g_new (gint64, N_PROCESSORS);
  for (guint i = 0; i < N_PROCESSORS; i++)
    self->first_ns_of_processors[i] = G_MAXINT64;
  self->last_ns_of_buffers = g_new (gint64, file->n_buffers);
  for (gsize i = 0; i < file->n_buffers; i++)
    self->last_ns_of_buffers[i] = G_MININT64;
  note_next_buffer (self);
  return self;
}

void
record_merger_free (RecordMerger *self)
{
  for (guint i = 0; i < self->streams->len; i++)
    g_clear_pointer (&g_array_index (self->streams, Stream, i).buffer, decoded_buffer_free);
  g_array_unref (self->streams);
  g_array_unref (self->unused_places);
  g_free (self->places);
  tournament_clear (&self->tournament);
  g_free (self->first_ns_of_processors);
  g_free (self->last_ns_of_buffers);
  g_free (self);
}

/* Adds records of @stream to @batch, as long as they come before @limit. The first one must.
 *
 * Whether a record has a stack is not to be guessed, so nothing depends on it: without one, its stack's time is its own. */
static TournamentKey
take_run (const RecordMerger *self, Stream *stream, gint64 time_ns, TournamentKey limit, MergedBatch *batch)
{
  TournamentKey head;
  do
    {
      const Record *record = stream->record;
      MergedRecord *merged = &batch->records[batch->n++];
      *merged = (MergedRecord){ record, stream->buffer, time_ns, 0, MERGED_WHOLE };
      gint64 stack_ns = get_time_ns (self, record->ticks + record->stack_delay_ticks);
      prefetch (record + PREFETCH_DISTANCE);
      head = make_key (stack_ns, stream->tie);
      if (G_UNLIKELY (stream->is_stack_next))
        {
          merged->part = MERGED_STACK;
          stream->is_stack_next = FALSE;
        }
      else if (G_LIKELY (head.number < limit.number && stack_ns - time_ns <= G_MAXUINT32))
        merged->stack_delay_ns = (guint32) (stack_ns - time_ns);
      else
        {
          merged->part = MERGED_EVENT;
          stream->is_stack_next = TRUE;
          return head;
        }
      stream->record = ++record;
      if (G_UNLIKELY (record == stream->end))
        return TOURNAMENT_NO_KEY;
      time_ns = get_time_ns (self, record->ticks);
      head = make_key (time_ns, stream->tie);
    }
  while (head.number < limit.number && batch->n < MERGED_BATCH_CAPACITY);
  return head;
}

static void
end_stream (RecordMerger *self, guint32 place, MergedBatch *batch)
{
  Stream *stream = &g_array_index (self->streams, Stream, place);
  g_ptr_array_add (batch->ended_buffers, g_steal_pointer (&stream->buffer));
  g_array_append_val (self->unused_places, place);
}

void
record_merger_next_batch (RecordMerger *self, MergedBatch *batch)
{
  Tournament *tournament = &self->tournament;
  batch->n = 0;
  while (batch->ended_buffers->len)
    decode_pipeline_give_back (self->pipeline, g_ptr_array_steal_index_fast (batch->ended_buffers, 0));
  while (batch->n < MERGED_BATCH_CAPACITY && !self->is_cancelled)
    {
      TournamentKey head = tournament_get_winner (tournament);
      if (self->next_buffer < self->file->n_buffers && (guint64) self->next_buffer_ns <= head.high)
        {
          open_next_buffer (self);
          continue;
        }
      if (head.number == TOURNAMENT_NO_KEY.number)
        break;
      guint32 place = get_place (self, head);
      TournamentKey limit = tournament_key_min (tournament_get_second (tournament, place),
                                                make_key (self->next_buffer_ns, 0));
      head = take_run (self, &g_array_index (self->streams, Stream, place), (gint64) head.high, limit, batch);
      tournament_set_key (tournament, place, head);
      if (G_UNLIKELY (head.number == TOURNAMENT_NO_KEY.number))
        end_stream (self, place, batch);
    }
  if (self->is_cancelled)
    batch->n = 0;
  batch->was_disordered = self->was_disordered;
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

const gint64 *
record_merger_get_last_ns_of_buffers (const RecordMerger *self)
{
  return self->last_ns_of_buffers;
}
