/* The aggregations of a row a second time: all values listed, then looked at. */
#pragma once

#include "slow_analysis.h"

/* What @metric, which is none of the basic ones, tells of @members. FALSE where it has no value. */
gboolean slow_aggregate (const PoolTrace *trace, TimeRange range, const GArray *members, Metric metric,
                         gint64 *ret_value);
