#include "lossy_recording.h"

#include "sample/etl_writer_events.h"

#define TICK_NS 100
#define N_STEPS 1500
#define N_BLOCKS 90
#define MOST_EVENTS_OF_BUFFER 40
#define MOST_PROCESSORS 4
#define OUTER_FRAME G_GUINT64_CONSTANT (0xfffff80000005000)
#define INNER_FRAME G_GUINT64_CONSTANT (0xfffff80000001000)

/* What a processor is doing. */
typedef struct
{
  guint buffer, room; /* the buffer it fills, and for how many events more */
  gboolean has_lost;
} Processor;

static guint
pick (GRand *random, guint n)
{
  return (guint) g_rand_int_range (random, 0, (gint32) n);
}

static LossyBuffer *
peek_buffer (const LossyRecording *self, guint buffer)
{
  return &g_array_index (self->buffers, LossyBuffer, buffer);
}

static void
finish_buffer (LossyRecording *self, Processor *processor, LossyBufferFate fate)
{
  LossyBuffer *buffer = peek_buffer (self, processor->buffer);
  buffer->fate = fate;
  buffer->is_in_file = fate != LOSSY_BUFFER_LOST;
  buffer->follows_loss = processor->has_lost;
  processor->has_lost = fate == LOSSY_BUFFER_LOST;
  self->n_buffers_lost += processor->has_lost;
  if (buffer->is_in_file)
    g_array_append_val (self->written, processor->buffer);
  processor->room = 0;
}

static void
begin_buffer (LossyRecording *self, Processor *processor, guint number, guint room)
{
  LossyBuffer buffer = { .processor = number, .start_ns = self->end_ns };
  processor->buffer = self->buffers->len;
  processor->room = room;
  g_array_append_val (self->buffers, buffer);
}

/* The losses end with the first part of the recording. */
static LossyBufferFate
choose_fate (const LossyRecording *self, GRand *random)
{
  guint number = self->events->len < self->n_lossy_events ? pick (random, 8) : 8;
  return number == 0 ? LOSSY_BUFFER_LOST : number == 1 ? LOSSY_BUFFER_HOLED : LOSSY_BUFFER_WHOLE;
}

static void
add_event (LossyRecording *self, GRand *random, Processor *processors, LossyEvent event)
{
  guint number = pick (random, 1 + pick (random, self->n_processors)); /* the last ones have little to do */
  Processor *processor = &processors[number];
  self->end_ns = event.time_ns;
  gboolean is_first = processor->room == 0;
  if (is_first)
    begin_buffer (self, processor, number, 1 + pick (random, MOST_EVENTS_OF_BUFFER));
  event.buffer = processor->buffer;
  event.is_in_file = is_first || pick (random, 3) > 0; /* were its buffer one with holes */
  g_array_append_val (self->events, event);
  if (--processor->room == 0)
    finish_buffer (self, processor, choose_fate (self, random));
}

/* Blocks of few addresses come and go, of which some were there before the recording; others come to stay. */
static void
add_events (LossyRecording *self, GRand *random, Processor *processors)
{
  guint64 live_bytes[N_BLOCKS + N_STEPS] = { 0 };
  gboolean was_seen[N_BLOCKS + N_STEPS] = { FALSE };
  gint64 time_ns = 0;
  for (guint i = 0; i < N_STEPS; i++)
    {
      guint block = pick (random, 12) == 0 ? N_BLOCKS + i : pick (random, N_BLOCKS);
      gboolean is_live = live_bytes[block] > 0;
      if (is_live && pick (random, 3) == 0)
        continue;
      time_ns += TICK_NS * (1 + pick (random, 1000));
      LossyEvent event = { .time_ns = time_ns,
                           .is_free = is_live || (!was_seen[block] && pick (random, 4) == 0),
                           .address = G_GUINT64_CONSTANT (0xffffa00000000000) + 0x1000 * block,
                           .size_bytes = is_live ? live_bytes[block] : 16 * (1 + pick (random, 100)),
                           .stack = pick (random, LOSSY_N_STACKS) };
      live_bytes[block] = event.is_free ? 0 : event.size_bytes;
      was_seen[block] = TRUE;
      add_event (self, random, processors, event);
    }
}

/* Tells of each event whether it is in the file. */
static void
drop_events (LossyRecording *self)
{
  for (guint i = self->n_slots; i < self->written->len; i++)
    peek_buffer (self, g_array_index (self->written, guint, i - self->n_slots))->is_in_file = FALSE;
  for (guint i = 0; i < self->events->len; i++)
    {
      LossyEvent *event = &g_array_index (self->events, LossyEvent, i);
      const LossyBuffer *buffer = peek_buffer (self, event->buffer);
      gboolean is_in_hole = buffer->fate == LOSSY_BUFFER_HOLED && !event->is_in_file;
      self->n_events_lost += is_in_hole;
      event->is_in_file = buffer->is_in_file && !is_in_hole;
    }
}

LossyRecording *
lossy_recording_new (guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  Processor processors[MOST_PROCESSORS] = { 0 };
  LossyRecording *self = g_new0 (LossyRecording, 1);
  self->events = g_array_new (FALSE, FALSE, sizeof (LossyEvent));
  self->buffers = g_array_new (FALSE, FALSE, sizeof (LossyBuffer));
  self->written = g_array_new (FALSE, FALSE, sizeof (guint));
  self->n_processors = 1 + pick (random, MOST_PROCESSORS);
  self->n_lossy_events = pick (random, N_STEPS);
  begin_buffer (self, &processors[0], 0, 1);
  finish_buffer (self, &processors[0], LOSSY_BUFFER_WHOLE);
  add_events (self, random, processors);
  for (guint i = 0; i < self->n_processors; i++)
    if (processors[i].room > 0)
      finish_buffer (self, &processors[i], LOSSY_BUFFER_WHOLE);
  self->end_ns += TICK_NS;
  for (guint i = 0; i < self->n_processors; i++)
    {
      begin_buffer (self, &processors[i], i, 1);
      finish_buffer (self, &processors[i], LOSSY_BUFFER_WHOLE);
    }
  self->n_slots = MAX (self->n_processors, self->written->len / 4 + pick (random, self->written->len));
  drop_events (self);
  return self;
}

void
lossy_recording_free (LossyRecording *self)
{
  g_array_unref (self->events);
  g_array_unref (self->buffers);
  g_array_unref (self->written);
  g_free (self);
}

/* --- The file -------------------------------------------------------------------------------------------- */

char *
lossy_stack_dup_text (guint stack)
{
  return g_strdup_printf ("0x%" G_GINT64_MODIFIER "x;0x%" G_GINT64_MODIFIER "x", OUTER_FRAME, INNER_FRAME + stack);
}

static void
write_event (EtlWriter *writer, const EtlEvent *at, const LossyEvent *event)
{
  const guint64 frames[] = { INNER_FRAME + event->stack, OUTER_FRAME };
  EtlPoolBlock block = { 0x200, etl_tag ("Leak"), event->size_bytes, event->address, 0 };
  etl_writer_pool (writer, at, event->is_free ? ETL_POOL_FREE : ETL_POOL_ALLOCATION, &block);
  etl_writer_stack (writer, at, at->ticks, frames, G_N_ELEMENTS (frames));
}

/* Also of buffers that are overwritten later: the writer does that. */
static void
write_buffer (const LossyRecording *self, EtlWriter *writer, guint number)
{
  const LossyBuffer *buffer = peek_buffer (self, number);
  EtlEvent at = { .processor = buffer->processor, .process_id = 4, .thread_id = 8 };
  gint64 first_ticks = etl_writer_get_options (writer)->first_ticks;
  gboolean has_event = FALSE;
  for (guint i = 0; i < self->events->len; i++)
    {
      const LossyEvent *event = &g_array_index (self->events, LossyEvent, i);
      if (event->buffer != number)
        continue;
      at.ticks = first_ticks + event->time_ns / TICK_NS;
      if (event->is_in_file || !buffer->is_in_file)
        write_event (writer, &at, event);
      has_event = TRUE;
    }
  if (!has_event)
    {
      EtlProcess process = { .process_id = 4, .image_name = "System" };
      at.ticks = first_ticks + buffer->start_ns / TICK_NS;
      etl_writer_process (writer, &at, number == 0 ? ETL_PROCESS_DC_START : ETL_PROCESS_DC_END, &process);
    }
  guint16 loss = (guint16) ((buffer->fate == LOSSY_BUFFER_HOLED ? ETL_BUFFER_EVENTS_LOST : 0)
                            | (buffer->follows_loss ? ETL_BUFFER_LOST : 0));
  etl_writer_mark_buffer (writer, buffer->processor, loss);
  etl_writer_flush (writer, buffer->processor);
}

GBytes *
lossy_recording_write (const LossyRecording *self)
{
  EtlWriterOptions options;
  etl_writer_options_init (&options);
  options.buffer_size = 0x4000;
  options.n_processors = self->n_processors;
  options.log_file_mode = ETL_MODE_CIRCULAR;
  options.circular_slots = self->n_slots;
  options.buffers_lost = self->n_buffers_lost;
  options.events_lost = self->n_events_lost;
  g_autoptr (EtlWriter) writer = etl_writer_new (&options);
  for (guint i = 0; i < self->written->len; i++)
    write_buffer (self, writer, g_array_index (self->written, guint, i));
  return etl_writer_finish (writer);
}
