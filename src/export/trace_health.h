/* What is wrong with a trace, what that means for the numbers, and how to record better: one table
 * for the window's health bar, the report and the warnings of the command line. */
#pragma once

#include "model/pool_trace.h"

typedef enum
{
  TRACE_HEALTH_NOTE,    /* worth knowing, nothing is wrong with the numbers */
  TRACE_HEALTH_WARNING, /* part of the answer is missing or rests on inference */
  TRACE_HEALTH_SERIOUS, /* the numbers cannot be trusted, or there are none */
} TraceHealthSeverity;

#define TRACE_HEALTH_N_VALUES 3

/* One finding. The texts are English; {1} to {3} in a template stand for @values, so that the
 * templates, consequences and advice are what a translator sees. */
typedef struct
{
  const char *name; /* stable, for JSON: "events-lost" */
  TraceHealthSeverity severity;
  const char *sentence_template; /* "events were lost while recording ({1})" */
  char *values[TRACE_HEALTH_N_VALUES]; /* (owned) (nullable) */
  gboolean is_count;             /* the template is words that stand behind values[0] */
  char *sentence;                /* (owned): the template filled in, without a full stop */
  const char *consequence;       /* what it means for the numbers, a sentence */
  const char *advice;            /* how to record better, a sentence */
} TraceHealthItem;

/* Everything that is to be said about the health of @trace, the gravest kinds first.
 * Returns: (transfer full): of TraceHealthItem, empty for a good trace. */
GPtrArray *trace_health_list (const PoolTrace *trace);
/* @sentence_template: that of @self, or its translation. Returns: (transfer full): the sentence. */
char *trace_health_item_dup_sentence (const TraceHealthItem *self, const char *sentence_template);
/* "note", "warning" or "serious", for JSON. */
const char *trace_health_severity_get_name (TraceHealthSeverity severity);
