/* Goes through a part of a stream with a window of bounded size. */
#pragma once

#include "symbols/msf_file.h"

typedef struct
{
  const MsfFile *file;
  guint stream;
  guint32 end; /* offset in the stream behind the last byte that may be read */
  guint8 *window;
  guint32 window_offset, window_size; /* bytes */
} MsfReader;

/* Starts reading @stream, which is taken to end at @end or earlier. Clear it with msf_reader_clear(). */
void msf_reader_init (MsfReader *self, const MsfFile *file, guint stream, guint32 end);
void msf_reader_clear (MsfReader *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MsfReader, msf_reader_clear)
/* The @size bytes (at most 256 KiB) at @offset.
 *
 * Returns: (transfer none) (nullable): valid until the next call; NULL with @error, also when they are
 * not all inside.
 */
const guint8 *msf_reader_peek (MsfReader *self, guint32 offset, guint32 size, GError **error);
