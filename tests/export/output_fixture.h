/* Catches what is written to a TextOutput. */
#pragma once

#include "export/text_output.h"

typedef struct
{
  TextOutput output;
  GOutputStream *stream; /* (owned) */
} OutputFixture;

static inline void
output_fixture_init (OutputFixture *self)
{
  self->stream = g_memory_output_stream_new_resizable ();
  text_output_init (&self->output, self->stream);
}

/* Ends the output and frees @self. Returns: (transfer full): all that was written. */
static inline char *
output_fixture_finish (OutputFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (text_output_finish (&self->output, &error));
  g_assert_no_error (error);
  g_output_stream_write_all (self->stream, "", 1, NULL, NULL, NULL);
  g_output_stream_close (self->stream, NULL, NULL);
  char *text = g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (self->stream));
  text_output_clear (&self->output);
  g_object_unref (self->stream);
  return text;
}
