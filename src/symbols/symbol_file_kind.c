#include "symbols/symbol_file_kind.h"

#include <string.h>

#include "base/byte_source.h"

static const struct
{
  const char *magic;
  gsize size; /* bytes */
  SymbolFileKind kind;
  const char *description;
} kinds[] = {
  { "Microsoft C/C++ MSF 7.00\r\n\x1a"
    "DS\0\0\0",
    32, SYMBOL_FILE_PDB, "a PDB" },
  { "MSCF", 4, SYMBOL_FILE_CABINET, "a cabinet" },
  { "Microsoft C/C++ program database 2.00", 37, SYMBOL_FILE_OTHER, "a PDB of the old format 2.00" },
  { "Microsoft MSFZ Container", 24, SYMBOL_FILE_OTHER, "a PDB in a compressed MSFZ container" },
  { "BSJB", 4, SYMBOL_FILE_OTHER, "a portable PDB, which has no native functions" },
  { "MZ", 2, SYMBOL_FILE_IMAGE, "an image" },
  { "\x1f\x8b", 2, SYMBOL_FILE_OTHER, "compressed with gzip" },
  { "<", 1, SYMBOL_FILE_OTHER, "a web page" },
};

SymbolFileKind
symbol_file_kind_sniff (const guint8 *start, gsize n_bytes, const char **ret_description)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (n_bytes >= kinds[i].size && memcmp (start, kinds[i].magic, kinds[i].size) == 0)
      {
        *ret_description = kinds[i].description;
        return kinds[i].kind;
      }
  *ret_description = n_bytes ? "something else" : "empty";
  return SYMBOL_FILE_OTHER;
}

SymbolFileKind
symbol_file_kind_sniff_path (const char *path, const char **ret_description)
{
  guint8 start[SYMBOL_FILE_START_BYTES];
  g_autoptr (ByteSource) source = byte_source_open_path (path, NULL);
  gssize n_bytes = source ? byte_source_read (source, 0, start, sizeof start, NULL) : -1;
  if (n_bytes >= 0)
    return symbol_file_kind_sniff (start, (gsize) n_bytes, ret_description);
  *ret_description = "not readable";
  return SYMBOL_FILE_OTHER;
}
