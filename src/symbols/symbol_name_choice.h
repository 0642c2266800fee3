/* Which name is shown of those that a PDB has for one address: linkers fold functions with the same code. */
#pragma once

#include "symbols/pdb_dbi.h"

/* A function that may become a row of a table. */
typedef struct
{
  guint32 rva, size_bytes; /* size 0: not known */
  guint32 name_offset; /* in the names */
  guint16 module;     /* of the PDB; that of a public symbol tells nothing */
  guint8 is_public;
} SymbolCandidate;

/* Of the @n @candidates for one address, puts the one that is shown into the place of the first, and its name with the
 * first other ones behind it to the end of @names. The choice depends on the names alone, not on their order in the
 * file. @owner (nullable): what the linker took the code from. The other names are left out where @names would grow
 * beyond @names_limit_bytes. Returns the number of other names. */
guint16 symbol_name_choice_make (SymbolCandidate *candidates, guint n, const PdbContribution *owner, GString *names,
                                 gsize names_limit_bytes);
