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
