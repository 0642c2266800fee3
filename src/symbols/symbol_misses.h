/* What servers answered not to have, remembered for a day: by this process, and by others through empty files
 * in a hidden folder of the default store, whose times tell their age. */
#pragma once

#include <glib.h>

typedef struct _SymbolMisses SymbolMisses;

/* @store: the default store; nothing is written before the first miss. */
SymbolMisses *symbol_misses_new (const char *store);
void symbol_misses_free (SymbolMisses *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SymbolMisses, symbol_misses_free)

/* @what: the address without its file, so that all forms of one file count as one. Thread-safe. */
gboolean symbol_misses_contain (SymbolMisses *self, const char *what);
/* The servers do not have @what; remembered for a day. Thread-safe. */
void symbol_misses_add (SymbolMisses *self, const char *what);
/* Forgets all, here and in the store. */
void symbol_misses_forget (SymbolMisses *self);
