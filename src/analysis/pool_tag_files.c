#include "analysis/pool_tag_files.h"

#include "model/trace_source.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define FILE_NAME "pooltag.txt"
/* The longest such file seen has 400 kB. */
#define MAXIMUM_FILE_BYTES (16u << 20)

/* Turns UTF-16 with a byte order mark into UTF-8, and takes the mark off UTF-8. */
static gboolean
decode (char **text, gsize *size, GError **error)
{
  const guint8 *bytes = (const guint8 *) *text;
  if (*size >= 2 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF)))
    {
      gsize decoded_size;
      char *decoded = g_convert (*text, (gssize) *size, "UTF-8", "UTF-16", NULL, &decoded_size, error);
      if (!decoded)
        return FALSE;
      g_free (*text);
      *text = decoded;
      *size = decoded_size;
    }
  else if (*size >= 3 && memcmp (bytes, "\xEF\xBB\xBF", 3) == 0)
    memset (*text, ' ', 3);
  return TRUE;
}

/* The bytes of the file at @path as UTF-8. */
static gboolean
read_text (const char *path, char **ret_text, gsize *ret_size, GError **error)
{
  GStatBuf status;
  if (g_stat (path, &status) != 0)
    g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
  else if (!S_ISREG (status.st_mode))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "it is no file");
  else if (status.st_size > MAXIMUM_FILE_BYTES)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "it is larger than 16 MiB");
  else
    return g_file_get_contents (path, ret_text, ret_size, error) && decode (ret_text, ret_size, error);
  return FALSE;
}

gboolean
pool_tag_catalog_add_file (PoolTagCatalog *self, const char *path, PoolTagFileReport *ret_report, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) reason = NULL;
  PoolTagFileReport report;
  gsize size;
  if (read_text (path, &text, &size, &reason))
    {
      pool_tag_catalog_add_text (self, text, size, &report);
      if (ret_report)
        *ret_report = report;
      if (report.n_tags + report.n_patterns > 0)
        return TRUE;
      pool_tag_catalog_remove_last (self);
      g_set_error_literal (&reason, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "no line of it reads “Tag - driver - description”");
    }
  g_autofree char *name = g_filename_display_name (path);
  g_set_error (error, reason->domain, reason->code,
               "the list of pool tags “%s” cannot be used: %s; choose a file such as pooltag.txt of the Windows "
               "debuggers",
               name, reason->message);
  return FALSE;
}

char *
pool_tag_file_find_beside (const char *trace_path)
{
  if (!trace_path)
    return NULL;
  g_autofree char *folder = trace_source_dup_folder (trace_path);
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);
  return g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&path) : NULL;
}

PoolTagCatalog *
pool_tag_catalog_new_from_files (const char *const *paths, GPtrArray *problems)
{
  PoolTagCatalog *self = pool_tag_catalog_new ();
  for (; *paths; paths++)
    {
      g_autoptr (GError) error = NULL;
      if (!pool_tag_catalog_add_file (self, *paths, NULL, &error))
        g_ptr_array_add (problems, g_strdup (error->message));
    }
  return self;
}
