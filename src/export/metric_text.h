/* Values of metrics as people and as programs read them. */
#pragma once

#include "analysis/metric.h"
#include "export/json_document.h"

/* "338 MiB", "66.67 %", "7/7", "growing"; (transfer full) */
char *metric_format (Metric metric, gint64 value);
/* The same, behind @text. */
void metric_append (GString *text, Metric metric, gint64 value);
/* The value as CSV has it: bytes as plain integers, "66.67" for percentages; (transfer full) */
char *metric_format_plain (Metric metric, gint64 value);
/* Adds the metric by its name: a number or, for the verdict, a word. @value (nullable): NULL becomes null. */
void json_document_add_metric (JsonBuilder *builder, Metric metric, const gint64 *value);
