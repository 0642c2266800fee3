#include "symbols/symbol_name.h"

#include <string.h>

#define LONGEST_NAME 200 /* with what a temporary file appends, still a name every file system takes */

char *
symbol_name_from_recorded (const char *recorded)
{
  if (!recorded)
    return NULL;
  const char *name = recorded;
  for (const char *c = recorded; *c; c++)
    if (*c == '/' || *c == '\\')
      name = c + 1;
  gsize length = strlen (name);
  if (length == 0 || length > LONGEST_NAME || name[0] == '.'
      || !g_utf8_validate (name, (gssize) length, NULL))
    return NULL;
  for (const char *c = name; *c; c++)
    if (g_ascii_iscntrl (*c) || strchr (":*?\"<>|", *c))
      return NULL;
  return g_strdup (name);
}

char *
symbol_name_to_compressed (const char *name)
{
  gsize length = strlen (name);
  if (length == 0)
    return g_strdup ("_");
  const char *last = g_utf8_find_prev_char (name, name + length);
  return g_strdup_printf ("%.*s_", last ? (int) (last - name) : 0, name);
}

const char *
symbol_name_get_extension (const char *name)
{
  const char *dot = strrchr (name, '.');
  return dot ? dot + 1 : "";
}
