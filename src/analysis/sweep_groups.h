/* Leaves in groups, and the rows that hold them, for a sweep through the events of all rows.
 *
 * Leaves that follow each other make a group, so that the rows with leaves of one group alone are few enough for the
 * fastest cache; and the groups end where the fewest rows go on, so that the other rows are few too.
 */
#pragma once

#include "analysis/pool_tree_sweep.h"

#define SWEEP_LIST_END G_MAXUINT32
#define SWEEP_GROUP_NONE G_MAXUINT32

/* Where an event of a leaf and type goes. */
typedef struct
{
  guint32 group;        /* SWEEP_GROUP_NONE: no row holds it */
  guint32 wide, narrow; /* lists of rows with leaves of several groups, and of this one: see SweepGroups */
} SweepTarget;

typedef struct
{
  guint n_groups;
  guint32 *lists;       /* (owned): indices of rows by twos, each list ends with SWEEP_LIST_END; in the place of an index that is
                           missing in the last two stands the number of rows */
  SweepTarget *targets; /* (array length=n_leaves * POOL_N_TYPES) (owned): see sweep_groups_get_place() */
} SweepGroups;

void sweep_groups_init (SweepGroups *self, const MovingRow *rows, gsize n_rows, guint32 n_leaves);
void sweep_groups_clear (SweepGroups *self);

/* Where the target of @leaf (of @n_leaves) and @type stands. */
static inline gsize
sweep_groups_get_place (guint32 n_leaves, guint32 leaf, guint type)
{
  return (gsize) type * n_leaves + leaf;
}
