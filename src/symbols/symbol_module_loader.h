/* The way from one module's identity to its table: the cache, its PDB, or first the image that names the PDB. */
#pragma once

#include "symbols/symbol_resolver.h"

typedef struct
{
  SymbolTable *table; /* (owned) (nullable) */
  SymbolState state;
  char *reason;       /* (owned) */
} SymbolModuleLoad;

/* @ret_load is filled in every case but cancelling, which is @error. Thread-safe. */
gboolean symbol_module_load (const SymbolIdentity *identity, const SymbolLoadOptions *options,
                             SymbolProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                             SymbolModuleLoad *ret_load, GError **error);
