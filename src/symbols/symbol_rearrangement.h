/* Images whose code was moved after their PDB was made: the PDB tells by its maps what went where. */
#pragma once

#include "symbols/pdb_dbi.h"
#include "symbols/symbol_table_private.h"

/* The rows of @from (transfer full) at their places in the final image, by the maps of @dbi. A function
 * may become several ranges; code that was put in later counts to the range before it. (transfer full) */
SymbolTable *symbol_table_rearrange (SymbolTable *from, const PdbDbi *dbi);
