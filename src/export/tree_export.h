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

/* An indented tree, numbers first so that long names do not push them away. */
void tree_export_write_text (const TreeExport *self, TextOutput *output);
/* The nested tree under "rows". Rows are written as they come, without indentation: a stack may be
 * thousands of frames deep, which neither a recursive writer nor indentation would survive. */
void tree_export_write_json (const TreeExport *self, TextOutput *output);
/* One row per leaf group behind a row of display names; bytes as plain integers. */
void tree_export_write_csv (const TreeExport *self, TextOutput *output);
/* One line per leaf group for flame graphs: the whole key joined by ";", a space, the size in bytes. */
void tree_export_write_folded (const TreeExport *self, TextOutput *output);

/* The metrics of its columns as a set. */
MetricSet tree_export_get_columns (const TreeExport *self);
/* Those of them that rows can be added up by. */
MetricSet tree_export_get_columns_that_add_up (const TreeExport *self);
