#include "symbols/store_part.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define RESERVE_BYTES ((guint64) 256 << 20) /* what is left free on the disk */
#define ABANDONED_AFTER_S (24 * 60 * 60)
#define CHECK_EVERY_BYTES ((guint64) 16 << 20)

void
store_part_init (StorePart *self, const char *folder, const char *name, guint expected, guint64 limit_bytes)
{
  *self = (StorePart){ .folder = g_strdup (folder),
                       .name = g_strdup (name),
                       .file_descriptor = -1,
                       .expected = expected,
                       .limit_bytes = limit_bytes };
}

static void
set_io_error (GError **error, const char *path, const char *what, int error_number)
{
  g_autofree char *name = g_filename_display_name (path);
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (error_number), "“%s” cannot be %s: %s", name, what,
               g_strerror (error_number));
}

void
store_part_reset (StorePart *self)
{
  if (self->file_descriptor >= 0)
    close (self->file_descriptor);
  self->file_descriptor = -1;
  if (self->path)
    g_unlink (self->path);
  g_clear_pointer (&self->path, g_free);
  self->n_bytes = 0;
  self->kind = 0;
}

void
store_part_clear (StorePart *self)
{
  gboolean had_file = self->path != NULL;
  store_part_reset (self);
  if (had_file)
    {
      /* Only empty folders go: of the key, then of the name. */
      g_autofree char *parent = g_path_get_dirname (self->folder);
      if (g_rmdir (self->folder) == 0)
        g_rmdir (parent);
    }
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->name, g_free);
}

/* Whether @n_bytes more leave enough room on the disk for everything else. */
static gboolean
check_room (const StorePart *self, guint64 n_bytes, GError **error)
{
  struct statvfs status;
  /* The folder may not exist yet, but something above it does. */
  g_autofree char *folder = g_strdup (self->folder);
  while (statvfs (folder, &status) != 0)
    {
      char *parent = g_path_get_dirname (folder);
      gboolean is_top = strcmp (parent, folder) == 0;
      g_free (folder);
      folder = parent;
      if (is_top)
        return TRUE;
    }
  guint64 free_bytes = (guint64) status.f_bavail * status.f_frsize;
  if (free_bytes >= RESERVE_BYTES && free_bytes - RESERVE_BYTES >= n_bytes)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
               "the disk of “%s” is nearly full; make room or choose another folder", self->folder);
  return FALSE;
}

gboolean
store_part_reserve (StorePart *self, guint64 n_bytes, GError **error)
{
  if (n_bytes > self->limit_bytes)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                   "larger than the limit of %" G_GUINT64_FORMAT " bytes for one file", self->limit_bytes);
      return FALSE;
    }
  return check_room (self, n_bytes, error);
}

/* Removes what processes that died left half written in @self's folder. */
static void
sweep (const StorePart *self)
{
  g_autoptr (GDir) entries = g_dir_open (self->folder, 0, NULL);
  const char *entry;
  while (entries && (entry = g_dir_read_name (entries)))
    {
      GStatBuf status;
      g_autofree char *path = g_build_filename (self->folder, entry, NULL);
      if (entry[0] == '.' && g_str_has_suffix (entry, ".part") && g_lstat (path, &status) == 0
          && g_get_real_time () / G_USEC_PER_SEC - (gint64) status.st_mtime > ABANDONED_AFTER_S)
        g_unlink (path);
    }
}

static gboolean
open_file (StorePart *self, GError **error)
{
  const char *description;
  self->kind = symbol_file_kind_sniff (self->start, MIN (self->n_bytes, sizeof self->start), &description);
  if (!(self->kind & self->expected))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the content is %s", description);
      return FALSE;
    }
  for (guint attempt = 0; attempt < 2; attempt++)
    {
      /* Another process may just have removed the empty folder. */
      if (g_mkdir_with_parents (self->folder, 0777) != 0)
        break;
      sweep (self);
      self->path = g_strdup_printf ("%s/.%s.XXXXXX.part", self->folder, self->name);
      self->file_descriptor = g_mkstemp_full (self->path, O_RDWR | O_CLOEXEC, 0666);
      if (self->file_descriptor >= 0)
        return TRUE;
      g_clear_pointer (&self->path, g_free);
    }
  set_io_error (error, self->folder, "written to", errno);
  return FALSE;
}

static gboolean
write_all (StorePart *self, const guint8 *bytes, gsize n_bytes, GError **error)
{
  while (n_bytes)
    {
      gssize n = write (self->file_descriptor, bytes, n_bytes);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          set_io_error (error, self->path, "written", errno);
          return FALSE;
        }
      bytes += n;
      n_bytes -= (gsize) n;
    }
  return TRUE;
}

gboolean
store_part_write (StorePart *self, const void *bytes, gsize n_bytes, GError **error)
{
  guint64 n_before = self->n_bytes;
  if (n_bytes > self->limit_bytes - n_before)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                   "it goes on after the limit of %" G_GUINT64_FORMAT " bytes", self->limit_bytes);
      return FALSE;
    }
  if (n_before / CHECK_EVERY_BYTES != (n_before + n_bytes) / CHECK_EVERY_BYTES
      && !check_room (self, CHECK_EVERY_BYTES, error))
    return FALSE;
  self->n_bytes += n_bytes;
  const guint8 *rest = bytes;
  if (self->file_descriptor < 0)
    {
      gsize n_start = MIN (n_bytes, sizeof self->start - (gsize) n_before);
      memcpy (self->start + n_before, rest, n_start);
      if (self->n_bytes < sizeof self->start)
        return TRUE;
      rest += n_start;
      n_bytes -= n_start;
      if (!open_file (self, error) || !write_all (self, self->start, sizeof self->start, error))
        return FALSE;
    }
  return write_all (self, rest, n_bytes, error);
}

gboolean
store_part_finish (StorePart *self, GError **error)
{
  /* Shorter than the start: nothing useful can be, but the message shall say what it is. */
  if (self->file_descriptor < 0
      && (!open_file (self, error) || !write_all (self, self->start, (gsize) self->n_bytes, error)))
    return FALSE;
  /* Errors of a full disk or a network drive may come only now. */
  int file_descriptor = self->file_descriptor;
  self->file_descriptor = -1;
  gboolean is_synced = fsync (file_descriptor) == 0 || errno == EINVAL;
  if (close (file_descriptor) == 0 && is_synced)
    return TRUE;
  set_io_error (error, self->path, "written", errno);
  return FALSE;
}

char *
store_part_commit (StorePart *self, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, name ? name : self->name, NULL);
  if (g_rename (self->path, path) != 0)
    {
      set_io_error (error, path, "written", errno);
      return NULL;
    }
  g_clear_pointer (&self->path, g_free);
  return g_steal_pointer (&path);
}
