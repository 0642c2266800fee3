/* The order of rows below one row. */
#pragma once

#include "analysis/pool_tree_private.h"

/* A row below another, with its sums. */
typedef struct
{
  PoolTreeRow row;
  PoolTreeSums sums;
} PoolTreeChild;

/* Sorts @children (array length=n), all of one row, as pool_tree_values_get_children() says. */
void pool_tree_order_children (const PoolTreeValues *values, PoolTreeChild *children, gsize n, PoolTreeOrder order);
