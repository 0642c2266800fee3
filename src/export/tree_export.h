/* The table as text, CSV, JSON and folded stacks. */
#pragma once

#include "analysis/pool_tree.h"
#include "analysis/time_range_text.h"
#include "export/text_output.h"

#define TREE_EXPORT_NO_LIMIT G_MAXSIZE
#define TREE_EXPORT_TEXT_LIMIT 10 /* rows per level that the text shows unless told otherwise */

typedef struct
{
  const PoolTreeValues *values;
  const TimeRangeText *range; /* as it was asked for */
  const Metric *columns;      /* (array length=n_columns) */
  gsize n_columns;
  Metric sort; /* largest first */
  gsize limit; /* rows per level, for lists rows in all; or TREE_EXPORT_NO_LIMIT */
} TreeExport;

void tree_export_write_text (const TreeExport *self, TextOutput *output);
void tree_export_write_json (const TreeExport *self, TextOutput *output);
void tree_export_write_csv (const TreeExport *self, TextOutput *output);
void tree_export_write_folded (const TreeExport *self, TextOutput *output);

MetricSet tree_export_get_columns (const TreeExport *self);
