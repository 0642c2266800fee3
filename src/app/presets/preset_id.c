#include "app/presets/preset_id.h"

#include "app/presets/table_preset.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#define OWN_PREFIX "own:"

char *
preset_id_for_own (const char *name)
{
  return g_strconcat (OWN_PREFIX, name, NULL);
}

const char *
preset_id_get_own_name (const char *id)
{
  return g_str_has_prefix (id, OWN_PREFIX) ? id + strlen (OWN_PREFIX) : NULL;
}

char *
preset_id_dup_title (const char *id)
{
  const char *own_name = preset_id_get_own_name (id);
  const TablePreset *built_in = table_preset_find (id);
  if (built_in == NULL)
    return g_strdup (own_name != NULL ? own_name : id);
  /* Titles of menus have a letter marked. */
  g_auto (GStrv) parts = g_strsplit (_ (built_in->title), "_", -1);
  return g_strjoinv ("", parts);
}

gboolean
preset_id_check_own_name (const char *name, GError **error)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);
  for (guint i = 0; i < n_table_presets; i++)
    {
      g_autofree char *title = preset_id_dup_title (table_presets[i].name);
      g_autofree char *folded_title = g_utf8_casefold (title, -1);
      if (!g_str_equal (folded, folded_title))
        continue;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                   _ ("“%s” is built in and cannot be written over. Choose another name."), title);
      return FALSE;
    }
  return TRUE;
}
