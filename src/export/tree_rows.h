/* The rows of a table in the order in which they are shown, every level opened. */
#pragma once

#include "export/tree_export.h"

typedef struct
{
  PoolTreeRow row; /* unless it stands for several */
  guint depth;     /* 0 for the outermost rows */
  gsize n_others;  /* above 0: this row stands for so many that the limit left out */
  PoolTreeSums sums;
  guint64 peak_bytes; /* 0 unless the column is wanted; unknown for several rows */
} TreeRow;

GArray *tree_rows_new (const TreeExport *self);
gint64 tree_row_get_metric (const TreeRow *self, Metric metric);
