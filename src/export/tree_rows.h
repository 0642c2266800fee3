/* The rows of a table in the order in which they are shown, every level opened. */
#pragma once

#include "analysis/pool_tree_chain.h"
#include "export/tree_export.h"

/* Rows below each other with the same numbers. */
typedef struct
{
  PoolTreeChain chain; /* unless it stands for several */
  guint depth;         /* of the first, 0 for the outermost rows */
  guint n_others;      /* above 0: this is one row, for so many that the limit left out */
  guint other;         /* of such a row: number of what they add up to */
} TreeRow;

static inline guint32
tree_row_get_n_shown (const TreeRow *self)
{
  return self->n_others > 0 ? 1 : self->chain.n_rows;
}

typedef struct
{
  TreeRow *rows;       /* (array length=n_rows) (owned) */
  gsize n_rows;
  gsize n_columns;
  gint64 *values;      /* (array length=n_rows * n_columns) (owned) */
  guint64 *has_values; /* (array length=n_rows) (owned): bit per column */
} TreeRows;

/* The columns of @export. */
void tree_rows_init (TreeRows *self, const TreeExport *export);
void tree_rows_clear (TreeRows *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TreeRows, tree_rows_clear)

/* FALSE where there is no value: what does not add up, of several rows. */
static inline gboolean
tree_rows_get_value (const TreeRows *self, gsize row, gsize column, gint64 *ret_value)
{
  *ret_value = self->values[row * self->n_columns + column];
  return self->has_values[row] >> column & 1;
}
