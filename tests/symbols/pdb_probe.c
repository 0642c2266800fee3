/* Shows what the symbol readers say of a file, for tests that know the answer from elsewhere.
 *
 * usage: pdb-probe count PDB | identity IMAGE | lookup PDB [IMAGE] < RVAS | damage PDB | damage-lines PDB | cancel PDB
 *
 * lookup prints one line for each RVA (hexadecimal): the name, the function's RVA, the number of other names,
 * source file and line ("?:0" where none is known), and the other names with "|" between them; or "?". With IMAGE the
 * PDB has to be the one of that image; the table then also goes through the cache on disk.
 */
#include "symbols/image_file.h"
#include "symbols/pdb_lines.h"
#include "symbols/pdb_symbols.h"
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
  symbol_table_free (table);
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
        {
          g_auto (GStrv) names = symbol_match_dup_other_names (&match);
          g_autofree char *other_names = g_strjoinv ("|", names);
          g_print ("%s\t%x\t%u\t%s:%u\t%s\n", match.name, match.start_rva, match.n_other_names,
                   match.source_file ? match.source_file : "?", match.line, other_names);
        }
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

/* Reads @bytes, in which only lines are wrong: no function is lost by that. Returns whether damage was noticed. */
static gboolean
read_with_damaged_lines (const guint8 *bytes, gsize size, guint32 n_functions)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) copy = g_bytes_new (bytes, size);
  g_autoptr (ByteSource) source = byte_source_new_bytes ("damaged.pdb", copy);
  g_autoptr (SymbolTable) table = symbol_table_new_from_pdb (source, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (symbol_table_get_count (table), ==, n_functions);
  for (guint32 rva = 0; rva < 0x4000; rva++)
    {
      SymbolMatch match;
      if (symbol_table_lookup (table, rva, &match) && match.source_file)
        g_assert_true (match.line > 0 && g_utf8_validate (match.source_file, -1, NULL));
    }
  return symbol_table_has_damaged_lines (table);
}

/* The place of the lines of @module in the file @bytes: (transfer none) (nullable): NULL where they are not in one
 * piece there. */
static guint8 *
find_lines (const MsfFile *file, const PdbModule *module, guint8 *bytes, gsize size)
{
  g_autofree guint8 *lines = g_malloc (module->lines_size_bytes);
  g_autoptr (GError) error = NULL;
  msf_file_read (file, module->stream, module->symbols_size_bytes + module->old_lines_size_bytes, lines,
                 module->lines_size_bytes, &error);
  g_assert_no_error (error);
  return memmem (bytes, size, lines, module->lines_size_bytes);
}

/* One bit of every byte of the lines of a module turned, and the lines cut at every byte. */
static guint
damage_lines_of_module (guint8 *bytes, gsize size, guint8 *lines, guint32 lines_size, guint32 n_functions)
{
  g_autofree guint8 *kept = g_memdup2 (lines, lines_size);
  guint n_noticed = 0;
  for (guint32 i = 0; i < lines_size; i++)
    {
      lines[i] ^= (guint8)(1u << i % 8);
      n_noticed += read_with_damaged_lines (bytes, size, n_functions);
      memset (lines + i, i % 2 ? 0xFF : 0, lines_size - i);
      n_noticed += read_with_damaged_lines (bytes, size, n_functions);
      memcpy (lines, kept, lines_size);
    }
  return n_noticed;
}

static int
damage_lines (const char *path)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ByteSource) source = byte_source_open_path (path, &error);
  g_autoptr (MsfFile) file = source ? msf_file_open (source, &error) : NULL;
  g_autoptr (SymbolTable) table = file ? symbol_table_new_from_pdb (source, NULL, NULL, &error) : NULL;
  g_auto (PdbDbi) dbi = { 0 };
  gsize size;
  guint n_noticed = 0;
  if (!table || !pdb_dbi_read (&dbi, file, &error) || !g_file_get_contents (path, &contents, &size, &error))
    return fail (error);
  for (guint i = 0; i < dbi.modules->len; i++)
    {
      const PdbModule *module = &g_array_index (dbi.modules, PdbModule, i);
      if (module->lines_size_bytes == 0)
        continue;
      guint8 *lines = find_lines (file, module, (guint8 *)contents, size);
      g_assert_nonnull (lines);
      n_noticed += damage_lines_of_module ((guint8 *)contents, size, lines, module->lines_size_bytes,
                                           symbol_table_get_count (table));
    }
  g_assert_cmpuint (n_noticed, >, 0);
  return 0;
}

/* Cancelling */

typedef struct
{
  GCancellable *cancellable;
  guint n_seen, cancel_at; /* the number of what is seen before it is cancelled */
} Canceller;

static void
see_piece (const PdbLinePiece *piece, gpointer data)
{
  Canceller *self = data;
  if (++self->n_seen == self->cancel_at)
    g_cancellable_cancel (self->cancellable);
}

static gboolean
see_symbol (const PdbSymbol *symbol, gpointer data, GError **error)
{
  see_piece (NULL, data);
  return TRUE;
}

/* Each pass over @path that is cancelled at its third step ends soon after it, and says so. */
static int
cancel (const char *path)
{
  enum { PROCEDURES, PUBLICS, LINES, N_PASSES };
  g_autoptr (GError) error = NULL;
  g_autoptr (ByteSource) source = byte_source_open_path (path, &error);
  g_autoptr (MsfFile) file = source ? msf_file_open (source, &error) : NULL;
  g_auto (PdbDbi) dbi = { 0 };
  if (!file || !pdb_dbi_read (&dbi, file, &error))
    return fail (error);
  for (guint pass = 0; pass < 2 * N_PASSES; pass++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) cancelled = NULL;
      gboolean is_to_cancel = pass >= N_PASSES, is_done, is_damaged;
      Canceller canceller = { .cancellable = cancellable, .cancel_at = is_to_cancel ? 3 : 0 };
      if (pass % N_PASSES == PROCEDURES)
        is_done = pdb_symbols_each_procedure (file, &dbi, see_symbol, &canceller, &is_damaged, cancellable, &cancelled);
      else if (pass % N_PASSES == PUBLICS)
        is_done = pdb_symbols_each_public (file, &dbi, see_symbol, &canceller, &is_damaged, cancellable, &cancelled);
      else
        is_done = pdb_lines_each_piece (file, &dbi, see_piece, &canceller, &is_damaged, cancellable, &cancelled);
      g_assert_true (is_done == !is_to_cancel);
      g_assert_true (g_error_matches (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED) == is_to_cancel);
      if (is_to_cancel)
        g_assert_cmpuint (canceller.n_seen, <=, 3 + 64);
      else
        g_assert_cmpuint (canceller.n_seen, >, 4 * 64);
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
  if (strcmp (what, "damage-lines") == 0)
    return damage_lines (argv[2]);
  if (strcmp (what, "cancel") == 0)
    return cancel (argv[2]);
  g_printerr ("usage: pdb-probe count|identity|lookup|damage|damage-lines|cancel FILE [IMAGE]\n");
  return 2;
}
