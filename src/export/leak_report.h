/* A ranking of leaks as text, Markdown and JSON, and whether the trace is fit for such a judgement. */
#pragma once

#include "analysis/leak_ranking.h"
#include "export/text_output.h"

typedef struct
{
  const PoolTrace *trace;
  const LeakRanking *ranking;
  const char *const *doubts; /* (array zero-terminated=1): from leak_report_dup_doubts() */
} LeakReport;

/* Why the trace is unfit to judge, a clause each; empty when it is fit. (transfer full) (array zero-terminated=1) */
char **leak_report_dup_doubts (const PoolTrace *trace);

/* Each writes the rows as they are ranked, and the doubts. */
void leak_report_write_text (const LeakReport *self, TextOutput *output);
void leak_report_write_markdown (const LeakReport *self, TextOutput *output);
void leak_report_write_json (const LeakReport *self, TextOutput *output);

/* "4.75 MiB/s", or "1.2 KiB/h" for what is too slow to tell by the second; where @seconds are too short for such a
 * rate, what there is: "12 KiB in 13 ms". (transfer full) */
char *leak_format_rate (gint64 growth_bytes, double seconds);
