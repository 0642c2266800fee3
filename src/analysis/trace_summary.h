/* A trace on one screen: the course of both pools, and what grew the most. */
#pragma once

#include "analysis/leak_ranking.h"

typedef enum
{
  SUMMARY_POOL_NONPAGED,
  SUMMARY_POOL_PAGED,
  SUMMARY_N_POOLS
} SummaryPool;

/* How the outstanding bytes of a pool went, of the blocks that the trace shows; the pool's absolute size is not in a
 * trace. */
typedef struct
{
  gint64 start_bytes; /* outstanding just before the first event: blocks whose later free shows that they were there */
  gint64 end_bytes;
  gint64 peak_bytes;
  gint64 net_bytes;          /* end - start */
  double net_bytes_per_hour; /* from the data start to the last event */
} PoolCourse;

#define TRACE_SUMMARY_N_GROWERS 5

typedef struct
{
  PoolCourse pools[SUMMARY_N_POOLS];
  gint64 length_ns;     /* from the data start to the last event: under MINIMUM_SECONDS_PER_HOUR nothing is to be told
                           per hour */
  LeakRanking *growers; /* (owned): by Paged and Pool Tag, at most TRACE_SUMMARY_N_GROWERS rows */
} TraceSummary;

/* Returns: (transfer full) (nullable): NULL with @error, when cancelled or when rows cannot be numbered. */
TraceSummary *trace_summary_new (PoolTrace *trace, FrameNames *names, GCancellable *cancellable, GError **error);
void trace_summary_free (TraceSummary *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TraceSummary, trace_summary_free)

const char *summary_pool_get_name (SummaryPool self); /* "NonPaged", as the dimension Paged has it; to be translated where it is shown */
