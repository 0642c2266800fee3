/* What the forms of a ranking share: leak_text.c, leak_markdown.c and leak_json.c write one each. */
#pragma once

#include "export/leak_report.h"

/* "Module", by LeakOrigin. */
extern const char *const leak_origin_names[];

/* Where most of a row comes from; NULL where that is not known, or part of the row's key already. (transfer none) */
const char *leak_row_get_origin (const LeakRanking *ranking, const LeakRow *row, LeakOrigin origin);
/* The value as people read it, a dash where there is none. (transfer full) */
char *leak_row_format_metric (const LeakRow *row, Metric metric);
/* The recorder's own tags that the trace has: they are not in the ranking. "" for none. (transfer full) */
char *leak_report_dup_recorder_tags (const LeakReport *self);
/* Each on a line behind @before. */
void leak_report_write_doubts (const LeakReport *self, const char *before, TextOutput *output);
