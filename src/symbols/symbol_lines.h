/* Source files and lines of the code of one module, packed: some two bytes a line.
 *
 * Blocks of lines, each found by the RVA where it begins. A block's bytes are numbers in groups of seven bits,
 * the lowest first: how far the block reaches, how many lines it has, then for each how far behind
 * the one before it begins, its number less that of the one before (the lowest bit tells that the file changes,
 * the next one the sign), and, where it changes, the file's place in the names.
 */
#pragma once

#include "symbols/pdb_lines.h"

typedef struct
{
  guint32 start_rva, offset; /* offset in the bytes */
} SymbolLineBlock;

typedef struct
{
  SymbolLineBlock *blocks; /* (owned) (array length=n_blocks): ascending */
  guint8 *bytes;           /* (owned) (array length=n_bytes) */
  char *file_names;        /* (owned) (array length=file_names_size): each with its NUL, an empty one first */
  guint32 n_blocks, n_bytes, file_names_size;
  gboolean are_damaged; /* some of the PDB's lines could not be read */
} SymbolLines;

void symbol_lines_clear (SymbolLines *self);
/* Whether it can be looked up: what a check sum cannot promise. */
gboolean symbol_lines_are_consistent (const SymbolLines *self);
/* FALSE where no line is known; else @ret_file is (transfer none) and lives as long as @self. */
gboolean symbol_lines_lookup (const SymbolLines *self, guint32 rva, const char **ret_file, guint32 *ret_number);

/* Reads the lines of a PDB whose names are in @names_stream. FALSE with @error only when cancelled. */
gboolean symbol_lines_read (SymbolLines *self, const MsfFile *file, const PdbDbi *dbi, guint names_stream,
                            GCancellable *cancellable, GError **error);
