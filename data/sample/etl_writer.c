#include "sample/etl_writer.h"

#include "sample/etl_payload.h"
#include "sample/xpress_compressor.h"

#include <errno.h>
#include <gio/gio.h>
#include <unistd.h>

enum
{
  BUFFER_HEADER_BYTES = 0x48,
};

/* The buffer a processor is filling. */
typedef struct
{
  guint8 *data; /* NULL until its first event */
  gsize used;   /* bytes, header included */
  gint64 last_ticks;
  guint16 extra_flags;
} ProcessorBuffer;

struct _EtlWriter
{
  EtlWriterOptions options;
  ProcessorBuffer *processors;
  GPtrArray *header_events; /* of GBytes */
  GPtrArray *buffers;       /* of GBytes, file order; empty when streaming */
  int file_descriptor;      /* -1: in memory */
  gint64 stream_header_bytes;
  int stream_error; /* errno of the first failed write */
  gint64 next_sequence;
  guint32 n_written; /* data buffers ever finished */
};

/* Fills @options as a 64-bit Windows 10 19041 session on one processor has them, with a QPC of 10 MHz. */
void
etl_writer_options_init (EtlWriterOptions *options)
{
  *options = (EtlWriterOptions){
    .pointer_size = 8,
    .buffer_size = 0x10000,
    .n_processors = 1,
    .clock_type = ETL_CLOCK_QPC,
    .frequency = 10000000,
    .cpu_mhz = 3000,
    .first_ticks = 0x12345600,
    .start_time = 0x01DA3D285848C080,
    .end_time = 0x01DA3D2858E15700,
    .boot_time = 0x01DA3D1FF6845880,
    .os_major = 10,
    .log_major = 2,
    .os_build = 19041,
    .log_file_mode = ETL_MODE_SEQUENTIAL | ETL_MODE_RELOGGED,
    .timer_resolution = 156250,
    .logger_name = "NT Kernel Logger",
    .log_file_name = "pool.etl",
    .header_process_id = 0xFF0,
    .header_thread_id = 0x1230,
  };
}

/* Starts a trace in memory; strings of @options must outlive the writer. */
EtlWriter *
etl_writer_new (const EtlWriterOptions *options)
{
  g_return_val_if_fail (options->pointer_size == 4 || options->pointer_size == 8, NULL);
  g_return_val_if_fail (options->n_processors > 0 && options->n_processors <= 2048, NULL);
  EtlWriter *self = g_new0 (EtlWriter, 1);
  self->options = *options;
  self->processors = g_new0 (ProcessorBuffer, options->n_processors);
  self->header_events = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  self->buffers = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  self->file_descriptor = -1;
  self->next_sequence = 1;
  return self;
}

/* Starts a trace that is written to @file_descriptor (seekable, empty, not taken over) as it grows, so
 * that memory stays constant. Header events are not possible, nor is changing the order of buffers. */
EtlWriter *
etl_writer_new_stream (const EtlWriterOptions *options, int file_descriptor)
{
  EtlWriter *self = etl_writer_new (options);
  self->file_descriptor = file_descriptor;
  g_autoptr (GBytes) header = etl_header_buffer_encode (options, NULL, 0, 0);
  self->stream_header_bytes = (gint64)g_bytes_get_size (header);
  etl_writer_add_bytes (self, g_bytes_get_data (header, NULL), g_bytes_get_size (header));
  return self;
}

void
etl_writer_free (EtlWriter *self)
{
  for (guint i = 0; i < self->options.n_processors; i++)
    g_free (self->processors[i].data);
  g_free (self->processors);
  g_ptr_array_unref (self->header_events);
  g_ptr_array_unref (self->buffers);
  g_free (self);
}

/* Returns: (transfer none): the options; what the header says (end time, losses, …) may be changed until
 * the trace is finished. */
EtlWriterOptions *
etl_writer_get_options (EtlWriter *self)
{
  return &self->options;
}

/* The data buffers in the file so far. */
guint
etl_writer_get_n_buffers (const EtlWriter *self)
{
  return self->file_descriptor >= 0 ? self->n_written : self->buffers->len;
}

static void
write_stream (EtlWriter *self, const guint8 *bytes, gsize n_bytes)
{
  while (n_bytes > 0 && self->stream_error == 0)
    {
      gssize n_done = write (self->file_descriptor, bytes, n_bytes);
      if (n_done < 0 && errno == EINTR)
        continue;
      if (n_done < 0)
        {
          self->stream_error = errno;
          return;
        }
      bytes += n_done;
      n_bytes -= (gsize)n_done;
    }
}

/* Puts any bytes at the end of the file, as a cut-off or foreign piece of one. */
void
etl_writer_add_bytes (EtlWriter *self, const void *bytes, gsize n_bytes)
{
  if (self->file_descriptor >= 0)
    write_stream (self, bytes, n_bytes);
  else
    g_ptr_array_add (self->buffers, g_bytes_new (bytes, n_bytes));
}

static void
store_buffer (EtlWriter *self, const guint8 *bytes, gsize n_bytes)
{
  guint slot = self->options.circular_slots > 0 ? self->n_written % self->options.circular_slots : G_MAXUINT;
  self->n_written++;
  if (self->file_descriptor >= 0 || slot >= self->buffers->len)
    {
      etl_writer_add_bytes (self, bytes, n_bytes);
      return;
    }
  g_bytes_unref (g_ptr_array_index (self->buffers, slot));
  g_ptr_array_index (self->buffers, slot) = g_bytes_new (bytes, n_bytes);
}

static void
store_compressed (EtlWriter *self, EtlBufferHeader *header, const guint8 *data)
{
  g_autoptr (GByteArray) packed
      = xpress_compress (data + BUFFER_HEADER_BYTES, header->saved_offset - BUFFER_HEADER_BYTES);
  header->buffer_size = BUFFER_HEADER_BYTES + packed->len;
  header->state = 5;
  header->flags |= ETL_BUFFER_COMPRESSED;
  g_autofree guint8 *bytes = g_malloc (header->buffer_size);
  etl_buffer_header_encode (header, bytes);
  memcpy (bytes + BUFFER_HEADER_BYTES, packed->data, packed->len);
  store_buffer (self, bytes, header->buffer_size);
}

/* Leaves out the unused end: a reader sees zeros there, which end a buffer as well. */
static void
store_with_hole (EtlWriter *self, const ProcessorBuffer *buffer)
{
  store_buffer (self, buffer->data, buffer->used);
  off_t hole_bytes = (off_t)(self->options.buffer_size - buffer->used);
  off_t end = self->stream_error == 0 ? lseek (self->file_descriptor, hole_bytes, SEEK_CUR) : 0;
  if (self->stream_error == 0 && (end < 0 || ftruncate (self->file_descriptor, end) != 0))
    self->stream_error = errno;
}

static void
finish_buffer (EtlWriter *self, guint processor, guint16 flags)
{
  ProcessorBuffer *buffer = &self->processors[processor];
  const EtlWriterOptions *options = &self->options;
  gboolean is_merged = (options->log_file_mode & ETL_MODE_RELOGGED) != 0;
  guint16 index_flag = options->old_processor_number ? 0 : ETL_BUFFER_PROCESSOR_INDEX;
  EtlBufferHeader header = {
    .buffer_size = options->buffer_size,
    .saved_offset = (guint32)buffer->used,
    .current_offset = options->buffer_size + (guint32)buffer->used,
    .time_stamp = is_merged ? options->end_time : buffer->last_ticks,
    .sequence_number = self->next_sequence++,
    .processor = (guint16)(options->old_processor_number ? (processor & 0xFF) | 0x0800 : processor),
    .logger_id = is_merged ? 0 : options->logger_id,
    .state = 3,
    .offset = (guint32)buffer->used,
    .flags = (guint16)(flags | buffer->extra_flags | index_flag),
  };
  if (options->log_file_mode & ETL_MODE_COMPRESSED)
    store_compressed (self, &header, buffer->data);
  else
    {
      etl_buffer_header_encode (&header, buffer->data);
      memset (buffer->data + buffer->used, 0xFF, options->buffer_size - buffer->used);
      if (options->has_holes && self->file_descriptor >= 0)
        store_with_hole (self, buffer);
      else
        store_buffer (self, buffer->data, options->buffer_size);
    }
  buffer->used = 0;
  buffer->extra_flags = 0;
}

static ProcessorBuffer *
processor_buffer (EtlWriter *self, guint processor)
{
  if (self->options.log_file_mode & ETL_MODE_NO_PER_PROCESSOR_BUFFERS)
    processor = 0;
  g_assert (processor < self->options.n_processors);
  ProcessorBuffer *buffer = &self->processors[processor];
  if (buffer->data == NULL)
    buffer->data = g_malloc (self->options.buffer_size);
  if (buffer->used == 0)
    buffer->used = BUFFER_HEADER_BYTES;
  return buffer;
}

/* Rounds the buffer's end up for the next event. */
static void
advance (EtlWriter *self, ProcessorBuffer *buffer, gsize event_bytes)
{
  gsize rounded = (event_bytes + 7) & ~(gsize)7;
  gsize end = MIN (buffer->used + rounded, self->options.buffer_size);
  memset (buffer->data + buffer->used + event_bytes, 0, end - buffer->used - event_bytes);
  buffer->used = end;
}

/* Writes @event with its @payload to the buffer of its processor; a full buffer is finished first. */
void
etl_writer_event (EtlWriter *self, const EtlEvent *event, const void *payload, gsize n_bytes)
{
  ProcessorBuffer *buffer = processor_buffer (self, event->processor);
  gsize event_bytes = 0;
  for (;;)
    {
      gsize space = self->options.buffer_size - buffer->used;
      event_bytes = etl_event_encode (event, self->options.pointer_size, payload, n_bytes,
                                      buffer->data + buffer->used, space);
      if (event_bytes != 0)
        break;
      if (buffer->used == BUFFER_HEADER_BYTES)
        g_error ("An event with %" G_GSIZE_FORMAT " bytes of payload does not fit in a buffer", n_bytes);
      finish_buffer (self, (guint)(buffer - self->processors), 0);
      buffer = processor_buffer (self, event->processor);
    }
  advance (self, buffer, event_bytes);
  buffer->last_ticks = event->ticks;
}

/* Puts @bytes where the next event of @processor would stand; they are no valid event as a rule. */
void
etl_writer_raw_event (EtlWriter *self, guint processor, const void *bytes, gsize n_bytes)
{
  ProcessorBuffer *buffer = processor_buffer (self, processor);
  if (n_bytes > self->options.buffer_size - buffer->used)
    {
      finish_buffer (self, (guint)(buffer - self->processors), 0);
      buffer = processor_buffer (self, processor);
    }
  g_assert (n_bytes <= self->options.buffer_size - buffer->used);
  memcpy (buffer->data + buffer->used, bytes, n_bytes);
  advance (self, buffer, n_bytes);
}

/* Adds an event to the header buffer, behind the log header; not possible when streaming. */
void
etl_writer_header_event (EtlWriter *self, const EtlEvent *event, const void *payload, gsize n_bytes)
{
  g_return_if_fail (self->file_descriptor < 0);
  gsize space = n_bytes + 0x200;
  guint8 *bytes = g_malloc (space);
  gsize event_bytes = etl_event_encode (event, self->options.pointer_size, payload, n_bytes, bytes, space);
  g_ptr_array_add (self->header_events, g_bytes_new_take (bytes, event_bytes));
}

/* Sets @flags (ETL_BUFFER_…) on the buffer that @processor is filling. */
void
etl_writer_mark_buffer (EtlWriter *self, guint processor, guint16 flags)
{
  processor_buffer (self, processor)->extra_flags |= flags;
}

/* Finishes the buffer of @processor if it holds anything, as a flush of the session does. */
void
etl_writer_flush (EtlWriter *self, guint processor)
{
  if (self->processors[processor].used > BUFFER_HEADER_BYTES)
    finish_buffer (self, processor, ETL_BUFFER_FLUSH_MARKER);
}

void
etl_writer_flush_all (EtlWriter *self)
{
  for (guint i = 0; i < self->options.n_processors; i++)
    etl_writer_flush (self, i);
}

/* Begins another appended session: flushes, and counts sequence numbers from 1 again. */
void
etl_writer_restart_sequence (EtlWriter *self)
{
  etl_writer_flush_all (self);
  self->next_sequence = 1;
}

/* Adds a buffer with exactly @header, then @n_bytes of @payload, filled with 0xFF to @file_bytes in all
 * (or cut to them). */
void
etl_writer_add_buffer (EtlWriter *self, const EtlBufferHeader *header, const void *payload, gsize n_bytes,
                       gsize file_bytes)
{
  gsize total = MAX (BUFFER_HEADER_BYTES + n_bytes, file_bytes);
  g_autofree guint8 *bytes = g_malloc (total);
  memset (bytes, 0xFF, total);
  etl_buffer_header_encode (header, bytes);
  if (n_bytes > 0)
    memcpy (bytes + BUFFER_HEADER_BYTES, payload, n_bytes);
  store_buffer (self, bytes, file_bytes);
}

/* Puts the buffers finished so far into another order, the same for the same @seed; in memory only. */
void
etl_writer_shuffle (EtlWriter *self, guint32 seed)
{
  g_return_if_fail (self->file_descriptor < 0);
  guint32 state = seed | 1;
  for (guint i = self->buffers->len; i > 1; i--)
    {
      state = state * 1664525u + 1013904223u;
      guint other = (state >> 8) % i;
      gpointer swapped = g_ptr_array_index (self->buffers, i - 1);
      g_ptr_array_index (self->buffers, i - 1) = g_ptr_array_index (self->buffers, other);
      g_ptr_array_index (self->buffers, other) = swapped;
    }
}

static GBytes *
encode_header_buffer (EtlWriter *self)
{
  return etl_header_buffer_encode (&self->options, (GBytes *const *)self->header_events->pdata,
                                   self->header_events->len, self->n_written + 1);
}

/* Flushes all buffers and puts the file together; the writer may go on and be finished again.
 *
 * Returns: (transfer full): the file.
 */
GBytes *
etl_writer_finish (EtlWriter *self)
{
  g_return_val_if_fail (self->file_descriptor < 0, NULL);
  etl_writer_flush_all (self);
  g_autoptr (GBytes) header = encode_header_buffer (self);
  gsize total = g_bytes_get_size (header);
  for (guint i = 0; i < self->buffers->len; i++)
    total += g_bytes_get_size (g_ptr_array_index (self->buffers, i));
  guint8 *file = g_malloc (total);
  gsize position = g_bytes_get_size (header);
  memcpy (file, g_bytes_get_data (header, NULL), position);
  for (guint i = 0; i < self->buffers->len; i++)
    {
      gsize n_bytes = 0;
      const guint8 *bytes = g_bytes_get_data (g_ptr_array_index (self->buffers, i), &n_bytes);
      memcpy (file + position, bytes, n_bytes);
      position += n_bytes;
    }
  return g_bytes_new_take (file, total);
}

/* Flushes all buffers and writes the header over the provisional one.
 *
 * Returns: FALSE with @error (G_IO_ERROR) set when any write of the trace failed.
 */
gboolean
etl_writer_finish_stream (EtlWriter *self, GError **error)
{
  g_return_val_if_fail (self->file_descriptor >= 0, FALSE);
  etl_writer_flush_all (self);
  g_autoptr (GBytes) header = encode_header_buffer (self);
  g_assert (g_bytes_get_size (header) == (gsize)self->stream_header_bytes);
  if (self->stream_error == 0 && lseek (self->file_descriptor, 0, SEEK_SET) != 0)
    self->stream_error = errno;
  write_stream (self, g_bytes_get_data (header, NULL), g_bytes_get_size (header));
  if (self->stream_error == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (self->stream_error),
               "The trace cannot be written: %s", g_strerror (self->stream_error));
  return FALSE;
}
