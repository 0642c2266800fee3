#include "app/presets/preset_export.h"

#include <glib/gi18n.h>
#include <string.h>

char *
preset_export_file (const GPtrArray *presets, GFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = user_presets_write (presets);
  g_autofree char *name = g_file_get_parse_name (file);
  if (g_file_replace_contents (file, text, strlen (text), NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error))
    return g_strdup_printf (ngettext ("%u preset written to %s", "%u presets written to %s", presets->len), presets->len,
                            name);
  return g_strdup_printf (_ ("The presets could not be written to %s: %s"), name, error->message);
}
