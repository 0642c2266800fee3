/* What a file is by its first bytes; names and content types prove nothing. */
#pragma once

#include <glib.h>

typedef enum
{
  SYMBOL_FILE_PDB = 1,     /* MSF 7.00 */
  SYMBOL_FILE_IMAGE = 2,   /* .exe, .dll, .sys */
  SYMBOL_FILE_CABINET = 4, /* one of the others, compressed */
  SYMBOL_FILE_OTHER = 8,
} SymbolFileKind; /* bits, so that several can be expected */

#define SYMBOL_FILE_START_BYTES 32 /* enough to tell the kind */

/* @start: the file's first @n_bytes bytes. @ret_description receives what to call it: "a web page". */
SymbolFileKind symbol_file_kind_sniff (const guint8 *start, gsize n_bytes, const char **ret_description);
/* The same of the file at @path; SYMBOL_FILE_OTHER when it cannot be read. */
SymbolFileKind symbol_file_kind_sniff_path (const char *path, const char **ret_description);
