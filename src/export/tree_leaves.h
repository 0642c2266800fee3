/* The leaf groups of a table as one flat list, the largest first. */
#pragma once

#include "export/tree_export.h"

GArray *tree_leaves_new (const TreeExport *self);
