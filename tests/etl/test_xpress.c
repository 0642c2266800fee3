#include "etl/xpress.h"
#include "hex_image.h"
#include "sample/xpress_compressor.h"

static gsize
decompress_hex (const char *hex, gsize n_hex_bytes, guint8 *output, gsize output_size)
{
  g_autoptr (GByteArray) image = hex_image_new (n_hex_bytes, 0);
  hex_image_put (image, 0, hex);
  return xpress_decompress ((ByteSpan){ image->data, image->len }, output, output_size);
}

/* The two examples of [MS-XCA]. */
static void
test_literals (void)
{
  guint8 output[26];
  gsize n = decompress_hex (
      "3F 00 00 00 61 62 63 64 65 66 67 68 69 6A 6B 6C 6D 6E 6F 70 71 72 73 74 75 76 77 78 79 7A", 30, output,
      sizeof output);
  assert_bytes (output, n, "abcdefghijklmnopqrstuvwxyz", 26);
}

static void
test_long_match (void)
{
  guint8 output[300];
  gsize n = decompress_hex ("FF FF FF 1F 61 62 63 17 00 0F FF 26 01", 13, output, sizeof output);
  g_assert_cmpuint (n, ==, sizeof output);
  for (gsize i = 0; i < sizeof output; i++)
    g_assert_cmpint (output[i], ==, "abc"[i % 3]);
}

/* Two matches share the byte with their 4-bit lengths; a third takes a new one. */
static void
test_shared_length_byte (void)
{
  guint8 output[43];
  /* 'a'; match 1 back of 7+1+3 = 11; match of 7+2+3 = 12; match of 7+6+3 = 16; 'b', 'c', 'd'. */
  gsize n
      = decompress_hex ("00 00 00 70  61  07 00 21  07 00  07 00 06  62 63 64", 16, output, sizeof output);
  g_assert_cmpuint (n, ==, sizeof output);
  for (gsize i = 0; i < 40; i++)
    g_assert_cmpint (output[i], ==, 'a');
  assert_bytes (output + 40, 3, "bcd", 3);
}

/* A length in 32 bits, far longer than the output. */
static void
test_giant_match_stops (void)
{
  guint8 output[1000];
  gsize n = decompress_hex ("00 00 00 40  61  07 00 0F FF 00 00 FF FF FF FF", 15, output, sizeof output);
  g_assert_cmpuint (n, ==, sizeof output);
  g_assert_cmpint (output[999], ==, 'a');
}

static void
test_damage (void)
{
  guint8 output[64];
  /* A match that reaches before the output. */
  g_assert_cmpuint (decompress_hex ("00 00 00 40  61  08 00", 7, output, sizeof output), ==, 1);
  /* A match before anything was put out. */
  g_assert_cmpuint (decompress_hex ("00 00 00 80  00 00", 6, output, sizeof output), ==, 0);
  /* A 16-bit length below what the shorter forms express. */
  g_assert_cmpuint (decompress_hex ("00 00 00 40  61  07 00 0F FF 15 00", 11, output, sizeof output), ==, 1);
  /* No room for the flags. */
  g_assert_cmpuint (decompress_hex ("00 00 00", 3, output, sizeof output), ==, 0);
}

static GByteArray *
make_compressible (guint32 seed, gsize size)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  GByteArray *bytes = hex_image_new (size, 0);
  gsize at = 0;
  while (at < size)
    {
      gsize length = (gsize)g_rand_int_range (random, 1, 400);
      length = MIN (length, size - at);
      gsize distance = at ? (gsize)g_rand_int_range (random, 1, (gint32)MIN (at, 8000) + 1) : 0;
      gboolean repeats = distance && g_rand_boolean (random);
      for (gsize i = 0; i < length; i++, at++)
        bytes->data[at] = repeats ? bytes->data[at - distance] : (guint8)g_rand_int (random);
    }
  return bytes;
}

/* What was compressed comes back, whole and any beginning of it, without a byte beyond. */
static void
test_round_trip (void)
{
  for (guint32 seed = 0; seed < 40; seed++)
    {
      gsize size = 1 + seed * seed * 40;
      g_autoptr (GByteArray) plain = make_compressible (seed, size);
      g_autoptr (GByteArray) packed = xpress_compress (plain->data, plain->len);
      for (gsize wanted = 0; wanted <= size; wanted += 1 + wanted / 3)
        {
          g_autofree guint8 *output = g_malloc (wanted + 1);
          output[wanted] = 0xA5;
          g_assert_cmpuint (xpress_decompress ((ByteSpan){ packed->data, packed->len }, output, wanted), ==,
                            wanted);
          assert_bytes (output, wanted, plain->data, wanted);
          g_assert_cmpint (output[wanted], ==, 0xA5);
        }
    }
}

/* Input cut anywhere gives a beginning of the output. */
static void
test_cut_input (void)
{
  g_autoptr (GByteArray) plain = make_compressible (3, 3000);
  g_autoptr (GByteArray) packed = xpress_compress (plain->data, plain->len);
  gsize longest = 0;
  for (gsize size = 0; size <= packed->len; size++)
    {
      g_autofree guint8 *input = g_memdup2 (packed->data, MAX (size, 1));
      g_autofree guint8 *output = g_malloc (plain->len);
      gsize n = xpress_decompress ((ByteSpan){ input, size }, output, plain->len);
      g_assert_cmpuint (n, >=, longest);
      assert_bytes (output, n, plain->data, n);
      longest = n;
    }
  g_assert_cmpuint (longest, ==, plain->len);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xpress/literals", test_literals);
  g_test_add_func ("/xpress/long-match", test_long_match);
  g_test_add_func ("/xpress/shared-length-byte", test_shared_length_byte);
  g_test_add_func ("/xpress/giant-match-stops", test_giant_match_stops);
  g_test_add_func ("/xpress/damage", test_damage);
  g_test_add_func ("/xpress/round-trip", test_round_trip);
  g_test_add_func ("/xpress/cut-input", test_cut_input);
  return g_test_run ();
}
