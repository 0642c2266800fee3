#include "symbols/symbol_ranges.h"

typedef struct
{
  guint32 start_rva, end_rva, name_offset;
  guint16 n_other_names;
} OpenFunction;

void
symbol_ranges_init (SymbolRanges *self, SymbolTable *table)
{
  *self = (SymbolRanges){ .table = table, .open = g_array_new (FALSE, FALSE, sizeof (OpenFunction)) };
  table->n_rows = 0;
}

static void
append_row (SymbolRanges *self, const OpenFunction *function, guint32 end_rva)
{
  SymbolTable *table = self->table;
  guint32 row = table->n_rows++;
  table->start_rvas[row] = self->reached_rva;
  table->end_rvas[row] = end_rva;
  table->function_rvas[row] = function->start_rva;
  table->name_offsets[row] = function->name_offset;
  table->n_other_names[row] = function->n_other_names;
  self->reached_rva = end_rva;
}

/* Gives what lies before @rva to the functions that cover it. */
static void
cover_until (SymbolRanges *self, guint32 rva)
{
  while (self->open->len > 0 && self->reached_rva < rva)
    {
      OpenFunction innermost = g_array_index (self->open, OpenFunction, self->open->len - 1);
      if (innermost.end_rva <= rva)
        g_array_set_size (self->open, self->open->len - 1);
      if (innermost.end_rva > self->reached_rva)
        append_row (self, &innermost, MIN (innermost.end_rva, rva));
    }
  self->reached_rva = rva;
}

void
symbol_ranges_begin (SymbolRanges *self, guint32 start_rva, guint32 end_rva, guint32 name_offset,
                     guint16 n_other_names)
{
  OpenFunction function = { start_rva, end_rva, name_offset, n_other_names };
  cover_until (self, start_rva);
  g_array_append_val (self->open, function);
}

void
symbol_ranges_finish (SymbolRanges *self)
{
  cover_until (self, G_MAXUINT32);
  g_clear_pointer (&self->open, g_array_unref);
}
