#include "analysis/glob.h"

#include <string.h>

/* One character; bytes that are not UTF-8 are characters of their own. */
static gunichar
next_character (const char **text)
{
  gunichar character = g_utf8_get_char_validated (*text, -1);
  if (character == (gunichar) -1 || character == (gunichar) -2)
    return (guchar) *(*text)++ | 0x80000000u;
  *text = g_utf8_next_char (*text);
  return character;
}

/* A character of a set or pattern, an escaped one literally. */
static gunichar
next_literal (const char **pattern)
{
  if (**pattern == '\\' && (*pattern)[1] != '\0')
    (*pattern)++;
  return next_character (pattern);
}

/* Reads the set that starts behind "[" at @pattern. Returns: where it ends (behind "]"), or NULL when it is
 * never closed; @ret_has_character: whether @character is in it. */
static const char *
match_set (const char *pattern, gunichar character, gboolean *ret_has_character)
{
  gboolean is_negated = *pattern == '!' || *pattern == '^';
  if (is_negated)
    pattern++;
  gboolean is_found = FALSE;
  for (gboolean is_first = TRUE; *pattern != '\0'; is_first = FALSE)
    {
      if (*pattern == ']' && !is_first)
        {
          *ret_has_character = is_found != is_negated;
          return pattern + 1;
        }
      gunichar low = next_literal (&pattern), high = low;
      if (pattern[0] == '-' && pattern[1] != ']' && pattern[1] != '\0')
        {
          pattern++;
          high = next_literal (&pattern);
        }
      is_found = is_found || (character >= low && character <= high);
    }
  return NULL;
}

/* Matches one character of the text with the element at @pattern, which is no "*".
 * Returns: where the next element starts; @ret_matches: whether it matched. */
static const char *
match_element (const char *pattern, gunichar character, gboolean *ret_matches)
{
  if (*pattern == '?')
    {
      *ret_matches = TRUE;
      return pattern + 1;
    }
  if (*pattern == '[')
    {
      const char *end = match_set (pattern + 1, character, ret_matches);
      if (end)
        return end;
      *ret_matches = character == '[';
      return pattern + 1;
    }
  *ret_matches = next_literal (&pattern) == character;
  return pattern;
}

gboolean
glob_match (const char *pattern, const char *text)
{
  /* Only the last "*" ever has to be widened: what an earlier one could take, the last one can too. */
  const char *star_pattern = NULL, *star_text = NULL;
  while (TRUE)
    {
      if (*pattern == '*')
        {
          star_pattern = ++pattern;
          star_text = text;
          continue;
        }
      if (*text == '\0' && *pattern == '\0')
        return TRUE;
      gboolean matches = FALSE;
      if (*text != '\0' && *pattern != '\0')
        {
          const char *after_text = text;
          const char *after_pattern = match_element (pattern, next_character (&after_text), &matches);
          if (matches)
            {
              pattern = after_pattern;
              text = after_text;
            }
        }
      if (!matches)
        {
          if (star_pattern == NULL || *star_text == '\0')
            return FALSE;
          next_character (&star_text);
          pattern = star_pattern;
          text = star_text;
        }
    }
}

gboolean
glob_get_length (const char *pattern, gsize *ret_length)
{
  gsize length = 0;
  for (; *pattern != '\0'; length++)
    {
      gboolean matches;
      if (*pattern == '*')
        return FALSE;
      pattern = match_element (pattern, 0, &matches);
    }
  *ret_length = length;
  return TRUE;
}

char *
glob_escape (const char *text)
{
  GString *pattern = g_string_sized_new (strlen (text) + 8);
  for (; *text != '\0'; text++)
    {
      if (strchr ("*?[\\", *text))
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *text);
    }
  return g_string_free (pattern, FALSE);
}

char *
glob_dup_literal (const char *pattern)
{
  GString *text = g_string_sized_new (strlen (pattern));
  for (; *pattern != '\0'; pattern++)
    {
      if (*pattern == '\\' && pattern[1] != '\0')
        pattern++;
      else if (strchr ("*?[", *pattern))
        {
          g_string_free (text, TRUE);
          return NULL;
        }
      g_string_append_c (text, *pattern);
    }
  return g_string_free (text, FALSE);
}
