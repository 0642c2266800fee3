/* Where the bytes of a trace come from: a file, or memory in tests and fuzzers.
 *
 * Files are read with pread, never mapped: a file that shrinks while it is read gives a short
 * read and not a signal. A source may be read from several threads at once.
 */
#pragma once

#include <gio/gio.h>

typedef struct _ByteSource ByteSource;

ByteSource *byte_source_open_path (const char *path, GError **error);
ByteSource *byte_source_new_bytes (const char *display_name, GBytes *bytes);
ByteSource *byte_source_new_file_descriptor (const char *display_name, const char *path, int file_descriptor,
                                             guint64 size, guint64 n_missing_bytes);
ByteSource *byte_source_ref (ByteSource *self);
void byte_source_unref (ByteSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ByteSource, byte_source_unref)

const char *byte_source_get_display_name (const ByteSource *self);
const char *byte_source_get_path (const ByteSource *self);
guint64 byte_source_get_size (const ByteSource *self);
guint64 byte_source_get_n_missing_bytes (const ByteSource *self);
gssize byte_source_read (const ByteSource *self, guint64 offset, void *buffer, gsize size, GError **error);
gboolean byte_source_has_changed (const ByteSource *self, guint64 *ret_size_now);
