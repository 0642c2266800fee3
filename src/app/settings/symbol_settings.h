/* Where the window looks for symbols: the remembered path, the environment, or the public server. */
#pragma once

#include <glib.h>

typedef struct
{
  char *path;        /* (owned): in the syntax of _NT_SYMBOL_PATH */
  char **folder_map; /* (owned) (array zero-terminated=1) */
  gboolean is_offline;
} SymbolSettings;

void symbol_settings_read (SymbolSettings *ret_settings);
void symbol_settings_clear (SymbolSettings *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SymbolSettings, symbol_settings_clear)
/* Whether symbols looked for this way would use the network. */
gboolean symbol_settings_use_network (const SymbolSettings *self);

/* The path that holds while none is remembered: the environment's, else the public server with a local store.
 * (transfer full) */
char *symbol_settings_dup_default_path (void);
/* Where downloaded files and tables are kept. (transfer full) */
char *symbol_settings_dup_store_folder (void);
char *symbol_settings_dup_cache_folder (void);
