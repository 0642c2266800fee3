/* Reads whole traces for the tests. */
#pragma once

#include "etl/etl_event.h"

/* The events of a trace in the order of its index, with all that was counted. */
typedef struct
{
  EtlFile *file;     /* (owned) */
  GArray *events;    /* of EtlEvent; guid and payload point into what is gone */
  ImportCounters counters;
} TraceWalk;

EtlFile *trace_open (GBytes *bytes, GError **error);
TraceWalk *trace_walk_new (GBytes *bytes);
void trace_walk_free (TraceWalk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TraceWalk, trace_walk_free)

void trace_read_all (EtlFile *file, ImportCounters *counters, GArray *events);
void assert_counter (const TraceWalk *walk, ImportCounter counter, guint64 expected);
void assert_no_loss (const TraceWalk *walk);
