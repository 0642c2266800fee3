#include "symbols/symbol_rearrangement.h"

#include "symbols/pdb_omap.h"

#define MOST_ROWS 40000000u

/* Appends the ranges of @from that lie in @start_rva to @end_rva, moved to @target_rva. */
static void
append_moved (SymbolTable *table, const SymbolTable *from, const PdbDbi *dbi, guint32 start_rva,
              guint32 end_rva, guint32 target_rva, guint32 n_rows_maximum)
{
  guint32 low = 0, high = from->n_rows;
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      if (from->end_rvas[middle] <= start_rva)
        low = middle + 1;
      else
        high = middle;
    }
  for (guint32 i = low; i < from->n_rows && from->start_rvas[i] < end_rva && table->n_rows < n_rows_maximum;
       i++)
    {
      guint32 row = table->n_rows++;
      guint32 function_rva = pdb_omap_translate (dbi->omap_from_source, from->function_rvas[i]);
      table->start_rvas[row] = target_rva + (MAX (from->start_rvas[i], start_rva) - start_rva);
      table->end_rvas[row] = target_rva + (MIN (from->end_rvas[i], end_rva) - start_rva);
      table->function_rvas[row] = function_rva ? function_rva : table->start_rvas[row];
      table->original_rvas[row] = MAX (from->start_rvas[i], start_rva);
      table->name_offsets[row] = from->name_offsets[i];
      table->n_other_names[row] = from->n_other_names[i];
    }
}

SymbolTable *
symbol_table_rearrange (SymbolTable *from, const PdbDbi *dbi)
{
  const GArray *entries = dbi->omap_to_source;
  guint32 n_rows_maximum = (guint32)MIN ((guint64)from->n_rows + entries->len, MOST_ROWS);
  SymbolTable *table = symbol_table_alloc (n_rows_maximum);
  table->is_public_only = from->is_public_only;
  table->original_rvas = g_new (guint32, n_rows_maximum);
  table->n_rows = 0;
  for (guint i = 0; i < entries->len; i++)
    {
      const PdbOmapEntry *entry = &g_array_index (entries, PdbOmapEntry, i);
      guint32 end_rva = i + 1 < entries->len ? g_array_index (entries, PdbOmapEntry, i + 1).rva : entry->rva;
      guint32 size = end_rva - entry->rva;
      if (pdb_omap_entry_has_target (entry))
        append_moved (table, from, dbi, entry->target,
                      entry->target + MIN (size, G_MAXUINT32 - entry->target), entry->rva, n_rows_maximum);
      else if (table->n_rows && table->end_rvas[table->n_rows - 1] == entry->rva)
        table->end_rvas[table->n_rows - 1] = end_rva;
    }
  table->names = g_steal_pointer (&from->names);
  table->names_size = from->names_size;
  symbol_table_free (from);
  return table;
}
