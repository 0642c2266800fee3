#include "trace_walk.h"

/* Opens @bytes as the file "test.etl". */
EtlFile *
trace_open (GBytes *bytes, GError **error)
{
  g_autoptr (ByteSource) source = byte_source_new_bytes ("test.etl", bytes);
  return etl_file_open (source, NULL, NULL, error);
}

/* Reads every event of @file; @events (nullable) of EtlEvent receives them. Reads each payload, so
 * that AddressSanitizer sees one that lies outside. */
void
trace_read_all (EtlFile *file, ImportCounters *counters, GArray *events)
{
  g_autoptr (EtlBufferReader) reader = etl_buffer_reader_new (file);
  volatile guint8 sum = 0;
  for (gsize i = 0; i < file->n_buffers; i++)
    {
      EtlBuffer buffer;
      EtlEventCursor cursor;
      EtlEvent event;
      gboolean has_time = FALSE;
      g_autoptr (GError) error = NULL;
      if (!etl_buffer_reader_load (reader, i, &buffer, counters, &error))
        {
          g_assert_nonnull (error);
          continue;
        }
      g_assert_cmpuint (buffer.events_end, <=, buffer.content.size);
      etl_event_cursor_init (&cursor, &buffer, counters);
      while (etl_event_cursor_next (&cursor, &event))
        {
          if (event.has_time && !has_time)
            g_assert_cmpint (event.ticks, ==, file->buffers[i].first_ticks);
          has_time = has_time || event.has_time;
          g_assert_cmpuint (event.offset, <, buffer.events_end);
          g_assert_true (event.pointer_size == 4 || event.pointer_size == 8);
          for (gsize at = 0; at < event.payload.size; at++)
            sum = (guint8)(sum + event.payload.bytes[at]);
          if (event.guid)
            sum = (guint8)(sum + event.guid[0] + event.guid[15]);
          if (events)
            g_array_append_val (events, event);
        }
      g_assert_true (has_time);
    }
}

/* Opens and reads @bytes, which must be a readable trace. */
TraceWalk *
trace_walk_new (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  TraceWalk *self = g_new0 (TraceWalk, 1);
  self->file = trace_open (bytes, &error);
  g_assert_no_error (error);
  self->counters = self->file->counters;
  self->events = g_array_new (FALSE, FALSE, sizeof (EtlEvent));
  trace_read_all (self->file, &self->counters, self->events);
  return self;
}

void
trace_walk_free (TraceWalk *self)
{
  etl_file_free (self->file);
  g_array_unref (self->events);
  g_free (self);
}

void
assert_counter (const TraceWalk *walk, ImportCounter counter, guint64 expected)
{
  if (walk->counters.values[counter] != expected)
    g_error ("%s: %" G_GUINT64_FORMAT ", expected %" G_GUINT64_FORMAT, import_counter_get_name (counter),
             walk->counters.values[counter], expected);
}

/* Nothing was skipped, damaged or cut. */
void
assert_no_loss (const TraceWalk *walk)
{
  for (ImportCounter counter = 0; counter < IMPORT_N_COUNTERS; counter++)
    if (import_counter_get_severity (counter) == IMPORT_SEVERITY_DATA_LOSS)
      assert_counter (walk, counter, 0);
}
