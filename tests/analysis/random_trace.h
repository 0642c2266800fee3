/* Small random traces, ranges, groupings and filters, with many equal times and all kinds of intervals. */
#pragma once

#include "analysis/pool_tree.h"

#define RANDOM_TRACE_LAST_NS 30

PoolTrace *random_trace_new (GRand *random);
TimeRange random_range (GRand *random);
/* Returns: how many dimensions were written to @ret_grouping. */
gsize random_grouping (GRand *random, Dimension ret_grouping[POOL_TREE_MAX_LEVELS]);
/* A tree of a random trace in a random grouping, without symbols or filter. (transfer full) */
PoolTree *random_tree_new (GRand *random);
/* (transfer full): up to two conditions on dimensions, NULL-terminated; of types only if @with_types. */
char **random_conditions (GRand *random, gboolean with_types);
