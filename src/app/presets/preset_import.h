/* Presets from files: our own JSON, and those of Windows Performance Analyzer. */
#pragma once

#include "app/presets/preset_store.h"

/* Whether @file is called like one that holds presets. */
gboolean preset_import_is_for (GFile *file);
/* Adds what @file holds to @store; a preset whose name is taken gets a number. Returns: (transfer full): what came in, and
 * what could not be used and why, in the user's language: one line each. */
char *preset_import_file (PresetStore *store, GFile *file);
