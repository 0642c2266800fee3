#include "sample/etl_writer.h"

#include "sample/etl_payload.h"

enum
{
  BUFFER_HEADER_BYTES = 0x48,
  SYSTEM_HEADER_BYTES = 0x20,
};

/* Writes the 0x48 bytes of @header to @output. */
void
etl_buffer_header_encode (const EtlBufferHeader *header, guint8 *output)
{
  memset (output, 0, BUFFER_HEADER_BYTES);
  etl_store_u32 (output + 0x00, header->buffer_size);
  etl_store_u32 (output + 0x04, header->saved_offset);
  etl_store_u32 (output + 0x08, header->current_offset);
  etl_store_u64 (output + 0x10, (guint64)header->time_stamp);
  etl_store_u64 (output + 0x18, (guint64)header->sequence_number);
  etl_store_u64 (output + 0x20, header->clock_union);
  etl_store_u16 (output + 0x28, header->processor);
  etl_store_u16 (output + 0x2A, header->logger_id);
  etl_store_u32 (output + 0x2C, header->state);
  etl_store_u32 (output + 0x30, header->offset);
  etl_store_u16 (output + 0x34, header->flags);
  etl_store_u16 (output + 0x36, header->type);
}

static void
append_time_zone (GByteArray *payload, const EtlWriterOptions *options)
{
  etl_payload_u32 (payload, (guint32)options->bias_minutes);
  etl_payload_fixed16 (payload, options->standard_name, 32);
  for (guint i = 0; i < 8; i++)
    etl_payload_u16 (payload, options->standard_date[i]);
  etl_payload_u32 (payload, (guint32)options->standard_bias_minutes);
  etl_payload_fixed16 (payload, options->daylight_name, 32);
  for (guint i = 0; i < 8; i++)
    etl_payload_u16 (payload, options->daylight_date[i]);
  etl_payload_u32 (payload, (guint32)options->daylight_bias_minutes);
  etl_payload_u32 (payload, 0);
}

/* TRACE_LOGFILE_HEADER with the two names behind it. */
static GByteArray *
log_file_header (const EtlWriterOptions *options, guint32 buffers_written)
{
  GByteArray *payload = g_byte_array_new ();
  etl_payload_u32 (payload, options->buffer_size);
  etl_payload_u8 (payload, options->os_major);
  etl_payload_u8 (payload, options->os_minor);
  etl_payload_u8 (payload, options->log_major);
  etl_payload_u8 (payload, options->log_minor);
  etl_payload_u32 (payload, options->os_build);
  etl_payload_u32 (payload, options->n_processors);
  etl_payload_u64 (payload, (guint64)options->end_time);
  etl_payload_u32 (payload, options->timer_resolution);
  etl_payload_u32 (payload, options->maximum_file_mib);
  etl_payload_u32 (payload, options->log_file_mode);
  etl_payload_u32 (payload, buffers_written);
  etl_payload_u32 (payload, 1); /* start buffers */
  etl_payload_u32 (payload, options->pointer_size);
  etl_payload_u32 (payload, options->events_lost);
  etl_payload_u32 (payload, options->cpu_mhz);
  etl_payload_zeros (payload, 2 * options->pointer_size); /* pointers to the names */
  append_time_zone (payload, options);
  g_assert (payload->len == (options->pointer_size == 8 ? 0xF8 : 0xF0));
  etl_payload_u64 (payload, (guint64)options->boot_time);
  etl_payload_u64 (payload, (guint64)options->frequency);
  etl_payload_u64 (payload, (guint64)options->start_time);
  etl_payload_u32 (payload, options->clock_type);
  etl_payload_u32 (payload, options->buffers_lost);
  etl_payload_string16 (payload, options->logger_name);
  etl_payload_string16 (payload, options->log_file_name);
  return payload;
}

static void
append_event (GByteArray *content, const guint8 *event, gsize n_bytes)
{
  etl_payload_zeros (content, (8 - content->len % 8) % 8);
  g_byte_array_append (content, event, (guint)n_bytes);
}

/* Bytes the header buffer takes in the file: a whole buffer, or in compressed files as little as holds it. */
static gsize
header_buffer_bytes (const EtlWriterOptions *options, gsize content_end)
{
  if (options->log_file_mode & ETL_MODE_COMPRESSED)
    return (content_end + 0x3FF) & ~(gsize)0x3FF;
  if (content_end > options->buffer_size)
    g_error ("The trace's header of %" G_GSIZE_FORMAT " bytes does not fit in a buffer", content_end);
  return options->buffer_size;
}

/* Makes the first buffer of a file: the log header, then @header_events.
 *
 * Returns: (transfer full): the whole buffer.
 */
GBytes *
etl_header_buffer_encode (const EtlWriterOptions *options, GBytes *const *header_events,
                          guint n_header_events, guint32 buffers_written)
{
  g_autoptr (GByteArray) payload = log_file_header (options, buffers_written);
  g_autoptr (GByteArray) content = g_byte_array_new ();
  EtlEvent event = { .kind = ETL_HEADER_SYSTEM,
                     .version = 2,
                     .ticks = options->first_ticks,
                     .process_id = options->header_process_id,
                     .thread_id = options->header_thread_id };
  etl_payload_zeros (content, BUFFER_HEADER_BYTES);
  gsize event_bytes = payload->len + SYSTEM_HEADER_BYTES;
  g_autofree guint8 *bytes = g_malloc (event_bytes);
  etl_event_encode (&event, options->pointer_size, payload->data, payload->len, bytes, event_bytes);
  append_event (content, bytes, event_bytes);
  for (guint i = 0; i < n_header_events; i++)
    append_event (content, g_bytes_get_data (header_events[i], NULL), g_bytes_get_size (header_events[i]));
  gsize unrounded_end = content->len;
  etl_payload_zeros (content, (8 - content->len % 8) % 8);
  gsize saved_offset = content->len;
  if (options->header_buffer_style == ETL_HEADER_BUFFER_RELOGGER && n_header_events > 0)
    {
      GBytes *last = header_events[n_header_events - 1];
      append_event (content, g_bytes_get_data (last, NULL), g_bytes_get_size (last));
      etl_payload_zeros (content, (8 - content->len % 8) % 8);
    }
  gboolean is_windows_7 = options->header_buffer_style == ETL_HEADER_BUFFER_WINDOWS_7;
  gsize buffer_bytes = header_buffer_bytes (options, content->len);
  EtlBufferHeader header = { .buffer_size = (guint32)buffer_bytes,
                             .saved_offset = is_windows_7 ? 0 : (guint32)saved_offset,
                             .state = 3,
                             .offset = (guint32)(is_windows_7 ? unrounded_end : content->len),
                             .logger_id = options->logger_id,
                             .flags = ETL_BUFFER_FLUSH_MARKER,
                             .type = 4 };
  etl_buffer_header_encode (&header, content->data);
  guint used = content->len;
  g_byte_array_set_size (content, (guint)buffer_bytes);
  memset (content->data + used, 0xFF, buffer_bytes - used);
  return g_bytes_new (content->data, content->len);
}
