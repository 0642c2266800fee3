/* Which rows a table has, every level opened. */
#pragma once

#include "export/tree_rows.h"

/* @ret_rows (transfer full) (element-type TreeRow): in the order in which they are shown. @ret_others (transfer full)
 * (element-type RowMetrics): what those that stand for several add up to, by their .other. */
void tree_row_search (const TreeExport *export, GArray **ret_rows, GArray **ret_others);
