/* How a symbol table is kept: shared by what makes one, reads one and stores one. */
#pragma once

#include "symbols/pdb_dbi.h"
#include "symbols/pdb_symbols.h"
#include "symbols/symbol_lines.h"
#include "symbols/symbol_table.h"

struct _SymbolTable
{
  gatomicrefcount references;
  guint32 n_rows;
  /* (owned) (array length=n_rows): ranges of the image, ascending and apart from each other */
  guint32 *start_rvas, *end_rvas;
  guint32 *function_rvas; /* where the function begins that the range is a part of */
  guint32 *name_offsets;  /* in names */
  guint16 *n_other_names; /* so many, SYMBOL_MOST_OTHER_NAMES at most, stand in names behind the one that is shown */
  guint32 *original_rvas; /* (nullable): of an image that was rearranged: where the range was before, as lines have it */
  char *names;            /* (owned): each with its NUL */
  guint32 names_size;     /* bytes */
  SymbolLines lines;
  gboolean is_public_only;
};

SymbolTable *symbol_table_alloc (guint32 n_rows);

/* Collects the functions of a PDB, in any order, and makes a table of them. */
typedef struct
{
  const MsfFile *file;
  const PdbDbi *dbi;
  GArray *functions; /* of SymbolCandidate */
  GArray *parts;     /* of SymbolPart */
  GString *names;
  gsize names_limit_bytes;
  gsize n_sorted;    /* procedures at the start of functions, in order; publics at their places are left out */
  gsize last_found;
} SymbolTableBuilder;

void symbol_table_builder_init (SymbolTableBuilder *self, const MsfFile *file, const PdbDbi *dbi);
void symbol_table_builder_clear (SymbolTableBuilder *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SymbolTableBuilder, symbol_table_builder_clear)
gboolean symbol_table_builder_add (const PdbSymbol *symbol, gpointer builder, GError **error);
void symbol_table_builder_end_procedures (SymbolTableBuilder *self);
SymbolTable *symbol_table_builder_finish (SymbolTableBuilder *self);
