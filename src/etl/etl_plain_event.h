/* The short way to the events that fill a kernel trace: those with a SYSTEM or PERFINFO header of a 64-bit machine, and
 * with nothing between header and payload. Inline, so that what the caller does not use of the event costs nothing.
 */
#pragma once

#include "etl/etl_event.h"
#include "etl/etl_layouts.h"

/* Moves to the next event like etl_event_cursor_next(), if it is such a one.
 *
 * Returns: FALSE if it is not, or there is none, or not the whole of it: nothing has changed then but @ret_event, and
 * etl_event_cursor_next() tells what there is.
 */
static inline gboolean
etl_event_cursor_next_plain (EtlEventCursor *self, EtlEvent *ret_event)
{
  gsize position = self->position, end = self->buffer.events_end;
  if (G_UNLIKELY (position >= end || end - position < etl_system_header_SIZE))
    return FALSE;
  const guint8 *bytes = self->buffer.content.bytes + position;
  guint version = etl_system_header_get_version (bytes), type = etl_system_header_get_type (bytes);
  gboolean is_perfinfo = type == ETL_EVENT_TYPE_PERFINFO_64;
  gsize size = etl_system_header_get_size (bytes);
  gsize header_size = is_perfinfo ? (gsize)etl_perfinfo_header_SIZE : (gsize)etl_system_header_SIZE;
  if (G_UNLIKELY (!(is_perfinfo || type == ETL_EVENT_TYPE_SYSTEM_64)
                  || etl_system_header_get_flags (bytes) != ETL_EVENT_FLAGS_TRACE_HEADER
                  || version > ETL_VERSION_EVENT_MASK || size < header_size || size > end - position))
    return FALSE;
  guint16 hook = etl_system_header_get_hook (bytes);
  *ret_event = (EtlEvent){
    .kind = is_perfinfo ? ETL_HEADER_PERFINFO : ETL_HEADER_SYSTEM,
    .header_type = (guint8)type,
    .hook = hook,
    .opcode = (guint8)hook,
    .version = (guint8)version,
    .pointer_size = 8,
    .thread_id = is_perfinfo ? ETL_ID_UNKNOWN : etl_system_header_get_thread_id (bytes),
    .process_id = is_perfinfo ? ETL_ID_UNKNOWN : etl_system_header_get_process_id (bytes),
    .processor = self->buffer.processor,
    .has_time = TRUE,
    .ticks = (gint64)(is_perfinfo ? etl_perfinfo_header_get_time_stamp (bytes)
                                  : etl_system_header_get_time_stamp (bytes)),
    .payload = { bytes + header_size, size - header_size },
    .offset = position,
  };
  self->position = (position + size + ETL_EVENT_ALIGNMENT - 1) & ~(gsize)(ETL_EVENT_ALIGNMENT - 1);
  self->counters->values[IMPORT_EVENTS_READ]++;
  return TRUE;
}
