/* What presets are chosen by: the name of a built-in one ("growth"), or "own:" and the name that the user gave. */
#pragma once

#include <glib.h>

char *preset_id_for_own (const char *name);          /* (transfer full) */
const char *preset_id_get_own_name (const char *id); /* (nullable): NULL for a built-in one */
/* The title of a preset in the user's language, without a mnemonic. (transfer full) */
char *preset_id_dup_title (const char *id);
/* Whether the user may call a preset @name: one that reads like a built-in one would pass for it. FALSE with @error. */
gboolean preset_id_check_own_name (const char *name, GError **error);
