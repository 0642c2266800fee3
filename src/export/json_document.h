/* JSON results: a head that all of them share, then rows that are written one by one, so that a
 * result of any size needs no memory of its size. */
#pragma once

#include "analysis/time_range_text.h"
#include "export/text_output.h"

#include <json-glib/json-glib.h>

/* Begins the object of a result of @kind ("table"). Returns: (transfer full): to be filled with more
 * members and handed to one of the functions that write. */
JsonBuilder *json_document_begin (const char *kind, const PoolTrace *trace);
/* @value is nullable. */
void json_document_add_string (JsonBuilder *builder, const char *name, const char *value);
void json_document_add_integer (JsonBuilder *builder, const char *name, gint64 value);
/* JSON numbers here are signed; what a damaged trace claims beyond that is written as the largest. */
void json_document_add_unsigned (JsonBuilder *builder, const char *name, guint64 value);
/* Times before and behind the trace become null. */
void json_document_add_time (JsonBuilder *builder, const char *name, gint64 time_ns);
/* An array. @values: (array zero-terminated=1) */
void json_document_add_strings (JsonBuilder *builder, const char *name, const char *const *values);
/* The range as "range": an open end is null. */
void json_document_add_range (JsonBuilder *builder, const TimeRangeText *range);
/* The health of @trace as "health", an array of its findings. */
void json_document_add_health (JsonBuilder *builder, const PoolTrace *trace);

/* Writes the whole object. */
void json_document_write (JsonBuilder *builder, TextOutput *output);
/* Writes the object with one more member @rows_name, an array left open for the caller's rows. */
void json_document_write_open (JsonBuilder *builder, const char *rows_name, TextOutput *output);
/* Closes the array and the object that json_document_write_open() left open. */
void json_document_write_close (TextOutput *output);
/* Writes the object of one row on a line. */
void json_document_write_row (JsonBuilder *builder, TextOutput *output);
/* Writes the object of one row on a line of its own, with an array "children" left open. */
void json_document_write_open_row (JsonBuilder *builder, TextOutput *output);
