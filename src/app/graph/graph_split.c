#include "app/graph/graph_split.h"

#define N_TOP_BANDS 8

TimelineBands *
graph_split_dup_bands (GraphSplit self, const PoolTree *tree)
{
  if (self == GRAPH_IN_TOTAL)
    return NULL;
  if (self == GRAPH_BY_GROUPING)
    return timeline_bands_new (tree, TIME_RANGE_WHOLE, N_TOP_BANDS);
  return timeline_bands_new_by (tree, self == GRAPH_BY_PAGED ? DIMENSION_PAGED : DIMENSION_TAG, TIME_RANGE_WHOLE,
                                N_TOP_BANDS);
}
