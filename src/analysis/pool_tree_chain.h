/* Rows below each other that hold the same: the frames of stacks between which no path parts. What is asked of many rows
 * need be asked once for each chain of them. */
#pragma once

#include "analysis/pool_tree.h"

typedef struct
{
  PoolTreeRow first;     /* the others follow by depth */
  guint32 n_rows;        /* each but the first is the only child of the one before; 1 for rows that are no frames */
  const guint32 *frames; /* (array length=n_rows) (nullable): ids of frames */
} PoolTreeChain;

/* The chain that begins with @row, which goes on as far as it can. */
PoolTreeChain pool_tree_get_chain (const PoolTree *self, PoolTreeRow row);

static inline PoolTreeRow
pool_tree_chain_get_row (const PoolTreeChain *self, guint32 place)
{
  PoolTreeRow row = self->first;
  row.depth += place;
  return row;
}

static inline PoolTreeRow
pool_tree_chain_get_last (const PoolTreeChain *self)
{
  return pool_tree_chain_get_row (self, self->n_rows - 1);
}

/* (transfer none): the text of one of its rows. */
const char *pool_tree_chain_get_text (const PoolTreeChain *self, const PoolTree *tree, guint32 place);
