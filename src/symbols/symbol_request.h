/* One look-up on its way through the symbol path. */
#pragma once

#include "symbols/store_part.h"
#include "symbols/symbol_locator.h"
#include "symbols/symbol_misses.h"
#include "symbols/symbol_server.h"

typedef struct
{
  const SymbolIdentity *identity;
  SymbolFileKind kind; /* SYMBOL_FILE_PDB or SYMBOL_FILE_IMAGE */
  char *name;          /* (owned): safe as a part of a path */
  char *key;           /* (owned): the folder in stores */
  const char *default_store;
  const char *const *folder_map; /* (nullable) */
  gboolean is_offline;
  guint64 limit_bytes; /* for one file */
  SymbolServer *server;
  SymbolMisses *misses;
  SymbolProgressFunc progress; /* (nullable) */
  gpointer progress_data;
  GCancellable *cancellable; /* (nullable) */
  GPtrArray *notes;          /* (owned) (element-type utf8): where was looked, and what was wrong there */
} SymbolRequest;

/* Adds "@place: @problem" to the notes. */
void symbol_request_note (SymbolRequest *self, const char *place, const char *problem);
/* Whether the file at @path is what is looked for; @error (SYMBOL_ERROR, G_IO_ERROR) says why not. */
gboolean symbol_request_check (const SymbolRequest *self, const char *path, GError **error);
/* Copies @path into the store below @folder, with @unpack uncompressed and checked; a file that is there is
 * replaced. (transfer full) (nullable): its path there. */
char *symbol_request_install (const SymbolRequest *self, const char *path, const char *folder,
                              gboolean unpack, GError **error);
/* The file from the server whose address is @url, checked and stored below @folder, with @unpack
 * uncompressed; nothing else is ever stored. Notes why there is none. (transfer full) (nullable) */
char *symbol_request_download (SymbolRequest *self, const char *url, const char *folder, gboolean unpack);
