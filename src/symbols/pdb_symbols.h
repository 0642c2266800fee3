/* The functions that the symbol records of a PDB name. */
#pragma once

#include "symbols/pdb_dbi.h"

typedef enum
{
  PDB_SYMBOL_PROCEDURE,
  PDB_SYMBOL_PUBLIC,    /* decorated, and without a size */
  PDB_SYMBOL_PART,      /* a piece of code that belongs to the function at owner_rva; no name */
} PdbSymbolKind;

typedef struct
{
  PdbSymbolKind kind;
  const char *name; /* as it stands in the file: not terminated, of any encoding */
  gsize name_length;
  guint32 rva, size_bytes, owner_rva;
  guint16 module;
} PdbSymbol;

/* @symbol lives only during the call. FALSE stops. */
typedef gboolean (*PdbSymbolFunc) (const PdbSymbol *symbol, gpointer data, GError **error);

/* Calls @func for every procedure, thunk and separated piece of code of every module, in the file's order.
 * A damaged record ends what is read of its stream, and @ret_is_damaged becomes TRUE. FALSE with @error: modules whose
 * symbols cannot all be in the file, a cancelled @cancellable, or what @func says.
 */
gboolean pdb_symbols_each_procedure (const MsfFile *file, const PdbDbi *dbi, PdbSymbolFunc func,
                                     gpointer data, gboolean *ret_is_damaged, GCancellable *cancellable,
                                     GError **error);
/* Calls @func for every public symbol in a code section, in the file's order; see
 * pdb_symbols_each_procedure(). */
gboolean pdb_symbols_each_public (const MsfFile *file, const PdbDbi *dbi, PdbSymbolFunc func, gpointer data,
                                  gboolean *ret_is_damaged, GCancellable *cancellable, GError **error);
