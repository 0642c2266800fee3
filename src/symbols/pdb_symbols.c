#include "symbols/pdb_symbols.h"

#include "symbols/msf_reader.h"
#include "symbols/pdb_layouts.h"

/* Names end where the offsets of the fixed parts do. */
enum
{
  PUBLIC_NAME_OFFSET = 14,
  PROCEDURE_NAME_OFFSET = 39,
  THUNK_NAME_OFFSET = 25,
  N_RECORDS_BETWEEN_CHECKS = 64,
};

/* The record at @offset with all its bytes. Returns: (transfer none) (nullable): NULL when it is damaged; where the
 * next one begins is not known then. */
static const guint8 *
peek_record (MsfReader *reader, guint32 offset, guint32 *ret_size)
{
  const guint8 *bytes = msf_reader_peek (reader, offset, pdb_record_SIZE, NULL);
  *ret_size = bytes ? pdb_record_get_length (bytes) + 2u : 0;
  return *ret_size >= pdb_record_SIZE ? msf_reader_peek (reader, offset, *ret_size, NULL) : NULL;
}

static void
set_name (PdbSymbol *symbol, const guint8 *record, guint32 size, guint32 offset)
{
  offset = MIN (offset, size);
  symbol->name = (const char *)record + offset;
  symbol->name_length = strnlen (symbol->name, size - offset);
}

/* Whether the record stands for code of the image, and what it says of it. */
static gboolean
parse_procedure (PdbSymbol *symbol, const PdbDbi *dbi, const guint8 *record, guint32 size)
{
  switch (pdb_record_get_kind (record))
    {
    case PDB_RECORD_GLOBAL_PROCEDURE:
    case PDB_RECORD_LOCAL_PROCEDURE:
    case PDB_RECORD_GLOBAL_PROCEDURE_ID:
    case PDB_RECORD_LOCAL_PROCEDURE_ID:
    case PDB_RECORD_LOCAL_DPC_PROCEDURE:
    case PDB_RECORD_LOCAL_DPC_PROCEDURE_ID:
      if (size < pdb_procedure_SIZE)
        return FALSE;
      symbol->kind = PDB_SYMBOL_PROCEDURE;
      symbol->size_bytes = pdb_procedure_get_size (record);
      set_name (symbol, record, size, PROCEDURE_NAME_OFFSET);
      return pdb_dbi_find_code (dbi, pdb_procedure_get_section (record), pdb_procedure_get_offset (record),
                                &symbol->rva);
    case PDB_RECORD_THUNK:
      if (size < pdb_thunk_SIZE)
        return FALSE;
      symbol->kind = PDB_SYMBOL_PROCEDURE;
      symbol->size_bytes = pdb_thunk_get_size (record);
      set_name (symbol, record, size, THUNK_NAME_OFFSET);
      return pdb_dbi_find_code (dbi, pdb_thunk_get_section (record), pdb_thunk_get_offset (record),
                                &symbol->rva);
    case PDB_RECORD_TRAMPOLINE:
      symbol->kind = PDB_SYMBOL_PART;
      if (size < pdb_trampoline_SIZE)
        return FALSE;
      symbol->size_bytes = pdb_trampoline_get_size (record);
      return pdb_dbi_find_code (dbi, pdb_trampoline_get_section (record), pdb_trampoline_get_offset (record),
                                &symbol->rva)
             && pdb_dbi_find_code (dbi, pdb_trampoline_get_target_section (record),
                                   pdb_trampoline_get_target_offset (record), &symbol->owner_rva);
    case PDB_RECORD_SEPARATED_CODE:
      symbol->kind = PDB_SYMBOL_PART;
      if (size < pdb_separated_code_SIZE)
        return FALSE;
      symbol->size_bytes = pdb_separated_code_get_size (record);
      return pdb_dbi_find_code (dbi, pdb_separated_code_get_section (record),
                                pdb_separated_code_get_offset (record), &symbol->rva)
             && pdb_dbi_find_code (dbi, pdb_separated_code_get_parent_section (record),
                                   pdb_separated_code_get_parent_offset (record), &symbol->owner_rva);
    default:
      return FALSE;
    }
}

/* A procedure's locals lie between it and its end, which is jumped to. A place that is no end is not
 * believed: then the records in between are stepped over one by one. */
static gboolean
find_scope_end (MsfReader *reader, const guint8 *record, guint32 record_size, guint32 offset,
                guint32 *ret_offset)
{
  if (record_size < pdb_procedure_SIZE)
    return FALSE;
  guint32 end = pdb_procedure_get_end (record);
  if (end <= offset || end % 4 != 0)
    return FALSE;
  const guint8 *found = msf_reader_peek (reader, end, pdb_record_SIZE, NULL);
  if (!found)
    return FALSE;
  guint16 kind = pdb_record_get_kind (found);
  if (kind != PDB_RECORD_END && kind != PDB_RECORD_PROCEDURE_ID_END)
    return FALSE;
  *ret_offset = end;
  return TRUE;
}

static gboolean
each_procedure_of_module (const MsfFile *file, const PdbDbi *dbi, guint module, PdbSymbolFunc func,
                          gpointer data, gboolean *ret_is_damaged, GCancellable *cancellable, GError **error)
{
  const PdbModule *found = &g_array_index (dbi->modules, PdbModule, module);
  if (found->stream == MSF_NO_STREAM || found->symbols_size_bytes <= 4)
    return TRUE;
  g_auto (MsfReader) reader;
  msf_reader_init (&reader, file, found->stream, found->symbols_size_bytes);
  *ret_is_damaged |= reader.end < found->symbols_size_bytes;
  gboolean ends_are_good = TRUE;
  guint32 offset = 4;
  for (guint n_records = 1; offset < reader.end; n_records++)
    {
      guint32 size = 0;
      PdbSymbol symbol = { .module = (guint16)module };
      if (n_records % N_RECORDS_BETWEEN_CHECKS == 0
          && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      const guint8 *record = peek_record (&reader, offset, &size);
      if (!record)
        {
          *ret_is_damaged = TRUE;
          return TRUE;
        }
      guint16 kind = pdb_record_get_kind (record);
      if (parse_procedure (&symbol, dbi, record, size) && !func (&symbol, data, error))
        return FALSE;
      guint32 next = offset + size;
      gboolean has_scope = symbol.kind == PDB_SYMBOL_PROCEDURE && symbol.name && kind != PDB_RECORD_THUNK;
      /* After one wrong end none is tried: going there and back could take as long as reading everything
       * anew. */
      if (has_scope && ends_are_good)
        ends_are_good = find_scope_end (&reader, record, size, offset, &next);
      offset = next;
    }
  return TRUE;
}

gboolean
pdb_symbols_each_procedure (const MsfFile *file, const PdbDbi *dbi, PdbSymbolFunc func, gpointer data,
                            gboolean *ret_is_damaged, GCancellable *cancellable, GError **error)
{
  guint64 n_bytes = 0;
  *ret_is_damaged = FALSE;
  for (guint module = 0; module < dbi->modules->len; module++)
    {
      const PdbModule *found = &g_array_index (dbi->modules, PdbModule, module);
      /* Modules that share a stream could make a small file endless. */
      n_bytes += found->stream == MSF_NO_STREAM ? 0 : found->symbols_size_bytes;
      if (n_bytes > 2 * msf_file_get_size (file))
        {
          msf_file_set_damaged (file, PDB_STREAM_DBI, pdb_dbi_header_SIZE,
                                "the modules have more symbols than the file has bytes", error);
          return FALSE;
        }
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !each_procedure_of_module (file, dbi, module, func, data, ret_is_damaged, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
pdb_symbols_each_public (const MsfFile *file, const PdbDbi *dbi, PdbSymbolFunc func, gpointer data,
                         gboolean *ret_is_damaged, GCancellable *cancellable, GError **error)
{
  g_auto (MsfReader) reader;
  *ret_is_damaged = FALSE;
  msf_reader_init (&reader, file, dbi->symbol_stream, G_MAXUINT32);
  guint32 size = 0;
  guint n_records = 0;
  for (guint32 offset = 0; offset < reader.end; offset += size)
    {
      if (n_records++ % N_RECORDS_BETWEEN_CHECKS == 0
          && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      const guint8 *record = peek_record (&reader, offset, &size);
      if (!record)
        {
          *ret_is_damaged = TRUE;
          return TRUE;
        }
      PdbSymbol symbol = { .kind = PDB_SYMBOL_PUBLIC };
      if (pdb_record_get_kind (record) != PDB_RECORD_PUBLIC || size < pdb_public_SIZE
          || !pdb_dbi_find_code (dbi, pdb_public_get_section (record), pdb_public_get_offset (record),
                                 &symbol.rva))
        continue;
      set_name (&symbol, record, size, PUBLIC_NAME_OFFSET);
      if (!func (&symbol, data, error))
        return FALSE;
    }
  return TRUE;
}
