/* Shows what the symbol readers say of a file, for tests that know the answer from elsewhere.
 *
 * usage: pdb-probe count PDB | identity IMAGE | lookup PDB [IMAGE] < RVAS | damage PDB
 *
 * lookup prints one line for each RVA (hexadecimal): the name, the function's RVA, the number of other names,
 * source file and line ("?:0" where none is known), or "?". With IMAGE the PDB has to be the one of that image; the table then also goes through the cache on
 * disk.
 */
#include "symbols/image_file.h"
#include "symbols/symbol_cache.h"
#include "symbols/symbol_table.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

static int
fail (GError *error)
{
  g_printerr ("%s\n", error->message);
  return 1;
}

static int
show_identity (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ByteSource) source = byte_source_open_path (path, &error);
  SymbolIdentity identity = { 0 };
  if (!source || !image_file_read_identity (source, &identity, &error))
    return fail (error);
  g_autofree char *pdb_key = symbol_identity_dup_pdb_key (&identity);
  g_autofree char *image_key = symbol_identity_dup_image_key (&identity);
  g_print ("%s %s %s %s\n", identity.image_name, image_key, identity.has_pdb ? identity.pdb_name : "-",
           pdb_key);
  symbol_identity_clear (&identity);
  return 0;
}

/* Puts the table on disk and reads it again. */
static SymbolTable *
pass_through_cache (SymbolTable *table, const SymbolIdentity *identity, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("poolscope-symbols-XXXXXX", error);
  SymbolTable *read = NULL;
  if (folder && symbol_table_save (table, folder, identity, error))
    read = symbol_table_load (folder, identity, error);
  if (folder)
    {
      g_autofree char *key = symbol_identity_dup_pdb_key (identity);
      g_autofree char *name = g_strconcat (key, ".symbols", NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_unlink (path);
      g_rmdir (folder);
    }
  symbol_table_unref (table);
  return read;
}

static SymbolTable *
open_table (const char *pdb_path, const char *image_path, GError **error)
{
  g_autoptr (ByteSource) pdb = byte_source_open_path (pdb_path, error);
  g_autoptr (ByteSource) image = image_path ? byte_source_open_path (image_path, error) : NULL;
  SymbolIdentity identity = { 0 };
  if (!pdb || (image_path && (!image || !image_file_read_identity (image, &identity, error))))
    return NULL;
  SymbolTable *table = symbol_table_new_from_pdb (pdb, image ? &identity : NULL, NULL, error);
  if (table && image)
    table = pass_through_cache (table, &identity, error);
  symbol_identity_clear (&identity);
  return table;
}

static int
look_up (const char *pdb_path, const char *image_path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SymbolTable) table = open_table (pdb_path, image_path, &error);
  char line[64];
  if (!table)
    return fail (error);
  while (fgets (line, sizeof line, stdin))
    {
      SymbolMatch match;
      if (symbol_table_lookup (table, (guint32)g_ascii_strtoull (line, NULL, 16), &match))
        g_print ("%s\t%x\t%u\t%s:%u\n", match.name, match.start_rva, match.n_other_names,
                 match.source_file ? match.source_file : "?", match.line);
      else
        g_print ("?\n");
    }
  return 0;
}

static int
count (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SymbolTable) table = open_table (path, NULL, &error);
  if (!table)
    return fail (error);
  g_print ("%u %s\n", symbol_table_get_count (table),
           symbol_table_is_public_only (table) ? "public" : "private");
  return 0;
}

/* Reads @bytes as a PDB: there is a table whose names can be read, or an error that says where. */
static void
read_damaged (const guint8 *bytes, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) copy = g_bytes_new (bytes, size);
  g_autoptr (ByteSource) source = byte_source_new_bytes ("damaged.pdb", copy);
  g_autoptr (SymbolTable) table = symbol_table_new_from_pdb (source, NULL, NULL, &error);
  if (!table)
    {
      g_assert_nonnull (error);
      g_assert_true (error->domain == SYMBOL_ERROR);
      g_assert_nonnull (strstr (error->message, "damaged.pdb"));
      if (error->code == SYMBOL_ERROR_DAMAGED)
        g_assert_nonnull (strstr (error->message, "offset 0x"));
      return;
    }
  for (guint32 rva = 0; rva < 0x4000; rva += 0x10)
    {
      SymbolMatch match;
      if (symbol_table_lookup (table, rva, &match))
        g_assert_true (g_utf8_validate (match.name, -1, NULL));
    }
}

/* The file cut at many places, and with single bits and whole words changed. */
static int
damage (const char *path)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  gsize size;
  if (!g_file_get_contents (path, &contents, &size, &error))
    return fail (error);
  guint8 *bytes = (guint8 *)contents;
  for (gsize end = 0; end < size; end += end < 256 ? 1 : 509)
    read_damaged (bytes, end);
  for (guint i = 0; i < 4000; i++)
    {
      gsize place = (gsize)g_rand_int_range (random, 0, (gint32)(i % 4 == 0 ? 64 : size - 4));
      guint8 kept[4];
      static const guint32 values[] = { 0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF };
      memcpy (kept, bytes + place, sizeof kept);
      if (i % 2)
        bytes[place] ^= (guint8)(1u << g_rand_int_range (random, 0, 8));
      else
        memcpy (bytes + place, &values[g_rand_int_range (random, 0, G_N_ELEMENTS (values))], sizeof kept);
      read_damaged (bytes, size);
      memcpy (bytes + place, kept, sizeof kept);
    }
  return 0;
}

int
main (int argc, char **argv)
{
  const char *what = argc > 2 ? argv[1] : "";
  if (strcmp (what, "identity") == 0)
    return show_identity (argv[2]);
  if (strcmp (what, "lookup") == 0)
    return look_up (argv[2], argc > 3 ? argv[3] : NULL);
  if (strcmp (what, "count") == 0)
    return count (argv[2]);
  if (strcmp (what, "damage") == 0)
    return damage (argv[2]);
  g_printerr ("usage: pdb-probe count|identity|lookup|damage FILE [IMAGE]\n");
  return 2;
}
