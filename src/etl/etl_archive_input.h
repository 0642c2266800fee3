/* Reads an archive through libarchive: which kind it is, and its members one after the other. Known to
 * the files of archives in src/etl only. */
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include "base/byte_source.h"
#include "base/progress.h"

typedef struct _EtlArchiveKind EtlArchiveKind;

/* An archive that is being read. */
typedef struct
{
  struct archive *archive; /* (owned) */
  ByteSource *source;      /* (unowned) */
  const EtlArchiveKind *kind;
  Progress *progress;        /* (nullable) */
  GCancellable *cancellable; /* (nullable) */
  GError *read_error; /* (owned) (nullable): of the source or for a cancel; libarchive's own errors are not
                         here */
  guint64 offset;
  guint64 reported_offset; /* as far as progress was told */
  guint8 *block;           /* (owned) */
} EtlArchiveInput;

/* Returns: NULL for what is no archive of a known kind. */
const EtlArchiveKind *etl_archive_kind_find (const ByteSource *source);

/* “ZIP archive”, to be put behind “a”. */
const char *etl_archive_kind_get_name (const EtlArchiveKind *kind);

/* Whether it is one packed file and not a container of named ones. */
gboolean etl_archive_kind_is_single_file (const EtlArchiveKind *kind);

/* Starts to read @source from its beginning. @self must stay where it is until it is closed. FALSE when
 * libarchive cannot read it; etl_archive_input_get_problem() says why. */
gboolean etl_archive_input_open (EtlArchiveInput *self, const EtlArchiveKind *kind, ByteSource *source,
                                 Progress *progress, GCancellable *cancellable);
void etl_archive_input_close (EtlArchiveInput *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EtlArchiveInput, etl_archive_input_close)

/* libarchive's last message, or that it ends too early. */
const char *etl_archive_input_get_problem (const EtlArchiveInput *self);

/* The archive's, for messages. */
const char *etl_archive_input_get_name (const EtlArchiveInput *self);
/* Sets an ETL_ERROR_ARCHIVE; @what follows the name of the archive. */
void etl_archive_input_set_error (const EtlArchiveInput *self, GError **error, const char *what);
/* What stopped the reading: the source, a cancel, or damage. */
void etl_archive_input_set_read_error (EtlArchiveInput *self, GError **error);
