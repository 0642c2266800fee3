#include "cli/progress_line.h"

#include "base/number_format.h"

#include <stdio.h>
#include <unistd.h>

#define INTERVAL_US 200000

struct _ProgressLine
{
  ProgressLineFunc write_text;
  gconstpointer data;
  GThread *thread;
  GMutex mutex;
  GCond stopped;
  gboolean is_stopped; /* under mutex */
};

void
progress_line_write_reading (GString *text, gconstpointer data)
{
  Progress now = progress_read (data);
  if (now.bytes_total == 0)
    return;
  g_autofree char *done = format_bytes ((gint64) now.bytes_done),
                  *total = format_bytes ((gint64) now.bytes_total);
  g_autofree char *events = format_count ((gint64) now.events_done);
  if (now.is_unpacking)
    {
      g_string_append_printf (text, "unpacking: %s of %s", done, total);
      return;
    }
  guint percent = (guint) MIN (100.0 * (double) now.bytes_done / (double) now.bytes_total, 100.0);
  g_string_append_printf (text, "reading: %u %%, %s of %s, %s events", percent, done, total, events);
}

static void
show (const ProgressLine *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  self->write_text (text, self->data);
  /* A file's name must not steer the terminal. */
  for (char *p = text->str; *p; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  if (text->len > 0)
    fprintf (stderr, "\r%s\033[K", text->str);
}

static gpointer
run (gpointer data)
{
  ProgressLine *self = data;
  g_mutex_lock (&self->mutex);
  gint64 deadline = g_get_monotonic_time () + INTERVAL_US;
  while (!self->is_stopped)
    if (!g_cond_wait_until (&self->stopped, &self->mutex, deadline))
      {
        show (self);
        deadline = g_get_monotonic_time () + INTERVAL_US;
      }
  g_mutex_unlock (&self->mutex);
  fputs ("\r\033[K", stderr);
  return NULL;
}

/* Shows what @write_text says of @data until progress_line_stop(). Returns: (transfer full) (nullable): NULL when stderr is no
 * terminal. */
ProgressLine *
progress_line_start (ProgressLineFunc write_text, gconstpointer data)
{
  if (!isatty (STDERR_FILENO))
    return NULL;
  ProgressLine *self = g_new0 (ProgressLine, 1);
  self->write_text = write_text;
  self->data = data;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->stopped);
  self->thread = g_thread_new ("progress-line", run, self);
  return self;
}

/* Clears the line and frees @self (nullable). */
void
progress_line_stop (ProgressLine *self)
{
  if (!self)
    return;
  g_mutex_lock (&self->mutex);
  self->is_stopped = TRUE;
  g_cond_signal (&self->stopped);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->stopped);
  g_free (self);
}
