#include "etl/etl_event.h"

#include "etl/etl_kernel_class.h"
#include "etl/etl_layouts.h"

#define EVENT_SIZE_MINIMUM 8
#define MARK_FILL 0xFFFFFFFFu

/* Starts before the first event of @buffer, whose content must stay while @self is used.
 *
 * @counters (not nullable) receives EVENTS_READ, EVENTS_OF_UNKNOWN_HEADER and BUFFERS_DAMAGED.
 */
void
etl_event_cursor_init (EtlEventCursor *self, const EtlBuffer *buffer, ImportCounters *counters)
{
  self->buffer = *buffer;
  self->position = etl_buffer_header_SIZE;
  self->counters = counters;
}

/* What a decoder of one kind of header is given, and what it finds. */
typedef struct
{
  const guint8 *bytes; /* of the event, from its header on */
  gsize available;     /* bytes to the end of the buffer's events */
  gsize header_size;   /* found: bytes before the payload */
  gsize size;          /* found: bytes of header and payload */
} EventExtent;

/* The three kernel headers state in the version what stands before the payload. */
static inline gsize
kernel_prefix_size (guint version)
{
  if (G_LIKELY (version <= ETL_VERSION_EVENT_MASK))
    return 0;
  return 8 * (gsize)((version & ETL_VERSION_N_COUNTERS_MASK) >> ETL_VERSION_N_COUNTERS_SHIFT)
         + (version & ETL_VERSION_HAS_PEBS_INDEX ? 8 : 0);
}

static inline void
decode_kernel_part (EtlEvent *event, EtlHeaderKind kind, guint version, guint16 hook)
{
  event->kind = kind;
  event->hook = hook;
  event->opcode = (guint8)hook;
  event->id = 0;
  event->version = (guint8)(version & ETL_VERSION_EVENT_MASK);
  event->has_time = TRUE;
  event->guid = NULL;
}

static inline gboolean
decode_system (EtlEvent *event, EventExtent *extent)
{
  if (G_UNLIKELY (extent->available < etl_system_header_SIZE))
    return FALSE;
  const guint8 *bytes = extent->bytes;
  guint version = etl_system_header_get_version (bytes);
  decode_kernel_part (event, ETL_HEADER_SYSTEM, version, etl_system_header_get_hook (bytes));
  event->thread_id = etl_system_header_get_thread_id (bytes);
  event->process_id = etl_system_header_get_process_id (bytes);
  event->ticks = (gint64)etl_system_header_get_time_stamp (bytes);
  extent->header_size = etl_system_header_SIZE + kernel_prefix_size (version);
  extent->size = etl_system_header_get_size (bytes);
  return extent->size >= etl_system_header_SIZE;
}

static inline gboolean
decode_perfinfo (EtlEvent *event, EventExtent *extent)
{
  if (G_UNLIKELY (extent->available < etl_perfinfo_header_SIZE))
    return FALSE;
  const guint8 *bytes = extent->bytes;
  guint version = etl_perfinfo_header_get_version (bytes);
  decode_kernel_part (event, ETL_HEADER_PERFINFO, version, etl_perfinfo_header_get_hook (bytes));
  event->thread_id = ETL_ID_UNKNOWN;
  event->process_id = ETL_ID_UNKNOWN;
  event->ticks = (gint64)etl_perfinfo_header_get_time_stamp (bytes);
  extent->header_size = etl_perfinfo_header_SIZE + kernel_prefix_size (version);
  extent->size = etl_perfinfo_header_get_size (bytes);
  return extent->size >= etl_perfinfo_header_SIZE;
}

static gboolean
decode_compact (EtlEvent *event, EventExtent *extent)
{
  if (extent->available < etl_compact_header_SIZE)
    return FALSE;
  const guint8 *bytes = extent->bytes;
  guint version = etl_compact_header_get_version (bytes);
  decode_kernel_part (event, ETL_HEADER_COMPACT, version, etl_compact_header_get_hook (bytes));
  event->thread_id = etl_compact_header_get_thread_id (bytes);
  event->process_id = etl_compact_header_get_process_id (bytes);
  event->ticks = (gint64)etl_compact_header_get_time_stamp (bytes);
  extent->header_size = etl_compact_header_SIZE + kernel_prefix_size (version);
  extent->size = etl_compact_header_get_size (bytes);
  return extent->size >= etl_compact_header_SIZE;
}

/* FULL, and INSTANCE, which is the same with more behind it. */
static gboolean
decode_full (EtlEvent *event, EtlHeaderKind kind, gsize header_size, EventExtent *extent)
{
  if (extent->available < header_size)
    return FALSE;
  const guint8 *bytes = extent->bytes;
  event->kind = kind;
  event->opcode = etl_full_header_get_opcode (bytes);
  event->guid = bytes + ETL_EVENT_GUID;
  event->hook = etl_kernel_class_find_hook (event->guid, event->opcode);
  event->id = 0;
  event->version = (guint8)etl_full_header_get_version (bytes);
  event->thread_id = etl_full_header_get_thread_id (bytes);
  event->process_id = etl_full_header_get_process_id (bytes);
  event->has_time = TRUE;
  event->ticks = (gint64)etl_full_header_get_time_stamp (bytes);
  extent->header_size = header_size;
  extent->size = etl_full_header_get_size (bytes);
  return extent->size >= header_size;
}

/* The bytes of the items between an EVENT header and its payload; @size when their chain is broken. */
static gsize
skip_extended_items (const guint8 *bytes, gsize size)
{
  gsize position = etl_event_header_SIZE;
  guint linkage;
  do
    {
      if (size - position < etl_extended_item_SIZE)
        return size;
      gsize item_size = etl_extended_item_get_size (bytes + position);
      linkage = etl_extended_item_get_linkage (bytes + position);
      if (item_size < etl_extended_item_SIZE || item_size > size - position)
        return size;
      position += item_size;
    }
  while (linkage & ETL_EXTENDED_ITEM_HAS_NEXT);
  return position;
}

static gboolean
decode_event (EtlEvent *event, EventExtent *extent)
{
  if (extent->available < etl_event_header_SIZE)
    return FALSE;
  const guint8 *bytes = extent->bytes;
  event->kind = ETL_HEADER_EVENT;
  event->hook = ETL_HOOK_NONE;
  event->opcode = etl_event_header_get_opcode (bytes);
  event->id = etl_event_header_get_id (bytes);
  event->version = etl_event_header_get_version (bytes);
  event->thread_id = etl_event_header_get_thread_id (bytes);
  event->process_id = etl_event_header_get_process_id (bytes);
  event->has_time = TRUE;
  event->ticks = (gint64)etl_event_header_get_time_stamp (bytes);
  event->guid = bytes + ETL_EVENT_GUID;
  extent->header_size = etl_event_header_SIZE;
  extent->size = etl_event_header_get_size (bytes);
  if (extent->size < etl_event_header_SIZE || extent->size > extent->available)
    return FALSE;
  if (etl_event_header_get_flags (bytes) & ETL_EVENT_FLAG_EXTENDED_ITEMS)
    extent->header_size = skip_extended_items (bytes, extent->size);
  return TRUE;
}

static void
decode_without_header (EtlEvent *event, EtlHeaderKind kind)
{
  event->kind = kind;
  event->hook = ETL_HOOK_NONE;
  event->opcode = 0;
  event->id = 0;
  event->version = 0;
  event->thread_id = ETL_ID_UNKNOWN;
  event->process_id = ETL_ID_UNKNOWN;
  event->has_time = FALSE;
  event->ticks = 0;
  event->guid = NULL;
}

/* A WPP message: its options tell which of the optional fields stand before the arguments. */
static gboolean
decode_message (EtlEvent *event, EventExtent *extent)
{
  const guint8 *bytes = extent->bytes;
  if (extent->available < etl_message_header_SIZE)
    return FALSE;
  extent->size = etl_message_header_get_size (bytes);
  if (extent->size < etl_message_header_SIZE || extent->size > extent->available)
    return FALSE;
  guint options = etl_message_header_get_options (bytes);
  gsize guid_size = options & ETL_MESSAGE_GUID ? 16 : options & ETL_MESSAGE_COMPONENT_ID ? 4 : 0;
  gsize position = etl_message_header_SIZE + (options & ETL_MESSAGE_SEQUENCE ? 4 : 0);
  gsize needed = position + guid_size + (options & ETL_MESSAGE_TIME_STAMP ? 8 : 0)
                 + (options & ETL_MESSAGE_IDS ? 8 : 0);
  decode_without_header (event, ETL_HEADER_MESSAGE);
  event->id = etl_message_header_get_number (bytes);
  if (options & (ETL_MESSAGE_POINTER_32 | ETL_MESSAGE_POINTER_64))
    event->pointer_size = options & ETL_MESSAGE_POINTER_64 ? 8 : 4;
  extent->header_size = MIN (needed, extent->size);
  if (needed > extent->size)
    return TRUE;
  if (options & ETL_MESSAGE_GUID)
    event->guid = bytes + position;
  position += guid_size;
  if (options & ETL_MESSAGE_TIME_STAMP)
    {
      event->has_time = TRUE;
      event->ticks = (gint64)read_u64 (bytes + position);
      position += 8;
    }
  if (options & ETL_MESSAGE_IDS)
    {
      event->thread_id = read_u32 (bytes + position);
      event->process_id = read_u32 (bytes + position + 4);
    }
  return TRUE;
}

/* An event of a kind that nobody has described: its first two bytes are most likely its size. */
static gboolean
decode_unknown (EtlEvent *event, EventExtent *extent, ImportCounters *counters)
{
  decode_without_header (event, ETL_HEADER_UNKNOWN);
  extent->header_size = EVENT_SIZE_MINIMUM;
  extent->size = etl_event_mark_get_size_or_version (extent->bytes);
  if (extent->size < EVENT_SIZE_MINIMUM || extent->size > extent->available)
    return FALSE;
  counters->values[IMPORT_EVENTS_OF_UNKNOWN_HEADER]++;
  return TRUE;
}

static gboolean
decode_uncommon (EtlEvent *event, guint8 flags, EventExtent *extent, ImportCounters *counters)
{
  if (flags == ETL_EVENT_TYPE_MESSAGE)
    {
      event->header_type = ETL_EVENT_TYPE_MESSAGE;
      return decode_message (event, extent);
    }
  if (flags == ETL_EVENT_FLAGS_ULONG32_TIME)
    return decode_unknown (event, extent, counters);
  if ((flags & ETL_EVENT_FLAGS_TRACE_HEADER) != ETL_EVENT_FLAGS_TRACE_HEADER)
    return FALSE;
  switch (event->header_type)
    {
    case ETL_EVENT_TYPE_COMPACT_32:
    case ETL_EVENT_TYPE_COMPACT_64:
      event->pointer_size = event->header_type == ETL_EVENT_TYPE_COMPACT_64 ? 8 : 4;
      return decode_compact (event, extent);
    case ETL_EVENT_TYPE_FULL_32:
    case ETL_EVENT_TYPE_FULL_64:
      event->pointer_size = event->header_type == ETL_EVENT_TYPE_FULL_64 ? 8 : 4;
      return decode_full (event, ETL_HEADER_FULL, etl_full_header_SIZE, extent);
    case ETL_EVENT_TYPE_INSTANCE_32:
    case ETL_EVENT_TYPE_INSTANCE_64:
      event->pointer_size = event->header_type == ETL_EVENT_TYPE_INSTANCE_64 ? 8 : 4;
      return decode_full (event, ETL_HEADER_INSTANCE, etl_instance_header_SIZE, extent);
    case ETL_EVENT_TYPE_EVENT_32:
    case ETL_EVENT_TYPE_EVENT_64:
      event->pointer_size = event->header_type == ETL_EVENT_TYPE_EVENT_64 ? 8 : 4;
      return decode_event (event, extent);
    default:
      return decode_unknown (event, extent, counters);
    }
}

static inline gboolean
decode (EtlEvent *event, EventExtent *extent, ImportCounters *counters)
{
  guint8 type = etl_event_mark_get_type (extent->bytes), flags = etl_event_mark_get_flags (extent->bytes);
  event->header_type = type;
  if (G_LIKELY ((flags & ETL_EVENT_FLAGS_TRACE_HEADER) == ETL_EVENT_FLAGS_TRACE_HEADER))
    {
      if (type == ETL_EVENT_TYPE_PERFINFO_64 || type == ETL_EVENT_TYPE_PERFINFO_32)
        {
          event->pointer_size = type == ETL_EVENT_TYPE_PERFINFO_64 ? 8 : 4;
          return decode_perfinfo (event, extent);
        }
      if (type == ETL_EVENT_TYPE_SYSTEM_64 || type == ETL_EVENT_TYPE_SYSTEM_32)
        {
          event->pointer_size = type == ETL_EVENT_TYPE_SYSTEM_64 ? 8 : 4;
          return decode_system (event, extent);
        }
    }
  return decode_uncommon (event, flags, extent, counters);
}

/* Whether anything but fill stands in @rest: then a mark of fill that damage made hides events, as where a part of the
 * file was never written. */
static gboolean
hides_events (ByteSpan rest)
{
  for (gsize i = 0; i < rest.size; i++)
    if (rest.bytes[i] != 0 && rest.bytes[i] != 0xFF)
      return TRUE;
  return FALSE;
}

/* Moves to the next event. FALSE at the end of the buffer or at damage, which is counted.
 *
 * @ret_event borrows from the buffer; it is undefined after FALSE. An event of an unknown kind is
 * returned too, its payload what follows its first 8 bytes.
 */
gboolean
etl_event_cursor_next (EtlEventCursor *self, EtlEvent *ret_event)
{
  gsize position = self->position, end = self->buffer.events_end;
  if (G_UNLIKELY (position >= end || end - position < EVENT_SIZE_MINIMUM))
    return FALSE;
  EventExtent extent = { .bytes = self->buffer.content.bytes + position, .available = end - position };
  guint32 mark = read_u32 (extent.bytes);
  if (G_UNLIKELY (mark == 0 || mark == MARK_FILL))
    {
      if (hides_events ((ByteSpan){ extent.bytes, extent.available }))
        self->counters->values[IMPORT_BUFFERS_DAMAGED]++;
      self->position = end;
      return FALSE;
    }
  ret_event->processor = self->buffer.processor;
  ret_event->pointer_size = self->buffer.pointer_size;
  ret_event->offset = position;
  if (G_UNLIKELY (!decode (ret_event, &extent, self->counters) || extent.size > extent.available))
    {
      self->counters->values[IMPORT_BUFFERS_DAMAGED]++;
      self->position = self->buffer.events_end = position;
      return FALSE;
    }
  gsize header_size = MIN (extent.header_size, extent.size);
  ret_event->payload = (ByteSpan){ extent.bytes + header_size, extent.size - header_size };
  self->position = (position + extent.size + ETL_EVENT_ALIGNMENT - 1) & ~(gsize)(ETL_EVENT_ALIGNMENT - 1);
  self->counters->values[IMPORT_EVENTS_READ]++;
  return TRUE;
}
