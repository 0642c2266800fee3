/* Finding rows: the worker searches the whole tree, open or not, and finds the rows to open on the way to a hit.
 * What is asked for meanwhile replaces what runs; a search of a tree that has changed is made anew.
 */
#pragma once

#include "app/session/trace_session.h"

#define TREE_TYPE_FIND (tree_find_get_type ())
G_DECLARE_FINAL_TYPE (TreeFind, tree_find, TREE, FIND, GObject)

/* More hits than this are not selected at once. */
#define TREE_FIND_MAX_SELECTED 1000

/* Signals:
 *   changed (): the hits or the current one are others, or are being looked for
 *   moved (): the cursor of the rows is on a hit; rows may have been opened for it */
TreeFind *tree_find_new (TraceSession *session);
/* Stops; no signal comes any more. */
void tree_find_close (TreeFind *self);
/* What is looked for; "" for nothing. @dimension: in whose column; all columns when the table has no such one,
 * as for N_DIMENSIONS. */
void tree_find_set_text (TreeFind *self, const char *text, guint dimension);

typedef enum
{
  TREE_FIND_NEXT,     /* below the current row, from the end round to the beginning */
  TREE_FIND_PREVIOUS, /* above it */
  TREE_FIND_ALL       /* selects every hit, at most TREE_FIND_MAX_SELECTED */
} TreeFindStep;

/* Goes there after the steps asked for before. */
void tree_find_go (TreeFind *self, TreeFindStep step);

typedef struct
{
  gboolean is_known; /* FALSE while the first answer is not there */
  guint n_hits;
  gboolean is_limited; /* there are more hits */
  guint current;       /* of the current row among the hits, from 1; 0 when it is none */
  guint n_selected;    /* so many hits, the first ones, are selected since TREE_FIND_ALL; 0 otherwise */
} TreeFindState;

TreeFindState tree_find_get_state (TreeFind *self);
/* The condition that keeps what was found in the column of the current hit, or of the first one. (transfer full)
 * (nullable): without hits */
PoolCondition *tree_find_dup_condition (TreeFind *self);
