/* What loading symbols does on a worker thread: reading tables of modules, and naming frames by them. */
#pragma once

#include "analysis/frame_names.h"
#include "app/settings/symbol_settings.h"

#include <gio/gio.h>

/* Loads the symbols of all modules that wait, or of @only_module (-1: all), along the path of @settings (nullable: only
 * beside the trace) and what lies beside the trace. A GTask of @source that returns a boolean, TRUE also when modules
 * failed: @modules tell. */
void symbol_job_load (PoolTrace *trace, SymbolModules *modules, const SymbolSettings *settings, gint64 only_module,
                      gpointer source, GCancellable *cancellable, GAsyncReadyCallback done);
/* Names the frames of @trace by the tables that are loaded. A GTask of @source that returns a FrameNames. */
void symbol_job_name (PoolTrace *trace, SymbolModules *modules, Attribution *attribution, gpointer source,
                      GCancellable *cancellable, GAsyncReadyCallback done);
