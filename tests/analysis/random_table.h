/* A table of a random trace: grouping, filter, range and reading of stacks at random, by the program and by the slow
 * second implementation. */
#pragma once

#include "random_trace.h"
#include "slow_analysis.h"

typedef struct
{
  PoolTrace *trace;    /* (owned), like all below */
  SlowReading reading; /* of stacks; the slow implementation has it until the end */
  FrameNames *names;
  Dimension grouping[POOL_TREE_MAX_LEVELS];
  gsize n_levels;
  char **conditions;
  TimeRange range;
  guint window_bits;    /* of the sums of leaves: so few that even small trees have several windows */
  PoolTree *tree;
  PoolTreeValues *values;
  GHashTable *expected; /* path -> SlowRow */
} RandomTable;

/* Chooses all of it; trace and range may then be changed. @reads_stacks: as options say, else as recorded. */
void random_table_begin (RandomTable *self, GRand *random, gboolean reads_stacks);
/* Computes the table. */
void random_table_finish (RandomTable *self);
void random_table_clear (RandomTable *self);

/* That a row tells the same as the slow implementation. */
void assert_same_metrics (const RowMetrics *actual, const RowMetrics *expected);
