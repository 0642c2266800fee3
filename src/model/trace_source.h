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

/* What can be opened instead of the archive at @path when it holds several traces: a path for each,
 * “archive.zip/trace.etl”. (transfer full) (nullable): NULL when it is none, or holds fewer than two. */
GStrv trace_source_dup_choices (const char *path, GCancellable *cancellable);

/* Whether there is a file at @path, or an archive above it. */
gboolean trace_source_may_exist (const char *path);

/* The folder that the trace at @path lies in; of one in an archive, the archive's: where symbols and tags are looked
 * for that come with a trace. Absolute. (transfer full) */
char *trace_source_dup_folder (const char *path);
