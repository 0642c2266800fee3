/* The user's presets, kept in one file, beside the built-in ones.
 *
 * A preset is chosen by an id, see preset_id.h.
 *
 * Signals:
 *   changed (): presets came, went or have other names
 */
#pragma once

#include "app/presets/user_preset.h"

#include <gio/gio.h>

#define PRESET_TYPE_STORE (preset_store_get_type ())
G_DECLARE_FINAL_TYPE (PresetStore, preset_store, PRESET, STORE, GObject)

/* Reads @path, which need not be there. A file that cannot be read stays as it is: nothing is written over it, and
 * preset_store_get_problems() says what is wrong with it. */
PresetStore *preset_store_new (const char *path);
/* That of the user: poolscope/presets.json in the user's data folder. (transfer none) */
PresetStore *preset_store_get_default (void);

/* What was wrong when the file was read: (element-type utf8) (transfer none). */
const GPtrArray *preset_store_get_problems (PresetStore *self);
/* The same in one text that names the file. (transfer full): there are some */
char *preset_store_dup_problem_text (PresetStore *self);
/* By name: (element-type UserPreset) (transfer none). */
const GPtrArray *preset_store_get_presets (PresetStore *self);
const UserPreset *preset_store_find (PresetStore *self, const char *name); /* (nullable) */

/* Each writes the file at once, all of it or nothing. FALSE with @error, which names the file: then nothing changed.
 * put: adds a copy of @preset, in place of one of its name. */
gboolean preset_store_put (PresetStore *self, const UserPreset *preset, GError **error);
gboolean preset_store_rename (PresetStore *self, const char *name, const char *new_name, GError **error);
gboolean preset_store_remove (PresetStore *self, const char *name, GError **error);

/* Layout and order of the preset with @id, of either kind. @ret_own (nullable): the user's own one, else NULL. FALSE when
 * there is none. */
gboolean preset_store_resolve (PresetStore *self, const char *id, ColumnLayout *ret_layout, PoolTreeOrder *ret_order,
                               const UserPreset **ret_own);
/* The id of the preset that is just so; (transfer full) (nullable). */
char *preset_store_dup_matching (PresetStore *self, const ColumnLayout *layout, PoolTreeOrder order);
