#include "app/test_log.h"

#include <stdio.h>

gboolean
test_log_is_on (void)
{
  return g_getenv ("POOLSCOPE_TEST_LOG") != NULL;
}

void
test_log_add (const char *format, ...)
{
  const char *path = g_getenv ("POOLSCOPE_TEST_LOG");
  if (path == NULL)
    return;
  FILE *file = fopen (path, "a");
  if (file == NULL)
    return;
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fprintf (file, "%s\n", line);
  fclose (file);
}
