/* The steps of one side of a call graph, as lists for an unfolding table: sorted in the worker, objects made only for the
 * rows on screen. */
#pragma once

#include "analysis/call_graph.h"

#include <gio/gio.h>

/* A step of a call graph, as a list hands it out. */
#define BUTTERFLY_TYPE_NODE (butterfly_node_get_type ())
G_DECLARE_FINAL_TYPE (ButterflyNode, butterfly_node, BUTTERFLY, NODE, GObject)
const char *butterfly_node_get_text (ButterflyNode *self); /* (transfer none) */
PoolTreeSums butterfly_node_get_sums (ButterflyNode *self);
/* Those of everything in the middle. */
PoolTreeSums butterfly_node_get_center_sums (ButterflyNode *self);
/* Whether there are steps behind it. */
gboolean butterfly_node_has_children (ButterflyNode *self);

/* The steps behind one step. Empty at first; they come when the worker has them in their order. */
#define BUTTERFLY_TYPE_ROWS (butterfly_rows_get_type ())
G_DECLARE_FINAL_TYPE (ButterflyRows, butterfly_rows, BUTTERFLY, ROWS, GObject)
/* The children of @node. */
GListModel *butterfly_rows_new (ButterflyNode *node);

/* The callers or callees of the center, and those along the heaviest path behind them, which are there at once. To be
 * made in the worker. */
#define BUTTERFLY_MAX_OPENED 8
typedef struct
{
  GArray *levels[BUTTERFLY_MAX_OPENED + 1]; /* (owned): of PathTreeNode; each of the children of the first of the one
                                               before, empty behind the end of the path */
} ButterflyStart;
/* @self is to be cleared. */
void butterfly_start_init (ButterflyStart *self, const CallGraph *graph, CallGraphSide side);
void butterfly_start_clear (ButterflyStart *self);
/* Its rows at @depth. */
GListModel *butterfly_rows_new_at_start (const ButterflyStart *start, CallGraph *graph, CallGraphSide side, guint depth);
/* The depth of the rows behind @node if they are part of the start, else 0. */
guint butterfly_start_find (const ButterflyStart *self, ButterflyNode *node);
