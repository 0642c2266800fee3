#include "export/text_writer.h"

struct _TextWriter
{
  GOutputStream *stream; /* (not owned) */
  GThread *thread;
  GMutex mutex;          /* of all below */
  GCond changed;
  GString *waiting;      /* (owned) (nullable): handed over, not written yet */
  GString *empty;        /* (owned) (nullable): to be given in exchange; NULL while it is being written */
  gboolean is_ended;     /* nothing more will be handed over */
  GError *error;         /* (owned) (nullable): the first one */
};

/* Returns: (transfer full) (nullable): the next text, NULL at the end. */
static GString *
take_waiting (TextWriter *self)
{
  g_mutex_lock (&self->mutex);
  while (self->waiting == NULL && !self->is_ended)
    g_cond_wait (&self->changed, &self->mutex);
  GString *text = g_steal_pointer (&self->waiting);
  g_mutex_unlock (&self->mutex);
  return text;
}

static gpointer
write_all (gpointer data)
{
  TextWriter *self = data;
  for (GString *text; (text = take_waiting (self)) != NULL;)
    {
      /* Nobody else sets it. */
      GError *error = NULL;
      if (self->error == NULL)
        g_output_stream_write_all (self->stream, text->str, text->len, NULL, NULL, &error);
      g_mutex_lock (&self->mutex);
      if (error != NULL)
        self->error = error;
      self->empty = g_string_truncate (text, 0);
      g_cond_signal (&self->changed);
      g_mutex_unlock (&self->mutex);
    }
  return NULL;
}

TextWriter *
text_writer_new (GOutputStream *stream)
{
  TextWriter *self = g_new0 (TextWriter, 1);
  self->stream = stream;
  self->empty = g_string_new (NULL);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->thread = g_thread_try_new ("text-writer", write_all, self, NULL);
  if (self->thread == NULL)
    text_writer_free (g_steal_pointer (&self));
  return self;
}

GError *
text_writer_free (TextWriter *self)
{
  g_mutex_lock (&self->mutex);
  self->is_ended = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  if (self->thread != NULL)
    g_thread_join (self->thread);
  GError *error = self->error;
  g_string_free (self->empty, TRUE);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self);
  return error;
}

gboolean
text_writer_exchange (TextWriter *self, GString **text)
{
  g_mutex_lock (&self->mutex);
  while (self->empty == NULL)
    g_cond_wait (&self->changed, &self->mutex);
  self->waiting = *text;
  *text = g_steal_pointer (&self->empty);
  gboolean has_failed = self->error != NULL;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  return !has_failed;
}
