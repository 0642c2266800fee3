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
  fputs (line, file);
  if (g_getenv ("POOLSCOPE_TEST_LOG_TIMES") != NULL)
    fprintf (file, " at=%" G_GINT64_FORMAT, g_get_monotonic_time ());
  fputc ('\n', file);
  fclose (file);
}

static void
on_painted (GdkFrameClock *clock, gpointer data)
{
  g_signal_handlers_disconnect_by_func (clock, on_painted, NULL);
  test_log_add ("painted");
}

void
test_log_add_painted (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  if (g_getenv ("POOLSCOPE_TEST_LOG_TIMES") != NULL && clock != NULL
      && g_signal_handler_find (clock, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, on_painted, NULL) == 0)
    g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), NULL);
}
