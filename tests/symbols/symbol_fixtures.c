#include "symbol_fixtures.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define PAGE_BYTES 512

static void
put_u16 (GByteArray *bytes, guint32 value)
{
  g_byte_array_append (bytes, (guint8[]){ (guint8) value, (guint8) (value >> 8) }, 2);
}

static void
put_u32 (GByteArray *bytes, guint32 value)
{
  put_u16 (bytes, value & 0xffff);
  put_u16 (bytes, value >> 16);
}

static void
pad_to (GByteArray *bytes, guint size)
{
  while (bytes->len < size)
    g_byte_array_append (bytes, (const guint8 *) "", 1);
}

SymbolIdentity
symbol_fixture_identity (guint8 seed, guint32 age)
{
  SymbolIdentity identity = { .image_name = (char *) "toy.sys",
                              .time_date_stamp = 0x5A000000u + seed,
                              .image_size_bytes = 0x1c000,
                              .has_pdb = TRUE,
                              .pdb_age = age,
                              .pdb_name = (char *) "d:\\build\\toy.pdb" };
  for (guint8 i = 0; i < 16; i++)
    identity.pdb_guid[i] = (guint8) (seed + i * 3);
  return identity;
}

GBytes *
symbol_fixture_pdb (guint8 seed, guint32 age)
{
  enum
  {
    N_PAGES = 7,
    MAP_PAGE = 3,
    DIRECTORY_PAGE,
    INFO_PAGE,
    DBI_PAGE,
    INFO_BYTES = 52,
    DBI_BYTES = 64
  };
  SymbolIdentity identity = symbol_fixture_identity (seed, age);
  GByteArray *file = g_byte_array_new ();
  g_byte_array_append (file,
                       (const guint8 *) "Microsoft C/C++ MSF 7.00\r\n\x1a"
                                        "DS\0\0\0",
                       32);
  const guint32 superblock[] = { PAGE_BYTES, 1, N_PAGES, 4 + 4 * 4 + 2 * 4, 0, MAP_PAGE };
  for (gsize i = 0; i < G_N_ELEMENTS (superblock); i++)
    put_u32 (file, superblock[i]);
  pad_to (file, MAP_PAGE * PAGE_BYTES);
  put_u32 (file, DIRECTORY_PAGE);
  pad_to (file, DIRECTORY_PAGE * PAGE_BYTES);
  const guint32 directory[] = { 4, 0, INFO_BYTES, 0, DBI_BYTES, INFO_PAGE, DBI_PAGE };
  for (gsize i = 0; i < G_N_ELEMENTS (directory); i++)
    put_u32 (file, directory[i]);
  pad_to (file, INFO_PAGE * PAGE_BYTES);
  put_u32 (file, 20000404);
  put_u32 (file, 0);
  put_u32 (file, age + 1);
  g_byte_array_append (file, identity.pdb_guid, 16);
  pad_to (file, DBI_PAGE * PAGE_BYTES);
  put_u32 (file, 0xffffffff);
  put_u32 (file, 19990903);
  put_u32 (file, age);
  pad_to (file, N_PAGES * PAGE_BYTES);
  return g_byte_array_free_to_bytes (file);
}

GBytes *
symbol_fixture_image (const SymbolIdentity *identity)
{
  GByteArray *file = g_byte_array_new ();
  g_byte_array_append (file, (const guint8 *) "MZ", 2);
  pad_to (file, 0x3c);
  put_u32 (file, 0x40);
  g_byte_array_append (file, (const guint8 *) "PE\0\0", 4);
  pad_to (file, 0x48);
  put_u32 (file, identity->time_date_stamp);
  pad_to (file, 0x58);
  put_u16 (file, 0x20b);
  pad_to (file, 0x40 + 80);
  put_u32 (file, (guint32) identity->image_size_bytes);
  pad_to (file, 0x200);
  return g_byte_array_free_to_bytes (file);
}

/* The data of one block, as the method wants it. */
static GBytes *
encode_block (GBytes *content, CabinetMethod method)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (content, &size);
  GByteArray *block = g_byte_array_new ();
  if (method == CABINET_STORED)
    return g_bytes_ref (content);
  if (method == CABINET_MSZIP)
    {
      g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, 9);
      g_autofree guint8 *packed = g_malloc (size + 1024);
      gsize n_read, n_written;
      GConverterResult result
          = g_converter_convert (G_CONVERTER (compressor), bytes, size, packed, size + 1024,
                                 G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);
      g_assert_cmpint (result, ==, G_CONVERTER_FINISHED);
      g_byte_array_append (block, (const guint8 *) "CK", 2);
      g_byte_array_append (block, packed, (guint) n_written);
      return g_byte_array_free_to_bytes (block);
    }
  /* LZX: bits in 16-bit words, highest first: no translation of calls (1), an uncompressed block (3), its
   * size (24); then, from the next word, three repeated offsets and the bytes themselves. */
  guint32 head = (3u << 28 | (guint32) size << 4);
  put_u16 (block, head >> 16);
  put_u16 (block, head & 0xffff);
  for (guint i = 0; i < 3; i++)
    put_u32 (block, 1);
  g_byte_array_append (block, bytes, (guint) size);
  return g_byte_array_free_to_bytes (block);
}

GBytes *
symbol_fixture_cabinet (GBytes *content, CabinetMethod method, guint32 declared_bytes)
{
  enum
  {
    HEADER_BYTES = 36,
    FOLDER_BYTES = 8,
    FILE_BYTES = 16
  };
  static const char name[] = "..\\evil.pdb"; /* must not matter */
  g_autoptr (GBytes) block = encode_block (content, method);
  guint32 file_offset = HEADER_BYTES + FOLDER_BYTES, data_offset = file_offset + FILE_BYTES + sizeof name;
  guint32 n_packed = (guint32) g_bytes_get_size (block);
  GByteArray *file = g_byte_array_new ();
  g_byte_array_append (file, (const guint8 *) "MSCF", 4);
  put_u32 (file, 0);
  put_u32 (file, data_offset + 8 + n_packed);
  put_u32 (file, 0);
  put_u32 (file, file_offset);
  put_u32 (file, 0);
  put_u16 (file, 0x0103); /* version */
  put_u16 (file, 1);      /* folders */
  put_u16 (file, 1);      /* files */
  put_u16 (file, 0);      /* flags */
  put_u32 (file, 0);
  put_u32 (file, data_offset);
  put_u16 (file, 1); /* blocks */
  put_u16 (file, method);
  put_u32 (file, declared_bytes);
  put_u32 (file, 0);
  put_u16 (file, 0);      /* folder */
  put_u16 (file, 0x5a21); /* date */
  put_u16 (file, 0);
  put_u16 (file, 0x20);
  g_byte_array_append (file, (const guint8 *) name, sizeof name);
  put_u32 (file, 0); /* no checksum */
  put_u16 (file, n_packed);
  put_u16 (file, (guint32) g_bytes_get_size (content));
  g_byte_array_append (file, g_bytes_get_data (block, NULL), n_packed);
  return g_byte_array_free_to_bytes (file);
}

char *
symbol_fixture_write (const char *folder, const char *relative, GBytes *content)
{
  char *path = g_build_filename (folder, relative, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_file_set_contents (path, g_bytes_get_data (content, NULL), (gssize) g_bytes_get_size (content), &error);
  g_assert_no_error (error);
  return path;
}

static void
collect (const char *folder, const char *prefix, GPtrArray *files)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *entry;
  while (entries && (entry = g_dir_read_name (entries)))
    {
      g_autofree char *path = g_build_filename (folder, entry, NULL);
      g_autofree char *relative = g_strconcat (prefix, entry, NULL);
      g_autofree char *deeper = g_strconcat (relative, "/", NULL);
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        collect (path, deeper, files);
      else
        g_ptr_array_add (files, g_steal_pointer (&relative));
    }
}

static int
compare_strings (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
symbol_fixture_list (const char *folder)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  collect (folder, "", files);
  g_ptr_array_sort (files, compare_strings);
  g_ptr_array_add (files, NULL);
  return g_strjoinv ("\n", (char **) files->pdata);
}

void
symbol_fixture_remove (const char *folder)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *entry;
  while (entries && (entry = g_dir_read_name (entries)))
    {
      g_autofree char *path = g_build_filename (folder, entry, NULL);
      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        symbol_fixture_remove (path);
      else
        g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}
