#include "export/csv_output.h"

#include <string.h>

static void
begin_field (CsvOutput *self)
{
  if (self->is_in_row)
    text_output_add (self->output, ",");
  self->is_in_row = TRUE;
}

void
csv_output_add_field (CsvOutput *self, const char *text)
{
  begin_field (self);
  if (!strpbrk (text, ",\"\r\n"))
    {
      text_output_add (self->output, text);
      return;
    }
  g_autoptr (GString) quoted = g_string_new ("\"");
  for (const char *p = text; *p; p++)
    {
      if (*p == '"')
        g_string_append_c (quoted, '"');
      g_string_append_c (quoted, *p);
    }
  g_string_append_c (quoted, '"');
  text_output_add (self->output, quoted->str);
}

void
csv_output_add_integer (CsvOutput *self, gint64 value)
{
  begin_field (self);
  text_output_printf (self->output, "%" G_GINT64_FORMAT, value);
}

void
csv_output_add_unsigned (CsvOutput *self, guint64 value)
{
  begin_field (self);
  text_output_printf (self->output, "%" G_GUINT64_FORMAT, value);
}

void
csv_output_end_row (CsvOutput *self)
{
  text_output_add (self->output, "\n");
  self->is_in_row = FALSE;
}
