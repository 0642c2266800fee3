#include "analysis/pool_tree_row_sums.h"

#include "base/row_shares.h"

/* A row of the table takes as long as so many rows of a column. */
#define COST_OF_ROW 32

typedef struct
{
  const PoolTreeValues *values;
  const PoolTreeRow *rows;
  PoolRowSums *sums;
} RowSumming;

static void
sum_share (guint share, gsize begin, gsize end, gpointer data)
{
  const RowSumming *self = data;
  for (gsize i = begin; i < end; i++)
    {
      PoolRowSums *sums = &self->sums[i];
      sums->run = pool_tree_get_leaf_run (self->values->tree, self->rows[i]);
      sums->types = pool_tree_get_row_types (self->values->tree, self->rows[i]);
      pool_tree_values_sum_leaves_by_type (self->values, sums->run, sums->types, sums->by_type);
    }
}

PoolRowSums *
pool_row_sums_new (const PoolTreeValues *values, const PoolTreeRow *rows, gsize n_rows)
{
  RowSumming summing = { values, rows, g_new (PoolRowSums, n_rows) };
  row_shares_run (n_rows, row_shares_choose (n_rows * COST_OF_ROW, ROW_SHARES_MAXIMUM), sum_share, &summing);
  return summing.sums;
}
