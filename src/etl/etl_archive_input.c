#include "etl/etl_archive_input.h"

#include "etl/etl_file.h"

#include <errno.h>
#include <string.h>

#define BLOCK_BYTES 65536
#define SIGNATURE_BYTES 6

struct _EtlArchiveKind
{
  const char *name;
  const char *signature;
  gsize signature_bytes;
  int (*support_format) (struct archive *archive);
  int (*support_filter) (struct archive *archive); /* (nullable) */
};

#define KIND(name, signature, format, filter)                                                                \
  {                                                                                                          \
    name, signature, sizeof (signature) - 1, archive_read_support_format_##format, filter                    \
  }

/* Only what the signature promises is switched on: less code meets foreign bytes. */
static const EtlArchiveKind kinds[] = {
  KIND ("ZIP archive", "PK\x03\x04", zip, NULL),
  KIND ("cabinet archive", "MSCF", cab, NULL),
  KIND ("7-Zip archive", "7z\xBC\xAF\x27\x1C", 7zip, NULL),
  KIND ("gzip archive", "\x1F\x8B", raw, archive_read_support_filter_gzip),
  KIND ("xz archive", "\xFD\x37zXZ", raw, archive_read_support_filter_xz),
  KIND ("bzip2 archive", "BZh", raw, archive_read_support_filter_bzip2),
  KIND ("Zstandard archive", "\x28\xB5\x2F\xFD", raw, archive_read_support_filter_zstd),
};

const EtlArchiveKind *
etl_archive_kind_find (const ByteSource *source)
{
  guint8 start[SIGNATURE_BYTES];
  gssize n_read = byte_source_read (source, 0, start, sizeof start, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (n_read >= (gssize) kinds[i].signature_bytes
        && memcmp (start, kinds[i].signature, kinds[i].signature_bytes) == 0)
      return &kinds[i];
  return NULL;
}

const char *
etl_archive_kind_get_name (const EtlArchiveKind *kind)
{
  return kind->name;
}

gboolean
etl_archive_kind_is_single_file (const EtlArchiveKind *kind)
{
  return kind->support_filter != NULL;
}

static la_ssize_t
on_read (struct archive *archive, void *data, const void **ret_block)
{
  EtlArchiveInput *self = data;
  *ret_block = self->block;
  if (self->read_error || g_cancellable_set_error_if_cancelled (self->cancellable, &self->read_error))
    return -1;
  gssize n_read = byte_source_read (self->source, self->offset, self->block, BLOCK_BYTES, &self->read_error);
  if (n_read <= 0)
    return n_read;
  self->offset += (guint64) n_read;
  if (self->offset > self->reported_offset)
    {
      progress_add (self->progress, self->offset - self->reported_offset, 0);
      self->reported_offset = self->offset;
    }
  return n_read;
}

static la_int64_t
on_seek (struct archive *archive, void *data, la_int64_t offset, int whence)
{
  EtlArchiveInput *self = data;
  gint64 size = (gint64)byte_source_get_size (self->source), base = 0;
  if (whence == SEEK_CUR)
    base = (gint64)self->offset;
  else if (whence == SEEK_END)
    base = size;
  if (offset < -base || offset > size - base)
    {
      archive_set_error (archive, EINVAL, "it points outside of itself");
      return ARCHIVE_FATAL;
    }
  self->offset = (guint64) (base + offset);
  return base + offset;
}

static la_int64_t
on_skip (struct archive *archive, void *data, la_int64_t n_bytes)
{
  EtlArchiveInput *self = data;
  guint64 left = byte_source_get_size (self->source) - self->offset;
  guint64 n_skipped = MIN ((guint64) MAX (n_bytes, 0), left);
  self->offset += n_skipped;
  return (la_int64_t) n_skipped;
}

gboolean
etl_archive_input_open (EtlArchiveInput *self, const EtlArchiveKind *kind, ByteSource *source,
                        Progress *progress, GCancellable *cancellable)
{
  *self = (EtlArchiveInput){ .archive = archive_read_new (),
                             .source = source,
                             .kind = kind,
                             .progress = progress,
                             .cancellable = cancellable,
                             .block = g_malloc (BLOCK_BYTES) };
  /* Anything but OK would mean that libarchive was built without it and wants to start a program instead. */
  if (kind->support_format (self->archive) != ARCHIVE_OK
      || (kind->support_filter && kind->support_filter (self->archive) != ARCHIVE_OK))
    return FALSE;
  archive_read_set_read_callback (self->archive, on_read);
  archive_read_set_seek_callback (self->archive, on_seek);
  archive_read_set_skip_callback (self->archive, on_skip);
  archive_read_set_callback_data (self->archive, self);
  return archive_read_open1 (self->archive) == ARCHIVE_OK;
}

void
etl_archive_input_close (EtlArchiveInput *self)
{
  if (self->archive)
    archive_read_free (self->archive);
  g_clear_error (&self->read_error);
  g_free (self->block);
  *self = (EtlArchiveInput){ 0 };
}

const char *
etl_archive_input_get_problem (const EtlArchiveInput *self)
{
  const char *problem = archive_error_string (self->archive);
  return problem ? problem : "it ends too early";
}

const char *
etl_archive_input_get_name (const EtlArchiveInput *self)
{
  return byte_source_get_display_name (self->source);
}

void
etl_archive_input_set_error (const EtlArchiveInput *self, GError **error, const char *what)
{
  g_set_error (error, ETL_ERROR, ETL_ERROR_ARCHIVE, "“%s” %s", etl_archive_input_get_name (self), what);
}

void
etl_archive_input_set_read_error (EtlArchiveInput *self, GError **error)
{
  if (self->read_error)
    {
      g_propagate_error (error, g_steal_pointer (&self->read_error));
      return;
    }
  g_autofree char *problem = g_utf8_make_valid (etl_archive_input_get_problem (self), -1);
  g_set_error (error, ETL_ERROR, ETL_ERROR_ARCHIVE,
               "“%s” is a %s that is damaged or cut short at offset 0x%" G_GINT64_MODIFIER
               "x (%s); copy it again, or unpack it with another program and open the .etl file",
               etl_archive_input_get_name (self), etl_archive_kind_get_name (self->kind), self->offset, problem);
}
