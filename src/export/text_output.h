/* Text on its way to a stream: collected in pieces, with the first error kept until the end, so that
 * writers need not check each line. */
#pragma once

#include "export/text_writer.h"

typedef struct
{
  GOutputStream *stream; /* (owned) */
  GString *pending;      /* (owned): not yet written */
  TextWriter *writer;    /* (owned) (nullable): writes what comes before that */
  GError *error;         /* (owned) (nullable): the first one; nothing is written after it */
} TextOutput;

/* Appends @text, control characters as \xNN. */
void text_append_line_safe (GString *line, const char *text);
/* A line of @head, so many blanks, and @text as above. */
void text_append_line (GString *lines, const GString *head, gsize n_spaces, const char *text);
/* As text_append_line_safe(), filled up with blanks to @width characters. */
void text_append_padded (GString *line, const char *text, gsize width, gboolean is_right_aligned);

/* Begins to write to @stream, of which a reference is taken. */
void text_output_init (TextOutput *self, GOutputStream *stream);
void text_output_clear (TextOutput *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TextOutput, text_output_clear)

/* Each adds text; what goes wrong is told at the end. _line_safe: as text_append_line_safe() has it. */
void text_output_add (TextOutput *self, const char *text);
void text_output_printf (TextOutput *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void text_output_add_line_safe (TextOutput *self, const char *text);
/* Adds *@text, which is empty then, and may be another string. */
void text_output_take (TextOutput *self, GString **text);
void text_output_add_spaces (TextOutput *self, gsize n_spaces);
void text_output_add_padded (TextOutput *self, const char *text, gsize width, gboolean is_right_aligned);
/* Writes what is left. Returns: FALSE with @error (G_IO_ERROR) when any piece could not be written. */
gboolean text_output_finish (TextOutput *self, GError **error);
