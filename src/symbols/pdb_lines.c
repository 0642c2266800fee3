#include "symbols/pdb_lines.h"

#include "symbols/pdb_layouts.h"

/* Lines that are looked at in one go. */
#define N_LINES_AT_ONCE 8192u
/* Longer paths than Windows has are cut. */
#define LONGEST_FILE_NAME_BYTES 1024u

typedef struct
{
  const PdbDbi *dbi;
  MsfReader lines, checksums; /* of one stream, but at different places */
  guint32 checksums_start, checksums_end;
  guint16 module;
  GArray *piece; /* of PdbLine */
  PdbLinePieceFunc func;
  gpointer data;
} Pass;

typedef struct
{
  guint32 kind, start, end; /* of its content in the stream */
} Subsection;

/* The subsection at @offset, which moves to the next one. FALSE for damage. */
static gboolean
read_subsection (Pass *pass, guint32 *offset, Subsection *ret_subsection)
{
  const guint8 *bytes = msf_reader_peek (&pass->lines, *offset, pdb_subsection_SIZE, NULL);
  if (!bytes)
    return FALSE;
  guint32 size = pdb_subsection_get_size (bytes), start = *offset + pdb_subsection_SIZE;
  *ret_subsection = (Subsection){ pdb_subsection_get_kind (bytes), start, start + size };
  if (size > pass->lines.end - start)
    return FALSE;
  /* The last one may do without its padding. */
  *offset = start + MIN ((size + 3) & ~3u, pass->lines.end - start);
  return TRUE;
}

/* The offset of the name of the file that a block of lines names by the place of its check sum. */
static gboolean
find_file (Pass *pass, guint32 place, guint32 *ret_file)
{
  if (place >= pass->checksums_end - pass->checksums_start)
    return FALSE;
  const guint8 *bytes = msf_reader_peek (&pass->checksums, pass->checksums_start + place, pdb_checksum_SIZE, NULL);
  if (bytes)
    *ret_file = pdb_checksum_get_file_name (bytes);
  return bytes != NULL;
}

/* Appends the lines of one file to the piece. */
static gboolean
read_block (Pass *pass, guint32 start, guint32 n_lines, guint32 file)
{
  for (guint32 i = 0, n; i < n_lines; i += n)
    {
      n = MIN (N_LINES_AT_ONCE, n_lines - i);
      const guint8 *bytes = msf_reader_peek (&pass->lines, start + i * pdb_line_SIZE, n * pdb_line_SIZE, NULL);
      if (!bytes)
        return FALSE;
      for (guint32 j = 0; j < n; j++, bytes += pdb_line_SIZE)
        {
          guint32 number = pdb_line_get_number (bytes) & PDB_LINE_NUMBER_MASK;
          gboolean is_none = number == PDB_LINE_HIDDEN || number == PDB_LINE_HIDDEN_STEP_INTO;
          PdbLine line = { pdb_line_get_offset (bytes), is_none ? 0 : number, file };
          g_array_append_val (pass->piece, line);
        }
    }
  return TRUE;
}

static int
compare_lines (gconstpointer left, gconstpointer right)
{
  const PdbLine *a = left, *b = right;
  return (a->offset_bytes > b->offset_bytes) - (a->offset_bytes < b->offset_bytes);
}

/* Puts the lines of several files in order; of those at one offset the last counts: the ones
 * before it have no code. */
static void
order_lines (GArray *lines)
{
  PdbLine *all = (PdbLine *)(void *)lines->data;
  guint n_kept = 0, i = 1;
  while (i < lines->len && all[i - 1].offset_bytes <= all[i].offset_bytes)
    i++;
  if (i < lines->len)
    g_array_sort (lines, compare_lines);
  for (i = 0; i < lines->len; i++)
    {
      n_kept += n_kept == 0 || all[n_kept - 1].offset_bytes != all[i].offset_bytes;
      all[n_kept - 1] = all[i];
    }
  g_array_set_size (lines, n_kept);
}

static gboolean
read_piece (Pass *pass, const Subsection *subsection)
{
  const guint8 *bytes = msf_reader_peek (&pass->lines, subsection->start, pdb_lines_SIZE, NULL);
  if (!bytes || subsection->end - subsection->start < pdb_lines_SIZE)
    return FALSE;
  PdbLinePiece piece = { .size_bytes = pdb_lines_get_size (bytes), .module = pass->module };
  gboolean is_code
      = pdb_dbi_find_code (pass->dbi, pdb_lines_get_section (bytes), pdb_lines_get_offset (bytes), &piece.rva);
  g_array_set_size (pass->piece, 0);
  for (guint32 offset = subsection->start + pdb_lines_SIZE; is_code && offset < subsection->end;)
    {
      guint32 file;
      bytes = msf_reader_peek (&pass->lines, offset, pdb_line_block_SIZE, NULL);
      if (!bytes)
        return FALSE;
      guint32 n_lines = pdb_line_block_get_n_lines (bytes), size = pdb_line_block_get_size (bytes);
      if (size < pdb_line_block_SIZE || size > subsection->end - offset
          || n_lines > (size - pdb_line_block_SIZE) / pdb_line_SIZE
          || !find_file (pass, pdb_line_block_get_file (bytes), &file)
          || !read_block (pass, offset + pdb_line_block_SIZE, n_lines, file))
        return FALSE;
      offset += size;
    }
  order_lines (pass->piece);
  piece.lines = (const PdbLine *)(void *)pass->piece->data;
  piece.n_lines = pass->piece->len;
  if (piece.n_lines)
    pass->func (&piece, pass->data);
  return TRUE;
}

/* FALSE for damage: what was read before it counts. */
static gboolean
read_module (Pass *pass, const MsfFile *file, const PdbModule *module, GCancellable *cancellable)
{
  guint64 start = (guint64)module->symbols_size_bytes + module->old_lines_size_bytes;
  guint64 end = start + module->lines_size_bytes;
  Subsection subsection;
  if (end > msf_file_get_stream_size (file, module->stream))
    return FALSE;
  msf_reader_init (&pass->lines, file, module->stream, (guint32)end);
  msf_reader_init (&pass->checksums, file, module->stream, (guint32)end);
  pass->checksums_start = pass->checksums_end = 0;
  for (guint32 offset = (guint32)start; offset < end && !g_cancellable_is_cancelled (cancellable);)
    {
      if (!read_subsection (pass, &offset, &subsection))
        break; /* the second round gets here again and tells */
      if (subsection.kind == PDB_SUBSECTION_CHECKSUMS)
        {
          pass->checksums_start = subsection.start;
          pass->checksums_end = subsection.end;
        }
    }
  for (guint32 offset = (guint32)start; offset < end && !g_cancellable_is_cancelled (cancellable);)
    if (!read_subsection (pass, &offset, &subsection)
        || (subsection.kind == PDB_SUBSECTION_LINES && !read_piece (pass, &subsection)))
      return FALSE;
  return TRUE;
}

gboolean
pdb_lines_each_piece (const MsfFile *file, const PdbDbi *dbi, PdbLinePieceFunc func, gpointer data,
                      gboolean *ret_is_damaged, GCancellable *cancellable, GError **error)
{
  guint64 n_bytes = 0;
  Pass pass = { .dbi = dbi, .func = func, .data = data, .piece = g_array_new (FALSE, FALSE, sizeof (PdbLine)) };
  *ret_is_damaged = FALSE;
  for (guint i = 0; i < dbi->modules->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      const PdbModule *module = &g_array_index (dbi->modules, PdbModule, i);
      if (module->stream == MSF_NO_STREAM || module->lines_size_bytes == 0)
        continue;
      /* Modules that share a stream could make a small file endless. */
      n_bytes += module->lines_size_bytes;
      pass.module = (guint16)i;
      if (n_bytes > 2 * msf_file_get_size (file) || !read_module (&pass, file, module, cancellable))
        *ret_is_damaged = TRUE;
      msf_reader_clear (&pass.lines);
      msf_reader_clear (&pass.checksums);
    }
  g_array_unref (pass.piece);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

void
pdb_lines_append_file_name (MsfReader *names, guint32 name, GString *target)
{
  guint32 size = names->end > PDB_NAMES_OFFSET ? names->end - PDB_NAMES_OFFSET : 0;
  if (name >= size)
    return;
  size = MIN (size - name, LONGEST_FILE_NAME_BYTES);
  const guint8 *bytes = msf_reader_peek (names, PDB_NAMES_OFFSET + name, size, NULL);
  if (!bytes)
    return;
  g_autofree char *text = g_utf8_make_valid ((const char *)bytes, (gssize)strnlen ((const char *)bytes, size));
  g_string_append (target, text);
}
