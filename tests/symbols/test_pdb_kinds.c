#include "symbols/pdb_layouts.h"
#include "symbols/symbol_table.h"

#include <string.h>

/* The first page of a PDB, written down by hand from the format's description. */
static const guint8 superblock[] = {
  'M', 'i', 'c', 'r', 'o', 's', 'o', 'f', 't', ' ', 'C', '/', 'C', '+', '+', ' ', 'M', 'S', 'F', ' ', '7', '.', '0',
  '0', '\r', '\n', 0x1A, 'D', 'S', 0, 0, 0,
  0x00, 0x10, 0x00, 0x00, /* 0x20: pages of 4096 bytes */
  0x02, 0x00, 0x00, 0x00, /* 0x24: the second map of free pages is in use */
  0x12, 0x00, 0x00, 0x00, /* 0x28: 18 pages */
  0x5C, 0x01, 0x00, 0x00, /* 0x2C: a directory of 348 bytes */
  0x00, 0x00, 0x00, 0x00, /* 0x30: not used */
  0x11, 0x00, 0x00, 0x00, /* 0x34: the list of its pages is in page 17 */
};

static void
test_superblock (void)
{
  g_assert_cmpuint (msf_superblock_get_page_size (superblock), ==, 4096);
  g_assert_cmpuint (msf_superblock_get_n_pages (superblock), ==, 18);
  g_assert_cmpuint (msf_superblock_get_directory_size (superblock), ==, 348);
  g_assert_cmpuint (read_u32 (superblock + MSF_DIRECTORY_MAP_OFFSET), ==, 17);
}

/* Reads @bytes as a PDB, which fails. Returns: (transfer full): the message. */
static char *
read_message (const void *bytes, gsize size, SymbolError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = g_bytes_new (bytes, size);
  g_autoptr (ByteSource) source = byte_source_new_bytes ("toy.pdb", content);
  g_assert_null (symbol_table_new_from_pdb (source, NULL, NULL, &error));
  g_assert_error (error, SYMBOL_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, "toy.pdb"));
  return g_strdup (error->message);
}

static void
test_other_kinds (void)
{
  static const struct
  {
    const char *start;
    gsize size;
    const char *message_part;
  } kinds[] = {
    { "Microsoft C/C++ program database 2.00\r\n\x1aJG\0\0", 44, "2.00" },
    { "BSJB\1\0\1\0", 8, "portable" },
    { "Microsoft MSFZ Container\r\n\x1a" "ALD\0\0", 32, "MSFZ" },
    { "MSCF\0\0\0\0", 8, "cabinet" },
    { "<!DOCTYPE html>", 15, "not a PDB" },
    { "", 0, "not a PDB" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *message = read_message (kinds[i].start, kinds[i].size, SYMBOL_ERROR_NOT_A_PDB);
      g_assert_nonnull (strstr (message, kinds[i].message_part));
    }
}

/* A PDB whose pages are not all there says so, and where. */
static void
test_cut (void)
{
  g_autofree char *message = read_message (superblock, sizeof superblock, SYMBOL_ERROR_DAMAGED);
  g_assert_nonnull (strstr (message, "offset 0x28"));
}

static void
test_store_keys (void)
{
  SymbolIdentity identity = { .time_date_stamp = 0x5A7B9C1E, .image_size_bytes = 0x1C000, .pdb_age = 10 };
  for (guint8 i = 0; i < 16; i++)
    identity.pdb_guid[i] = (guint8) (0xA0 + i);
  g_autofree char *pdb_key = symbol_identity_dup_pdb_key (&identity);
  g_autofree char *image_key = symbol_identity_dup_image_key (&identity);
  g_assert_cmpstr (pdb_key, ==, "A3A2A1A0A5A4A7A6A8A9AAABACADAEAFa");
  g_assert_cmpstr (image_key, ==, "5A7B9C1E1c000");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pdb/superblock", test_superblock);
  g_test_add_func ("/pdb/other-kinds", test_other_kinds);
  g_test_add_func ("/pdb/cut", test_cut);
  g_test_add_func ("/pdb/store-keys", test_store_keys);
  return g_test_run ();
}
