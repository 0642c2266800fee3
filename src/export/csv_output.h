/* Rows of comma-separated values with the quoting of RFC 4180, one line feed behind each row. */
#pragma once

#include "export/text_output.h"

typedef struct
{
  TextOutput *output;
  gboolean is_in_row; /* a field of the current row is written */
} CsvOutput;

/* Adds a field, in quotes only where a comma, a quote or a line end in it asks for them. */
void csv_output_add_field (CsvOutput *self, const char *text);
void csv_output_add_integer (CsvOutput *self, gint64 value);
void csv_output_add_unsigned (CsvOutput *self, guint64 value);
/* Ends the row; the next field begins another. */
void csv_output_end_row (CsvOutput *self);
