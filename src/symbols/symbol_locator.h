/* Finds the file with a module's symbols: along a symbol path, through stores and servers. */
#pragma once

#include <gio/gio.h>

#include "symbols/symbol_identity.h"

typedef struct _SymbolLocator SymbolLocator;

/* When the default store has more, what was used longest ago goes. Folders that the user named have no limit. */
#define SYMBOL_STORE_DEFAULT_LIMIT_BYTES ((guint64) 20 << 30)

typedef struct
{
  const char *path;          /* in the syntax of _NT_SYMBOL_PATH */
  const char *default_store; /* local folder for the default downstream store and for Windows caches such as
                                C:\symbols */
  const char *const *folder_map; /* (nullable) (array zero-terminated=1): "C:\Symbols=/home/me/symbols", … */
  gboolean is_offline;           /* no network */
  const char *trace_folder;      /* (nullable): for what recorders put beside a trace (ngenpdb) */
  const char *base_folder;       /* (nullable): what "." and other relative folders in the path start from; NULL for
                                    trace_folder */
  const char *home_folder;       /* (nullable): what "~" in the path and in the map stands for */
  const char *certificate_path;  /* (nullable): file with the certificates to trust in place of the system's */
  guint timeout_s;               /* of a silent server; 0 for the default */
  guint64 limit_bytes;           /* for one file; 0 for the default */
  guint64 store_limit_bytes;     /* for all of default_store; 0 for SYMBOL_STORE_DEFAULT_LIMIT_BYTES */
} SymbolLocatorOptions;

/* What is happening to one file; called from the thread that locates. */
typedef void (*SymbolProgressFunc) (const char *what, guint64 bytes_done, guint64 bytes_total, gpointer data);

SymbolLocator *symbol_locator_new (const SymbolLocatorOptions *options);
void symbol_locator_free (SymbolLocator *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SymbolLocator, symbol_locator_free)

/* The local path of a PDB whose content has the right GUID and age. NULL when there is none: @ret_reason then
 * has a sentence (transfer full) that says where was looked and why it failed. @error only for cancelling.
 * Thread-safe. */
char *symbol_locator_find_pdb (SymbolLocator *self, const SymbolIdentity *identity,
                               SymbolProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                               char **ret_reason, GError **error);
/* The same for the image itself (name, time stamp, size), whose debug directory names the PDB. */
char *symbol_locator_find_image (SymbolLocator *self, const SymbolIdentity *identity,
                                 SymbolProgressFunc progress, gpointer progress_data,
                                 GCancellable *cancellable, char **ret_reason, GError **error);
/* Asks servers again for what they did not have, and those that did not answer. */
void symbol_locator_forget_misses (SymbolLocator *self);
