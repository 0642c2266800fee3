/* How sums follow the range: intervals are moved whose allocation or free an edge passes. */
#pragma once

#include "analysis/pool_range_sums.h"

/* How many events edges pass over on the way from one range to another. */
gsize pool_range_move_count (const PoolIntervals *intervals, TimeRange from, TimeRange to);
/* Makes the sums those of @range. FALSE when cancelled; then they are of no range. */
gboolean pool_range_move (PoolRangeSums *self, PoolTree *tree, TimeRange range, GCancellable *cancellable);
