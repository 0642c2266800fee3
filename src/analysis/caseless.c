#include "analysis/caseless.h"

static inline gunichar
next_folded (const char **text)
{
  guchar byte = (guchar) **text;
  if (byte < 0x80)
    {
      (*text)++;
      return (guchar) g_ascii_tolower ((char) byte);
    }
  gunichar character = g_unichar_tolower (g_utf8_get_char (*text));
  *text = g_utf8_next_char (*text);
  return character;
}

const char *
caseless_find (const char *text, const char *part, const char **ret_end)
{
  for (;; text = g_utf8_next_char (text))
    {
      const char *at = text, *wanted = part;
      while (*wanted != '\0' && *at != '\0')
        {
          const char *after = at, *after_wanted = wanted;
          if (next_folded (&after) != next_folded (&after_wanted))
            break;
          at = after;
          wanted = after_wanted;
        }
      if (*wanted == '\0')
        {
          if (ret_end)
            *ret_end = at;
          return text;
        }
      if (*text == '\0')
        return NULL;
    }
}
