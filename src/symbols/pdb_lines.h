/* The line tables that the modules of a private PDB have for their code (C13). */
#pragma once

#include "symbols/msf_reader.h"
#include "symbols/pdb_dbi.h"

/* Code from an offset on, up to that of the next line. */
typedef struct
{
  guint32 offset_bytes; /* from the start of the piece */
  guint32 number;       /* 0: of no line */
  guint32 file;         /* for pdb_lines_append_file_name() */
} PdbLine;

/* The lines of one piece of code. */
typedef struct
{
  guint32 rva, size_bytes;
  guint16 module;
  const PdbLine *lines; /* (array length=n_lines): ascending, apart from each other */
  guint n_lines;
} PdbLinePiece;

/* @piece lives only during the call. */
typedef void (*PdbLinePieceFunc) (const PdbLinePiece *piece, gpointer data);

/* Calls @func for the lines of every piece of code of every module, in the file's order.
 *
 * Lines are a help, not the matter: where they are damaged the rest of the module goes without and
 * @ret_is_damaged becomes TRUE. FALSE with @error only when cancelled.
 */
gboolean pdb_lines_each_piece (const MsfFile *file, const PdbDbi *dbi, PdbLinePieceFunc func, gpointer data,
                               gboolean *ret_is_damaged, GCancellable *cancellable, GError **error);
/* Appends the file name that PdbLine calls @name, as valid UTF-8; nothing where there is none.
 * @names reads the stream of names (PdbInfo). */
void pdb_lines_append_file_name (MsfReader *names, guint32 name, GString *target);
