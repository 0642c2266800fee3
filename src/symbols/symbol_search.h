/* The way of one request along a symbol path. */
#pragma once

#include "symbols/symbol_path.h"
#include "symbols/symbol_request.h"

/* The local path of a file of the right kind and build. (transfer full) (nullable): NULL when there is none,
 * or when cancelled; the notes of @request say where was looked. */
char *symbol_search_run (const SymbolPath *path, SymbolRequest *request);
