#include "symbols/windows_path.h"

#include <string.h>

gboolean
windows_path_matches (const char *path)
{
  if (path[0] == '/')
    return FALSE;
  return (g_ascii_isalpha (path[0]) && path[1] == ':') || strchr (path, '\\') != NULL;
}

static gboolean
is_separator (char character)
{
  return character == '\\' || character == '/';
}

/* The length of @path without the separators at its end. */
static gsize
trimmed_length (const char *path, gsize length)
{
  while (length && is_separator (path[length - 1]))
    length--;
  return length;
}

/* Whether the first @length bytes of @path are @prefix, up to case and the kind of slash, and end a
 * component. */
static gboolean
has_prefix (const char *path, const char *prefix, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      gboolean is_same = is_separator (prefix[i]) ? is_separator (path[i])
                                                  : g_ascii_tolower (path[i]) == g_ascii_tolower (prefix[i]);
      if (!path[i] || !is_same)
        return FALSE;
    }
  return !path[length] || is_separator (path[length]);
}

char *
windows_path_to_local (const char *path, const char *const *folder_map)
{
  const char *best_folder = NULL;
  gsize best_length = 0;
  for (gsize i = 0; folder_map && folder_map[i]; i++)
    {
      const char *equals = strchr (folder_map[i], '=');
      if (!equals || !equals[1])
        continue;
      gsize length = trimmed_length (folder_map[i], (gsize) (equals - folder_map[i]));
      if (length > best_length && has_prefix (path, folder_map[i], length))
        {
          best_folder = equals + 1;
          best_length = length;
        }
    }
  if (!best_folder)
    return NULL;
  g_auto (GStrv) rest = g_strsplit_set (path + best_length, "\\/", -1);
  GString *local
      = g_string_new_len (best_folder, (gssize) trimmed_length (best_folder, strlen (best_folder)));
  for (char **component = rest; *component; component++)
    {
      if (strcmp (*component, "..") == 0)
        {
          g_string_free (local, TRUE);
          return NULL;
        }
      if (**component && strcmp (*component, ".") != 0)
        g_string_append_printf (local, "/%s", *component);
    }
  if (!local->len)
    g_string_append_c (local, '/');
  return g_string_free (local, FALSE);
}
