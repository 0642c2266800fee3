/* Two readings of the archive: one for the names of its members, of which one is chosen, and one that unpacks
 * it. The loader reads a trace at many places at once, so that it has to be a file. */
#include "etl/etl_archive.h"

#include "base/number_format.h"
#include "etl/etl_archive_input.h"
#include "etl/etl_file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define MAXIMUM_MEMBERS 100000
#define MAXIMUM_SHOWN_MEMBERS 5
/* Traces of a quiet machine shrink to a hundredth; deflate cannot do better than 1 : 1032. */
#define MAXIMUM_RATIO 1000
#define UNSUSPICIOUS_BYTES ((guint64)256 << 20) /* below it no ratio is one */
#define FREE_SPACE_LEFT_BYTES ((guint64)64 << 20)
#define SPACE_CHECK_BYTES ((guint64)16 << 20)

typedef struct
{
  guint index; /* among all members */
  char *name;  /* (owned): valid UTF-8 */
  gint64 size; /* bytes when unpacked; -1 unknown */
  gboolean is_encrypted;
} Member;

static void
member_free (gpointer data)
{
  Member *self = data;
  g_free (self->name);
  g_free (self);
}

static const char *
get_name (const EtlArchiveInput *input)
{
  return byte_source_get_display_name (input->source);
}

/* An error about the archive; @what follows its name. */
static void
set_error (const EtlArchiveInput *input, GError **error, const char *what)
{
  g_set_error (error, ETL_ERROR, ETL_ERROR_ARCHIVE, "“%s” %s", get_name (input), what);
}

/* What stopped the reading: the source, a cancel, or damage. */
static void
set_read_error (EtlArchiveInput *input, GError **error)
{
  if (input->read_error)
    {
      g_propagate_error (error, g_steal_pointer (&input->read_error));
      return;
    }
  g_autofree char *problem = g_utf8_make_valid (etl_archive_input_get_problem (input), -1);
  g_set_error (error, ETL_ERROR, ETL_ERROR_ARCHIVE,
               "“%s” is a %s that is damaged or cut short at offset 0x%" G_GINT64_MODIFIER
               "x (%s); copy it again, or unpack it with another program and open the .etl file",
               get_name (input), etl_archive_kind_get_name (input->kind), input->offset, problem);
}

/* The members */

static char *
dup_member_name (const EtlArchiveInput *input, guint index, struct archive_entry *entry)
{
  if (etl_archive_kind_is_single_file (input->kind))
    {
      /* As gunzip names it. */
      char *name = g_strdup (get_name (input));
      char *ending = strrchr (name, '.');
      if (ending && ending > name)
        *ending = '\0';
      return name;
    }
  const char *name = archive_entry_pathname_utf8 (entry);
  if (!name)
    name = archive_entry_pathname (entry);
  /* A name in letters that the locale of the process does not have. */
  return name ? g_utf8_make_valid (name, -1) : g_strdup_printf ("unreadable-name-%u.etl", index + 1);
}

static gboolean
is_trace_name (const char *name)
{
  gsize length = strlen (name);
  return length > 4 && g_ascii_strcasecmp (name + length - 4, ".etl") == 0;
}

/* The files of the archive; NULL with @error. */
static GPtrArray *
list_members (EtlArchiveInput *input, GError **error)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (member_free);
  for (guint index = 0;; index++)
    {
      struct archive_entry *entry;
      int status = archive_read_next_header (input->archive, &entry);
      if (status == ARCHIVE_EOF)
        return g_steal_pointer (&members);
      if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
        {
          if (members->len > 0 && !input->read_error)
            return g_steal_pointer (&members); /* damaged behind them */
          if (archive_read_has_encrypted_entries (input->archive) > 0)
            set_error (input, error, "is protected by a password; unpack it and open the .etl file");
          else
            set_read_error (input, error);
          return NULL;
        }
      if (etl_archive_kind_is_single_file (input->kind)
          && archive_filter_code (input->archive, 0) == ARCHIVE_FILTER_NONE)
        {
          set_read_error (input, error); /* so short that not even its header is whole */
          return NULL;
        }
      if (members->len == MAXIMUM_MEMBERS)
        {
          set_error (input, error, "holds too many files; unpack it and open the .etl file");
          return NULL;
        }
      if (archive_entry_filetype (entry) == AE_IFDIR)
        continue;
      Member *member = g_new (Member, 1);
      *member = (Member){ index, dup_member_name (input, index, entry),
                          archive_entry_size_is_set (entry) ? archive_entry_size (entry) : -1,
                          archive_entry_is_data_encrypted (entry) > 0 };
      g_ptr_array_add (members, member);
      if (etl_archive_kind_is_single_file (input->kind))
        return g_steal_pointer (&members);
    }
}

static char *
dup_names (const GPtrArray *members, gboolean shows_sizes)
{
  GString *names = g_string_new (NULL);
  for (guint i = 0; i < members->len && i < MAXIMUM_SHOWN_MEMBERS; i++)
    {
      const Member *member = g_ptr_array_index (members, i);
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", member->name);
      if (shows_sizes && member->size >= 0)
        {
          g_autofree char *size = format_bytes (member->size);
          g_string_append_printf (names, " (%s)", size);
        }
    }
  if (members->len > MAXIMUM_SHOWN_MEMBERS)
    g_string_append (names, ", …");
  return g_string_free (names, FALSE);
}

static void
set_no_member_error (const EtlArchiveInput *input, const GPtrArray *members, const char *wanted,
                     GError **error)
{
  g_autofree char *names = dup_names (members, FALSE);
  if (members->len == 0)
    set_error (input, error,
               "is an archive without a file in it; copy the archive again, or ask for the .etl file");
  else if (wanted)
    g_set_error (error, ETL_ERROR, ETL_ERROR_ARCHIVE, "“%s” holds no file “%s”; it holds %s",
                 get_name (input), wanted, names);
  else
    g_set_error (error, ETL_ERROR, ETL_ERROR_ARCHIVE,
                 "“%s” holds no trace (.etl); it holds %s: if the trace is in one of them, unpack it first",
                 get_name (input), names);
}

/* The member to unpack: the one called @wanted, or the only trace. NULL with @error. */
static const Member *
choose_member (const EtlArchiveInput *input, const GPtrArray *members, const char *wanted, GError **error)
{
  g_autoptr (GPtrArray) traces = g_ptr_array_new ();
  for (guint i = 0; i < members->len; i++)
    {
      Member *member = g_ptr_array_index (members, i);
      if (wanted ? strcmp (member->name, wanted) == 0
                 : is_trace_name (member->name) || etl_archive_kind_is_single_file (input->kind))
        g_ptr_array_add (traces, member);
    }
  if (traces->len == 0)
    {
      set_no_member_error (input, members, wanted, error);
      return NULL;
    }
  const Member *first = g_ptr_array_index (traces, 0);
  if (traces->len == 1 || wanted)
    return first;
  g_autofree char *names = dup_names (traces, TRUE);
  g_set_error (error, ETL_ERROR, ETL_ERROR_ARCHIVE,
               "“%s” holds %u traces: %s; open one of them as “%s/%s”, or unpack it first", get_name (input),
               traces->len, names, get_name (input), first->name);
  return NULL;
}

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
      get_name (input), size, maximum);
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
      get_name (input), needed, available);
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
                   get_name (input), shown, g_strerror (error_number));
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
                       "“%s” cannot be unpacked: %s; make room in the cache folder", get_name (input),
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
          set_read_error (input, error);
          return FALSE;
        }
    }
  return TRUE;
}

/* Writes the member that was found. @ret_n_bytes receives how much of it there was, @ret_is_whole whether
 * that is all and undamaged. FALSE with @error for what leaves nothing to show. */
static gboolean
unpack_data (EtlArchiveInput *input, const Member *member, int file_descriptor, guint64 *ret_n_bytes,
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
          set_read_error (input, error);
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
create_source (ByteSource *archive, const Member *member, int file_descriptor, guint64 n_bytes,
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
unpack_member (ByteSource *archive, const EtlArchiveKind *kind, const Member *member, const char *folder,
               Progress *progress, GCancellable *cancellable, GError **error)
{
  g_auto (EtlArchiveInput) input = { 0 };
  guint64 n_bytes = 0;
  gboolean is_whole = FALSE;
  if (!etl_archive_input_open (&input, kind, archive, progress, cancellable))
    {
      set_read_error (&input, error);
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
static Member *
find_trace (ByteSource *archive, const EtlArchiveKind *kind, const char *wanted, GCancellable *cancellable,
            GError **error)
{
  g_auto (EtlArchiveInput) input = { 0 };
  if (!etl_archive_input_open (&input, kind, archive, NULL, cancellable))
    {
      set_read_error (&input, error);
      return NULL;
    }
  g_autoptr (GPtrArray) members = list_members (&input, error);
  const Member *member = members ? choose_member (&input, members, wanted, error) : NULL;
  if (!member)
    return NULL;
  if (member->is_encrypted)
    {
      set_error (&input, error, "is protected by a password; unpack it and open the .etl file");
      return NULL;
    }
  if (member->size >= 0 && (guint64) member->size > get_maximum_bytes (&input))
    {
      set_bomb_error (&input, error);
      return NULL;
    }
  Member *found = g_new (Member, 1);
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
  Member *found = find_trace (archive, kind, member, cancellable, error);
  if (!found)
    return NULL;
  progress_begin_unpacking (progress, byte_source_get_size (archive));
  ByteSource *source = unpack_member (archive, kind, found, folder, progress, cancellable, error);
  progress_end_unpacking (progress);
  member_free (found);
  return source;
}
