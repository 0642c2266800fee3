/* The container of a PDB (MSF 7.00): a file of pages, and streams made of them in any order. */
#pragma once

#include "base/byte_source.h"

typedef struct _MsfFile MsfFile;

/* Opens the container in @source, of which it takes a reference, and checks its directory.
 *
 * Returns: (transfer full) (nullable): NULL with @error (SYMBOL_ERROR, G_IO_ERROR) set.
 */
MsfFile *msf_file_open (ByteSource *source, GError **error);
void msf_file_free (MsfFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MsfFile, msf_file_free)

/* Returns: (transfer none): the file's name, for messages. */
const char *msf_file_get_display_name (const MsfFile *self);
/* The size of the whole file in bytes. */
guint64 msf_file_get_size (const MsfFile *self);
/* The size in bytes; 0 for a stream that does not exist. */
guint32 msf_file_get_stream_size (const MsfFile *self, guint stream);
/* Reads exactly @size bytes at @offset of @stream into @buffer. FALSE with @error (SYMBOL_ERROR, G_IO_ERROR). */
gboolean msf_file_read (const MsfFile *self, guint stream, guint32 offset, void *buffer, gsize size,
                        GError **error);
/* Reads a whole stream; only for those that are small by nature.
 *
 * Returns: (transfer full) (array length=ret_size) (nullable): NULL with @error.
 */
guint8 *msf_file_dup_stream (const MsfFile *self, guint stream, gsize *ret_size, GError **error);
/* Sets @error to say that @what is wrong at @offset of @stream, or of the file where @stream is
 * MSF_NO_STREAM. */
void msf_file_set_damaged (const MsfFile *self, guint stream, guint64 offset, const char *what,
                           GError **error);
