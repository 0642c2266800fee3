/* Groups: sets of intervals with the same value in every dimension of a tree's skeleton, each with a key
 * of one integer per dimension. */
#pragma once

#include "analysis/pool_tree_private.h"

typedef struct
{
  gsize n_groups;
  gsize n_keys;
  guint8 key_levels[POOL_TREE_MAX_LEVELS];  /* level of each key, counted from 1 */
  guint32 *keys[POOL_TREE_MAX_LEVELS];      /* (array length=n_groups) (owned): a group's value as its place
                                               among the level's */
  gsize n_values[POOL_TREE_MAX_LEVELS];     /* values of each key are below */
  guint32 *stacks[POOL_TREE_MAX_LEVELS]; /* (array length=n_values) (owned) (nullable): stack of each value */
  guint32 *group_of_site;     /* (owned): POOL_LEAF_NONE for sites that the filter leaves no interval */
  guint32 *group_of_interval; /* (owned) (nullable): when the grouping tells intervals of one site apart */
} PoolTreeGroups;

/* Also fills the level_texts of @tree. FALSE when cancelled; to be cleared in any case. */
gboolean pool_tree_groups_init (PoolTreeGroups *self, PoolTree *tree, GCancellable *cancellable);
void pool_tree_groups_clear (PoolTreeGroups *self);

/* How many frames the stacks @a and @b have in common from the outermost on, compared by text, as the stack dimension
 * of @level shows them. */
gsize pool_stacks_get_common (const PoolTree *tree, guint level, guint32 a, guint32 b);
/* The frames of @stack there. */
const guint32 *pool_stack_get_frames (const PoolTree *tree, guint level, guint32 stack, gsize *ret_n_frames);
