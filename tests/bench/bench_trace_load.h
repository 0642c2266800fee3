/* One load of a trace, and what it costs. */
#pragma once

#include "model/pool_trace_loader.h"

typedef struct
{
  double seconds;
  double processor_seconds;           /* of all threads together */
  guint64 peak_bytes, after_bytes;    /* resident in this process */
} BenchLoadCost;

/* Loads the trace at @path, which must be a good one. Returns: (transfer full): it. */
PoolTrace *bench_trace_load (const char *path, BenchLoadCost *ret_cost);

/* A load that is watched as the window does. */
typedef struct
{
  double first_picture_seconds; /* from the open until the graph has something to show */
  double longest_pause_seconds; /* without progress */
  double cancel_seconds;        /* from the wish to cancel until the loader has come back; 0: the load ended before */
} BenchWatchedLoad;

/* Loads the trace at @path, and cancels that after @cancel_after_seconds. */
BenchWatchedLoad bench_trace_load_watched (const char *path, double cancel_after_seconds);

/* The bytes that the rules for memory allow per allocation, beside what they name per allocation: the distinct stacks and
 * 128 MiB. */
double bench_trace_get_allowance_bytes (const PoolTrace *trace);
