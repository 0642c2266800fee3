/* How a symbol table is kept: shared by what makes one, reads one and stores one. */
#pragma once

#include "symbols/symbol_lines.h"
#include "symbols/symbol_table.h"

struct _SymbolTable
{
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
  gboolean is_public_only, has_damaged_names;
};

/* A table with room for @n_rows rows, without names. (transfer full) */
SymbolTable *symbol_table_alloc (guint32 n_rows);
