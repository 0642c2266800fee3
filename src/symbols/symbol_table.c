#include "symbols/symbol_table_private.h"

#include "symbols/pdb_info.h"
#include "symbols/pdb_layouts.h"
#include "symbols/symbol_table_builder.h"

G_DEFINE_QUARK (poolscope - symbol - error - quark, symbol_error)

SymbolTable *
symbol_table_alloc (guint32 n_rows)
{
  SymbolTable *self = g_new0 (SymbolTable, 1);
  self->n_rows = n_rows;
  self->start_rvas = g_new (guint32, n_rows);
  self->end_rvas = g_new (guint32, n_rows);
  self->function_rvas = g_new (guint32, n_rows);
  self->name_offsets = g_new (guint32, n_rows);
  self->n_other_names = g_new (guint16, n_rows);
  self->is_public_only = TRUE;
  return self;
}

void
symbol_table_free (SymbolTable *self)
{
  g_free (self->start_rvas);
  g_free (self->end_rvas);
  g_free (self->function_rvas);
  g_free (self->name_offsets);
  g_free (self->n_other_names);
  g_free (self->original_rvas);
  g_free (self->names);
  symbol_lines_clear (&self->lines);
  g_free (self);
}

static gboolean
check_identity (const MsfFile *file, const PdbInfo *info, const SymbolIdentity *wanted, GError **error)
{
  const char *differs;
  if (pdb_info_fits (info, wanted, &differs))
    return TRUE;
  g_autofree char *found_key = pdb_info_dup_key (info);
  g_autofree char *wanted_key = symbol_identity_dup_pdb_key (wanted);
  g_set_error (
      error, SYMBOL_ERROR, SYMBOL_ERROR_WRONG_BUILD,
      "“%s” belongs to another build: its %s, in stream %s, is %s, but the image asks for %s; get the PDB of "
      "that build",
      msf_file_get_display_name (file), differs, differs[0] == 'a' ? "3, offset 0x8" : "1, offset 0xc", found_key,
      wanted_key);
  return FALSE;
}

static gboolean
check_content (const MsfFile *file, const PdbInfo *info, const PdbDbi *dbi, GError **error)
{
  const char *problem = NULL;
  if (info->is_minimal)
    problem
        = "was made with /DEBUG:FASTLINK: most symbols stayed in the object files; link with /DEBUG:FULL, or "
          "convert it with mspdbcmf";
  else if (!dbi->exists)
    problem = "names no native functions: it is of managed code, or a compiler's own";
  else if (dbi->sections->len == 0)
    problem = "has no section headers, and so its functions have no addresses; get the PDB of the final link";
  if (problem)
    g_set_error (error, SYMBOL_ERROR, SYMBOL_ERROR_NOT_A_PDB, "“%s” %s", msf_file_get_display_name (file),
                 problem);
  return problem == NULL;
}

SymbolTable *
symbol_table_new_from_pdb (ByteSource *source, const SymbolIdentity *identity, GCancellable *cancellable,
                           GError **error)
{
  PdbInfo info;
  g_auto (PdbDbi) dbi = { 0 };
  g_auto (SymbolTableBuilder) builder = { 0 };
  gboolean procedures_are_damaged, publics_are_damaged;
  g_autoptr (MsfFile) file = msf_file_open (source, error);
  if (!file || !pdb_info_read (&info, file, error) || !pdb_dbi_read (&dbi, file, error)
      || (identity && !check_identity (file, &info, identity, error))
      || !check_content (file, &info, &dbi, error))
    return NULL;
  symbol_table_builder_init (&builder, file, &dbi);
  if (!pdb_symbols_each_procedure (file, &dbi, symbol_table_builder_add, &builder, &procedures_are_damaged,
                                   cancellable, error))
    return NULL;
  symbol_table_builder_end_procedures (&builder);
  if (!pdb_symbols_each_public (file, &dbi, symbol_table_builder_add, &builder, &publics_are_damaged, cancellable,
                                error))
    return NULL;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  g_autoptr (SymbolTable) table = symbol_table_builder_finish (&builder);
  symbol_table_builder_clear (&builder);
  table->has_damaged_names = procedures_are_damaged || publics_are_damaged || dbi.has_damaged_maps;
  if (table->has_damaged_names && table->n_rows == 0)
    {
      msf_file_set_damaged (file, MSF_NO_STREAM, 0, "none of its symbols can be read", error);
      return NULL;
    }
  return symbol_lines_read (&table->lines, file, &dbi, info.names_stream, cancellable, error)
             ? g_steal_pointer (&table)
             : NULL;
}

gboolean
symbol_table_lookup (const SymbolTable *self, guint32 rva, SymbolMatch *ret_match)
{
  guint32 low = 0, high = self->n_rows;
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      if (self->start_rvas[middle] <= rva)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == 0 || rva >= self->end_rvas[low - 1])
    return FALSE;
  guint32 row = low - 1;
  *ret_match = (SymbolMatch){
    .name = self->names + self->name_offsets[row],
    .start_rva = self->function_rvas[row],
    .n_other_names = self->n_other_names[row],
  };
  if (ret_match->n_other_names > 0)
    ret_match->other_names = ret_match->name + strlen (ret_match->name) + 1;
  guint32 line_rva = self->original_rvas ? self->original_rvas[row] + (rva - self->start_rvas[row]) : rva;
  symbol_lines_lookup (&self->lines, line_rva, &ret_match->source_file, &ret_match->line);
  return TRUE;
}

char **
symbol_match_dup_other_names (const SymbolMatch *self)
{
  guint n = MIN (self->n_other_names, SYMBOL_MOST_OTHER_NAMES);
  char **names = g_new0 (char *, n + 1);
  const char *at = self->other_names;
  for (guint i = 0; i < n; i++, at += strlen (at) + 1)
    names[i] = g_strdup (at);
  return names;
}

guint32
symbol_table_get_count (const SymbolTable *self)
{
  return self->n_rows;
}

gboolean
symbol_table_has_damaged_names (const SymbolTable *self)
{
  return self->has_damaged_names;
}

gboolean
symbol_table_has_damaged_lines (const SymbolTable *self)
{
  return self->lines.are_damaged;
}

gboolean
symbol_table_is_public_only (const SymbolTable *self)
{
  return self->is_public_only;
}
