/* The symbols of all modules of a trace: loads their tables, the weightiest first, and names addresses.
 *
 * symbol_resolver_load() blocks and works in several threads; everything else may be called by any thread
 * meanwhile, so that names appear as they come. A table that is loaded stays as long as the resolver.
 */
#pragma once

#include <gio/gio.h>

#include "symbols/symbol_locator.h"
#include "symbols/symbol_table.h"

typedef enum
{
  SYMBOL_STATE_WAITING,     /* not looked for yet, or stopped before it was found */
  SYMBOL_STATE_LOADING,
  SYMBOL_STATE_LOADED,
  SYMBOL_STATE_NOT_FOUND,   /* no file along the path */
  SYMBOL_STATE_UNREADABLE,  /* a file is there, but cannot be used */
  SYMBOL_STATE_NO_IDENTITY, /* nothing tells which file to look for */
  N_SYMBOL_STATES
} SymbolState;

/* A module at one moment. */
typedef struct
{
  SymbolState state;
  char *reason;        /* (owned): a sentence: found where, or why not; empty while waiting */
  char *activity;      /* (owned) (nullable): what is going on while it is loading */
  guint64 bytes_done, bytes_total; /* of the activity; total 0 when unknown */
  guint32 n_functions; /* of a loaded table */
} SymbolModuleStatus;

/* All modules at one moment. */
typedef struct
{
  guint n_modules, n_done, n_loaded; /* done: looked for, with or without success */
  char *current;                     /* (owned) (nullable): the weightiest module that is loading, and its activity */
  guint64 bytes_done, bytes_total;   /* of that module's activity; total 0 when unknown */
} SymbolProgress;

typedef struct
{
  SymbolLocator *locator;
  const char *cache_folder; /* (nullable): where tables are kept for the next time */
  guint n_workers;          /* modules in work at once; 0: a fitting number */
} SymbolLoadOptions;

typedef struct _SymbolResolver SymbolResolver;

/* @identities: (array length=n_modules), copied; the weightiest first: this is the order of loading. */
SymbolResolver *symbol_resolver_new (const SymbolIdentity *identities, guint n_modules);
void symbol_resolver_free (SymbolResolver *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SymbolResolver, symbol_resolver_free)

/* Loads all modules that are waiting; a call waits for an earlier one to end. FALSE with @error only when cancelled: what was not
 * finished is waiting again. */
gboolean symbol_resolver_load (SymbolResolver *self, const SymbolLoadOptions *options, GCancellable *cancellable,
                               GError **error);
/* Loads one module that is not loaded yet, and was perhaps tried before. */
gboolean symbol_resolver_load_module (SymbolResolver *self, guint module, const SymbolLoadOptions *options,
                                      GCancellable *cancellable, GError **error);
/* Lets all modules that are not loaded wait again, for another try with symbol_resolver_load(). */
void symbol_resolver_retry_all (SymbolResolver *self);

/* As given to symbol_resolver_new(). */
guint symbol_resolver_get_n_modules (const SymbolResolver *self);
const SymbolIdentity *symbol_resolver_get_identity (const SymbolResolver *self, guint module); /* (transfer none) */
/* How many tables were loaded so far: when it grew, there are new names. */
guint symbol_resolver_get_n_loaded (const SymbolResolver *self);
/* (transfer none) (nullable): the table of @module when it is loaded. */
SymbolTable *symbol_resolver_get_table (const SymbolResolver *self, guint module);
/* The function of @module that covers @rva; FALSE when none does or the module is not loaded. */
gboolean symbol_resolver_lookup (const SymbolResolver *self, guint module, guint32 rva, SymbolMatch *ret_match);

/* @ret_status must be freed with symbol_module_status_clear(). */
void symbol_resolver_get_status (SymbolResolver *self, guint module, SymbolModuleStatus *ret_status);
void symbol_module_status_clear (SymbolModuleStatus *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SymbolModuleStatus, symbol_module_status_clear)
/* @ret_progress must be freed with symbol_progress_clear(). */
void symbol_resolver_get_progress (SymbolResolver *self, SymbolProgress *ret_progress);
void symbol_progress_clear (SymbolProgress *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SymbolProgress, symbol_progress_clear)

/* "not found", in English. */
const char *symbol_state_get_text (SymbolState state);
