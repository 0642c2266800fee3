/* Rows of the table as text separated by tabs, for spreadsheets: a line of titles, then a line per row. */
#pragma once

#include "app/presets/column_layout.h"

typedef struct
{
  PoolTreeValues *values;
  const PoolTreeRow *rows; /* (array length=n_rows) */
  gsize n_rows;
  const ColumnLayout *layout; /* the columns, without the bar */
} RowCopy;

/* Group columns carry the whole path, so that a row can stand alone; numbers are exact. At least one row and at most as
 * many as @limit_bytes have room for; @ret_n_copied receives their number. Looks at every event where a column needs
 * events: for the worker. (transfer full) (nullable): NULL when cancelled. */
char *row_copy_dup_text (const RowCopy *self, gsize limit_bytes, gsize *ret_n_copied, GCancellable *cancellable);
/* A course in words: "12 KiB – 338 MiB, at most 340 MiB". @trend_bytes (array fixed-size=POOL_TREE_TREND_BINS)
 * (nullable): NULL for "". (transfer full) */
char *row_trend_dup_text (const guint64 *trend_bytes);
