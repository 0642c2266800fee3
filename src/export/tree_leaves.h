/* The leaf groups of a table as one flat list, the largest first. */
#pragma once

#include "export/tree_export.h"

/* Returns: (transfer full): PoolTreeLeaf in the order of CSV and folded stacks: by the sort metric,
 * then size, both descending, then by the fields of the key; at most as many as the limit says. */
GArray *tree_leaves_new (const TreeExport *self);
