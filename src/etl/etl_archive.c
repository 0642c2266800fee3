/* Two readings of the archive: one for the names of its members, of which one is chosen, and one that unpacks
 * it. The loader reads a trace at many places at once, so that it has to be a file. */
#include "etl/etl_archive.h"

#include "base/number_format.h"
#include "etl/etl_archive_members.h"
#include "etl/etl_file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* Traces of a quiet machine shrink to a hundredth; deflate cannot do better than 1 : 1032. */
#define MAXIMUM_RATIO 1000
#define UNSUSPICIOUS_BYTES ((guint64)256 << 20) /* below it no ratio is one */
#define FREE_SPACE_LEFT_BYTES ((guint64)64 << 20)
#define SPACE_CHECK_BYTES ((guint64)16 << 20)

/* Bounds */

static guint64
get_maximum_bytes (const EtlArchiveInput *input)
{
  return MAX (UNSUSPICIOUS_BYTES, byte_source_get_size (input->source) * MAXIMUM_RATIO);
}

static void
set_bomb_error (const EtlArchiveInput *input, GError **error)
{
  g_autofree char *size = format_bytes ((gint64)byte_source_get_size (input->source));
  g_autofree char *maximum = format_bytes ((gint64)get_maximum_bytes (input));
  g_set_error (
      error, ETL_ERROR, ETL_ERROR_ARCHIVE,
      "“%s” of %s unpacks to more than %s, as no trace does; unpack it with another program if you trust it",
      etl_archive_input_get_name (input), size, maximum);
}

/* Whether @n_bytes more fit on the drive of the file. */
static gboolean
check_space (const EtlArchiveInput *input, int file_descriptor, guint64 n_bytes, GError **error)
{
  struct statvfs status;
  if (fstatvfs (file_descriptor, &status) != 0)
    return TRUE;
  guint64 free_bytes = (guint64) status.f_bavail * status.f_frsize;
  if (free_bytes >= FREE_SPACE_LEFT_BYTES && n_bytes <= free_bytes - FREE_SPACE_LEFT_BYTES)
    return TRUE;
  g_autofree char *needed = format_bytes ((gint64)MIN (n_bytes, (guint64) G_MAXINT64));
  g_autofree char *available = format_bytes ((gint64)MIN (free_bytes, (guint64) G_MAXINT64));
  g_set_error (
      error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
      "“%s” needs %s to be unpacked, and only %s are free in the cache folder; make room there, or unpack it "
      "elsewhere and open the .etl file",
      etl_archive_input_get_name (input), needed, available);
  return FALSE;
}

/* Unpacking */

/* Returns: a file without a name, -1 with @error. */
static int
create_file (const EtlArchiveInput *input, const char *folder, GError **error)
{
  g_mkdir_with_parents (folder, 0700);
  int file_descriptor = open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file_descriptor < 0)
    {
      /* Not every file system can do it. */
      g_autofree char *path = g_build_filename (folder, ".unpacked-XXXXXX", NULL);
      file_descriptor = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
      if (file_descriptor >= 0)
        g_unlink (path);
    }
  if (file_descriptor < 0)
    {
      int error_number = errno;
      g_autofree char *shown = g_filename_display_name (folder);
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (error_number),
                   "“%s” cannot be unpacked in “%s”: %s; make that folder writable, or unpack it elsewhere",
                   etl_archive_input_get_name (input), shown, g_strerror (error_number));
    }
  return file_descriptor;
}

static gboolean
write_all (const EtlArchiveInput *input, int file_descriptor, const guint8 *bytes, gsize n_bytes,
           GError **error)
{
  while (n_bytes > 0)
    {
      gssize n_written = write (file_descriptor, bytes, n_bytes);
      if (n_written < 0 && errno == EINTR)
        continue;
      if (n_written < 0)
        {
          g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                       "“%s” cannot be unpacked: %s; make room in the cache folder", etl_archive_input_get_name (input),
                       g_strerror (errno));
          return FALSE;
        }
      bytes += n_written;
      n_bytes -= (gsize) n_written;
    }
  return TRUE;
}

/* Goes to the member of that index. */
static gboolean
find_member (EtlArchiveInput *input, guint index, GError **error)
{
  struct archive_entry *entry;
  for (guint i = 0; i <= index; i++)
    {
      int status = archive_read_next_header (input->archive, &entry);
      if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
        {
          etl_archive_input_set_read_error (input, error);
          return FALSE;
        }
    }
  return TRUE;
}

/* Writes the member that was found. @ret_n_bytes receives how much of it there was, @ret_is_whole whether
 * that is all and undamaged. FALSE with @error for what leaves nothing to show. */
static gboolean
unpack_data (EtlArchiveInput *input, const EtlArchiveMember *member, int file_descriptor, guint64 *ret_n_bytes,
             gboolean *ret_is_whole, GError **error)
{
  guint64 n_bytes = 0, checked_bytes = 0, maximum = get_maximum_bytes (input);
  for (;;)
    {
      const void *block;
      size_t block_bytes;
      la_int64_t offset;
      int status = archive_read_data_block (input->archive, &block, &block_bytes, &offset);
      *ret_n_bytes = n_bytes;
      *ret_is_whole = status == ARCHIVE_EOF && (member->size < 0 || (guint64) member->size == n_bytes);
      if (input->read_error || (status != ARCHIVE_OK && status != ARCHIVE_EOF && n_bytes == 0))
        {
          etl_archive_input_set_read_error (input, error);
          return FALSE;
        }
      if (status != ARCHIVE_OK || (guint64) offset != n_bytes)
        return TRUE;
      n_bytes += block_bytes;
      if (n_bytes > maximum)
        {
          set_bomb_error (input, error);
          return FALSE;
        }
      if (n_bytes - checked_bytes > SPACE_CHECK_BYTES)
        {
          checked_bytes = n_bytes;
          if (!check_space (input, file_descriptor, SPACE_CHECK_BYTES, error)
              || g_cancellable_set_error_if_cancelled (input->cancellable, error))
            return FALSE;
        }
      if (!write_all (input, file_descriptor, block, block_bytes, error))
        return FALSE;
    }
}

static ByteSource *
create_source (ByteSource *archive, const EtlArchiveMember *member, int file_descriptor, guint64 n_bytes,
               gboolean is_whole)
{
  const char *path = byte_source_get_path (archive);
  g_autofree char *name = g_strdup_printf ("%s/%s", byte_source_get_display_name (archive), member->name);
  g_autofree char *full_path = path ? g_strdup_printf ("%s/%s", path, member->name) : NULL;
  guint64 expected_bytes = member->size < 0 ? 0 : (guint64) member->size;
  guint64 n_missing_bytes = is_whole ? 0 : expected_bytes > n_bytes ? expected_bytes - n_bytes : 1;
  return byte_source_new_file_descriptor (name, full_path, file_descriptor, n_bytes, n_missing_bytes);
}

/* The second reading. */
static ByteSource *
unpack_member (ByteSource *archive, const EtlArchiveKind *kind, const EtlArchiveMember *member, const char *folder,
               Progress *progress, GCancellable *cancellable, GError **error)
{
  g_auto (EtlArchiveInput) input = { 0 };
  guint64 n_bytes = 0;
  gboolean is_whole = FALSE;
  if (!etl_archive_input_open (&input, kind, archive, progress, cancellable))
    {
      etl_archive_input_set_read_error (&input, error);
      return NULL;
    }
  int file_descriptor = create_file (&input, folder, error);
  if (file_descriptor < 0)
    return NULL;
  if (check_space (&input, file_descriptor, (guint64) MAX (member->size, 0), error)
      && find_member (&input, member->index, error)
      && unpack_data (&input, member, file_descriptor, &n_bytes, &is_whole, error))
    return create_source (archive, member, file_descriptor, n_bytes, is_whole);
  close (file_descriptor);
  return NULL;
}

/* The first reading: the member to unpack. Returns: (transfer full) (nullable) */
static EtlArchiveMember *
find_trace (ByteSource *archive, const EtlArchiveKind *kind, const char *wanted, GCancellable *cancellable,
            GError **error)
{
  g_auto (EtlArchiveInput) input = { 0 };
  if (!etl_archive_input_open (&input, kind, archive, NULL, cancellable))
    {
      etl_archive_input_set_read_error (&input, error);
      return NULL;
    }
  g_autoptr (GPtrArray) members = etl_archive_members_list (&input, error);
  const EtlArchiveMember *member = members ? etl_archive_members_choose (&input, members, wanted, error) : NULL;
  if (!member)
    return NULL;
  if (member->is_encrypted)
    {
      etl_archive_input_set_error (&input, error, "is protected by a password; unpack it and open the .etl file");
      return NULL;
    }
  if (member->size >= 0 && (guint64) member->size > get_maximum_bytes (&input))
    {
      set_bomb_error (&input, error);
      return NULL;
    }
  EtlArchiveMember *found = g_new (EtlArchiveMember, 1);
  *found = *member;
  found->name = g_strdup (member->name);
  return found;
}

gboolean
etl_archive_is_archive (const ByteSource *source)
{
  return etl_archive_kind_find (source) != NULL;
}

ByteSource *
etl_archive_unpack (ByteSource *archive, const char *member, const char *folder, Progress *progress,
                    GCancellable *cancellable, GError **error)
{
  const EtlArchiveKind *kind = etl_archive_kind_find (archive);
  g_return_val_if_fail (kind != NULL, NULL);
  EtlArchiveMember *found = find_trace (archive, kind, member, cancellable, error);
  if (!found)
    return NULL;
  progress_begin_unpacking (progress, byte_source_get_size (archive));
  ByteSource *source = unpack_member (archive, kind, found, folder, progress, cancellable, error);
  progress_end_unpacking (progress);
  etl_archive_member_free (found);
  return source;
}

GStrv
etl_archive_dup_trace_names (ByteSource *archive, GCancellable *cancellable)
{
  const EtlArchiveKind *kind = etl_archive_kind_find (archive);
  g_return_val_if_fail (kind != NULL, NULL);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (EtlArchiveInput) input = { 0 };
  g_autoptr (GPtrArray) members = NULL;
  if (etl_archive_input_open (&input, kind, archive, NULL, cancellable))
    members = etl_archive_members_list (&input, NULL);
  if (members)
    {
      g_autoptr (GPtrArray) traces = etl_archive_members_find_traces (&input, members, NULL);
      for (guint i = 0; i < traces->len; i++)
        g_strv_builder_add (names, ((const EtlArchiveMember *) g_ptr_array_index (traces, i))->name);
    }
  return g_strv_builder_end (names);
}
