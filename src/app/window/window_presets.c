/* The presets of the table: their menu, in the main menu and by itself, and the View Editor. */
#include "app/window/window_private.h"

#include "app/editor/view_editor.h"
#include "app/presets/preset_id.h"
#include "app/presets/table_preset.h"
#include "app/test_log.h"

#include <glib/gi18n.h>

static void
on_preset (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  const char *id = g_variant_get_string (parameter, NULL);
  if (window_get_table (self) == NULL || !table_view_apply_preset (window_get_table (self), id))
    return;
  test_log_add ("preset %s", id);
}

static void
on_presets (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  analysis_view_popup_menu (window_get_view (self), G_MENU_MODEL (self->presets_menu));
}

static void
on_view_editor (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  view_editor_show (GTK_WINDOW (self), window_get_table (self));
}

/* A modified preset has a star behind its title, which may have a mnemonic. */
static void
append_preset (GMenu *menu, const char *id, const char *title, const char *current, gboolean is_modified)
{
  gboolean is_current = g_strcmp0 (id, current) == 0;
  g_autofree char *label = g_strconcat (title, is_current && is_modified ? " *" : "", NULL);
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);
  g_menu_item_set_action_and_target (item, "win.preset", "s", id);
  g_menu_append_item (menu, item);
}

static void
fill_menu (PoolscopeWindow *self, const char *current, gboolean is_modified)
{
  const GPtrArray *own = preset_store_get_presets (preset_store_get_default ());
  g_autoptr (GMenu) built_in = g_menu_new ();
  g_autoptr (GMenu) of_user = g_menu_new ();
  g_autoptr (GMenu) editor = g_menu_new ();
  for (guint i = 0; i < n_table_presets; i++)
    append_preset (built_in, table_presets[i].name, _ (table_presets[i].title), current, is_modified);
  for (guint i = 0; i < own->len; i++)
    {
      const char *name = ((const UserPreset *) g_ptr_array_index (own, i))->name;
      g_autofree char *id = preset_id_for_own (name);
      g_auto (GStrv) parts = g_strsplit (name, "_", -1);
      g_autofree char *title = g_strjoinv ("__", parts);
      append_preset (of_user, id, title, current, is_modified);
    }
  g_menu_append (editor, _ ("View _Editor…"), "win.view-editor");
  g_menu_remove_all (self->presets_menu);
  g_menu_append_section (self->presets_menu, NULL, G_MENU_MODEL (built_in));
  if (own->len > 0)
    g_menu_append_section (self->presets_menu, _ ("My Presets"), G_MENU_MODEL (of_user));
  g_menu_append_section (self->presets_menu, NULL, G_MENU_MODEL (editor));
}

static void
on_store_changed (PresetStore *store, gpointer data)
{
  PoolscopeWindow *self = data;
  if (self->views == NULL) /* about to go */
    return;
  window_presets_clear (self);
  window_presets_update_actions (self);
}

void
window_presets_install (PoolscopeWindow *self)
{
  static const GActionEntry entries[] = {
    { "preset", on_preset, "s", "''", NULL, { 0 } },
    { "presets", on_presets, NULL, NULL, NULL, { 0 } },
    { "view-editor", on_view_editor, NULL, NULL, NULL, { 0 } },
  };
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (preset_store_get_default (), "changed", G_CALLBACK (on_store_changed), self, 0);
}

void
window_presets_update_actions (PoolscopeWindow *self)
{
  static const char *const names[] = { "preset", "presets", "view-editor" };
  TableView *table = window_get_table (self);
  gboolean is_modified = FALSE;
  const char *current = table != NULL ? table_view_get_preset (table, &is_modified) : NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    window_actions_set_enabled (self, names[i], self->trace != NULL);
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "preset")),
                             g_variant_new_string (current != NULL ? current : ""));
  /* Only the star is of the menu's texts. */
  g_autofree char *shown = g_strdup (is_modified && current != NULL ? current : "");
  if (g_strcmp0 (shown, self->shown_presets) == 0)
    return;
  fill_menu (self, current, is_modified);
  g_free (self->shown_presets);
  self->shown_presets = g_steal_pointer (&shown);
}

void
window_presets_clear (PoolscopeWindow *self)
{
  g_clear_pointer (&self->shown_presets, g_free);
}
