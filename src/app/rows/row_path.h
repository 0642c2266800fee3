/* Finds rows again in a tree of another grouping, by the texts of their groups. */
#pragma once

#include "app/rows/tree_compute.h"

/* Fills @ret_shown with the rows of @values that stand for the open and current rows of @shown in @old_tree.
 * Rows whose dimensions the new grouping begins with survive, whatever their order was. @ret_shown->open
 * exists. */
void row_path_translate (const PoolTree *old_tree, const TreeShown *shown, const PoolTreeValues *values,
                         TreeShown *ret_shown);
