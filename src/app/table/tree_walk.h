/* Opening rows: one, through a path, the heaviest path, a whole subtree. The worker finds the rows to open;
 * keys pressed meanwhile wait for their turn.
 */
#pragma once

#include "app/rows/row_outline.h"
#include "app/session/trace_session.h"

#define TREE_TYPE_WALK (tree_walk_get_type ())
G_DECLARE_FINAL_TYPE (TreeWalk, tree_walk, TREE, WALK, GObject)

typedef enum
{
  TREE_WALK_OPEN,     /* this row */
  TREE_WALK_THROUGH,  /* through every row with a single child, then to the first child where paths part */
  TREE_WALK_HEAVIEST, /* the heaviest child again and again, to the end */
  TREE_WALK_SUBTREE   /* everything below, at most TREE_WALK_MAX_ROWS rows */
} TreeWalkMode;

#define TREE_WALK_MAX_ROWS 20000

/* Signals:
 *   moved (): the walk ended; the cursor of the rows is where it went (or did not move)
 *   limited (guint n_rows): a subtree was too large and was opened only so far
 *   missed (): the row asked for by its path is not there */
TreeWalk *tree_walk_new (TraceSession *session);
/* Walks from the current row, after the walks asked for before. */
void tree_walk_from_cursor (TreeWalk *self, TreeWalkMode mode);
/* Opens the way to the row that @path (array zero-terminated=1) names, a text per row from the root down, and the row
 * itself; replaces such a walk that still waits. */
void tree_walk_to (TreeWalk *self, const char *const *path);
/* Opens exactly the rows that @outline names as open and goes to its current row, or the nearest row above it that is
 * there; replaces such a walk that still waits. */
void tree_walk_restore (TreeWalk *self, RowOutline *outline);
/* Opens one row, or closes it. */
void tree_walk_toggle (TreeWalk *self, RowNode *node);
