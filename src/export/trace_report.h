/* What a trace is: file, machine, recording, contents. One list for report, JSON and the properties page. */
#pragma once

#include "export/text_output.h"
#include "model/pool_trace.h"

typedef enum
{
  TRACE_FACT_TEXT,
  TRACE_FACT_NUMBER, /* also told as @number */
  TRACE_FACT_LIST,   /* also told as @list */
} TraceFactKind;

typedef struct
{
  const char *name;  /* "events_lost", for JSON */
  const char *label; /* "Events lost"; English, translated where shown; NULL: another one's text says it */
  TraceFactKind kind;
  char *text;    /* (owned): the value as text */
  gint64 number; /* in the unit that the name tells */
  char **list;   /* (owned) (nullable) */
} TraceFact;

/* Returns: (transfer full): TraceFact, in the order in which they are shown. */
GPtrArray *trace_report_list (const PoolTrace *trace);
/* One line per fact, then every counter that is not zero, then the health with its advice. */
void trace_report_write_text (const PoolTrace *trace, TextOutput *output);
/* The same as an object: "info" has a member per fact. */
void trace_report_write_json (const PoolTrace *trace, TextOutput *output);
