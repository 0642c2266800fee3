/* Presets of Windows Performance Analyzer as presets of our table. */
#pragma once

#include "app/presets/user_preset.h"

/* The presets of pool tables in @bytes, a .wpaProfile or .wpaPresets file. Returns: (transfer full) (element-type
 * UserPreset), which may be empty; @problems (of char*) receives a sentence for all that could not be taken over. NULL
 * with @error (PROFILE_ERROR) when the file is none or is refused. */
GPtrArray *wpa_import_presets (GBytes *bytes, const char *display_name, GPtrArray *problems, GError **error);
