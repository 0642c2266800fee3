#include "export/text_output.h"

#include <string.h>

/* Not more than the nearer caches hold. */
#define PENDING_LIMIT_BYTES (256 * 1024)

void
text_output_init (TextOutput *self, GOutputStream *stream)
{
  *self = (TextOutput){ .stream = g_object_ref (stream), .pending = g_string_new (NULL) };
}

/* Waits until all that is not pending is written. */
static void
end_writer (TextOutput *self)
{
  if (self->writer)
    self->error = text_writer_free (g_steal_pointer (&self->writer));
}

void
text_output_clear (TextOutput *self)
{
  end_writer (self);
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

/* The first time that much is pending a thread is begun, which little text does without. */
static void
write_when_full (TextOutput *self)
{
  if (self->pending->len < PENDING_LIMIT_BYTES)
    return;
  if (!self->writer && !self->error)
    self->writer = text_writer_new (self->stream);
  if (!self->writer)
    write_pending (self);
  else if (!text_writer_exchange (self->writer, &self->pending))
    end_writer (self);
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

static inline gboolean
breaks_line (char character)
{
  return (guchar) character < 0x20 || character == 0x7f;
}

/* A name from a trace must not break a line or steer a terminal. */
void
text_append_line_safe (GString *line, const char *text)
{
  gsize length = strlen (text);
  guint n_breaking = 0;
  for (gsize i = 0; i < length; i++)
    n_breaking += breaks_line (text[i]);
  if (n_breaking == 0)
    {
      g_string_append_len (line, text, (gssize) length);
      return;
    }
  for (const char *p = text; *p; p++)
    if (breaks_line (*p))
      g_string_append_printf (line, "\\x%02x", (guint) (guchar) *p);
    else
      g_string_append_c (line, *p);
}

/* Tables have many lines: all room is made at once, and text is looked at while it is copied. */
void
text_append_line (GString *lines, const GString *head, gsize n_spaces, const char *text)
{
  gsize start = lines->len, text_start = start + head->len + n_spaces, length = strlen (text);
  guint n_breaking = 0;
  g_string_set_size (lines, text_start + length + 1);
  memcpy (&lines->str[start], head->str, head->len);
  memset (&lines->str[start + head->len], ' ', n_spaces);
  char *to = &lines->str[text_start];
  for (gsize i = 0; i < length; i++)
    {
      to[i] = text[i];
      n_breaking += breaks_line (text[i]);
    }
  to[length] = '\n';
  if (G_LIKELY (n_breaking == 0))
    return;
  g_string_truncate (lines, text_start);
  text_append_line_safe (lines, text);
  g_string_append_c (lines, '\n');
}

static void
append_spaces (GString *text, gsize n_spaces)
{
  gsize length = text->len;
  g_string_set_size (text, length + n_spaces);
  memset (&text->str[length], ' ', n_spaces);
}

void
text_append_padded (GString *line, const char *text, gsize width, gboolean is_right_aligned)
{
  gsize length = (gsize) g_utf8_strlen (text, -1);
  gsize n_spaces = length < width ? width - length : 0;
  if (is_right_aligned)
    append_spaces (line, n_spaces);
  text_append_line_safe (line, text);
  if (!is_right_aligned)
    append_spaces (line, n_spaces);
}

void
text_output_add_line_safe (TextOutput *self, const char *text)
{
  text_append_line_safe (self->pending, text);
  write_when_full (self);
}

void
text_output_take (TextOutput *self, GString **text)
{
  if (self->pending->len > 0)
    {
      g_string_append_len (self->pending, (*text)->str, (gssize) (*text)->len);
      g_string_truncate (*text, 0);
    }
  else
    {
      GString *taken = *text;
      *text = self->pending;
      self->pending = taken;
    }
  write_when_full (self);
}

void
text_output_add_spaces (TextOutput *self, gsize n_spaces)
{
  append_spaces (self->pending, n_spaces);
}

void
text_output_add_padded (TextOutput *self, const char *text, gsize width, gboolean is_right_aligned)
{
  text_append_padded (self->pending, text, width, is_right_aligned);
  write_when_full (self);
}

gboolean
text_output_finish (TextOutput *self, GError **error)
{
  end_writer (self);
  write_pending (self);
  if (!self->error)
    g_output_stream_flush (self->stream, NULL, &self->error);
  if (!self->error)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}
