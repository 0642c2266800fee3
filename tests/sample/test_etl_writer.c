#include "sample/etl_writer_events.h"
#include "sample/xpress_compressor.h"

#include <string.h>

/* The writer against bytes written down by hand from the description of the format. */

static guint16
load_u16 (const guint8 *at)
{
  return (guint16)(at[0] | at[1] << 8);
}

static guint32
load_u32 (const guint8 *at)
{
  return (guint32)load_u16 (at) | (guint32)load_u16 (at + 2) << 16;
}

/* Bytes of @text, pairs of hex digits with any blanks between; *@n_bytes gets their number. */
static guint8 *
parse_hex (const char *text, gsize *n_bytes)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  for (const char *at = text; *at != '\0';)
    {
      if (g_ascii_isspace (*at))
        {
          at++;
          continue;
        }
      guint8 byte = (guint8)(g_ascii_xdigit_value (at[0]) << 4 | g_ascii_xdigit_value (at[1]));
      g_byte_array_append (bytes, &byte, 1);
      at += 2;
    }
  return g_byte_array_steal (bytes, n_bytes);
}

static void
assert_hex (const guint8 *actual, gsize n_actual, const char *expected_text)
{
  gsize n_expected = 0;
  g_autofree guint8 *expected = parse_hex (expected_text, &n_expected);
  g_assert_cmpuint (n_actual, ==, n_expected);
  g_assert_cmpint (memcmp (actual, expected, n_expected), ==, 0);
}

static void
assert_filled_with (const guint8 *bytes, gsize n_bytes, guint8 value)
{
  for (gsize i = 0; i < n_bytes; i++)
    g_assert_cmphex (bytes[i], ==, value);
}

/* One allocation with a stack: 1024 bytes, two buffers. */
static GBytes *
write_worked_example (void)
{
  EtlWriterOptions options;
  etl_writer_options_init (&options);
  options.buffer_size = 0x200;
  options.log_file_mode = 0x10001;
  g_autoptr (EtlWriter) writer = etl_writer_new (&options);
  EtlEvent at = { .ticks = options.first_ticks + 12345, .process_id = 4, .thread_id = 0x1234 };
  EtlPoolBlock block = {
    .type = 0x200, .tag = etl_tag ("Thre") | 0x80000000u, .size_bytes = 0x4D0, .address = 0xFFFFA30412345670
  };
  etl_writer_pool (writer, &at, ETL_POOL_ALLOCATION, &block);
  guint64 frames[] = { 0xFFFFF80312400A5B, 0xFFFFF80316001234, 0xFFFFF80312655E2A };
  gint64 event_ticks = at.ticks;
  at.ticks += 37;
  etl_writer_stack (writer, &at, event_ticks, frames, G_N_ELEMENTS (frames));
  return etl_writer_finish (writer);
}

static void
test_worked_example_header (void)
{
  g_autoptr (GBytes) file = write_worked_example ();
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (file, &size);
  g_assert_cmpuint (size, ==, 1024);
  assert_hex (bytes, 0x10, "00 02 00 00  B8 01 00 00  00 00 00 00  00 00 00 00"); /* sizes, saved offset */
  assert_filled_with (bytes + 0x10, 0x18, 0);                                     /* time, sequence, union */
  assert_hex (bytes + 0x28, 0x10, "00 00 00 00  03 00 00 00  B8 01 00 00  01 00 04 00"); /* flushed, header */
  assert_filled_with (bytes + 0x38, 0x10, 0);
  assert_hex (bytes + 0x48, 0x20,
              "02 00 02 C0  6C 01 00 00  30 12 00 00  F0 0F 00 00" /* SYSTEM64, length, hook 0, ids */
              "00 56 34 12 00 00 00 00   00 00 00 00  00 00 00 00");
  assert_hex (bytes + 0x68, 0x38,
              "00 02 00 00  0A 00 02 00  61 4A 00 00  01 00 00 00" /* Windows 10.0, log 2.0, build 19041 */
              "00 57 E1 58 28 3D DA 01   5A 62 02 00  00 00 00 00" /* end, resolution, maximum size */
              "01 00 01 00  02 00 00 00  01 00 00 00  08 00 00 00" /* mode, buffers, start, pointer size */
              "00 00 00 00  B8 0B 00 00");                         /* events lost, MHz */
  assert_filled_with (bytes + 0xA0, 0xC0, 0);                      /* names' pointers and time zone */
  assert_hex (bytes + 0x160, 0x20,
              "80 58 84 F6 1F 3D DA 01   80 96 98 00 00 00 00 00"    /* boot time, 10 MHz */
              "80 C0 48 58 28 3D DA 01   01 00 00 00  00 00 00 00"); /* start, QPC, buffers lost */
  assert_hex (bytes + 0x180, 0x34,
              "4E00 5400 2000 4B00 6500 7200 6E00 6500 6C00 2000 4C00 6F00 6700 6700 6500 7200 0000"
              "7000 6F00 6F00 6C00 2E00 6500 7400 6C00 0000");
  assert_filled_with (bytes + 0x1B4, 4, 0);
  assert_filled_with (bytes + 0x1B8, 0x48, 0xFF);
}

static void
test_worked_example_data (void)
{
  g_autoptr (GBytes) file = write_worked_example ();
  const guint8 *bytes = g_bytes_get_data (file, NULL);
  assert_hex (bytes + 0x200, 0xB8,
              "00 02 00 00 B8 00 00 00 B8 02 00 00 00 00 00 00" /* size, saved, current offset */
              "00 57 E1 58 28 3D DA 01 01 00 00 00 00 00 00 00" /* time, sequence 1 */
              "00 00 00 00 00 00 00 00 00 00 00 00 03 00 00 00" /* union, processor, flushed */
              "B8 00 00 00 21 00 00 00 00 00 00 00 00 00 00 00" /* offset, flags, type */
              "00 00 00 00 00 00 00 00 02 00 02 C0 38 00 20 0E" /* SYSTEM64, 0x38 bytes, pool allocation */
              "34 12 00 00 04 00 00 00 39 86 34 12 00 00 00 00" /* thread, process, time */
              "00 00 00 00 00 00 00 00 00 02 00 00 54 68 72 E5" /* NX, "Thre" with its mark */
              "D0 04 00 00 00 00 00 00 70 56 34 12 04 A3 FF FF" /* size, address */
              "02 00 11 C0 38 00 20 18 5E 86 34 12 00 00 00 00" /* PERFINFO64, stack */
              "39 86 34 12 00 00 00 00 04 00 00 00 34 12 00 00" /* event's time, ids */
              "5B 0A 40 12 03 F8 FF FF 34 12 00 16 03 F8 FF FF" /* frames */
              "2A 5E 65 12 03 F8 FF FF");
  assert_filled_with (bytes + 0x2B8, 0x148, 0xFF);
}

/* The 32-bit forms: log header with 4-byte pointers, pool event of 16 bytes with a session behind. */
static void
test_32_bit (void)
{
  EtlWriterOptions options;
  etl_writer_options_init (&options);
  options.pointer_size = 4;
  options.buffer_size = 0x400;
  g_autoptr (EtlWriter) writer = etl_writer_new (&options);
  EtlEvent at
      = { .kind = ETL_HEADER_COMPACT, .ticks = 0x0102030405060708, .process_id = 0xA, .thread_id = 0xB };
  EtlPoolBlock block
      = { .type = 0x21, .tag = etl_tag ("Gh05"), .size_bytes = 0x60, .address = 0x81234568, .session_id = 1 };
  etl_writer_pool (writer, &at, ETL_POOL_SESSION_ALLOCATION, &block);
  g_autoptr (GBytes) file = etl_writer_finish (writer);
  const guint8 *bytes = g_bytes_get_data (file, NULL);
  g_assert_cmphex (bytes[0x4A], ==, 1);                     /* SYSTEM32 */
  g_assert_cmpuint (load_u32 (bytes + 0x68 + 0x2C), ==, 4); /* pointer size */
  g_assert_cmpuint (load_u32 (bytes + 0x68 + 0xF8), ==, 10000000);
  g_assert_cmpuint (load_u32 (bytes + 0x68 + 0x108), ==, 1); /* clock */
  assert_hex (bytes + 0x68 + 0x110, 4, "4E 00 54 00");       /* "NT…" */
  assert_hex (bytes + 0x448, 0x2C,
              "02 00 03 C0 2C 00 21 0E 0B 00 00 00 0A 00 00 00 08 07 06 05 04 03 02 01"
              "21 00 00 00 47 68 30 35 60 00 00 00 68 45 23 81 01 00 00 00");
}

/* Every kind of header: where its length stands, and the length itself. */
static void
test_header_kinds (void)
{
  static const struct
  {
    EtlHeaderKind kind;
    guint8 type_32, type_64;
    guint length_at, header_bytes;
  } kinds[] = {
    { ETL_HEADER_SYSTEM, 0x01, 0x02, 4, 0x20 },   { ETL_HEADER_COMPACT, 0x03, 0x04, 4, 0x18 },
    { ETL_HEADER_PERFINFO, 0x10, 0x11, 4, 0x10 }, { ETL_HEADER_FULL, 0x0A, 0x14, 0, 0x30 },
    { ETL_HEADER_INSTANCE, 0x0B, 0x15, 0, 0x48 }, { ETL_HEADER_EVENT, 0x12, 0x13, 0, 0x50 },
  };
  const EtlExtendedItem item = { .type = 1, .data = "0123456789", .n_bytes = 10 };
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (guint wide = 0; wide < 2; wide++)
      {
        guint8 bytes[0x100];
        EtlEvent event = { .kind = kinds[i].kind, .ticks = 5 };
        gsize length = etl_event_encode (&event, wide ? 8 : 4, "abcde", 5, bytes, sizeof bytes);
        g_assert_cmpuint (length, ==, kinds[i].header_bytes + 5);
        g_assert_cmphex (bytes[2], ==, wide ? kinds[i].type_64 : kinds[i].type_32);
        g_assert_cmphex (bytes[3], ==, 0xC0);
        g_assert_cmpuint (load_u16 (bytes + kinds[i].length_at), ==, length);
        g_assert_cmpmem (bytes + kinds[i].header_bytes, 5, "abcde", 5);
        g_assert_cmpuint (etl_event_encode (&event, 8, "abcde", 5, bytes, length - 1), ==, 0);
      }
  /* A PEBS index and two counters; an extended item of 8 + 10 bytes, rounded to 24. */
  guint8 bytes[0x100];
  EtlEvent counted = { .kind = ETL_HEADER_PERFINFO, .version = 2, .has_pebs = TRUE, .n_counters = 2 };
  g_assert_cmpuint (etl_event_encode (&counted, 8, "x", 1, bytes, sizeof bytes), ==, 0x10 + 24 + 1);
  g_assert_cmphex (load_u16 (bytes), ==, 0x8202);
  EtlEvent extended = { .kind = ETL_HEADER_EVENT, .items = &item, .n_items = 1 };
  g_assert_cmpuint (etl_event_encode (&extended, 8, "x", 1, bytes, sizeof bytes), ==, 0x50 + 24 + 1);
  assert_hex (bytes + 0x50, 12, "18 00 01 00 00 00 0A 00 30 31 32 33");
  /* WPP: sequence, time and ids by the flags. */
  EtlEvent message = { .kind = ETL_HEADER_WPP_MESSAGE, .hook = 7, .flags = 0x29 };
  g_assert_cmpuint (etl_event_encode (&message, 8, "x", 1, bytes, sizeof bytes), ==, 8 + 4 + 8 + 8 + 1);
  assert_hex (bytes, 8, "1D 00 00 90 07 00 29 00");
}

/* Slots are reused in turn, the header stays, and the count of written buffers goes on. */
static void
test_circular (void)
{
  EtlWriterOptions options;
  etl_writer_options_init (&options);
  options.buffer_size = 0x400;
  options.log_file_mode = ETL_MODE_CIRCULAR;
  options.circular_slots = 4;
  g_autoptr (EtlWriter) writer = etl_writer_new (&options);
  EtlEvent at = { .ticks = 1, .hook = 0x0123 };
  for (guint i = 0; i < 6; i++)
    {
      etl_writer_event (writer, &at, NULL, 0);
      etl_writer_flush (writer, 0);
    }
  g_autoptr (GBytes) file = etl_writer_finish (writer);
  const guint8 *bytes = g_bytes_get_data (file, NULL);
  g_assert_cmpuint (g_bytes_get_size (file), ==, 5 * 0x400);
  static const guint32 sequence[] = { 0, 5, 6, 3, 4 };
  for (guint i = 0; i < G_N_ELEMENTS (sequence); i++)
    g_assert_cmpuint (load_u32 (bytes + 0x400 * i + 0x18), ==, sequence[i]);
  g_assert_cmpuint (load_u32 (bytes + 0x68 + 0x24), ==, 7);
}

/* XPRESS plain, decoded as its description says, in the most obvious way. */
static GByteArray *
expand (const guint8 *input, gsize n_bytes, gsize n_wanted)
{
  GByteArray *output = g_byte_array_new ();
  gsize at = 0, nibble_at = 0;
  guint32 flags = 0;
  guint n_flags = 0;
  while (output->len < n_wanted)
    {
      if (n_flags == 0)
        {
          flags = load_u32 (input + at);
          at += 4;
          n_flags = 32;
        }
      n_flags--;
      if ((flags >> n_flags & 1) == 0)
        {
          g_byte_array_append (output, input + at++, 1);
          continue;
        }
      guint16 match = load_u16 (input + at);
      at += 2;
      gsize length = match & 7, distance = (match >> 3) + 1u;
      if (length == 7)
        {
          guint8 nibble = nibble_at != 0 ? input[nibble_at] >> 4 : input[at] & 15;
          nibble_at = nibble_at != 0 ? 0 : at++;
          length = nibble;
          if (nibble == 15)
            {
              length = input[at++];
              if (length == 255)
                {
                  length = load_u16 (input + at);
                  at += 2;
                  if (length == 0)
                    {
                      length = load_u32 (input + at);
                      at += 4;
                    }
                  length -= 22;
                }
              length += 15;
            }
          length += 7;
        }
      g_assert_cmpuint (distance, <=, output->len);
      for (length += 3; length > 0; length--)
        {
          guint8 byte = output->data[output->len - distance];
          g_byte_array_append (output, &byte, 1);
        }
    }
  g_assert_cmpuint (at, <=, n_bytes);
  g_assert_cmpuint (n_bytes - at, <=, 4);
  return output;
}

static void
assert_round_trip (const guint8 *bytes, gsize n_bytes)
{
  g_autoptr (GByteArray) packed = xpress_compress (bytes, n_bytes);
  g_autoptr (GByteArray) unpacked = expand (packed->data, packed->len, n_bytes);
  g_assert_cmpuint (unpacked->len, ==, n_bytes);
  g_assert_cmpint (memcmp (unpacked->data, bytes, n_bytes), ==, 0);
}

static void
test_compressor (void)
{
  g_autoptr (GByteArray) alphabet = xpress_compress ((const guint8 *)"abcdefghijklmnopqrstuvwxyz", 26);
  assert_hex (alphabet->data, alphabet->len,
              "3F 00 00 00 6162636465666768696A6B6C6D6E6F707172737475767778797A");
  /* 300 bytes: three literals and one match of 297. */
  g_autoptr (GString) repeated = g_string_new (NULL);
  for (guint i = 0; i < 100; i++)
    g_string_append (repeated, "abc");
  g_autoptr (GByteArray) packed = xpress_compress ((const guint8 *)repeated->str, repeated->len);
  assert_hex (packed->data, packed->len, "FF FF FF 1F 61 62 63 17 00 0F FF 26 01");
  g_autofree guint8 *bytes = g_malloc (200000);
  /* Noise, then runs of every length, then a run longer than 16 bits can say. */
  guint32 state = 1;
  for (guint i = 0; i < 200000; i++)
    {
      state = state * 1664525u + 1013904223u;
      bytes[i] = i < 20000 ? (guint8)(state >> 24) : i < 100000 ? (guint8)(i * i / 5000 % 7) : 42;
    }
  assert_round_trip (bytes, 200000);
  for (gsize n_bytes = 1; n_bytes < 700; n_bytes++)
    assert_round_trip (bytes + 20000, n_bytes);
}

/* A compressed buffer tells its own length on disk and, as saved offset, the one it expands to. */
static void
test_compressed_buffers (void)
{
  EtlWriterOptions options;
  etl_writer_options_init (&options);
  options.buffer_size = 0x1000;
  options.log_file_mode = ETL_MODE_RELOGGED | ETL_MODE_COMPRESSED;
  g_autoptr (EtlWriter) writer = etl_writer_new (&options);
  EtlEvent at = { .ticks = 77, .hook = 0x0123, .version = 2 };
  for (guint i = 0; i < 10; i++)
    etl_writer_event (writer, &at, "payload", 8);
  g_autoptr (GBytes) file = etl_writer_finish (writer);
  const guint8 *bytes = g_bytes_get_data (file, NULL);
  g_assert_cmpuint (load_u32 (bytes), ==, 0x400);
  const guint8 *buffer = bytes + 0x400;
  g_assert_cmpuint (load_u32 (buffer), ==, g_bytes_get_size (file) - 0x400);
  g_assert_cmpuint (load_u32 (buffer + 4), ==, 0x48 + 10 * 0x28);
  g_assert_cmphex (load_u16 (buffer + 0x34), ==, 0x61);
  g_autoptr (GByteArray) events = expand (buffer + 0x48, load_u32 (buffer) - 0x48, 10 * 0x28);
  g_assert_cmpmem (events->data + 9 * 0x28 + 0x20, 8, "payload", 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/etl-writer/worked-example/header", test_worked_example_header);
  g_test_add_func ("/etl-writer/worked-example/data", test_worked_example_data);
  g_test_add_func ("/etl-writer/32-bit", test_32_bit);
  g_test_add_func ("/etl-writer/header-kinds", test_header_kinds);
  g_test_add_func ("/etl-writer/circular", test_circular);
  g_test_add_func ("/etl-writer/compressor", test_compressor);
  g_test_add_func ("/etl-writer/compressed-buffers", test_compressed_buffers);
  return g_test_run ();
}
