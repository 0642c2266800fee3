#include "symbols/folder_limit.h"

#include <glib/gstdio.h>
#include <utime.h>

#define IN_USE_S (60 * 60)
/* A store has its files in the folders of key, name and perhaps the name's first letters. */
#define DEEPEST_FOLDER 4

typedef struct
{
  char *path;
  guint64 size_bytes;
  gint64 used_s; /* seconds since 1970 */
} UsedFile;

static void
used_file_clear (gpointer data)
{
  g_free (((UsedFile *) data)->path);
}

void
folder_limit_touch (const char *path)
{
  g_utime (path, NULL);
}

/* Appends the files in @folder to @files; links are not followed. Returns their bytes. */
static guint64
collect_files (const char *folder, guint depth, GArray *files)
{
  guint64 n_bytes = 0;
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *entry;
  while (entries && (entry = g_dir_read_name (entries)))
    {
      GStatBuf status;
      g_autofree char *path = g_build_filename (folder, entry, NULL);
      if (g_lstat (path, &status) != 0)
        continue;
      if (S_ISDIR (status.st_mode) && depth < DEEPEST_FOLDER)
        n_bytes += collect_files (path, depth + 1, files);
      else if (S_ISREG (status.st_mode))
        {
          UsedFile file = { g_steal_pointer (&path), (guint64) status.st_size, (gint64) status.st_mtime };
          g_array_append_val (files, file);
          n_bytes += file.size_bytes;
        }
    }
  return n_bytes;
}

static int
compare_use (gconstpointer left, gconstpointer right)
{
  const UsedFile *a = left, *b = right;
  return (a->used_s > b->used_s) - (a->used_s < b->used_s);
}

void
folder_limit_apply (const char *folder, guint64 limit_bytes)
{
  g_autoptr (GArray) files = g_array_new (FALSE, FALSE, sizeof (UsedFile));
  g_array_set_clear_func (files, used_file_clear);
  guint64 n_bytes = collect_files (folder, 0, files);
  if (n_bytes <= limit_bytes)
    return;
  const gint64 newest_s = g_get_real_time () / G_USEC_PER_SEC - IN_USE_S;
  g_array_sort (files, compare_use);
  for (guint i = 0; i < files->len && n_bytes > limit_bytes - limit_bytes / 10; i++)
    {
      const UsedFile *file = &g_array_index (files, UsedFile, i);
      if (file->used_s >= newest_s || g_unlink (file->path) != 0)
        continue;
      n_bytes -= file->size_bytes;
      /* Only folders that are empty now go: of the key, then of the name. */
      g_autofree char *key_folder = g_path_get_dirname (file->path);
      g_autofree char *name_folder = g_path_get_dirname (key_folder);
      if (!g_str_equal (key_folder, folder) && g_rmdir (key_folder) == 0 && !g_str_equal (name_folder, folder))
        g_rmdir (name_folder);
    }
}
