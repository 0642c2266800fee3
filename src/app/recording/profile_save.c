#include "app/recording/profile_save.h"

#include "app/test_log.h"
#include "app/widgets/file_dialog.h"

typedef struct
{
  GBytes *bytes; /* (owned) */
  ProfileSaveFunc on_saved;
  gpointer data;
} ProfileSave;

static void
finish (ProfileSave *self, GFile *file, const GError *error)
{
  g_autofree char *path = file != NULL ? g_file_get_parse_name (file) : g_strdup ("");
  if (error == NULL)
    test_log_add ("saved profile %s", path);
  self->on_saved (path, error, self->data);
  g_bytes_unref (self->bytes);
  g_free (self);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);
  finish (data, G_FILE (source), error);
}

static void
on_chosen (GFile *file, gpointer data)
{
  ProfileSave *self = data;
  if (file == NULL)
    {
      g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
      finish (self, NULL, error);
      return;
    }
  g_file_replace_contents_bytes_async (file, self->bytes, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION,
                                       NULL, on_written, self);
}

void
profile_save (GtkWindow *parent, const char *title, const char *name, GBytes *bytes, ProfileSaveFunc on_saved,
              gpointer data)
{
  ProfileSave *self = g_new (ProfileSave, 1);
  *self = (ProfileSave){ g_bytes_ref (bytes), on_saved, data };
  file_dialog_save (parent, title, name, on_chosen, self);
}
