#include "etl/etl_buffer.h"

#include "etl/etl_event.h"
#include "etl/etl_layouts.h"
#include "etl/xpress.h"

#define PAGE_BYTES 4096

struct _EtlBufferReader
{
  const EtlFile *file;
  guint8 *raw; /* as in the file */
  gsize raw_capacity;
  guint8 *content; /* decompressed */
  gsize content_capacity;
};

/* Returns: (transfer full): a reader of @file's buffers, which must outlive it. */
EtlBufferReader *
etl_buffer_reader_new (const EtlFile *file)
{
  EtlBufferReader *self = g_new0 (EtlBufferReader, 1);
  self->file = file;
  return self;
}

void
etl_buffer_reader_free (EtlBufferReader *self)
{
  g_aligned_free (self->raw);
  g_aligned_free (self->content);
  g_free (self);
}

/* Old content is not kept. The memory begins at a page: files are copied measurably faster into such. */
static void
ensure_capacity (guint8 **memory, gsize *capacity, gsize size)
{
  if (size <= *capacity)
    return;
  g_aligned_free (*memory);
  *memory = g_aligned_alloc (size, 1, PAGE_BYTES);
  *capacity = size;
}

/* Ends the events behind the last whole one, because what follows is known to be missing: the
 * event that was cut is no further damage. */
static void
drop_partial_event (EtlBuffer *buffer)
{
  ImportCounters scratch = { 0 };
  EtlEventCursor cursor;
  EtlEvent event;
  etl_event_cursor_init (&cursor, buffer, &scratch);
  while (etl_event_cursor_next (&cursor, &event))
    ;
  buffer->events_end = MIN (cursor.position, buffer->events_end);
}

/* Decompresses @raw; the result is shorter than @content_bytes when @raw is damaged or cut. */
static ByteSpan
decompress (EtlBufferReader *self, ByteSpan raw, gsize content_bytes)
{
  ensure_capacity (&self->content, &self->content_capacity, content_bytes);
  memcpy (self->content, raw.bytes, etl_buffer_header_SIZE);
  gsize n_bytes
      = xpress_decompress (byte_span_tail (raw, etl_buffer_header_SIZE),
                           self->content + etl_buffer_header_SIZE, content_bytes - etl_buffer_header_SIZE);
  return (ByteSpan){ self->content, etl_buffer_header_SIZE + n_bytes };
}

gboolean
etl_buffer_reader_load_info (EtlBufferReader *self, const EtlBufferInfo *info, EtlBuffer *ret_buffer,
                             ImportCounters *counters, GError **error)
{
  gboolean is_compressed = (info->flags & ETL_BUFFER_FLAG_COMPRESSED) != 0;
  gsize wanted = is_compressed ? info->size_bytes : MIN (info->content_bytes, info->size_bytes);
  ensure_capacity (&self->raw, &self->raw_capacity, wanted);
  gssize n_read = byte_source_read (self->file->source, info->offset, self->raw, wanted, error);
  if (n_read < 0)
    {
      counters->values[IMPORT_BUFFERS_SKIPPED]++;
      return FALSE;
    }
  if ((gsize)n_read < wanted)
    counters->values[IMPORT_BUFFERS_CUT_SHORT]++;
  if (n_read < etl_buffer_header_SIZE)
    {
      counters->values[IMPORT_BUFFERS_SKIPPED]++;
      g_set_error (error, ETL_ERROR, ETL_ERROR_DAMAGED,
                   "“%s” has no data any more at offset 0x%" G_GINT64_MODIFIER
                   "x; it was made shorter while it was read: wait until it is complete, then open it again",
                   byte_source_get_display_name (self->file->source), info->offset);
      return FALSE;
    }
  ByteSpan content = { self->raw, (gsize)n_read };
  gboolean is_cut = (gsize)n_read < wanted || !is_compressed;
  if (is_compressed)
    content = decompress (self, content, info->content_bytes);
  if (is_compressed && self->file->is_cut_short)
    is_cut = is_cut || info->offset + info->size_bytes >= byte_source_get_size (self->file->source);
  *ret_buffer = (EtlBuffer){ .content = content,
                             .events_end = content.size,
                             .processor = info->processor,
                             .pointer_size = self->file->header.pointer_size };
  if (content.size < info->content_bytes)
    {
      if (!is_cut)
        counters->values[IMPORT_BUFFERS_DAMAGED]++;
      drop_partial_event (ret_buffer);
    }
  counters->values[IMPORT_BUFFERS_READ]++;
  return TRUE;
}

gboolean
etl_buffer_reader_load (EtlBufferReader *self, gsize index, EtlBuffer *ret_buffer, ImportCounters *counters,
                        GError **error)
{
  g_return_val_if_fail (index < self->file->n_buffers, FALSE);
  return etl_buffer_reader_load_info (self, &self->file->buffers[index], ret_buffer, counters, error);
}
