/* The modules of a trace whose symbols matter: one per build, however many processes loaded it at whatever
 * address, with the resolver that loads them.
 */
#pragma once

#include "model/pool_trace.h"
#include "symbols/symbol_resolver.h"

typedef struct _SymbolModules SymbolModules;

/* Modules with frames, ordered by the bytes never freed whose stacks pass through them. @trace is not kept. */
SymbolModules *symbol_modules_new (const PoolTrace *trace);
SymbolModules *symbol_modules_ref (SymbolModules *self);
void symbol_modules_unref (SymbolModules *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SymbolModules, symbol_modules_unref)

/* (transfer none) */
SymbolResolver *symbol_modules_get_resolver (const SymbolModules *self);
/* The resolver's module of row @image of the trace's images; POOL_INDEX_NONE when no frame lies in its build. */
guint32 symbol_modules_get_module (const SymbolModules *self, guint32 image);
/* The key under which symbol servers keep the image's PDB: GUID and age in hex. (transfer full) (nullable): NULL for
 * an image without identity. */
char *symbol_modules_dup_pdb_key (const PoolImage *image);
/* What became of the symbols of @image, and why: "loaded: 812 names from …". @why_not (nullable) is the reason of
 * modules that were not even looked for. (transfer full) */
char *symbol_modules_dup_image_state (const SymbolModules *self, guint32 image, const char *why_not);
