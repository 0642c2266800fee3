#include "app/presets/preset_import.h"

#include "app/presets/wpa_import.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_BYTES (17 << 20)

gboolean
preset_import_is_for (GFile *file)
{
  static const char *const suffixes[] = { ".wpaprofile", ".wpapresets" };
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *folded = g_ascii_strdown (name != NULL ? name : "", -1);
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (folded, suffixes[i]))
      return TRUE;
  return FALSE;
}

/* "Growth", or "Growth (2)" where that is taken. (transfer full) */
static char *
dup_free_name (PresetStore *store, const char *name)
{
  char *free_name = g_strdup (name);
  for (guint number = 2; preset_store_find (store, free_name) != NULL; number++)
    {
      g_free (free_name);
      free_name = g_strdup_printf ("%s (%u)", name, number);
    }
  return free_name;
}

/* Adds @presets; @lines receives what came of it. */
static void
add_presets (PresetStore *store, const GPtrArray *presets, GString *lines)
{
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < presets->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (UserPreset) preset = user_preset_copy (g_ptr_array_index (presets, i));
      char *name = dup_free_name (store, preset->name);
      g_free (preset->name);
      preset->name = name;
      if (preset_store_put (store, preset, &error))
        g_string_append_printf (names, "%s“%s”", names->len > 0 ? ", " : "", name);
      else
        g_string_append_printf (lines, "\n%s", error->message);
    }
  if (names->len == 0)
    g_string_prepend (lines, _ ("No preset was imported."));
  else
    {
      g_autofree char *done = g_strdup_printf (_ ("Presets imported: %s. Ctrl+P shows them."), names->str);
      g_string_prepend (lines, done);
    }
}

/* More than a reader takes is not read: each says what it takes. */
static GBytes *
read_bounded (GFile *file, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  if (stream == NULL)
    return NULL;
  g_autofree char *text = g_malloc (MAX_BYTES);
  gsize n_bytes;
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), text, MAX_BYTES, &n_bytes, NULL, error))
    return NULL;
  return g_bytes_new (text, n_bytes);
}

/* XML, in UTF-8 or with the mark of UTF-16; our own files begin with a bracket. */
static gboolean
is_xml (const char *text, gsize n_bytes)
{
  static const char utf8_mark[] = "\xEF\xBB\xBF";
  if (n_bytes >= 2 && (memcmp (text, "\xFF\xFE", 2) == 0 || memcmp (text, "\xFE\xFF", 2) == 0))
    return TRUE;
  gsize at = n_bytes >= 3 && memcmp (text, utf8_mark, 3) == 0 ? 3 : 0;
  while (at < n_bytes && g_ascii_isspace (text[at]))
    at++;
  return at < n_bytes && text[at] == '<';
}

char *
preset_import_file (PresetStore *store, GFile *file)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *file_name = g_file_get_parse_name (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) presets = NULL;
  bytes = read_bounded (file, &error);
  if (bytes != NULL)
    {
      gsize n_bytes;
      const char *text = g_bytes_get_data (bytes, &n_bytes);
      g_autofree char *base_name = g_file_get_basename (file);
      presets = is_xml (text, n_bytes) ? wpa_import_presets (bytes, base_name, problems, &error)
                                       : user_presets_read (text, n_bytes, problems, &error);
    }
  if (presets == NULL)
    return g_strdup_printf (_ ("No presets could be read from %s: %s"), file_name, error->message);
  g_autoptr (GString) lines = g_string_new (NULL);
  for (guint i = 0; i < problems->len; i++)
    g_string_append_printf (lines, "\n%s", (const char *) g_ptr_array_index (problems, i));
  add_presets (store, presets, lines);
  return g_string_free (g_steal_pointer (&lines), FALSE);
}
