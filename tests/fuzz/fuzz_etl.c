/* Any bytes as an .etl file, read to the last event that can be found. */
#include "etl/etl_event.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (ByteSource) source = byte_source_new_bytes ("fuzz.etl", bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (EtlFile) file = etl_file_open (source, NULL, NULL, &error);
  if (!file)
    {
      g_assert (error != NULL);
      return 0;
    }
  g_autoptr (EtlBufferReader) reader = etl_buffer_reader_new (file);
  ImportCounters counters = file->counters;
  volatile guint8 sum = 0;
  for (gsize i = 0; i < file->n_buffers; i++)
    {
      EtlBuffer buffer;
      EtlEventCursor cursor;
      EtlEvent event;
      if (!etl_buffer_reader_load (reader, i, &buffer, &counters, NULL))
        continue;
      etl_event_cursor_init (&cursor, &buffer, &counters);
      while (etl_event_cursor_next (&cursor, &event))
        {
          for (gsize at = 0; at < event.payload.size; at++)
            sum = (guint8) (sum + event.payload.bytes[at]);
          if (event.guid)
            sum = (guint8) (sum + event.guid[0] + event.guid[15]);
        }
    }
  return 0;
}
