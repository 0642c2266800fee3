#include "cli/progress_line.h"

#include "base/number_format.h"

#include <stdio.h>
#include <unistd.h>

#define INTERVAL_US 200000

struct _ProgressLine
{
  const Progress *progress;
  GThread *thread;
  GMutex mutex;
  GCond stopped;
  gboolean is_stopped; /* under mutex */
};

static void
show (const Progress *progress)
{
  Progress now = progress_read (progress);
  if (now.bytes_total == 0)
    return;
  g_autofree char *done = format_bytes ((gint64) now.bytes_done),
                  *total = format_bytes ((gint64) now.bytes_total);
  g_autofree char *events = format_count ((gint64) now.events_done);
  guint percent = (guint) MIN (100.0 * (double) now.bytes_done / (double) now.bytes_total, 100.0);
  fprintf (stderr, "\rreading: %u %%, %s of %s, %s events\033[K", percent, done, total, events);
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
        show (self->progress);
        deadline = g_get_monotonic_time () + INTERVAL_US;
      }
  g_mutex_unlock (&self->mutex);
  fputs ("\r\033[K", stderr);
  return NULL;
}

/* Shows @progress until progress_line_stop(). Returns: (transfer full) (nullable): NULL when stderr is no
 * terminal. */
ProgressLine *
progress_line_start (const Progress *progress)
{
  if (!isatty (STDERR_FILENO))
    return NULL;
  ProgressLine *self = g_new0 (ProgressLine, 1);
  self->progress = progress;
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
