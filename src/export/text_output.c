#include "export/text_output.h"

#define PENDING_LIMIT_BYTES (64 * 1024)

/* Begins to write to @stream, of which a reference is taken. */
void
text_output_init (TextOutput *self, GOutputStream *stream)
{
  *self = (TextOutput){ g_object_ref (stream), g_string_sized_new (PENDING_LIMIT_BYTES), NULL };
}

void
text_output_clear (TextOutput *self)
{
  g_clear_object (&self->stream);
  g_clear_error (&self->error);
  if (self->pending)
    g_string_free (g_steal_pointer (&self->pending), TRUE);
}

static void
write_pending (TextOutput *self)
{
  if (!self->error)
    g_output_stream_write_all (self->stream, self->pending->str, self->pending->len, NULL, NULL,
                               &self->error);
  g_string_truncate (self->pending, 0);
}

static void
write_when_full (TextOutput *self)
{
  if (self->pending->len >= PENDING_LIMIT_BYTES)
    write_pending (self);
}

void
text_output_add (TextOutput *self, const char *text)
{
  g_string_append (self->pending, text);
  write_when_full (self);
}

void
text_output_printf (TextOutput *self, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_string_append_vprintf (self->pending, format, arguments);
  va_end (arguments);
  write_when_full (self);
}

/* A name from a trace must not break a line or steer a terminal. */
void
text_append_line_safe (GString *line, const char *text)
{
  for (const char *p = text; *p; p++)
    if ((guchar) *p < 0x20 || *p == 0x7f)
      g_string_append_printf (line, "\\x%02x", (guint) (guchar) *p);
    else
      g_string_append_c (line, *p);
}

void
text_output_add_line_safe (TextOutput *self, const char *text)
{
  text_append_line_safe (self->pending, text);
  write_when_full (self);
}

void
text_output_add_spaces (TextOutput *self, gsize n_spaces)
{
  for (gsize i = 0; i < n_spaces; i++)
    g_string_append_c (self->pending, ' ');
}

/* Adds @text filled up with blanks to @width characters. */
void
text_output_add_padded (TextOutput *self, const char *text, gsize width, gboolean is_right_aligned)
{
  gsize length = (gsize) g_utf8_strlen (text, -1);
  gsize n_spaces = length < width ? width - length : 0;
  if (is_right_aligned)
    text_output_add_spaces (self, n_spaces);
  text_output_add_line_safe (self, text);
  if (!is_right_aligned)
    text_output_add_spaces (self, n_spaces);
}

/* Writes what is left. Returns: FALSE with @error (G_IO_ERROR) when any piece could not be written. */
gboolean
text_output_finish (TextOutput *self, GError **error)
{
  write_pending (self);
  if (!self->error)
    g_output_stream_flush (self->stream, NULL, &self->error);
  if (!self->error)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}
