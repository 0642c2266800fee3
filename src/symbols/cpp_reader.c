#include "symbols/cpp_reader.h"

#include <stdarg.h>

#define DEEPEST 100u
#define MOST_STEPS 20000u
#define MOST_TEXT_BYTES (256u << 10)

void
cpp_skip_any (CppReader *self, const char *letters)
{
  while (self->at < self->end && *self->at != '\0' && strchr (letters, *self->at))
    self->at++;
}

gboolean
cpp_enter (CppReader *self)
{
  if (self->depth >= DEEPEST || self->n_steps >= MOST_STEPS)
    return FALSE;
  self->depth++;
  self->n_steps++;
  return TRUE;
}

const char *
cpp_join (CppReader *self, ...)
{
  va_list texts;
  g_autoptr (GString) joined = g_string_new (NULL);
  va_start (texts, self);
  for (const char *text; (text = va_arg (texts, const char *));)
    g_string_append (joined, text);
  va_end (texts);
  self->n_text_bytes += joined->len + 1;
  return self->n_text_bytes <= MOST_TEXT_BYTES
             ? g_string_chunk_insert_len (self->texts, joined->str, joined->len)
             : NULL;
}

void
cpp_remember (CppReferences *references, const char *text)
{
  for (guint i = 0; i < references->n; i++)
    if (strcmp (references->texts[i], text) == 0)
      return;
  if (references->n < MOST_BACK_REFERENCES)
    references->texts[references->n++] = text;
}

gboolean
cpp_read_number (CppReader *self, gint64 *ret_value)
{
  gboolean is_negative = cpp_skip (self, "?");
  guint64 value = 0;
  char letter = cpp_peek (self);
  self->at++;
  if (g_ascii_isdigit (letter))
    value = (guint64)(letter - '0') + 1;
  else
    {
      for (guint n = 0; letter >= 'A' && letter <= 'P' && n < 16; n++)
        {
          value = (value << 4) | (guint64)(letter - 'A');
          letter = cpp_peek (self);
          self->at++;
        }
      if (letter != '@')
        return FALSE;
    }
  *ret_value = is_negative ? (gint64)(0 - value) : (gint64)value;
  return TRUE;
}

const char *
cpp_read_identifier (CppReader *self)
{
  const char *end = self->at < self->end ? memchr (self->at, '@', (gsize)(self->end - self->at)) : NULL;
  if (!end || end == self->at)
    return NULL;
  self->n_text_bytes += (gsize)(end - self->at) + 1;
  const char *text = g_string_chunk_insert_len (self->texts, self->at, end - self->at);
  self->at = end + 1;
  cpp_remember (&self->names, text);
  return self->n_text_bytes <= MOST_TEXT_BYTES ? text : NULL;
}

const char *
cpp_read_back_reference (CppReader *self)
{
  guint digit = (guint)(*self->at++ - '0');
  return digit < self->names.n ? self->names.texts[digit] : NULL;
}

const char *
cpp_read_qualifiers (CppReader *self, char first_letter)
{
  static const char *const texts[] = { "", " const", " volatile", " const volatile" };
  cpp_skip_any (self, "EIF");
  int place = cpp_peek (self) - first_letter;
  if (place < 0 || place >= (int)G_N_ELEMENTS (texts))
    return NULL;
  self->at++;
  return texts[place];
}
