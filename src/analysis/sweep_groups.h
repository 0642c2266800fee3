/* Leaves in groups, and the rows that hold them, for a sweep through the events of all rows.
 *
 * Leaves that follow each other make a group, so that the rows with leaves of one group alone are few enough for the
 * fastest cache; and the groups end where the fewest rows go on, so that the other rows are few too.
 */
#pragma once

#include "analysis/pool_tree_sweep.h"

#define ROWS_OF_LEAVES_END G_MAXUINT32

/* Some rows by the leaves and types that they hold. */
typedef struct
{
  guint32 *first; /* (array length=n_leaves * POOL_N_TYPES) (owned): into rows; often the same as that before */
  guint32 *rows;  /* (owned): indices, ROWS_OF_LEAVES_END behind those of a leaf and type */
} RowsOfLeaves;

typedef struct
{
  const MovingRow *rows; /* (array length=n_rows) (not owned) */
  gsize n_rows;
  guint32 n_leaves;
  guint32 *group_of_leaf;    /* (array length=n_leaves) (owned) */
  guint n_groups;
  RowsOfLeaves wide, narrow; /* the rows with leaves of several groups, and of one */
} SweepGroups;

void sweep_groups_init (SweepGroups *self, const MovingRow *rows, gsize n_rows, guint32 n_leaves);
void sweep_groups_clear (SweepGroups *self);

/* Where the rows of @leaf and @type are listed. */
static inline gsize
sweep_groups_get_place (const SweepGroups *self, guint32 leaf, guint type)
{
  return (gsize) type * self->n_leaves + leaf;
}

/* The indices of the rows of @leaf and @type, up to ROWS_OF_LEAVES_END. */
static inline const guint32 *
rows_of_leaves_get (const RowsOfLeaves *self, const SweepGroups *groups, guint32 leaf, guint type)
{
  return &self->rows[self->first[sweep_groups_get_place (groups, leaf, type)]];
}
