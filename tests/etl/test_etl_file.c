#include "hex_image.h"
#include "trace_walk.h"

#include <glib/gstdio.h>
#include <unistd.h>

/* Files of 0x200-byte buffers: the worked example's header buffer, then copies of its other buffer. */

#define BUFFER_BYTES 0x200

/* Places in a data buffer. */
enum
{
  AT_SIZE = 0x00,
  AT_SAVED_OFFSET = 0x04,
  AT_SEQUENCE = 0x18,
  AT_PROCESSOR = 0x28,
  AT_LOGGER = 0x2A,
  AT_OFFSET = 0x30,
  AT_FLAGS = 0x34,
  AT_TYPE = 0x36,
  AT_FIRST_EVENT = 0x48,
  AT_FIRST_TIME = 0x58,
  AT_SECOND_EVENT = 0x80,
  AT_SECOND_TIME = 0x88,
};

/* Places in the header buffer. */
enum
{
  AT_COMPRESSION = 0x2C,
  AT_SESSION_BUFFER_SIZE = 0x68,
  AT_PROCESSORS = 0x74,
  AT_MODE = 0x88,
};

static void
put (GByteArray *image, gsize offset, gsize n_bytes, guint64 value)
{
  g_assert_cmpuint (offset + n_bytes, <=, image->len);
  for (gsize i = 0; i < n_bytes; i++)
    image->data[offset + i] = (guint8)(value >> 8 * i);
}

/* Buffer number i, from 1 to @n_buffers, has sequence number i and times 1000 * i later than the example's.
 */
static GByteArray *
make_file (guint n_buffers)
{
  g_autoptr (GBytes) example = worked_example_new ();
  gsize size;
  const guint8 *bytes = g_bytes_get_data (example, &size);
  GByteArray *image = g_byte_array_new ();
  g_byte_array_append (image, bytes, BUFFER_BYTES);
  for (guint i = 1; i <= n_buffers; i++)
    {
      g_byte_array_append (image, bytes + BUFFER_BYTES, BUFFER_BYTES);
      gsize offset = i * BUFFER_BYTES;
      put (image, offset + AT_SEQUENCE, 8, i);
      put (image, offset + AT_FIRST_TIME, 8, 0x12348639 + 1000 * i);
      put (image, offset + AT_SECOND_TIME, 8, 0x1234865E + 1000 * i);
    }
  return image;
}

/* Takes @image, which must be a readable trace. */
static TraceWalk *
walk_image (GByteArray *image)
{
  g_autoptr (GBytes) bytes = hex_image_finish (image);
  return trace_walk_new (bytes);
}

static void
assert_events (const TraceWalk *walk, guint n_events)
{
  g_assert_cmpuint (walk->events->len, ==, n_events);
  assert_counter (walk, IMPORT_EVENTS_READ, n_events);
}

static void
test_worked_example (void)
{
  g_autoptr (GBytes) bytes = worked_example_new ();
  g_autoptr (TraceWalk) walk = trace_walk_new (bytes);
  const EtlLogHeader *header = &walk->file->header;
  g_assert_cmpuint (header->pointer_size, ==, 8);
  g_assert_cmpuint (header->session_buffer_size_bytes, ==, 0x200);
  g_assert_cmpuint (header->os_major, ==, 10);
  g_assert_cmpuint (header->format_major, ==, 2);
  g_assert_cmpuint (header->os_build, ==, 19041);
  g_assert_cmpuint (header->n_processors, ==, 1);
  g_assert_cmphex (header->log_file_mode, ==, 0x10001);
  g_assert_cmpuint (header->buffers_written, ==, 2);
  g_assert_cmpuint (header->cpu_mhz, ==, 3000);
  g_assert_cmpint (header->start_filetime, ==, 0x01DA3D285848C080);
  g_assert_cmpint (header->end_filetime, ==, 0x01DA3D2858E15700);
  g_assert_cmpint (header->boot_filetime, ==, 0x01DA3D1FF6845880);
  g_assert_cmpint (header->clock_type, ==, ETL_CLOCK_QPC);
  g_assert_cmpint (header->first_ticks, ==, 0x12345600);
  g_assert_cmpint (header->bias_minutes, ==, 0);
  g_assert_cmpstr (header->session_name, ==, "NT Kernel Logger");
  g_assert_cmpstr (header->log_file_name, ==, "pool.etl");
  g_assert_cmpuint (walk->file->n_buffers, ==, 2);
  assert_events (walk, 3);
  assert_no_loss (walk);
  const EtlEvent *allocation = &g_array_index (walk->events, EtlEvent, 1);
  g_assert_cmphex (allocation->hook, ==, 0x0E20);
  g_assert_cmpuint (allocation->payload.size, ==, 24);
  g_assert_cmpuint (allocation->process_id, ==, 4);
  g_assert_cmpuint (allocation->thread_id, ==, 0x1234);
  g_assert_cmpint (tick_clock_to_ns (&header->clock, allocation->ticks), ==, 1234500);
  g_assert_cmphex (g_array_index (walk->events, EtlEvent, 2).hook, ==, 0x1820);
}

/* Ties of time, then of processor, then of sequence number; the file offset is last. */
static void
test_order (void)
{
  GByteArray *image = make_file (4);
  for (guint i = 1; i <= 4; i++)
    put (image, i * BUFFER_BYTES + AT_FIRST_TIME, 8, 0x12348639);
  put (image, 1 * BUFFER_BYTES + AT_PROCESSOR, 2, 7);
  put (image, 2 * BUFFER_BYTES + AT_SEQUENCE, 8, 9);
  put (image, 3 * BUFFER_BYTES + AT_SEQUENCE, 8, 5);
  put (image, 4 * BUFFER_BYTES + AT_SEQUENCE, 8, 5);
  g_autoptr (TraceWalk) walk = walk_image (image);
  static const guint expected[] = { 0, 3, 4, 2, 1 };
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (walk->file->buffers[i].offset, ==, expected[i] * BUFFER_BYTES);
}

/* The processor is 16 bits wide with its flag and 8 without. */
static void
test_processor_number (void)
{
  GByteArray *image = make_file (2);
  put (image, 1 * BUFFER_BYTES + AT_PROCESSOR, 2, 0x0807);
  put (image, 1 * BUFFER_BYTES + AT_FLAGS, 2, 0x00);
  put (image, 2 * BUFFER_BYTES + AT_PROCESSOR, 2, 0xF907); /* its upper bits are no part of the number */
  put (image, AT_PROCESSORS, 4, 0xFFFFFFFF);
  g_autoptr (TraceWalk) walk = walk_image (image);
  g_assert_cmpuint (walk->file->buffers[1].processor, ==, 7);
  g_assert_cmpuint (walk->file->buffers[2].processor, ==, 0x107);
  g_assert_cmpuint (walk->file->header.n_processors, ==, 0x108);
}

static void
test_loggers (void)
{
  GByteArray *image = make_file (3);
  put (image, 2 * BUFFER_BYTES + AT_LOGGER, 2, 0xFFFF);
  g_autoptr (TraceWalk) walk = walk_image (image);
  assert_events (walk, 7);
  assert_no_loss (walk);
  g_assert_cmpuint (walk->file->buffers[2].logger_id, ==, 0xFFFF);
}

static void
test_types (void)
{
  static const struct
  {
    guint16 type;
    gboolean is_read;
  } cases[] = { { 0, TRUE }, { 1, TRUE },  { 2, FALSE }, { 3, FALSE },     { 4, TRUE },
                { 5, TRUE }, { 6, FALSE }, { 7, FALSE }, { 0x7FFF, FALSE } };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GByteArray *image = make_file (3);
      put (image, 2 * BUFFER_BYTES + AT_TYPE, 2, cases[i].type);
      g_autoptr (TraceWalk) walk = walk_image (image);
      assert_events (walk, cases[i].is_read ? 7 : 5);
      assert_counter (walk, IMPORT_BUFFERS_OF_UNKNOWN_TYPE, cases[i].is_read ? 0 : 1);
      g_assert_cmpuint (walk->file->n_buffers_in_file, ==, 4);
    }
}

/* Buffers that are no buffers are stepped over; what stands behind them is read. */
static void
test_garbage (void)
{
  static const guint8 fills[] = { 0x00, 0xFF, 0x41 };
  for (gsize i = 0; i < G_N_ELEMENTS (fills); i++)
    {
      GByteArray *image = make_file (4);
      hex_image_fill (image, 2 * BUFFER_BYTES, 2 * BUFFER_BYTES, fills[i]);
      g_autoptr (TraceWalk) walk = walk_image (image);
      assert_events (walk, 5);
      assert_counter (walk, IMPORT_BYTES_NOT_READ, 2 * BUFFER_BYTES);
      /* Zeros are room that was never written to. */
      assert_counter (walk, IMPORT_BUFFERS_SKIPPED, fills[i] ? 2 : 0);
      g_assert_cmpuint (walk->file->n_buffers_in_file, ==, fills[i] ? 5 : 3);
      g_assert_false (walk->file->is_cut_short);
    }
}

/* Only the size of one buffer is wrong: its events are read all the same, and so are the next ones. */
static void
test_damaged_size (void)
{
  static const guint32 sizes[] = { 1, 0x47, 0x48, 0x1F8, 0x210, 0x220, 0x10200, 0x00FFFFFF, 0xFFFFFFFF };
  for (guint buffer = 0; buffer <= 3; buffer++)
    for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
      {
        GByteArray *image = make_file (3);
        put (image, buffer * BUFFER_BYTES + AT_SIZE, 4, sizes[i]);
        g_autoptr (TraceWalk) walk = walk_image (image);
        assert_events (walk, 7);
        assert_counter (walk, IMPORT_BUFFERS_DAMAGED, 1);
        g_assert_false (walk->file->is_cut_short);
      }
}

/* Where the events end is told twice, and the fill tells it too. */
static void
test_damaged_end (void)
{
  GByteArray *image = make_file (3);
  put (image, 1 * BUFFER_BYTES + AT_SAVED_OFFSET, 4, 0);
  put (image, 2 * BUFFER_BYTES + AT_SAVED_OFFSET, 4, 0xFFFF);
  put (image, 3 * BUFFER_BYTES + AT_SAVED_OFFSET, 4, 3);
  put (image, 3 * BUFFER_BYTES + AT_OFFSET, 4, 0xFFFFFFFF);
  g_autoptr (TraceWalk) walk = walk_image (image);
  assert_events (walk, 7);
  assert_counter (walk, IMPORT_BUFFERS_DAMAGED, 2);
  g_assert_cmpuint (walk->file->buffers[1].content_bytes, ==, 0xB8);
  g_assert_cmpuint (walk->file->buffers[2].content_bytes, ==, 0xB8);
  g_assert_cmpuint (walk->file->buffers[3].content_bytes, ==, BUFFER_BYTES);
}

/* The flags of the header buffer cannot make it a compressed one. */
static void
test_header_buffer_is_plain (void)
{
  GByteArray *image = make_file (2);
  put (image, AT_FLAGS, 2, 0x41);
  g_autoptr (TraceWalk) walk = walk_image (image);
  assert_events (walk, 5);
  assert_no_loss (walk);
}

static void
test_damaged_event (void)
{
  GByteArray *image = make_file (3);
  put (image, 2 * BUFFER_BYTES + AT_SECOND_EVENT, 4, 0x00010203);
  put (image, 3 * BUFFER_BYTES + AT_FIRST_EVENT, 4, 0x00010203);
  g_autoptr (TraceWalk) walk = walk_image (image);
  assert_events (walk, 4);
  assert_counter (walk, IMPORT_BUFFERS_DAMAGED, 2);
  assert_counter (walk, IMPORT_BUFFERS_READ, 4);
  g_assert_cmpuint (walk->file->n_buffers, ==, 3);
}

/* A stretch that was never written to hides the events behind it, which is told; fill hides none. */
static void
test_hole (void)
{
  static const guint32 holes[] = { 0, 0xFFFFFFFF };
  for (gsize i = 0; i < G_N_ELEMENTS (holes); i++)
    {
      GByteArray *image = make_file (3);
      put (image, 2 * BUFFER_BYTES + AT_FIRST_EVENT, 4, holes[i]);
      put (image, 3 * BUFFER_BYTES + AT_SAVED_OFFSET, 4, BUFFER_BYTES);
      g_autoptr (TraceWalk) walk = walk_image (image);
      assert_events (walk, 5);
      assert_counter (walk, IMPORT_BUFFERS_DAMAGED, 1);
    }
}

/* A buffer without events, and one whose events have no times. */
static void
test_without_times (void)
{
  GByteArray *image = make_file (3);
  put (image, 1 * BUFFER_BYTES + AT_SAVED_OFFSET, 4, 0x48);
  put (image, 1 * BUFFER_BYTES + AT_OFFSET, 4, 0x48);
  put (image, 1 * BUFFER_BYTES + AT_FIRST_EVENT, 4, 0xFFFFFFFF);
  /* Two messages without any option, of 0x38 bytes; then, in the last buffer, one and a PERFINFO event. */
  hex_image_put (image, 2 * BUFFER_BYTES + AT_FIRST_EVENT, "38 00 00 90 01 00 00 00");
  hex_image_put (image, 2 * BUFFER_BYTES + AT_SECOND_EVENT, "38 00 00 90 01 00 00 00");
  hex_image_put (image, 3 * BUFFER_BYTES + AT_FIRST_EVENT, "38 00 00 90 01 00 00 00");
  g_autoptr (TraceWalk) walk = walk_image (image);
  g_assert_cmpuint (walk->file->n_buffers, ==, 2);
  g_assert_cmpuint (walk->file->n_buffers_in_file, ==, 4);
  assert_counter (walk, IMPORT_BUFFERS_READ, 4);
  assert_counter (walk, IMPORT_EVENTS_READ, 5);
  assert_no_loss (walk);
  g_assert_cmpint (walk->file->buffers[1].first_ticks, ==, 0x1234865E + 3000);
}

/* The first event with a time stands farther in than what is read of each buffer at first. */
static void
test_late_time (void)
{
  gsize size = 0x4000;
  GByteArray *image = make_file (0);
  g_byte_array_set_size (image, (guint)(BUFFER_BYTES + size));
  hex_image_fill (image, BUFFER_BYTES, size, 0);
  put (image, BUFFER_BYTES + AT_SIZE, 4, size);
  put (image, BUFFER_BYTES + AT_SAVED_OFFSET, 4, AT_FIRST_EVENT + 0x2010);
  hex_image_put (image, BUFFER_BYTES + AT_FIRST_EVENT, "00 20 00 90 01 00 00 00");
  hex_image_put (image, BUFFER_BYTES + AT_FIRST_EVENT + 0x2000,
                 "02 00 11 C0 10 00 20 18  70 56 34 12 00 00 00 00");
  g_autoptr (TraceWalk) walk = walk_image (image);
  g_assert_cmpuint (walk->file->n_buffers, ==, 2);
  g_assert_cmpint (walk->file->buffers[1].first_ticks, ==, 0x12345670);
  assert_events (walk, 3);
  assert_no_loss (walk);
}

static void
test_loss_flags (void)
{
  GByteArray *image = make_file (3);
  put (image, 1 * BUFFER_BYTES + AT_FLAGS, 2, 0x22);
  put (image, 2 * BUFFER_BYTES + AT_FLAGS, 2, 0x26);
  g_autoptr (TraceWalk) walk = walk_image (image);
  assert_counter (walk, IMPORT_EVENTS_LOST, 2);
  assert_counter (walk, IMPORT_BUFFERS_LOST, 1);
}

/* Compressions that are not XPRESS are told, and only believed of a file that says it is compressed. */
static void
test_unsupported_compression (void)
{
  static const guint32 formats[] = { 2, 4 };
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      GByteArray *image = make_file (3);
      put (image, AT_COMPRESSION, 4, formats[i]);
      put (image, AT_MODE, 4, ETL_MODE_COMPRESSED);
      put (image, 1 * BUFFER_BYTES + AT_FLAGS, 2, 0x60);
      put (image, 2 * BUFFER_BYTES + AT_FLAGS, 2, 0x60);
      g_autoptr (TraceWalk) walk = walk_image (image);
      assert_events (walk, 3);
      assert_counter (walk, IMPORT_BUFFERS_UNSUPPORTED_COMPRESSION, 2);
      assert_counter (walk, IMPORT_BUFFERS_DAMAGED, 0);
    }
}

/* Where sizes differ from buffer to buffer, a lost size loses what follows. */
static void
test_compressed_chain_lost (void)
{
  GByteArray *image = make_file (4);
  put (image, AT_COMPRESSION, 4, 3);
  put (image, AT_MODE, 4, ETL_MODE_COMPRESSED);
  hex_image_fill (image, 2 * BUFFER_BYTES, BUFFER_BYTES, 0x41);
  g_autoptr (TraceWalk) walk = walk_image (image);
  assert_events (walk, 3);
  assert_counter (walk, IMPORT_BUFFERS_SKIPPED, 1);
  assert_counter (walk, IMPORT_BYTES_NOT_READ, 3 * BUFFER_BYTES);
}

/* A compressed buffer that claims far more than so few bytes can hold. */
static void
test_compressed_bomb (void)
{
  GByteArray *image = make_file (1);
  put (image, AT_COMPRESSION, 4, 3);
  put (image, AT_MODE, 4, ETL_MODE_COMPRESSED);
  put (image, BUFFER_BYTES + AT_FLAGS, 2, 0x60);
  put (image, BUFFER_BYTES + AT_SAVED_OFFSET, 4, 0x1000000);
  put (image, BUFFER_BYTES + AT_OFFSET, 4, 0x1000000);
  /* 24 literals: a PERFINFO64 event and 8 bytes of another's beginning; then a match without end. */
  hex_image_put (image, BUFFER_BYTES + AT_FIRST_EVENT,
                 "80 00 00 00  02 00 11 C0 10 00 20 18 00 57 34 12 00 00 00 00"
                 "02 00 11 C0 10 00 20 18  7F 00 0F FF 00 00 FF FF FF FF");
  g_autoptr (TraceWalk) walk = walk_image (image);
  g_assert_cmpuint (walk->file->n_buffers, ==, 2);
  g_assert_cmpuint (walk->file->buffers[1].content_bytes, <=, BUFFER_BYTES * 1024);
}

/* Neither length of a compressed buffer can be true: the session's buffer size is the most it can be. */
static void
test_compressed_length_unknown (void)
{
  GByteArray *image = make_file (1);
  put (image, AT_COMPRESSION, 4, 3);
  put (image, AT_MODE, 4, ETL_MODE_COMPRESSED);
  put (image, AT_SESSION_BUFFER_SIZE, 4, 0x1000);
  put (image, BUFFER_BYTES + AT_FLAGS, 2, 0x60);
  put (image, BUFFER_BYTES + AT_SAVED_OFFSET, 4, 0x10);
  put (image, BUFFER_BYTES + AT_OFFSET, 4, 0x10);
  hex_image_put (image, BUFFER_BYTES + AT_FIRST_EVENT,
                 "00 00 00 00  02 00 11 C0 10 00 20 18 00 57 34 12 00 00 00 00 FF FF FF FF");
  g_autoptr (TraceWalk) walk = walk_image (image);
  g_assert_cmpuint (walk->file->n_buffers, ==, 2);
  g_assert_cmpuint (walk->file->buffers[1].content_bytes, ==, 0x1000);
  assert_events (walk, 2);
}

static void
test_session_buffer_size_unknown (void)
{
  static const guint32 sizes[] = { 0, 1, 0x1000, 0xFFFFFFFF };
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      GByteArray *image = make_file (3);
      put (image, AT_SESSION_BUFFER_SIZE, 4, sizes[i]);
      g_autoptr (TraceWalk) walk = walk_image (image);
      assert_events (walk, 7);
      assert_no_loss (walk);
      g_assert_cmpuint (walk->file->header.session_buffer_size_bytes, >, 0);
    }
}

/* Cut at every byte of the last buffer: whole events stay, and nothing counts as damaged. */
static void
test_cut_short (void)
{
  for (gsize cut = 2 * BUFFER_BYTES + 1; cut < 3 * BUFFER_BYTES; cut++)
    {
      GByteArray *image = make_file (2);
      g_byte_array_set_size (image, (guint)cut);
      g_autoptr (TraceWalk) walk = walk_image (image);
      gsize in_buffer = cut - 2 * BUFFER_BYTES;
      assert_events (walk, in_buffer < 0x80 ? 3 : in_buffer < 0xB8 ? 4 : 5);
      g_assert_true (walk->file->is_cut_short);
      assert_counter (walk, IMPORT_BUFFERS_CUT_SHORT, 1);
      if (in_buffer >= 0x80)
        assert_counter (walk, IMPORT_BUFFERS_DAMAGED, 0);
    }
}

static void
test_cancelled (void)
{
  g_autoptr (GBytes) bytes = worked_example_new ();
  g_autoptr (ByteSource) source = byte_source_new_bytes ("test.etl", bytes);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_cancellable_cancel (cancellable);
  g_assert_null (etl_file_open (source, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The file is made shorter between opening and reading. */
static void
test_shrinking (void)
{
  g_autoptr (GByteArray) image = make_file (3);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  int file_descriptor = g_file_open_tmp ("shrinking-XXXXXX.etl", &path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (write (file_descriptor, image->data, image->len), ==, image->len);
  g_autoptr (ByteSource) source = byte_source_open_path (path, &error);
  g_assert_no_error (error);
  g_autoptr (EtlFile) file = etl_file_open (source, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ftruncate (file_descriptor, 2 * BUFFER_BYTES + 0x90), ==, 0);
  g_autoptr (EtlBufferReader) reader = etl_buffer_reader_new (file);
  ImportCounters counters = { 0 };
  EtlBuffer buffer;
  EtlEventCursor cursor;
  EtlEvent event;
  g_assert_true (etl_buffer_reader_load (reader, 2, &buffer, &counters, &error));
  etl_event_cursor_init (&cursor, &buffer, &counters);
  g_assert_true (etl_event_cursor_next (&cursor, &event));
  g_assert_false (etl_event_cursor_next (&cursor, &event));
  g_assert_cmpuint (counters.values[IMPORT_BUFFERS_CUT_SHORT], ==, 1);
  g_assert_cmpuint (counters.values[IMPORT_BUFFERS_DAMAGED], ==, 0);
  g_assert_false (etl_buffer_reader_load (reader, 3, &buffer, &counters, &error));
  g_assert_error (error, ETL_ERROR, ETL_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "0x600"));
  g_assert_cmpuint (counters.values[IMPORT_BUFFERS_SKIPPED], ==, 1);
  close (file_descriptor);
  g_unlink (path);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/etl-file/worked-example", test_worked_example);
  g_test_add_func ("/etl-file/order", test_order);
  g_test_add_func ("/etl-file/processor-number", test_processor_number);
  g_test_add_func ("/etl-file/loggers", test_loggers);
  g_test_add_func ("/etl-file/types", test_types);
  g_test_add_func ("/etl-file/garbage", test_garbage);
  g_test_add_func ("/etl-file/damaged-size", test_damaged_size);
  g_test_add_func ("/etl-file/damaged-end", test_damaged_end);
  g_test_add_func ("/etl-file/header-buffer-is-plain", test_header_buffer_is_plain);
  g_test_add_func ("/etl-file/damaged-event", test_damaged_event);
  g_test_add_func ("/etl-file/hole", test_hole);
  g_test_add_func ("/etl-file/without-times", test_without_times);
  g_test_add_func ("/etl-file/late-time", test_late_time);
  g_test_add_func ("/etl-file/loss-flags", test_loss_flags);
  g_test_add_func ("/etl-file/unsupported-compression", test_unsupported_compression);
  g_test_add_func ("/etl-file/compressed-chain-lost", test_compressed_chain_lost);
  g_test_add_func ("/etl-file/compressed-bomb", test_compressed_bomb);
  g_test_add_func ("/etl-file/compressed-length-unknown", test_compressed_length_unknown);
  g_test_add_func ("/etl-file/session-buffer-size-unknown", test_session_buffer_size_unknown);
  g_test_add_func ("/etl-file/cut-short", test_cut_short);
  g_test_add_func ("/etl-file/cancelled", test_cancelled);
  g_test_add_func ("/etl-file/shrinking", test_shrinking);
  return g_test_run ();
}
