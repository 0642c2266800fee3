/* Makes ranges apart from each other of functions that may lie in one another: the innermost has an address, and where
 * it ends the one around it goes on. */
#pragma once

#include "symbols/symbol_table_private.h"

typedef struct
{
  SymbolTable *table; /* not owned */
  GArray *open;       /* of OpenFunction: those that may go on, the innermost last */
  guint32 reached_rva;
} SymbolRanges;

/* @table, which must outlive @self and have room for all rows: one for each function, and one more for each that
 * begins where others go on. Its n_rows counts those that are there. */
void symbol_ranges_init (SymbolRanges *self, SymbolTable *table);
/* The next function, at or behind the begin of the one before: it covers [@start_rva, @end_rva). */
void symbol_ranges_begin (SymbolRanges *self, guint32 start_rva, guint32 end_rva, guint32 name_offset,
                          guint16 n_other_names);
/* Ends all functions, and frees what @self holds. */
void symbol_ranges_finish (SymbolRanges *self);
