#include "profile/recording_profile.h"

#include <string.h>

void
recording_profile_init (RecordingProfile *self)
{
  *self = (RecordingProfile){ .mode = RECORDING_MODE_FILE,
                              .stacks = RECORDING_STACKS_OF_ALLOCATIONS | RECORDING_STACKS_OF_FREES,
                              .buffer_kib = 1024,
                              .n_file_buffers = 256,
                              .memory_percent = 5 };
}

static gboolean
is_tag (const char *text)
{
  gsize length = strlen (text);
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isprint (text[i]))
      return FALSE;
  return length >= 1 && length <= RECORDING_PROFILE_TAG_BYTES;
}

gboolean
recording_profile_add_tag (RecordingProfile *self, const char *tag, GError **error)
{
  if (!is_tag (tag))
    {
      g_autofree char *shown = g_utf8_make_valid (tag, -1);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "“%s” is no pool tag; a tag has 1 to 4 characters of ASCII", shown);
      return FALSE;
    }
  for (guint i = 0; i < self->n_tags; i++)
    if (strcmp (self->tags[i], tag) == 0)
      {
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "the tag “%s” is given twice", tag);
        return FALSE;
      }
  if (self->n_tags == RECORDING_PROFILE_MAX_TAGS)
    {
      g_set_error (
          error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
          "“%s” is one tag too many; Windows filters by at most %d: leave some out, or record all tags", tag,
          RECORDING_PROFILE_MAX_TAGS);
      return FALSE;
    }
  g_strlcpy (self->tags[self->n_tags++], tag, sizeof *self->tags);
  return TRUE;
}

char *
recording_profile_dup_file_name (const RecordingProfile *self)
{
  GString *name = g_string_new ("pool");
  for (guint i = 0; i < self->n_tags; i++)
    {
      gsize length = name->len;
      for (const char *p = self->tags[i]; *p; p++)
        if (g_ascii_isalnum (*p))
          g_string_append_c (name, *p);
      if (name->len > length)
        g_string_insert_c (name, (gssize) length, '-');
    }
  g_string_append (name, ".wprp");
  return g_string_free (name, FALSE);
}
