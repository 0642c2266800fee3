/* The presets of the table: their menu, in the main menu and by itself. */
#include "app/window_private.h"

#include "app/table_preset.h"
#include "app/test_log.h"

#include <glib/gi18n.h>

static void
on_preset (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  const TablePreset *preset = table_preset_find (g_variant_get_string (parameter, NULL));
  if (preset == NULL)
    return;
  table_view_apply_preset (window_get_table (self), preset);
  test_log_add ("preset %s", preset->name);
}

static void
on_presets (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  analysis_view_popup_menu (window_get_view (self), G_MENU_MODEL (self->presets_menu));
}

void
window_presets_install (PoolscopeWindow *self)
{
  static const GActionEntry entries[] = {
    { "preset", on_preset, "s", NULL, NULL, { 0 } },
    { "presets", on_presets, NULL, NULL, NULL, { 0 } },
  };
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < n_table_presets; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (table_presets[i].title), NULL);
      g_menu_item_set_action_and_target (item, "win.preset", "s", table_presets[i].name);
      g_menu_append_item (self->presets_menu, item);
    }
}

void
window_presets_update_actions (PoolscopeWindow *self)
{
  static const char *const names[] = { "preset", "presets" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    window_actions_set_enabled (self, names[i], self->trace != NULL);
}
