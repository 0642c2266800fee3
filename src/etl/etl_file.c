#include "etl/etl_file.h"

#include "etl/etl_index.h"
#include "etl/etl_layouts.h"
#include "etl/etl_signature.h"

/* Enough for the first event, whose size is 16 bits. */
#define START_BYTES (etl_buffer_header_SIZE + G_MAXUINT16)

G_DEFINE_QUARK (poolscope - etl - error, etl_error)

/* Recognises the file and reads its trace header. */
static gboolean
read_start (EtlFile *self, guint32 *ret_compression, GError **error)
{
  const char *name = byte_source_get_display_name (self->source);
  gsize size = (gsize)MIN (byte_source_get_size (self->source), (guint64)START_BYTES);
  if (size == 0)
    {
      g_set_error (error, ETL_ERROR, ETL_ERROR_EMPTY,
                   "“%s” is empty (0 bytes): the recording or the copy of it failed; copy or record it again",
                   name);
      return FALSE;
    }
  g_autofree guint8 *start = g_malloc (size);
  gssize n_read = byte_source_read (self->source, 0, start, size, error);
  if (n_read < 0)
    return FALSE;
  ByteSpan span = { start, (gsize)n_read };
  ByteSpan signature = { start, MIN (span.size, ETL_SIGNATURE_BYTES) };
  if (!etl_signature_check (signature, name, error))
    return FALSE;
  *ret_compression = etl_buffer_header_get_state (start) & 0xFFFF;
  if (etl_log_header_parse (&self->header, byte_span_tail (span, etl_buffer_header_SIZE), error))
    return TRUE;
  g_prefix_error (error, "“%s” ", name);
  return FALSE;
}

/* Replaces what the trace header does not tell, or not credibly, by what the buffers show. */
static void
complete_header (EtlFile *self)
{
  guint32 n_processors = 1, content_bytes = 0;
  for (gsize i = 0; i < self->n_buffers; i++)
    {
      n_processors = MAX (n_processors, self->buffers[i].processor + 1u);
      content_bytes = MAX (content_bytes, self->buffers[i].content_bytes);
    }
  if (self->header.n_processors == 0)
    self->header.n_processors = n_processors;
  if (self->header.session_buffer_size_bytes == 0)
    self->header.session_buffer_size_bytes = content_bytes;
}

/* Opens the .etl file in @source: reads its trace header and finds its buffers, of which only the
 * starts are read.
 *
 * @progress (nullable) is given the size of the file; the passes over it advance it. @cancellable is
 * nullable. What is wrong with the file is counted in the result's counters, which also hold the
 * losses that header and buffers tell of, and all about buffers that hold no event with a time.
 * Returns: (transfer full) (nullable): NULL with @error (ETL_ERROR, G_IO_ERROR), which names the file,
 * the offset, what is wrong and what to do.
 */
EtlFile *
etl_file_open (ByteSource *source, Progress *progress, GCancellable *cancellable, GError **error)
{
  g_autoptr (EtlFile) self = g_new0 (EtlFile, 1);
  guint32 compression = 0;
  self->source = byte_source_ref (source);
  if (!read_start (self, &compression, error))
    return NULL;
  progress_set_total (progress, byte_source_get_size (source));
  if (!etl_index_build (self, compression, cancellable, error))
    return NULL;
  if (self->n_buffers == 0)
    {
      g_set_error (error, ETL_ERROR, ETL_ERROR_DAMAGED,
                   "“%s” is a trace, but from offset 0x%x on no event of it can be read; copy the file "
                   "again, or record "
                   "the trace again",
                   byte_source_get_display_name (source), (guint)etl_buffer_header_SIZE);
      return NULL;
    }
  complete_header (self);
  return g_steal_pointer (&self);
}

/* @self is nullable. */
void
etl_file_free (EtlFile *self)
{
  if (!self)
    return;
  etl_log_header_clear (&self->header);
  g_clear_pointer (&self->source, byte_source_unref);
  g_free (self->buffers);
  g_free (self);
}
