#include "base/byte_source.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct _ByteSource
{
  gatomicrefcount references;
  char *path; /* NULL for memory */
  char *display_name;
  int file_descriptor; /* -1 for memory */
  GBytes *bytes;       /* NULL for a file */
  guint64 size;        /* bytes, when it was opened */
  guint64 n_missing_bytes;
};

static ByteSource *
byte_source_new (const char *display_name)
{
  ByteSource *self = g_new0 (ByteSource, 1);
  g_atomic_ref_count_init (&self->references);
  self->display_name = g_strdup (display_name);
  self->file_descriptor = -1;
  return self;
}

static void
set_open_error (GError **error, const char *name, int error_number)
{
  const char *advice = "";
  if (error_number == EACCES || error_number == EPERM)
    advice = "; ask its owner for read permission, or copy it to a folder of yours";
  else if (error_number == ENOENT)
    advice = "; check the name and whether the drive is mounted";
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (error_number), "“%s” cannot be opened: %s%s", name,
               g_strerror (error_number), advice);
}

/* Opens the file at @path for reading.
 *
 * Directories, pipes and devices are refused: a trace is read at many places at once and its size
 * must be known. Returns: (transfer full) (nullable): NULL with @error (G_IO_ERROR) set.
 */
ByteSource *
byte_source_open_path (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  /* Non-blocking, or opening a pipe that nobody writes would hang. */
  int file_descriptor = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file_descriptor < 0)
    {
      set_open_error (error, name, errno);
      return NULL;
    }
  struct stat status;
  if (fstat (file_descriptor, &status) != 0 || !S_ISREG (status.st_mode))
    {
      gboolean is_folder = S_ISDIR (status.st_mode);
      close (file_descriptor);
      g_set_error (error, G_IO_ERROR, is_folder ? G_IO_ERROR_IS_DIRECTORY : G_IO_ERROR_NOT_REGULAR_FILE,
                   is_folder ? "“%s” is a folder; open the .etl file inside it"
                             : "“%s” is not a regular file; save the trace to a file first",
                   name);
      return NULL;
    }
  ByteSource *self = byte_source_new (name);
  self->path = g_strdup (path);
  self->file_descriptor = file_descriptor;
  self->size = (guint64) status.st_size;
  return self;
}

/* A source over @bytes, of which it takes a reference; @display_name appears in messages. */
ByteSource *
byte_source_new_bytes (const char *display_name, GBytes *bytes)
{
  ByteSource *self = byte_source_new (display_name);
  self->bytes = g_bytes_ref (bytes);
  self->size = g_bytes_get_size (bytes);
  return self;
}

/* A source over an open file without a name of its own, which it takes over: @size bytes that were unpacked from
 * elsewhere, of which @n_missing_bytes more could not be had. @path (nullable) tells where from. */
ByteSource *
byte_source_new_file_descriptor (const char *display_name, const char *path, int file_descriptor, guint64 size,
                                 guint64 n_missing_bytes)
{
  ByteSource *self = byte_source_new (display_name);
  self->path = g_strdup (path);
  self->file_descriptor = file_descriptor;
  self->size = size;
  self->n_missing_bytes = n_missing_bytes;
  return self;
}

ByteSource *
byte_source_ref (ByteSource *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
byte_source_unref (ByteSource *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  if (self->file_descriptor >= 0)
    close (self->file_descriptor);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->path);
  g_free (self->display_name);
  g_free (self);
}

/* Returns: (transfer none): the file's name without its folders, valid UTF-8. */
const char *
byte_source_get_display_name (const ByteSource *self)
{
  return self->display_name;
}

/* Returns: (transfer none) (nullable): the path as it was given, NULL for memory. */
const char *
byte_source_get_path (const ByteSource *self)
{
  return self->path;
}

/* The size in bytes at the time of opening. */
guint64
byte_source_get_size (const ByteSource *self)
{
  return self->size;
}

/* How many bytes are known to be missing at its end, 1 when it is not known how many; 0 for whole ones. */
guint64
byte_source_get_n_missing_bytes (const ByteSource *self)
{
  return self->n_missing_bytes;
}

/* Reads up to @size bytes at @offset into @buffer.
 *
 * Returns: the bytes read; fewer than @size only at the end of the file, which may have come
 * nearer since it was opened; -1 with @error (G_IO_ERROR) set when reading fails.
 */
gssize
byte_source_read (const ByteSource *self, guint64 offset, void *buffer, gsize size, GError **error)
{
  if (self->bytes)
    {
      gsize available = offset < self->size ? (gsize) (self->size - offset) : 0;
      size = MIN (size, available);
      if (size)
        memcpy (buffer, (const guint8 *) g_bytes_get_data (self->bytes, NULL) + offset, size);
      return (gssize) size;
    }
  gsize done = 0;
  while (done < size)
    {
      gssize n = pread (self->file_descriptor, (guint8 *) buffer + done, size - done, (off_t) (offset + done));
      if (n == 0)
        break;
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                       "“%s” at offset 0x%" G_GINT64_MODIFIER "x cannot be read: %s; check the drive and the "
                       "connection, then open the file again",
                       self->display_name, offset + done, g_strerror (errno));
          return -1;
        }
      done += (gsize) n;
    }
  return (gssize) done;
}

/* Whether the file's size differs from the one at opening. @ret_size_now (nullable) receives the size now. */
gboolean
byte_source_has_changed (const ByteSource *self, guint64 *ret_size_now)
{
  guint64 size_now = self->size;
  struct stat status;
  if (self->file_descriptor >= 0 && fstat (self->file_descriptor, &status) == 0)
    size_now = (guint64) status.st_size;
  if (ret_size_now)
    *ret_size_now = size_now;
  return size_now != self->size;
}
