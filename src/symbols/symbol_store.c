#include "symbols/symbol_store.h"

#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#include "base/byte_source.h"
#include "symbols/folder_lookup.h"
#include "symbols/symbol_name.h"

char *
symbol_store_dup_tier (const char *name)
{
  gsize length = (gsize) (g_utf8_offset_to_pointer (name, MIN (g_utf8_strlen (name, -1), 2)) - name);
  return g_ascii_strdown (name, (gssize) length);
}

static gboolean
is_two_tier (const char *folder)
{
  g_autofree char *index = folder_lookup_child (folder, "index2.txt");
  return index != NULL;
}

/* Follows the file.ptr at @path. */
static char *
follow_pointer (const char *folder, const char *path, const char *const *folder_map, char **ret_problem)
{
  char text[STORE_POINTER_LIMIT_BYTES];
  g_autoptr (ByteSource) source = byte_source_open_path (path, NULL);
  gssize n_bytes = source ? byte_source_read (source, 0, text, sizeof text, NULL) : -1;
  if (n_bytes < 0)
    {
      *ret_problem = g_strdup ("its file.ptr cannot be read");
      return NULL;
    }
  g_auto (StorePointer) pointer;
  store_pointer_parse (&pointer, text, (gsize) n_bytes, folder_map);
  if (pointer.relative)
    {
      char *target = folder_lookup_path (folder, (const char *const *) pointer.relative);
      if (!target)
        *ret_problem = g_strdup ("its file.ptr leads to a file that is not there");
      return target;
    }
  if (pointer.message)
    *ret_problem = g_strdup_printf ("the store says: %s", pointer.message);
  else
    *ret_problem = g_steal_pointer (&pointer.problem);
  return g_steal_pointer (&pointer.path);
}

static char *
find_in_key_folder (const char *folder, const char *key_folder, const char *name,
                    const char *const *folder_map, char **ret_problem)
{
  g_autofree char *compressed = symbol_name_to_compressed (name);
  char *path = folder_lookup_child (key_folder, name);
  if (!path)
    path = folder_lookup_child (key_folder, compressed);
  g_autofree char *pointer = path ? NULL : folder_lookup_child (key_folder, "file.ptr");
  return pointer ? follow_pointer (folder, pointer, folder_map, ret_problem) : path;
}

char *
symbol_store_find (const char *folder, const char *name, const char *key, const char *const *folder_map,
                   char **ret_problem)
{
  g_autofree char *tier = symbol_store_dup_tier (name);
  const char *const tiered[] = { tier, name, key, NULL };
  *ret_problem = NULL;
  g_autofree char *flat_folder = folder_lookup_path (folder, tiered + 1);
  char *path = flat_folder ? find_in_key_folder (folder, flat_folder, name, folder_map, ret_problem) : NULL;
  if (path || *ret_problem || !is_two_tier (folder))
    return path;
  g_autofree char *tiered_folder = folder_lookup_path (folder, tiered);
  return tiered_folder ? find_in_key_folder (folder, tiered_folder, name, folder_map, ret_problem) : NULL;
}

char *
symbol_store_dup_key_folder (const char *folder, const char *name, const char *key)
{
  g_autofree char *tier = symbol_store_dup_tier (name);
  g_autofree char *root = is_two_tier (folder) ? folder_lookup_or_build (folder, tier) : g_strdup (folder);
  g_autofree char *name_folder = folder_lookup_or_build (root, name);
  return folder_lookup_or_build (name_folder, key);
}

gboolean
symbol_store_is_writable (const char *folder)
{
  g_autofree char *existing = g_strdup (folder);
  while (!g_file_test (existing, G_FILE_TEST_EXISTS))
    {
      char *parent = g_path_get_dirname (existing);
      if (strcmp (parent, existing) == 0)
        {
          g_free (parent);
          return FALSE;
        }
      g_free (existing);
      existing = parent;
    }
  return g_file_test (existing, G_FILE_TEST_IS_DIR) && access (existing, W_OK) == 0;
}
