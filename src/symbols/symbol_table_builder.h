/* Collects the functions of a PDB, in any order, and makes a table of them. */
#pragma once

#include "symbols/pdb_dbi.h"
#include "symbols/pdb_symbols.h"
#include "symbols/symbol_table.h"

typedef struct
{
  const MsfFile *file;
  const PdbDbi *dbi;
  GArray *functions; /* of SymbolCandidate */
  GArray *parts;     /* of SymbolPart: those whose function is not known yet */
  GString *names;    /* each with its NUL */
  gsize n_sorted;    /* procedures at the start of functions, in order; publics at their places are left out */
  gsize last_found;  /* of these, where the last public symbol began */
} SymbolTableBuilder;

/* @file and @dbi must outlive the builder. */
void symbol_table_builder_init (SymbolTableBuilder *self, const MsfFile *file, const PdbDbi *dbi);
void symbol_table_builder_clear (SymbolTableBuilder *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SymbolTableBuilder, symbol_table_builder_clear)
/* Takes over one symbol: a PdbSymbolFunc whose data is the builder. FALSE with @error when there are too many. */
gboolean symbol_table_builder_add (const PdbSymbol *symbol, gpointer builder, GError **error);
/* Tells that all procedures were added; public symbols may follow. */
void symbol_table_builder_end_procedures (SymbolTableBuilder *self);
/* The table, without its lines; the builder is empty after it. (transfer full) */
SymbolTable *symbol_table_builder_finish (SymbolTableBuilder *self);
