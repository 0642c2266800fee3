/* Any bytes as a PDB, and as an image with a debug directory. A table can be asked for any address. */
#include "symbols/image_file.h"
#include "symbols/symbol_table.h"

#define ADDRESS_STEP 0x31u
#define ADDRESS_END 0x20000u

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_table (const SymbolTable *table)
{
  for (guint32 rva = 0; rva < ADDRESS_END; rva += ADDRESS_STEP)
    {
      SymbolMatch match;

      if (symbol_table_lookup (table, rva, &match))
        g_assert (g_utf8_validate (match.name, -1, NULL));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (ByteSource) source = byte_source_new_bytes ("fuzz.pdb", bytes);
  g_autoptr (GError) table_error = NULL;
  g_autoptr (GError) identity_error = NULL;
  g_autoptr (SymbolTable) table = symbol_table_new_from_pdb (source, NULL, NULL, &table_error);
  SymbolIdentity identity = { 0 };

  if (table != NULL)
    check_table (table);
  else
    g_assert (table_error != NULL);
  if (image_file_read_identity (source, &identity, &identity_error))
    symbol_identity_clear (&identity);
  else
    g_assert (identity_error != NULL);
  return 0;
}
