#include "symbols/folder_lookup.h"

#include <string.h>

char *
folder_lookup_child (const char *folder, const char *name)
{
  char *path = g_build_filename (folder, name, NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return path;
  g_free (path);
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  if (!entries)
    return NULL;
  g_autofree char *best = NULL;
  const char *entry;
  while ((entry = g_dir_read_name (entries)))
    if (g_ascii_strcasecmp (entry, name) == 0 && (!best || strcmp (entry, best) < 0))
      {
        g_free (best);
        best = g_strdup (entry);
      }
  return best ? g_build_filename (folder, best, NULL) : NULL;
}

char *
folder_lookup_path (const char *folder, const char *const *components)
{
  char *path = g_strdup (folder);
  for (gsize i = 0; path && components[i]; i++)
    {
      char *child = folder_lookup_child (path, components[i]);
      g_free (path);
      path = child;
    }
  return path;
}

char *
folder_lookup_or_build (const char *folder, const char *name)
{
  char *path = folder_lookup_child (folder, name);
  return path ? path : g_build_filename (folder, name, NULL);
}
