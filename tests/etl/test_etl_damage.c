#include "etl_fixture.h"
#include "hex_image.h"
#include "trace_walk.h"

/* Small traces with every kind of damage: whatever happens is no crash, an error has its message, and
 * nothing claims more memory than a small file can justify. Run under AddressSanitizer too. */

#define EXPANSION_MAXIMUM 1024

/* Returns: whether @bytes, a copy of exactly @size, could be opened. */
static gboolean
survive (const guint8 *bytes, gsize size)
{
  g_autoptr (GBytes) copy = g_bytes_new (bytes, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (EtlFile) file = trace_open (copy, &error);
  if (!file)
    {
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, "“test.etl”"));
      return FALSE;
    }
  g_assert_cmpuint (file->n_buffers, <=, size / 0x48);
  for (gsize i = 0; i < file->n_buffers; i++)
    {
      g_assert_cmpuint (file->buffers[i].offset + file->buffers[i].size_bytes, <=, size);
      if (file->buffers[i].flags & ETL_BUFFER_FLAG_COMPRESSED)
        g_assert_cmpuint (file->buffers[i].content_bytes, <=, (gsize)0x48 + size * EXPANSION_MAXIMUM);
    }
  ImportCounters counters = file->counters;
  trace_read_all (file, &counters, NULL);
  return TRUE;
}

static GBytes *
make_trace (gconstpointer data)
{
  EtlFixture fixture = etl_fixture_default ();
  fixture.n_events = 40;
  fixture.n_processors = 2;
  if (g_str_equal (data, "worked-example"))
    return worked_example_new ();
  if (g_str_equal (data, "compressed"))
    fixture.log_file_mode |= 0x04000000;
  if (g_str_equal (data, "32-bit"))
    fixture.pointer_size = 4;
  return etl_fixture_write (&fixture);
}

static void
test_cut_anywhere (gconstpointer data)
{
  g_autoptr (GBytes) trace = make_trace (data);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (trace, &size);
  gboolean was_readable = FALSE;
  for (gsize cut = 0; cut <= size; cut++)
    {
      gboolean is_readable = survive (bytes, cut);
      /* More of a file is never worse. */
      g_assert_true (is_readable || !was_readable);
      was_readable = is_readable;
    }
  g_assert_true (was_readable);
}

static void
test_flip_any_bit (gconstpointer data)
{
  g_autoptr (GBytes) trace = make_trace (data);
  gsize size;
  g_autofree guint8 *bytes = g_bytes_unref_to_data (g_steal_pointer (&trace), &size);
  gsize n_refused = 0;
  for (gsize bit = 0; bit < 8 * size; bit++)
    {
      bytes[bit / 8] ^= (guint8)(1u << bit % 8);
      n_refused += !survive (bytes, size);
      bytes[bit / 8] ^= (guint8)(1u << bit % 8);
    }
  g_assert_true (survive (bytes, size));
  /* One wrong bit does not cost an uncompressed trace. */
  if (!g_str_equal (data, "compressed"))
    g_assert_cmpuint (n_refused, ==, 0);
}

/* Every place is a length field of some width and has every awkward value. */
static void
test_any_length (gconstpointer data)
{
  static const guint32 values[]
      = { 0,      1,      7,         8,          0x47,       0x48,       0x49,
          0x7FFF, 0xFFFF, 0x1000000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFF8, 0xFFFFFFFF };
  g_autoptr (GBytes) trace = make_trace (data);
  gsize size;
  g_autofree guint8 *bytes = g_bytes_unref_to_data (g_steal_pointer (&trace), &size);
  for (gsize offset = 0; offset + 4 <= size; offset++)
    {
      guint8 saved[4];
      memcpy (saved, bytes + offset, sizeof saved);
      for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
        for (gsize width = 2; width <= 4; width += 2)
          {
            guint32 value = GUINT32_TO_LE (values[i]);
            memcpy (bytes + offset, &value, width);
            survive (bytes, size);
            memcpy (bytes + offset, saved, sizeof saved);
          }
    }
}

int
main (int argc, char *argv[])
{
  static const char *const traces[] = { "worked-example", "plain", "compressed", "32-bit" };
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (traces); i++)
    {
      g_autofree char *cut = g_strconcat ("/etl-damage/cut/", traces[i], NULL);
      g_autofree char *flip = g_strconcat ("/etl-damage/flip/", traces[i], NULL);
      g_autofree char *length = g_strconcat ("/etl-damage/length/", traces[i], NULL);
      g_test_add_data_func (cut, traces[i], test_cut_anywhere);
      g_test_add_data_func (flip, traces[i], test_flip_any_bit);
      g_test_add_data_func (length, traces[i], test_any_length);
    }
  return g_test_run ();
}
