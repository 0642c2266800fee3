/* The rows of a table in the order in which they are shown, every level opened. */
#pragma once

#include "export/tree_export.h"

typedef struct
{
  PoolTreeRow row; /* unless it stands for several */
  guint depth;     /* 0 for the outermost rows */
  gsize n_others;  /* above 0: this row stands for so many that the limit left out */
  RowMetrics metrics; /* of the wanted columns */
} TreeRow;

GArray *tree_rows_new (const TreeExport *self);
/* FALSE where there is no value: what does not add up, of several rows. */
gboolean tree_row_get_metric (const TreeRow *self, Metric metric, gint64 *ret_value);
