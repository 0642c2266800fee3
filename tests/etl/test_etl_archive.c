/* Traces in archives: each kind, what is in them, damage and bombs. Cabinets, which libarchive does not write, are
 * made by hand. */
#include "etl/etl_archive.h"
#include "etl/etl_file.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <string.h>

#define ARCHIVE_ROOM (1 << 20)
#define TRACE_BYTES 100000

static char *folder;

typedef struct
{
  const char *name, *text;
} File;

/* What stands for a trace: bytes that are not all the same and hardly shrink. */
static GBytes *
make_trace (void)
{
  guint32 *words = g_new (guint32, TRACE_BYTES / 4), state = 1;
  for (gsize i = 0; i < TRACE_BYTES / 4; i++)
    words[i] = state = state * 1664525u + 1013904223u;
  return g_bytes_new_take (words, TRACE_BYTES);
}

static void
add_file (struct archive *archive, const char *name, const void *data, gsize size)
{
  struct archive_entry *entry = archive_entry_new ();
  archive_entry_set_pathname (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_size (entry, (la_int64_t) size);
  g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_data (archive, data, size), ==, (la_ssize_t) size);
  archive_entry_free (entry);
}

/* An archive of libarchive's: a format, or "raw" with a filter. The text "TRACE" stands for the trace. */
static GBytes *
make_archive (const char *format, const char *filter, const File *files)
{
  g_autoptr (GBytes) trace = make_trace ();
  guint8 *room = g_malloc (ARCHIVE_ROOM);
  size_t used = 0;
  struct archive *archive = archive_write_new ();
  g_assert_cmpint (archive_write_set_format_by_name (archive, format), ==, ARCHIVE_OK);
  if (filter)
    g_assert_cmpint (archive_write_add_filter_by_name (archive, filter), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_open_memory (archive, room, ARCHIVE_ROOM, &used), ==, ARCHIVE_OK);
  for (const File *file = files; file->name; file++)
    if (strcmp (file->text, "TRACE") == 0)
      add_file (archive, file->name, g_bytes_get_data (trace, NULL), TRACE_BYTES);
    else
      add_file (archive, file->name, file->text, strlen (file->text));
  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  archive_write_free (archive);
  return g_bytes_new_take (room, used);
}

static const File one_trace[] = { { "readme.txt", "hello" }, { "logs/pool.etl", "TRACE" }, { NULL, NULL } };

static ByteSource *
unpack (GBytes *bytes, const char *member, GError **error)
{
  g_autoptr (ByteSource) source = byte_source_new_bytes ("pool.packed", bytes);
  g_assert_true (etl_archive_is_archive (source));
  Progress progress = { 0 };
  ByteSource *unpacked = etl_archive_unpack (source, member, folder, &progress, NULL, error);
  g_assert_cmpuint (progress_read (&progress).bytes_done, ==, 0);
  g_assert_true ((unpacked != NULL) == (!error || *error == NULL));
  return unpacked;
}

static void
assert_is_trace (ByteSource *source, const char *name)
{
  g_autoptr (GBytes) trace = make_trace ();
  g_autofree guint8 *read = g_malloc (TRACE_BYTES + 1);
  g_assert_cmpstr (byte_source_get_display_name (source), ==, name);
  g_assert_cmpuint (byte_source_get_size (source), ==, TRACE_BYTES);
  g_assert_cmpint (byte_source_read (source, 0, read, TRACE_BYTES + 1, NULL), ==, TRACE_BYTES);
  g_assert_cmpmem (read, TRACE_BYTES, g_bytes_get_data (trace, NULL), TRACE_BYTES);
  g_assert_cmpuint (byte_source_get_n_missing_bytes (source), ==, 0);
  g_assert_false (byte_source_has_changed (source, NULL));
}

static void
test_kinds (void)
{
  static const File only_trace[] = { { "ignored", "TRACE" }, { NULL, NULL } };
  static const struct
  {
    const char *format, *filter, *name;
  } kinds[] = {
    { "zip", NULL, "pool.packed/logs/pool.etl" }, { "7zip", NULL, "pool.packed/logs/pool.etl" },
    { "raw", "gzip", "pool.packed/pool" },        { "raw", "xz", "pool.packed/pool" },
    { "raw", "bzip2", "pool.packed/pool" },       { "raw", "zstd", "pool.packed/pool" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes
          = make_archive (kinds[i].format, kinds[i].filter, kinds[i].filter ? only_trace : one_trace);
      g_autoptr (ByteSource) source = unpack (bytes, NULL, &error);
      g_assert_no_error (error);
      assert_is_trace (source, kinds[i].name);
    }
}

static void
append_number (GByteArray *array, guint32 value, guint n_bytes)
{
  for (guint i = 0; i < n_bytes; i++)
    g_byte_array_append (array, &(guint8){ (guint8) (value >> 8 * i) }, 1);
}

/* A cabinet with one stored file: header, folder, file, then the data in blocks of 32 KiB. */
static GBytes *
make_cabinet (const char *name)
{
  enum { HEADER = 36, FOLDER = 8, FILE_START = 16, BLOCK = 32768 };
  g_autoptr (GBytes) trace = make_trace ();
  const guint8 *data = g_bytes_get_data (trace, NULL);
  guint n_blocks = (TRACE_BYTES + BLOCK - 1) / BLOCK;
  guint32 data_offset = HEADER + FOLDER + FILE_START + (guint32) strlen (name) + 1;
  GByteArray *array = g_byte_array_new ();
  g_byte_array_append (array, (const guint8 *) "MSCF\0\0\0\0", 8);
  append_number (array, data_offset + n_blocks * 8 + TRACE_BYTES, 4);
  append_number (array, 0, 4);
  append_number (array, HEADER + FOLDER, 4); /* of the first file */
  append_number (array, 0, 4);
  append_number (array, 0x0103, 2);          /* version */
  append_number (array, 1, 2);               /* folders */
  append_number (array, 1, 2);               /* files */
  append_number (array, 0, 2);
  append_number (array, 0, 4);
  append_number (array, data_offset, 4);
  append_number (array, n_blocks, 2);
  append_number (array, 0, 2);               /* stored */
  append_number (array, TRACE_BYTES, 4);
  append_number (array, 0, 4);
  append_number (array, 0, 2);               /* in folder 0 */
  append_number (array, 0x58215821, 4);      /* date and time */
  append_number (array, 0x20, 2);
  g_byte_array_append (array, (const guint8 *) name, (guint) strlen (name) + 1);
  for (guint at = 0; at < TRACE_BYTES; at += BLOCK)
    {
      guint size = MIN ((guint) BLOCK, TRACE_BYTES - at);
      append_number (array, 0, 4); /* no checksum */
      append_number (array, size, 2);
      append_number (array, size, 2);
      g_byte_array_append (array, data + at, size);
    }
  return g_byte_array_free_to_bytes (array);
}

static void
test_cabinet (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = make_cabinet ("POOL.ETL");
  g_autoptr (ByteSource) source = unpack (bytes, NULL, &error);
  g_assert_no_error (error);
  assert_is_trace (source, "pool.packed/POOL.ETL");
}

static void
assert_refused (GBytes *bytes, const char *member, const char *pattern)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (unpack (bytes, member, &error));
  g_assert_error (error, ETL_ERROR, ETL_ERROR_ARCHIVE);
  g_test_message ("%s", error->message);
  g_assert_true (g_pattern_match_simple (pattern, error->message));
}

static void
assert_traces (GBytes *archive, const char *names)
{
  g_autoptr (ByteSource) source = byte_source_new_bytes ("pool.packed", archive);
  g_auto (GStrv) found = etl_archive_dup_trace_names (source, NULL);
  g_autofree char *joined = g_strjoinv (" ", found);
  g_assert_cmpstr (joined, ==, names);
}

static void
test_choice (void)
{
  static const File two[] = { { "a.etl", "TRACE" }, { "b/B.ETL", "short" }, { NULL, NULL } };
  static const File none[] = { { "a.txt", "x" }, { "inner.zip", "x" }, { NULL, NULL } };
  static const File nothing[] = { { NULL, NULL } };
  g_autoptr (GBytes) with_two = make_archive ("zip", NULL, two), with_none = make_archive ("zip", NULL, none),
                     empty = make_archive ("7zip", NULL, nothing);
  assert_refused (with_two, NULL,
                  "“pool.packed” holds 2 traces: a.etl (97.7 KiB), b/B.ETL (5 B); open one of them as "
                  "“pool.packed/a.etl”*");
  assert_refused (with_none, NULL, "“pool.packed” holds no trace (.etl); it holds a.txt, inner.zip: *");
  assert_refused (with_two, "c.etl", "“pool.packed” holds no file “c.etl”; it holds a.etl, b/B.ETL");
  assert_refused (empty, NULL, "“pool.packed” is an archive without a file in it*");
  assert_traces (with_two, "a.etl b/B.ETL");
  assert_traces (with_none, "");
  assert_traces (empty, "");
  g_autoptr (ByteSource) first = unpack (with_two, "a.etl", NULL);
  assert_is_trace (first, "pool.packed/a.etl");
  g_autoptr (ByteSource) second = unpack (with_two, "b/B.ETL", NULL);
  g_assert_cmpuint (byte_source_get_size (second), ==, 5);
}

/* Cut anywhere an archive either gives the beginning of the trace, told to be one, or a message. */
static void
test_cut (void)
{
  static const File only_trace[] = { { "pool.etl", "TRACE" }, { NULL, NULL } };
  GBytes *archives[] = { make_archive ("zip", NULL, only_trace), make_archive ("raw", "gzip", only_trace),
                                    make_cabinet ("pool.etl"), make_archive ("7zip", NULL, only_trace) };
  g_autoptr (GBytes) trace = make_trace ();
  for (guint i = 0; i < G_N_ELEMENTS (archives); i++)
    {
      gsize size = g_bytes_get_size (archives[i]);
      guint n_partial = 0;
      for (gsize end = 7; end < size - 30; end += size / 50)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (GBytes) cut = g_bytes_new_from_bytes (archives[i], 0, end);
          g_autoptr (ByteSource) source = unpack (cut, NULL, &error);
          if (!source)
            continue;
          n_partial++;
          gsize n_bytes = (gsize) byte_source_get_size (source);
          g_autofree guint8 *read = g_malloc (n_bytes);
          g_assert_cmpuint (byte_source_get_n_missing_bytes (source), >, 0);
          byte_source_read (source, 0, read, n_bytes, NULL);
          g_assert_cmpint (memcmp (read, g_bytes_get_data (trace, NULL), n_bytes), ==, 0);
        }
      /* A 7-Zip archive has its table of contents at its end. */
      if (i < 3)
        g_assert_cmpuint (n_partial, >, 10);
      else
        g_assert_cmpuint (n_partial, ==, 0);
      g_bytes_unref (archives[i]);
    }
}

/* Zeros that unpack to more than the archive can be believed. */
static void
test_bomb (void)
{
  const int chunk = 1 << 20;
  g_autofree guint8 *zeros = g_malloc0 ((gsize) chunk), *room = g_malloc (ARCHIVE_ROOM);
  size_t used = 0;
  struct archive *archive = archive_write_new ();
  struct archive_entry *entry = archive_entry_new ();
  archive_write_set_format_raw (archive);
  archive_write_add_filter_zstd (archive);
  archive_write_open_memory (archive, room, ARCHIVE_ROOM, &used);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_write_header (archive, entry);
  for (guint i = 0; i < 300; i++)
    g_assert_cmpint (archive_write_data (archive, zeros, (size_t) chunk), ==, chunk);
  archive_write_close (archive);
  archive_write_free (archive);
  archive_entry_free (entry);
  g_autoptr (GBytes) bytes = g_bytes_new (room, used);
  assert_refused (bytes, NULL, "“pool.packed” of * unpacks to more than 256 MiB*");
}

static void
test_cancel (void)
{
  g_autoptr (GBytes) bytes = make_archive ("zip", NULL, one_trace);
  g_autoptr (ByteSource) source = byte_source_new_bytes ("pool.zip", bytes);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_cancellable_cancel (cancellable);
  g_assert_null (etl_archive_unpack (source, NULL, folder, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_folder (void)
{
  g_autoptr (GBytes) bytes = make_archive ("zip", NULL, one_trace);
  g_autoptr (ByteSource) source = byte_source_new_bytes ("pool.zip", bytes);
  g_autoptr (GError) error = NULL;
  g_assert_null (etl_archive_unpack (source, NULL, "/dev/null/folder", NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY);
  /* Nothing is left behind by all that was unpacked. */
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  g_assert_null (g_dir_read_name (dir));
}

static void
test_no_archive (void)
{
  static const char *const texts[] = { "", "P", "PK", "MSC", "plain text" };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr (ByteSource) source = byte_source_new_bytes ("x", bytes);
      g_assert_false (etl_archive_is_archive (source));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *parent = g_dir_make_tmp ("poolscope-archive-XXXXXX", NULL);
  folder = g_build_filename (parent, "made", "when-needed", NULL);
  g_test_add_func ("/etl-archive/kinds", test_kinds);
  g_test_add_func ("/etl-archive/cabinet", test_cabinet);
  g_test_add_func ("/etl-archive/choice", test_choice);
  g_test_add_func ("/etl-archive/cut", test_cut);
  g_test_add_func ("/etl-archive/bomb", test_bomb);
  g_test_add_func ("/etl-archive/cancel", test_cancel);
  g_test_add_func ("/etl-archive/folder", test_folder);
  g_test_add_func ("/etl-archive/no-archive", test_no_archive);
  int status = g_test_run ();
  g_autofree char *made = g_path_get_dirname (folder);
  g_rmdir (folder);
  g_rmdir (made);
  g_rmdir (parent);
  g_free (folder);
  return status;
}
