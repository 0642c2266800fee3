#include "sample/etl_writer_events.h"

#include "sample/etl_payload.h"

enum
{
  MAXIMUM_FRAMES = 192,
};

/* The event's header: PERFINFO unless asked otherwise, as ids stand in the payload. */
static EtlEvent
stack_event (EtlWriter *self, const EtlEvent *at, guint16 hook)
{
  EtlEvent event = *at;
  event.hook = hook;
  if (event.kind == ETL_HEADER_DEFAULT)
    event.kind = ETL_HEADER_PERFINFO;
  if (event.version == 0)
    event.version = 2;
  if (event.pointer_size == 0)
    event.pointer_size = etl_writer_get_options (self)->pointer_size;
  return event;
}

static gsize
store_pointer (guint8 *at, guint pointer_size, guint64 value)
{
  if (pointer_size == 8)
    etl_store_u64 (at, value);
  else
    etl_store_u32 (at, (guint32)value);
  return pointer_size;
}

static gsize
store_frames (guint8 *at, guint pointer_size, const guint64 *frames, guint n_frames)
{
  g_assert (n_frames <= MAXIMUM_FRAMES);
  gsize length = 0;
  for (guint i = 0; i < n_frames; i++)
    length += store_pointer (at + length, pointer_size, frames[i]);
  return length;
}

/* A plain stack, or part of one, of the event at @event_ticks. */
void
etl_writer_stack (EtlWriter *self, const EtlEvent *at, gint64 event_ticks, const guint64 *frames,
                  guint n_frames)
{
  EtlEvent event = stack_event (self, at, 0x1820);
  guint8 payload[16 + 8 * MAXIMUM_FRAMES];
  etl_store_u64 (payload, (guint64)event_ticks);
  etl_store_u32 (payload + 8, at->process_id);
  etl_store_u32 (payload + 12, at->thread_id);
  gsize length = 16 + store_frames (payload + 16, event.pointer_size, frames, n_frames);
  etl_writer_event (self, &event, payload, length);
}

/* A cached stack of the event at @event_ticks; @hook is ETL_STACK_KEY_KERNEL or ETL_STACK_KEY_USER. */
void
etl_writer_stack_key (EtlWriter *self, const EtlEvent *at, guint16 hook, gint64 event_ticks, guint64 key)
{
  EtlEvent event = stack_event (self, at, hook);
  guint8 payload[24];
  etl_store_u64 (payload, (guint64)event_ticks);
  etl_store_u32 (payload + 8, at->process_id);
  etl_store_u32 (payload + 12, at->thread_id);
  gsize length = 16 + store_pointer (payload + 16, event.pointer_size, key);
  etl_writer_event (self, &event, payload, length);
}

/* What @key has stood for until now; @hook is ETL_STACK_KEY_DELETE or ETL_STACK_KEY_RUNDOWN. */
void
etl_writer_stack_definition (EtlWriter *self, const EtlEvent *at, guint16 hook, guint64 key,
                             const guint64 *frames, guint n_frames)
{
  EtlEvent event = stack_event (self, at, hook);
  guint8 payload[8 + 8 * MAXIMUM_FRAMES];
  gsize length = store_pointer (payload, event.pointer_size, key);
  length += store_frames (payload + length, event.pointer_size, frames, n_frames);
  etl_writer_event (self, &event, payload, length);
}
