/* How fast the default table follows the range. */
#pragma once

#include "model/pool_trace.h"

/* Makes the default table of @trace and counts it for fresh ranges all over the trace. Returns: the seconds of the
 * slowest of the ranges, each in the fastest of its runs. */
double bench_ranges_measure (PoolTrace *trace);
