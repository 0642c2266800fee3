#include "symbols/symbol_lines.h"

#include <stdlib.h>

/* So many lines at most have to be gone through to find one. */
#define N_LINES_PER_BLOCK 128u
#define MOST_BYTES (1u << 30)

void
symbol_lines_clear (SymbolLines *self)
{
  g_clear_pointer (&self->blocks, g_free);
  g_clear_pointer (&self->bytes, g_free);
  g_clear_pointer (&self->file_names, g_free);
}

gboolean
symbol_lines_are_consistent (const SymbolLines *self)
{
  for (guint32 i = 0; i < self->n_blocks; i++)
    if (self->blocks[i].offset >= self->n_bytes
        || (i > 0 && self->blocks[i].start_rva <= self->blocks[i - 1].start_rva))
      return FALSE;
  return self->n_blocks == 0 || (self->file_names_size > 0 && self->file_names[self->file_names_size - 1] == '\0');
}

/* Looking up */

static gboolean
read_number (const guint8 **at, const guint8 *end, guint32 *ret_number)
{
  guint32 number = 0;
  for (guint shift = 0; shift < 35 && *at < end; shift += 7)
    {
      guint8 byte = *(*at)++;
      number |= (guint32)(byte & 0x7F) << shift;
      if (byte < 0x80)
        {
          *ret_number = number;
          return TRUE;
        }
    }
  return FALSE;
}

/* The last block that begins at or before @rva; NULL where there is none. */
static const SymbolLineBlock *
find_block (const SymbolLines *self, guint32 rva)
{
  guint32 low = 0, high = self->n_blocks;
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      if (self->blocks[middle].start_rva <= rva)
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0 ? &self->blocks[low - 1] : NULL;
}

gboolean
symbol_lines_lookup (const SymbolLines *self, guint32 rva, const char **ret_file, guint32 *ret_number)
{
  const SymbolLineBlock *block = find_block (self, rva);
  if (!block)
    return FALSE;
  const guint8 *at = self->bytes + block->offset, *end = self->bytes + self->n_bytes;
  guint32 place = rva - block->start_rva, size, n_lines, step, change, next_file = 0;
  guint32 offset = 0, number = 0, file = 0, found_number = 0, found_file = 0;
  if (!read_number (&at, end, &size) || place >= size || !read_number (&at, end, &n_lines))
    return FALSE;
  for (guint32 i = 0; i < MIN (n_lines, N_LINES_PER_BLOCK); i++)
    {
      if (!read_number (&at, end, &step) || step > place - offset || !read_number (&at, end, &change)
          || ((change & 1) && !read_number (&at, end, &next_file)))
        break;
      offset += step;
      number += (change & 2) ? 0 - (change >> 2) : change >> 2;
      file = (change & 1) ? next_file : file;
      found_number = number;
      found_file = file;
    }
  if (found_number == 0 || found_file == 0 || found_file >= self->file_names_size)
    return FALSE;
  *ret_file = self->file_names + found_file;
  *ret_number = found_number;
  return TRUE;
}

/* Reading a PDB */

typedef struct
{
  guint32 rva, first_block;
  guint16 module;
} Piece;

typedef struct
{
  const PdbDbi *dbi;
  MsfReader names;
  GHashTable *files; /* a name in the PDB to its place in file_names */
  guint32 last_name, last_place; /* of a file */
  GString *file_names;
  GByteArray *bytes;
  GArray *blocks; /* of SymbolLineBlock */
  GArray *pieces; /* of Piece */
  gboolean is_full;
} Builder;

static void
put_number (GByteArray *bytes, guint32 number)
{
  guint8 group[5];
  guint n = 0;
  for (; number >= 0x80; number >>= 7)
    group[n++] = (guint8)(number | 0x80);
  group[n++] = (guint8)number;
  g_byte_array_append (bytes, group, n);
}

static guint32
intern_file (Builder *self, guint32 name)
{
  gpointer key = GUINT_TO_POINTER (name), found;
  if (self->last_place != 0 && name == self->last_name)
    return self->last_place;
  self->last_name = name;
  if (g_hash_table_lookup_extended (self->files, key, NULL, &found))
    return self->last_place = GPOINTER_TO_UINT (found);
  gsize place = self->file_names->len;
  pdb_lines_append_file_name (&self->names, name, self->file_names);
  if (self->file_names->len == place)
    place = 0;
  else
    g_string_append_c (self->file_names, '\0');
  g_hash_table_insert (self->files, key, GUINT_TO_POINTER ((guint)place));
  return self->last_place = (guint32)place;
}

/* Appends a block with @n_lines lines, behind which code begins at @end of the piece that is of no line here. */
static void
put_block (Builder *self, const PdbLinePiece *piece, const PdbLine *lines, guint n_lines, guint32 end)
{
  guint32 start = lines[0].offset_bytes, offset = start, number = 0, file = 0;
  SymbolLineBlock block = { piece->rva + start, self->bytes->len };
  g_array_append_val (self->blocks, block);
  put_number (self->bytes, end - start);
  put_number (self->bytes, n_lines);
  for (guint i = 0; i < n_lines; i++)
    {
      guint32 next_file = intern_file (self, lines[i].file);
      gboolean is_back = lines[i].number < number;
      guint32 distance = is_back ? number - lines[i].number : lines[i].number - number;
      put_number (self->bytes, lines[i].offset_bytes - offset);
      put_number (self->bytes, distance << 2 | (guint32)is_back << 1 | (next_file != file));
      if (next_file != file)
        put_number (self->bytes, next_file);
      offset = lines[i].offset_bytes;
      number = lines[i].number;
      file = next_file;
    }
}

static void
add_piece (const PdbLinePiece *piece, gpointer data)
{
  Builder *self = data;
  guint32 size = MIN (piece->size_bytes, G_MAXUINT32 - piece->rva);
  guint n_lines = piece->n_lines;
  while (n_lines > 0 && piece->lines[n_lines - 1].offset_bytes >= size)
    n_lines--;
  self->is_full |= self->bytes->len > MOST_BYTES || self->file_names->len > MOST_BYTES;
  if (n_lines == 0 || self->is_full)
    return;
  Piece noted = { piece->rva, self->blocks->len, piece->module };
  g_array_append_val (self->pieces, noted);
  for (guint i = 0; i < n_lines; i += N_LINES_PER_BLOCK)
    {
      guint next = i + N_LINES_PER_BLOCK;
      put_block (self, piece, piece->lines + i, MIN (N_LINES_PER_BLOCK, n_lines - i),
                 next < n_lines ? piece->lines[next].offset_bytes : size);
    }
}

static int
compare_pieces (gconstpointer left, gconstpointer right)
{
  const Piece *a = left, *b = right;
  if (a->rva != b->rva)
    return a->rva < b->rva ? -1 : 1;
  return (a->first_block > b->first_block) - (a->first_block < b->first_block);
}

/* Of pieces that were folded into one, that of the module whose code was kept; else the first. */
static guint
choose_piece (const Builder *self, const Piece *pieces, guint n)
{
  guint32 end_rva;
  const PdbContribution *owner = n > 1 ? pdb_dbi_find_contribution (self->dbi, pieces[0].rva, &end_rva) : NULL;
  for (guint i = 0; owner && i < n; i++)
    if (pieces[i].module == owner->module)
      return i;
  return 0;
}

/* Puts the blocks in the order of their RVAs, with one piece for each place. */
static void
order_blocks (Builder *self)
{
  g_autoptr (GArray) from = self->blocks;
  guint n_pieces = self->pieces->len;
  g_autofree Piece *sorted = g_memdup2 (self->pieces->data, sizeof (Piece) * n_pieces);
  g_autofree guint32 *end_blocks = g_new (guint32, from->len + 1);
  self->blocks = g_array_sized_new (FALSE, FALSE, sizeof (SymbolLineBlock), from->len);
  for (guint i = 0; i < n_pieces; i++)
    end_blocks[g_array_index (self->pieces, Piece, i).first_block]
        = i + 1 < n_pieces ? g_array_index (self->pieces, Piece, i + 1).first_block : from->len;
  qsort (sorted, n_pieces, sizeof *sorted, compare_pieces);
  for (guint i = 0, next; i < n_pieces; i = next)
    {
      for (next = i + 1; next < n_pieces && sorted[next].rva == sorted[i].rva;)
        next++;
      const Piece *chosen = &sorted[i + choose_piece (self, &sorted[i], next - i)];
      for (guint32 block = chosen->first_block; block < end_blocks[chosen->first_block]; block++)
        {
          const SymbolLineBlock *found = &g_array_index (from, SymbolLineBlock, block);
          /* Pieces that overlap are no linker's. */
          if (self->blocks->len == 0
              || g_array_index (self->blocks, SymbolLineBlock, self->blocks->len - 1).start_rva
                     < found->start_rva)
            g_array_append_val (self->blocks, *found);
        }
    }
}

static gboolean
are_ordered (const GArray *blocks)
{
  for (guint i = 1; i < blocks->len; i++)
    if (g_array_index (blocks, SymbolLineBlock, i).start_rva
        <= g_array_index (blocks, SymbolLineBlock, i - 1).start_rva)
      return FALSE;
  return TRUE;
}

/* Moves what was collected to @lines, in no more memory than it needs. */
static void
finish (Builder *self, SymbolLines *lines)
{
  if (!are_ordered (self->blocks))
    order_blocks (self);
  lines->n_blocks = self->blocks->len;
  lines->n_bytes = self->bytes->len;
  lines->file_names_size = (guint32)self->file_names->len;
  lines->blocks = g_realloc_n (g_array_free (self->blocks, FALSE), lines->n_blocks, sizeof *lines->blocks);
  lines->bytes = g_realloc (g_byte_array_free (self->bytes, FALSE), lines->n_bytes);
  lines->file_names = g_string_free (self->file_names, FALSE);
}

gboolean
symbol_lines_read (SymbolLines *self, const MsfFile *file, const PdbDbi *dbi, guint names_stream,
                   GCancellable *cancellable, GError **error)
{
  Builder builder = { .dbi = dbi,
                      .files = g_hash_table_new (NULL, NULL),
                      .file_names = g_string_new (NULL),
                      .bytes = g_byte_array_new (),
                      .blocks = g_array_new (FALSE, FALSE, sizeof (SymbolLineBlock)),
                      .pieces = g_array_new (FALSE, FALSE, sizeof (Piece)) };
  *self = (SymbolLines){ 0 };
  g_string_append_c (builder.file_names, '\0');
  msf_reader_init (&builder.names, file, names_stream, G_MAXUINT32);
  gboolean is_done
      = pdb_lines_each_piece (file, dbi, add_piece, &builder, &self->are_damaged, cancellable, error);
  msf_reader_clear (&builder.names);
  self->are_damaged |= builder.is_full;
  finish (&builder, self);
  g_hash_table_unref (builder.files);
  g_array_unref (builder.pieces);
  return is_done;
}
