/* Presets to files that other users, or another computer, can import. */
#pragma once

#include "app/presets/user_preset.h"

#include <gio/gio.h>

/* Writes @presets (of UserPreset) to @file. Returns: (transfer full): what was written, or why not, in the user's
 * language. */
char *preset_export_file (const GPtrArray *presets, GFile *file);
