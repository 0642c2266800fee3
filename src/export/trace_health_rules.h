/* The table behind trace_health.h: condition, severity, sentence, consequence for the numbers, how to record better. */
#pragma once

#include "export/trace_facts.h"
#include "export/trace_health.h"

/* Whether it holds; fills in what the sentence shows, also where it does not hold.
 * @values: (array length=TRACE_HEALTH_N_VALUES): NULL; what is put there is the caller's. */
typedef gboolean (*TraceHealthCondition) (const PoolTrace *trace, const TraceFacts *facts, char **values);

typedef struct
{
  const char *name;
  TraceHealthSeverity severity;
  TraceHealthCondition holds;
  const char *sentence, *consequence, *advice;
} TraceHealthRule;

/* In the order in which they are shown: the gravest first. */
extern const TraceHealthRule trace_health_rules[];
extern const gsize trace_health_n_rules;
