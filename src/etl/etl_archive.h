/* Traces inside archives: .zip, .cab, .7z, and single files packed by gzip, xz, bzip2 or Zstandard. */
#pragma once

#include "base/byte_source.h"
#include "base/progress.h"

/* Whether @source begins as an archive does that etl_archive_unpack() knows. */
gboolean etl_archive_is_archive (const ByteSource *source);

/* Unpacks one trace of @archive into a file without a name in @folder, which is made where it is missing; the
 * file goes with the result.
 *
 * @member (nullable) names the trace in the archive, with its folders; without it the archive must hold
 * exactly one .etl file. Bounded are the number of members, the unpacked size in proportion to the archive,
 * and the free space of the drive. What could be unpacked of a damaged archive is a success with
 * byte_source_get_n_missing_bytes().
 * @progress (nullable) counts the archive's bytes meanwhile, and is at its beginning again afterwards.
 * Returns: (transfer full) (nullable): named “archive.zip/trace.etl”; NULL with @error (ETL_ERROR_ARCHIVE,
 * G_IO_ERROR), which says what is wrong and what to do. */
ByteSource *etl_archive_unpack (ByteSource *archive, const char *member, const char *folder,
                                Progress *progress, GCancellable *cancellable, GError **error);

/* The names of all traces in @archive, as etl_archive_unpack() takes them for @member; none when it cannot be read. */
GStrv etl_archive_dup_trace_names (ByteSource *archive, GCancellable *cancellable);
