#include "symbols/msf_reader.h"

#define WINDOW_BYTES (256u << 10)

void
msf_reader_init (MsfReader *self, const MsfFile *file, guint stream, guint32 end)
{
  *self = (MsfReader){ .file = file,
                       .stream = stream,
                       .end = MIN (end, msf_file_get_stream_size (file, stream)) };
}

void
msf_reader_clear (MsfReader *self)
{
  g_clear_pointer (&self->window, g_free);
}

const guint8 *
msf_reader_peek (MsfReader *self, guint32 offset, guint32 size, GError **error)
{
  if (offset > self->end || size > self->end - offset)
    {
      msf_file_set_damaged (self->file, self->stream, offset, "a record reaches over the end of its part",
                            error);
      return NULL;
    }
  if (offset < self->window_offset || offset + size > self->window_offset + self->window_size
      || !self->window)
    {
      if (!self->window)
        self->window = g_malloc (WINDOW_BYTES);
      guint32 window_size = MIN (WINDOW_BYTES, self->end - offset);
      self->window_size = 0;
      if (!msf_file_read (self->file, self->stream, offset, self->window, window_size, error))
        return NULL;
      self->window_offset = offset;
      self->window_size = window_size;
    }
  return self->window + (offset - self->window_offset);
}
