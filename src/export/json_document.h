/* JSON results: a head that all of them share, then rows that are written one by one, so that a
 * result of any size needs no memory of its size. */
#pragma once

#include "analysis/time_range_text.h"
#include "export/text_output.h"

#include <json-glib/json-glib.h>

JsonBuilder *json_document_begin (const char *kind, const PoolTrace *trace);
void json_document_add_string (JsonBuilder *builder, const char *name, const char *value);
void json_document_add_integer (JsonBuilder *builder, const char *name, gint64 value);
void json_document_add_unsigned (JsonBuilder *builder, const char *name, guint64 value);
void json_document_add_time (JsonBuilder *builder, const char *name, gint64 time_ns);
void json_document_add_strings (JsonBuilder *builder, const char *name, const char *const *values);
void json_document_add_range (JsonBuilder *builder, const TimeRangeText *range);
void json_document_add_health (JsonBuilder *builder, const PoolTrace *trace);

void json_document_write (JsonBuilder *builder, TextOutput *output);
void json_document_write_open (JsonBuilder *builder, const char *rows_name, TextOutput *output);
void json_document_write_close (TextOutput *output);
void json_document_write_row (JsonBuilder *builder, TextOutput *output);
void json_document_write_open_row (JsonBuilder *builder, TextOutput *output);
