/* Opens what a person names as a trace: an .etl file, or one inside an archive. */
#pragma once

#include "base/byte_source.h"
#include "base/progress.h"

/* Opens the trace at @path, which may be an archive that holds one, or name one as “archive.zip/trace.etl”.
 * Archives are unpacked into @unpack_folder.
 *
 * @progress and @cancellable are nullable; blocks while it unpacks.
 * Returns: (transfer full) (nullable): NULL with @error (ETL_ERROR, G_IO_ERROR). */
ByteSource *trace_source_open (const char *path, const char *unpack_folder, Progress *progress,
                               GCancellable *cancellable, GError **error);

/* The folder that the trace at @path lies in; of one in an archive, the archive's: where symbols and tags are looked
 * for that come with a trace. Absolute. (transfer full) */
char *trace_source_dup_folder (const char *path);
