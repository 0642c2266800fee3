/* Writes text to a stream in a thread of its own, while the next is being made. */
#pragma once

#include <gio/gio.h>

typedef struct _TextWriter TextWriter;

/* NULL when no thread can be had. @stream (not owned) must not be touched until text_writer_free(). */
TextWriter *text_writer_new (GOutputStream *stream);
/* Waits until all that was handed over is written. Returns: (transfer full) (nullable): the first error. */
GError *text_writer_free (TextWriter *self);

/* Hands @text over, which is written as soon as what was handed over before is; @text receives an empty string in
 * exchange. FALSE when something could not be written: then nothing is any more. */
gboolean text_writer_exchange (TextWriter *self, GString **text);
