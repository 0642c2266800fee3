/* The presets in the View Editor: built-in ones and the user's own, which can be saved, renamed, deleted, exported and
 * imported.
 *
 * Signals:
 *   message (const char *text): something to tell
 */
#pragma once

#include "app/table/table_view.h"

#define PRESET_TYPE_PANE (preset_pane_get_type ())
G_DECLARE_FINAL_TYPE (PresetPane, preset_pane, PRESET, PANE, GtkBox)

/* The table that the presets are of and for; it must live as long as the pane is shown. */
void preset_pane_set_table (PresetPane *self, TableView *table);
