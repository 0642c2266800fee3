/* The container of a PDB (MSF 7.00): a file of pages, and streams made of them in any order. */
#pragma once

#include "base/byte_source.h"

typedef struct _MsfFile MsfFile;

MsfFile *msf_file_open (ByteSource *source, GError **error);
void msf_file_free (MsfFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MsfFile, msf_file_free)

const char *msf_file_get_display_name (const MsfFile *self);
guint64 msf_file_get_size (const MsfFile *self);
guint32 msf_file_get_stream_size (const MsfFile *self, guint stream);
gboolean msf_file_read (const MsfFile *self, guint stream, guint32 offset, void *buffer, gsize size,
                        GError **error);
guint8 *msf_file_dup_stream (const MsfFile *self, guint stream, gsize *ret_size, GError **error);
void msf_file_set_damaged (const MsfFile *self, guint stream, guint64 offset, const char *what,
                           GError **error);

/* Goes through a part of a stream with a window of bounded size. */
typedef struct
{
  const MsfFile *file;
  guint stream;
  guint32 end; /* offset in the stream behind the last byte that may be read */
  guint8 *window;
  guint32 window_offset, window_size; /* bytes */
} MsfReader;

void msf_reader_init (MsfReader *self, const MsfFile *file, guint stream, guint32 end);
void msf_reader_clear (MsfReader *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MsfReader, msf_reader_clear)
const guint8 *msf_reader_peek (MsfReader *self, guint32 offset, guint32 size, GError **error);
