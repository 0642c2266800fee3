#include "app/state/trace_state_store.h"

#include "app/state/state_json.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define SUFFIX ".json"

char *
trace_state_store_dup_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "poolscope", "traces", NULL);
}

static char *
dup_path (const char *folder, const TraceIdentity *identity)
{
  g_autofree char *key = trace_identity_dup_key (identity);
  g_autofree char *name = g_strconcat (key, SUFFIX, NULL);
  return g_build_filename (folder, name, NULL);
}

typedef struct
{
  char *path; /* (owned) */
  gint64 written_s;
} StoredFile;

static void
stored_file_clear (gpointer data)
{
  g_free (((StoredFile *) data)->path);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  gint64 written_a_s = ((const StoredFile *) a)->written_s, written_b_s = ((const StoredFile *) b)->written_s;
  return (written_a_s < written_b_s) - (written_a_s > written_b_s);
}

/* Leaves room for @path, which was just written and stays. */
static void
remove_oldest (const char *folder, const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  g_autoptr (GArray) files = g_array_new (FALSE, FALSE, sizeof (StoredFile));
  g_array_set_clear_func (files, stored_file_clear);
  for (const char *name; directory != NULL && (name = g_dir_read_name (directory)) != NULL;)
    {
      StoredFile file = { g_build_filename (folder, name, NULL), 0 };
      GStatBuf status;
      if (g_str_has_suffix (name, SUFFIX) && !g_str_equal (file.path, path) && g_lstat (file.path, &status) == 0)
        {
          file.written_s = status.st_mtime;
          g_array_append_val (files, file);
        }
      else
        g_free (file.path);
    }
  g_array_sort (files, compare_newest_first);
  for (guint i = TRACE_STATE_STORE_MAX_FILES - 1; i < files->len; i++)
    g_unlink (g_array_index (files, StoredFile, i).path);
}

gboolean
trace_state_store_save (const char *folder, const TraceIdentity *identity, const TraceState *state, GError **error)
{
  g_autofree char *path = dup_path (folder, identity);
  g_autofree char *text = trace_state_write (state, identity);
  if (strlen (text) > STATE_JSON_MAX_BYTES || strlen (state->notes) > STATE_JSON_MAX_TEXT_BYTES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                   _ ("The notes are too long to be kept: at most %d KiB. Shorten them, or keep them in a file of your own."),
                   STATE_JSON_MAX_TEXT_BYTES >> 10);
      return FALSE;
    }
  /* Names of files and functions are nobody else's business. */
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), _ ("The folder %s cannot be made: %s"), folder,
                   g_strerror (errno));
      return FALSE;
    }
  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    return FALSE;
  remove_oldest (folder, path);
  return TRUE;
}

TraceState *
trace_state_store_load (const char *folder, const TraceIdentity *identity, GError **error)
{
  g_autofree char *path = dup_path (folder, identity);
  g_autofree char *text = NULL;
  g_autoptr (GError) reason = NULL;
  gsize n_bytes;
  GStatBuf status;
  if (g_stat (path, &status) != 0)
    return NULL;
  TraceState *self = NULL;
  if (!S_ISREG (status.st_mode) || status.st_size > STATE_JSON_MAX_BYTES)
    g_set_error (&reason, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("it is larger than %d MiB"),
                 STATE_JSON_MAX_BYTES >> 20);
  else if (g_file_get_contents (path, &text, &n_bytes, &reason))
    self = trace_state_read (text, n_bytes, identity, &reason);
  if (self == NULL)
    g_set_error (error, reason->domain, reason->code, _ ("The saved view in %s was left aside: %s"), path,
                 reason->message);
  return self;
}

gboolean
trace_state_store_forget (const char *folder, const TraceIdentity *identity, GError **error)
{
  g_autofree char *path = dup_path (folder, identity);
  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), _ ("The saved view in %s cannot be removed: %s"),
               path, g_strerror (errno));
  return FALSE;
}
