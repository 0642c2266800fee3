/* What the bands of a graph are. */
#pragma once

#include "analysis/pool_timeline.h"

typedef enum
{
  GRAPH_BY_GROUPING, /* the first groups of the tree */
  GRAPH_IN_TOTAL,    /* no bands */
  GRAPH_BY_PAGED,
  GRAPH_BY_TAG
} GraphSplit;

/* The bands of the largest groups of @tree. On any thread. (transfer full) (nullable): NULL where there are none */
TimelineBands *graph_split_dup_bands (GraphSplit self, const PoolTree *tree);
