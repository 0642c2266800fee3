#include "etl/etl_index.h"

#include "etl/etl_buffer.h"
#include "etl/etl_event.h"
#include "etl/etl_layouts.h"
#include "etl/xpress.h"

#define WINDOW_BYTES 4096 /* read of each buffer; nearly always holds its first event with a time */

/* No buffer of events compresses better; without the bound a small damaged file could ask for any amount of
 * work. */
#define EXPANSION_MAXIMUM 1024

enum
{
  COMPRESSION_LZNT1 = 2,
  COMPRESSION_XPRESS_HUFFMAN = 4,
};

typedef struct
{
  EtlFile *file;
  EtlBufferReader *reader;
  GArray *infos; /* of EtlBufferInfo */
  guint64 offset;
  guint64 file_size;
  guint32 stride; /* the size of every buffer; 0 in compressed files, where each has its own */
  gboolean compression_is_unsupported;
  guint64 n_lossy_buffers[2]; /* buffers marked: events lost, buffer lost */
  guint8 window[WINDOW_BYTES];
  gsize window_size;
  guint8 prefix[WINDOW_BYTES]; /* decompressed */
} Walk;

static gboolean
is_buffer_size (guint32 size)
{
  return size >= etl_buffer_header_SIZE && size <= ETL_BUFFER_SIZE_MAXIMUM;
}

static gboolean
holds_events (guint16 type)
{
  return type == ETL_BUFFER_TYPE_GENERIC || type == ETL_BUFFER_TYPE_RUNDOWN || type == ETL_BUFFER_TYPE_HEADER
         || type == ETL_BUFFER_TYPE_BATCHED;
}

static gboolean
looks_like_header (const guint8 *header)
{
  guint32 used = MAX (etl_buffer_header_get_saved_offset (header), etl_buffer_header_get_offset (header));
  return is_buffer_size (etl_buffer_header_get_buffer_size (header)) && used <= ETL_BUFFER_SIZE_MAXIMUM
         && etl_buffer_header_get_type (header) <= ETL_BUFFER_TYPE_LAST
         && (etl_buffer_header_get_flags (header) & ~ETL_BUFFER_FLAGS_KNOWN) == 0;
}

static gboolean
header_stands_at (const Walk *walk, guint64 offset)
{
  guint8 header[etl_buffer_header_SIZE];
  gssize n_read = byte_source_read (walk->file->source, offset, header, sizeof header, NULL);
  return n_read == (gssize)sizeof header && looks_like_header (header);
}

/* The one size of all buffers of an uncompressed file: the first buffer and the trace header both state it.
 */
static guint32
find_stride (const Walk *walk, guint32 first_size)
{
  if (walk->file->header.log_file_mode & ETL_MODE_COMPRESSED)
    return 0;
  guint32 candidates[] = { first_size, walk->file->header.session_buffer_size_bytes };
  for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++)
    if (is_buffer_size (candidates[i])
        && (candidates[i] == walk->file_size || header_stands_at (walk, candidates[i])))
      return candidates[i];
  for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++)
    if (is_buffer_size (candidates[i]))
      return candidates[i];
  return 0;
}

/* How far it is from the buffer at the walk's place to the next one, more than what is left of the
 * file when it is cut; 0 when no buffer stands here. */
static guint32
find_buffer_size (Walk *walk)
{
  guint32 size = etl_buffer_header_get_buffer_size (walk->window);
  guint64 left = walk->file_size - walk->offset;
  if (walk->stride && size == walk->stride)
    return size;
  gboolean is_plausible = looks_like_header (walk->window);
  if (is_buffer_size (size)
      && (size == left || (size < left && header_stands_at (walk, walk->offset + size))
          || (!walk->stride && is_plausible)))
    return size;
  if (!walk->stride || etl_buffer_header_get_type (walk->window) > ETL_BUFFER_TYPE_LAST || size == 0)
    return 0;
  /* Only the size is damaged: the next buffer stands where its like always stand. */
  walk->file->counters.values[IMPORT_BUFFERS_DAMAGED]++;
  return walk->stride - (guint32)(walk->offset % walk->stride);
}

/* The bytes that header and events of the buffer in the window take, once decompressed. */
static guint32
find_content_bytes (Walk *walk, guint32 size, gboolean is_compressed)
{
  guint32 saved = etl_buffer_header_get_saved_offset (walk->window);
  guint32 second = etl_buffer_header_get_offset (walk->window);
  guint32 limit = size;
  if (is_compressed)
    limit = (guint32)MIN ((guint64)size * EXPANSION_MAXIMUM, ETL_BUFFER_SIZE_MAXIMUM);
  guint32 end = saved;
  if (saved == 0 || etl_buffer_header_get_type (walk->window) == ETL_BUFFER_TYPE_HEADER)
    end = MAX (saved, second);
  if (end >= etl_buffer_header_SIZE && end <= limit)
    return end;
  /* A fill mark or the end of the compressed bytes will end the events. */
  if (end != 0 && !is_compressed)
    walk->file->counters.values[IMPORT_BUFFERS_DAMAGED]++;
  if (second >= etl_buffer_header_SIZE && second <= limit)
    return second;
  guint32 session_size = walk->file->header.session_buffer_size_bytes;
  if (is_compressed && session_size >= etl_buffer_header_SIZE)
    return MIN (session_size, limit);
  return limit;
}

static gboolean
find_time (const EtlBuffer *buffer, ImportCounters *counters, gint64 *ret_ticks)
{
  EtlEventCursor cursor;
  EtlEvent event;
  etl_event_cursor_init (&cursor, buffer, counters);
  while (etl_event_cursor_next (&cursor, &event))
    if (event.has_time)
      {
        *ret_ticks = event.ticks;
        return TRUE;
      }
  return FALSE;
}

/* The start of the buffer in the window, decompressed. */
static EtlBuffer
make_prefix (Walk *walk, const EtlBufferInfo *info)
{
  EtlBuffer buffer = { .content = { walk->window, MIN (walk->window_size, info->size_bytes) },
                       .processor = info->processor,
                       .pointer_size = walk->file->header.pointer_size };
  if (info->flags & ETL_BUFFER_FLAG_COMPRESSED)
    {
      gsize wanted = MIN (info->content_bytes, sizeof walk->prefix) - etl_buffer_header_SIZE;
      ByteSpan packed = byte_span_tail (buffer.content, etl_buffer_header_SIZE);
      gsize n_bytes = xpress_decompress (packed, walk->prefix + etl_buffer_header_SIZE, wanted);
      buffer.content = (ByteSpan){ walk->prefix, etl_buffer_header_SIZE + n_bytes };
    }
  buffer.events_end = MIN (buffer.content.size, info->content_bytes);
  return buffer;
}

/* The time of the first event of @info that has one. A buffer without any is read through here and
 * never again, so what it holds is counted here. */
static gboolean
find_first_ticks (Walk *walk, EtlBufferInfo *info)
{
  ImportCounters counters = { 0 };
  EtlBuffer buffer = make_prefix (walk, info);
  if (find_time (&buffer, &counters, &info->first_ticks))
    return TRUE;
  if (buffer.events_end < info->content_bytes)
    {
      counters = (ImportCounters){ 0 };
      if (etl_buffer_reader_load_info (walk->reader, info, &buffer, &counters, NULL)
          && find_time (&buffer, &counters, &info->first_ticks))
        return TRUE;
    }
  else
    counters.values[IMPORT_BUFFERS_READ]++;
  import_counters_add (&walk->file->counters, &counters);
  return FALSE;
}

/* Adds the buffer in the window, @size bytes to the next one. */
static void
add_buffer (Walk *walk, guint32 size)
{
  EtlFile *file = walk->file;
  const guint8 *header = walk->window;
  guint64 left = walk->file_size - walk->offset;
  EtlBufferInfo info = {
    .offset = walk->offset,
    .size_bytes = (guint32)MIN (size, left),
    .sequence_number = (gint64)etl_buffer_header_get_sequence_number (header),
    .flags = etl_buffer_header_get_flags (header),
    .logger_id = etl_buffer_header_get_logger_id (header),
  };
  info.processor = info.flags & ETL_BUFFER_FLAG_PROCESSOR_INDEX
                       ? etl_buffer_header_get_processor_index (header)
                       : etl_buffer_header_get_processor_number (header);
  info.processor &= 0x07FF;
  /* The header buffer is never compressed, whatever a damaged flag says. */
  if (walk->offset == 0)
    info.flags &= (guint16)~ETL_BUFFER_FLAG_COMPRESSED;
  gboolean is_compressed = (info.flags & ETL_BUFFER_FLAG_COMPRESSED) != 0;
  if (size > left)
    {
      file->is_cut_short = TRUE;
      file->counters.values[IMPORT_BUFFERS_CUT_SHORT]++;
    }
  walk->n_lossy_buffers[0] += (info.flags & ETL_BUFFER_FLAG_EVENTS_LOST) != 0;
  walk->n_lossy_buffers[1] += (info.flags & ETL_BUFFER_FLAG_BUFFER_LOST) != 0;
  if (walk->offset != 0 && !holds_events (etl_buffer_header_get_type (header)))
    {
      file->counters.values[IMPORT_BUFFERS_OF_UNKNOWN_TYPE]++;
      return;
    }
  if (is_compressed && walk->compression_is_unsupported)
    {
      file->counters.values[IMPORT_BUFFERS_UNSUPPORTED_COMPRESSION]++;
      return;
    }
  info.content_bytes = find_content_bytes (walk, size, is_compressed);
  if (find_first_ticks (walk, &info))
    g_array_append_val (walk->infos, info);
}

/* Nothing readable stands at the walk's place: goes to where the next buffer must be, or to the end. */
static void
skip_garbage (Walk *walk)
{
  static const guint8 unused[etl_buffer_header_SIZE];
  guint64 left = walk->file_size - walk->offset, n_skipped = left;
  if (walk->stride)
    n_skipped = MIN (left, walk->stride - walk->offset % walk->stride);
  if (walk->window_size < sizeof unused || memcmp (walk->window, unused, sizeof unused) != 0)
    {
      walk->file->n_buffers_in_file++;
      walk->file->counters.values[IMPORT_BUFFERS_SKIPPED]++;
    }
  walk->file->counters.values[IMPORT_BYTES_NOT_READ] += n_skipped;
  walk->offset += n_skipped;
}

/* One buffer of the file, or one stretch of it that is none. */
static gboolean
step (Walk *walk, GError **error)
{
  EtlFile *file = walk->file;
  guint64 left = walk->file_size - walk->offset;
  g_autoptr (GError) read_error = NULL;
  gssize n_read
      = byte_source_read (file->source, walk->offset, walk->window, sizeof walk->window, &read_error);
  walk->window_size = n_read < 0 ? 0 : (gsize)MIN ((guint64)n_read, left);
  if (n_read < 0 && walk->offset == 0)
    {
      g_propagate_error (error, g_steal_pointer (&read_error));
      return FALSE;
    }
  if (n_read >= 0 && walk->window_size < etl_buffer_header_SIZE)
    {
      /* The file ends in a buffer header, or was made shorter since it was opened. */
      file->is_cut_short = TRUE;
      file->n_buffers_in_file++;
      file->counters.values[IMPORT_BUFFERS_CUT_SHORT]++;
      file->counters.values[IMPORT_BYTES_NOT_READ] += left;
      walk->offset = walk->file_size;
      return TRUE;
    }
  if (n_read >= 0 && walk->offset == 0)
    walk->stride = find_stride (walk, etl_buffer_header_get_buffer_size (walk->window));
  guint32 size = n_read < 0 ? 0 : find_buffer_size (walk);
  if (size == 0)
    {
      skip_garbage (walk);
      return TRUE;
    }
  file->n_buffers_in_file++;
  add_buffer (walk, size);
  walk->offset += MIN (size, left);
  return TRUE;
}

static int
compare_infos (const void *a, const void *b)
{
  const EtlBufferInfo *first = a, *second = b;
  if (first->first_ticks != second->first_ticks)
    return first->first_ticks < second->first_ticks ? -1 : 1;
  if (first->processor != second->processor)
    return first->processor < second->processor ? -1 : 1;
  if (first->sequence_number != second->sequence_number)
    return first->sequence_number < second->sequence_number ? -1 : 1;
  return first->offset < second->offset ? -1 : first->offset > second->offset;
}

void
etl_index_order (EtlFile *file)
{
  if (file->n_buffers > 1)
    qsort (file->buffers, file->n_buffers, sizeof *file->buffers, compare_infos);
}

static void
finish (Walk *walk)
{
  EtlFile *file = walk->file;
  file->n_buffers = walk->infos->len;
  file->buffers = (EtlBufferInfo *)(void *)g_array_free (g_steal_pointer (&walk->infos), FALSE);
  etl_index_order (file);
  /* A flag tells of at least one loss, should the trace header know of none. */
  file->counters.values[IMPORT_EVENTS_LOST] += MAX (file->header.events_lost, walk->n_lossy_buffers[0]);
  file->counters.values[IMPORT_BUFFERS_LOST] += MAX (file->header.buffers_lost, walk->n_lossy_buffers[1]);
}

/* Finds the buffers of @file, whose source and header are set, and orders them.
 *
 * @compression is what the first buffer's header states, which counts only in compressed files. Reads a
 * few KiB of each buffer. Errors: G_IO_ERROR, when nothing can be read or @cancellable
 * (nullable) was cancelled; damage is counted in @file->counters instead.
 */
gboolean
etl_index_build (EtlFile *file, guint32 compression, GCancellable *cancellable, GError **error)
{
  g_autofree Walk *walk = g_new0 (Walk, 1);
  g_autoptr (EtlBufferReader) reader = etl_buffer_reader_new (file);
  walk->file = file;
  walk->reader = reader;
  walk->infos = g_array_new (FALSE, FALSE, sizeof (EtlBufferInfo));
  walk->file_size = byte_source_get_size (file->source);
  walk->compression_is_unsupported
      = (file->header.log_file_mode & ETL_MODE_COMPRESSED)
        && (compression == COMPRESSION_LZNT1 || compression == COMPRESSION_XPRESS_HUFFMAN);
  gboolean ok = TRUE;
  while (ok && walk->offset < walk->file_size)
    ok = !g_cancellable_set_error_if_cancelled (cancellable, error) && step (walk, error);
  finish (walk);
  return ok;
}
