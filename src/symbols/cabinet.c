#include "symbols/cabinet.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "base/byte_source.h"

#define HEADER_BYTES 36
#define FLAGS_OFFSET 30
#define FLAGS_SPANNED 3   /* a part of the file is in the cabinet before or after */
#define MAXIMUM_RATIO 200 /* PDBs shrink to about a tenth; what grows more than this is a bomb */
#define SMALL_FILE_BYTES ((guint64) 16 << 20) /* below it no ratio is suspicious */
#define BLOCK_BYTES 65536

typedef struct
{
  ByteSource *source;
  guint64 offset;
  GCancellable *cancellable;
  guint8 block[BLOCK_BYTES];
} CabinetInput;

static la_ssize_t
read_block (struct archive *archive, void *data, const void **ret_block)
{
  CabinetInput *input = data;
  *ret_block = input->block;
  if (g_cancellable_is_cancelled (input->cancellable))
    return -1;
  gssize n = byte_source_read (input->source, input->offset, input->block, sizeof input->block, NULL);
  if (n > 0)
    input->offset += (guint64) n;
  return n;
}

static gboolean
set_damaged (GError **error, struct archive *archive, GCancellable *cancellable)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  const char *detail = archive_error_string (archive);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the cabinet is damaged: %s",
               detail ? detail : "it ends too early");
  return FALSE;
}

static gboolean
check_header (ByteSource *source, GError **error)
{
  guint8 header[HEADER_BYTES];
  if (byte_source_read (source, 0, header, sizeof header, NULL) < HEADER_BYTES
      || memcmp (header, "MSCF", 4) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "it is no cabinet");
      return FALSE;
    }
  if (header[FLAGS_OFFSET] & FLAGS_SPANNED)
    {
      g_set_error_literal (
          error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
          "the cabinet is one of several that hold a single file; fetch that file uncompressed");
      return FALSE;
    }
  return TRUE;
}

static gboolean
unpack_blocks (struct archive *archive, guint64 declared_bytes, StorePart *part, GCancellable *cancellable,
               GError **error)
{
  for (;;)
    {
      const void *bytes;
      size_t n_bytes;
      la_int64_t offset;
      int status = archive_read_data_block (archive, &bytes, &n_bytes, &offset);
      if (status == ARCHIVE_EOF)
        break;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (status != ARCHIVE_OK || (guint64) offset != part->n_bytes
          || n_bytes > declared_bytes - part->n_bytes)
        return set_damaged (error, archive, cancellable);
      if (n_bytes && !store_part_write (part, bytes, n_bytes, error))
        return FALSE;
    }
  if (part->n_bytes != declared_bytes)
    return set_damaged (error, archive, cancellable);
  return store_part_finish (part, error);
}

static gboolean
unpack_first_file (struct archive *archive, guint64 cabinet_bytes, StorePart *part, GCancellable *cancellable,
                   GError **error)
{
  struct archive_entry *entry;
  int status = archive_read_next_header (archive, &entry);
  if ((status != ARCHIVE_OK && status != ARCHIVE_WARN) || !archive_entry_size_is_set (entry)
      || archive_entry_size (entry) < 0)
    return set_damaged (error, archive, cancellable);
  guint64 declared_bytes = (guint64) archive_entry_size (entry);
  if (declared_bytes > SMALL_FILE_BYTES && declared_bytes / MAXIMUM_RATIO > cabinet_bytes)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "the cabinet of %" G_GUINT64_FORMAT " bytes claims to hold %" G_GUINT64_FORMAT " bytes",
                   cabinet_bytes, declared_bytes);
      return FALSE;
    }
  return store_part_reserve (part, declared_bytes, error)
         && unpack_blocks (archive, declared_bytes, part, cancellable, error);
}

gboolean
cabinet_unpack (const char *path, StorePart *part, GCancellable *cancellable, GError **error)
{
  g_autoptr (ByteSource) source = byte_source_open_path (path, error);
  if (!source || !check_header (source, error))
    return FALSE;
  g_autofree CabinetInput *input = g_new (CabinetInput, 1);
  input->source = source;
  input->offset = 0;
  input->cancellable = cancellable;
  struct archive *archive = archive_read_new ();
  gboolean is_done;
  if (archive_read_support_format_cab (archive) != ARCHIVE_OK
      || archive_read_open (archive, input, NULL, read_block, NULL) != ARCHIVE_OK)
    is_done = set_damaged (error, archive, cancellable);
  else
    is_done = unpack_first_file (archive, byte_source_get_size (source), part, cancellable, error);
  archive_read_free (archive);
  return is_done;
}
