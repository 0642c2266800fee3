/* The functions of one module: RVAs and names, sorted, compact; made from a PDB, or read from the cache on disk.
 * Immutable; read by any thread.
 */
#pragma once

#include "base/byte_source.h"
#include "symbols/symbol_identity.h"

typedef struct _SymbolTable SymbolTable;

typedef struct
{
  const char *name;        /* (transfer none): qualified, undecorated: "Class::Method"; lives as long as the table */
  guint32 start_rva;       /* of the function */
  guint32 n_other_names;   /* further functions folded onto the same code */
  const char *other_names; /* (nullable): the first of them; symbol_match_dup_other_names() */
  const char *source_file; /* (nullable): as the compiler had it, where the line is known; lives as long as the table */
  guint32 line;            /* 0 unknown */
} SymbolMatch;

#define SYMBOL_ERROR (symbol_error_quark ())
GQuark symbol_error_quark (void);

typedef enum
{
  SYMBOL_ERROR_NOT_A_PDB,   /* also portable, fastlink, 2.00, MSFZ: the message says which */
  SYMBOL_ERROR_DAMAGED,
  SYMBOL_ERROR_WRONG_BUILD, /* GUID or age differ from what was asked for */
  SYMBOL_ERROR_NOT_AN_IMAGE,
} SymbolError;

/* Reads the PDB in @source. With @identity (nullable) GUID and age must be its. NULL with @error. */
SymbolTable *symbol_table_new_from_pdb (ByteSource *source, const SymbolIdentity *identity,
                                        GCancellable *cancellable, GError **error);
void symbol_table_free (SymbolTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SymbolTable, symbol_table_free)

/* The function that covers @rva. FALSE where none does. */
gboolean symbol_table_lookup (const SymbolTable *self, guint32 rva, SymbolMatch *ret_match);
/* The first SYMBOL_MOST_OTHER_NAMES of the names of functions that were folded onto the same code, in the order of
 * their bytes; none has none. (transfer full) (array zero-terminated=1) */
char **symbol_match_dup_other_names (const SymbolMatch *self);
#define SYMBOL_MOST_OTHER_NAMES 8u
/* The number of ranges that have a name. */
guint32 symbol_table_get_count (const SymbolTable *self);
/* Whether some names, or where they are, could not be read. */
gboolean symbol_table_has_damaged_names (const SymbolTable *self);
/* Whether some source lines could not be read. */
gboolean symbol_table_has_damaged_lines (const SymbolTable *self);
/* Whether the names are public ones only (a stripped PDB). */
gboolean symbol_table_is_public_only (const SymbolTable *self);
