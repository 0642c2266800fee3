/* The work behind the table, off the main thread: skeleton, values, rows; openings; peaks.
 *
 * Latest wins: while one computation runs, newer wishes replace each other, and the last one is computed
 * next. A change of range keeps the skeleton, unless the filter asks for ages.
 */
#pragma once

#include "app/rows/row_node.h"

#define TREE_TYPE_COMPUTE (tree_compute_get_type ())
G_DECLARE_FINAL_TYPE (TreeCompute, tree_compute, TREE, COMPUTE, GObject)

typedef struct
{
  Dimension grouping[POOL_TREE_MAX_LEVELS];
  gsize n_levels;
  TimeRange range;
  PoolTreeOrder order;
  PoolFilter *filter; /* (owned) */
} TreeQuery;

/* @self is overwritten, what it had is released; all zero bits are a query that has nothing. */
void tree_query_set (TreeQuery *self, const TreeQuery *query);
void tree_query_clear (TreeQuery *self);
gboolean tree_query_same_grouping (const TreeQuery *a, const TreeQuery *b);

/* What the worker made of a query. */
typedef struct
{
  TreeQuery query;
  PoolTreeValues *values; /* (owned) */
  RowNode *root;          /* (owned) (nullable): taken over by whoever shows it */
  gboolean tree_is_new;
  PoolTreeRow cursor; /* the current row in the new tree, level 0 for none */
} TreeResult;

void tree_result_free (TreeResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TreeResult, tree_result_free)

/* What is open and current when a computation starts; filled by whoever shows the rows. */
typedef struct
{
  RowSet *open;       /* (owned) (nullable) */
  PoolTreeRow cursor; /* level 0 for none */
} TreeShown;

typedef void (*TreeShownFunc) (TreeShown *ret_shown, gpointer data);
typedef void (*TreeResultFunc) (TreeResult *result, gpointer data);

/* @get_shown is called when a computation starts, @on_result when it is done; both on the main thread. */
TreeCompute *tree_compute_new (PoolTrace *trace, FrameNames *names, TreeShownFunc get_shown,
                               TreeResultFunc on_result, gpointer data);
/* Stops; no callback comes any more. */
void tree_compute_close (TreeCompute *self);
/* Later computations use @names; a new skeleton follows the next request. */
void tree_compute_set_names (TreeCompute *self, FrameNames *names);
void tree_compute_request (TreeCompute *self, const TreeQuery *query);
/* While it is paused only what runs goes on; the last request starts when it goes on. */
void tree_compute_set_paused (TreeCompute *self, gboolean is_paused);
/* Begins where @other, of the same trace, is: its last result is not computed again where it fits. */
void tree_compute_start_from (TreeCompute *self, TreeCompute *other);
/* Whether the last request is not yet answered. */
gboolean tree_compute_is_busy (TreeCompute *self);
