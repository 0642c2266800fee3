#include "model/trace_source.h"

#include "etl/etl_archive.h"

#include <string.h>

/* The file above @path that is no folder, and what @path names inside it. NULL without one. */
static char *
split_path (const char *path, const char **ret_member)
{
  g_autofree char *file = g_strdup (path);
  for (char *slash = strrchr (file, '/'); slash && slash > file; slash = strrchr (file, '/'))
    {
      *slash = '\0';
      *ret_member = path + (slash - file) + 1;
      if (g_file_test (file, G_FILE_TEST_IS_REGULAR) && **ret_member)
        return g_steal_pointer (&file);
    }
  return NULL;
}

ByteSource *
trace_source_open (const char *path, const char *unpack_folder, Progress *progress, GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GError) open_error = NULL;
  const char *member = NULL;
  g_autoptr (ByteSource) source = byte_source_open_path (path, &open_error);
  if (!source)
    {
      g_autofree char *archive = split_path (path, &member);
      if (archive)
        source = byte_source_open_path (archive, NULL);
      if (!source || !etl_archive_is_archive (source))
        {
          g_propagate_error (error, g_steal_pointer (&open_error));
          return NULL;
        }
    }
  else if (!etl_archive_is_archive (source))
    return g_steal_pointer (&source);
  return etl_archive_unpack (source, member, unpack_folder, progress, cancellable, error);
}

GStrv
trace_source_dup_choices (const char *path, GCancellable *cancellable)
{
  g_autoptr (ByteSource) archive = byte_source_open_path (path, NULL);
  if (!archive || !etl_archive_is_archive (archive))
    return NULL;
  g_auto (GStrv) names = etl_archive_dup_trace_names (archive, cancellable);
  guint n = g_strv_length (names);
  if (n < 2)
    return NULL;
  GStrv choices = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    choices[i] = g_strdup_printf ("%s/%s", path, names[i]);
  return choices;
}

gboolean
trace_source_may_exist (const char *path)
{
  const char *member;
  g_autofree char *archive = split_path (path, &member);
  return archive || g_file_test (path, G_FILE_TEST_EXISTS);
}

char *
trace_source_dup_folder (const char *path)
{
  char *folder = g_canonicalize_filename (path, NULL);
  do
    {
      char *parent = g_path_get_dirname (folder);
      g_free (folder);
      folder = parent;
    }
  while (g_file_test (folder, G_FILE_TEST_IS_REGULAR) || !g_file_test (folder, G_FILE_TEST_EXISTS));
  return folder;
}
