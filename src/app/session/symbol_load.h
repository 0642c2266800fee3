/* The symbols of one trace in the window: loads them in the worker and makes new names as they come.
 *
 * Signals, on the main thread:
 *   progress-changed (): something to show changed; also when a load begins and ends
 *   names-changed (): there are new names: symbol_load_get_names()
 */
#pragma once

#include "analysis/frame_names.h"
#include "app/settings/symbol_settings.h"

#include <gio/gio.h>

#define SYMBOL_TYPE_LOAD (symbol_load_get_type ())
G_DECLARE_FINAL_TYPE (SymbolLoad, symbol_load, SYMBOL, LOAD, GObject)

/* The names will put allocations down to what @attribution says. */
SymbolLoad *symbol_load_new (PoolTrace *trace, SymbolModules *modules, Attribution *attribution);
/* The same from now on; names follow. */
void symbol_load_set_attribution (SymbolLoad *self, Attribution *attribution);
/* Looks for the symbols of all modules that have none yet; stops what runs. Without @settings only in the folder
 * “symbols” beside the trace, when there is one. */
void symbol_load_start (SymbolLoad *self, const SymbolSettings *settings);
/* The same for one module of the resolver alone. */
void symbol_load_retry (SymbolLoad *self, guint module, const SymbolSettings *settings);
/* Stops at once as far as the caller can see. */
void symbol_load_cancel (SymbolLoad *self);
gboolean symbol_load_is_running (SymbolLoad *self);

SymbolModules *symbol_load_get_modules (SymbolLoad *self); /* (transfer none) */
FrameNames *symbol_load_get_names (SymbolLoad *self);    /* (transfer none) (nullable): before the first new names */
/* What goes on, for the bottom bar. (transfer full) */
char *symbol_load_dup_progress (SymbolLoad *self);
/* "Symbols 12/14": modules with symbols and modules of frames. (transfer full) */
char *symbol_load_dup_state (SymbolLoad *self);
