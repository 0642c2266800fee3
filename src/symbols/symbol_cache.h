/* Symbol tables kept on disk, one file per PDB's identity, so that a second start needs no PDB. */
#pragma once

#include "symbols/symbol_table.h"

/* Writes @table to @folder, which is made where it is missing, under the PDB's identity @identity. Readers see
 * the old file or the whole new one. FALSE with @error (G_IO_ERROR). */
gboolean symbol_table_save (const SymbolTable *table, const char *folder, const SymbolIdentity *identity,
                            GError **error);
/* The table that symbol_table_save() kept for @identity. (transfer full) (nullable): NULL with @error:
 * G_IO_ERROR_NOT_FOUND where there is none; SYMBOL_ERROR_DAMAGED for a file that is of another version or
 * does not fit together, which saving replaces. */
SymbolTable *symbol_table_load (const char *folder, const SymbolIdentity *identity, GError **error);
/* When the tables in @folder have more than SYMBOL_CACHE_LIMIT_BYTES: removes those that were used longest ago. */
#define SYMBOL_CACHE_LIMIT_BYTES ((guint64) 2 << 30)
void symbol_cache_trim (const char *folder);
