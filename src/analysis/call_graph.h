/* Callers and callees of a function, or of a module, over the intervals of a row of the table.
 *
 * Each stack counts once, split at its outermost frame of the function: what leads there are the callers, from the
 * function outward; what it then did are the callees, from the function inward, its own recursion among them. By
 * module, frames of one module in a row are one step.
 */
#pragma once

#include "analysis/path_tree.h"

typedef struct _CallGraph CallGraph; /* immutable; reference counted; any thread */

typedef enum
{
  CALL_GRAPH_CALLERS,
  CALL_GRAPH_CALLEES,
  N_CALL_GRAPH_SIDES
} CallGraphSide;

/* What stands in the middle, and of what. */
typedef struct
{
  PoolTreeValues *values;
  PoolTreeRow row;     /* of @values; POOL_TREE_ROOT for everything in the range */
  Dimension dimension; /* of stacks */
  const char *center;  /* text of a frame, or the name of a module */
  gboolean is_by_module;
} CallGraphQuery;

/* NULL with @error only when cancelled. Without any stack through the center all sums are 0. */
CallGraph *call_graph_new (const CallGraphQuery *query, GCancellable *cancellable, GError **error);
CallGraph *call_graph_ref (CallGraph *self);
void call_graph_unref (CallGraph *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CallGraph, call_graph_unref)

/* The sums of the stacks through the center, and of all stacks of the row. */
PoolTreeSums call_graph_get_sums (const CallGraph *self);
PoolTreeSums call_graph_get_total (const CallGraph *self);

/* The tree of one side: (transfer none). Its root is the center, its children are the next callers outward or the next
 * callees inward. */
const PathTree *call_graph_get_tree (const CallGraph *self, CallGraphSide side);
/* The text of a node of either tree, the center's for a root. (transfer none) */
const char *call_graph_get_text (const CallGraph *self, CallGraphSide side, PathTreeNode node);
/* Appends the children of @node (of PathTreeNode): largest impacting size first, then size, then text. */
void call_graph_append_children (const CallGraph *self, CallGraphSide side, PathTreeNode node, GArray *ret_nodes);

/* The module of a frame's text for a graph by module: its name, or the whole text for frames of none. (transfer full) */
char *call_graph_dup_module (const char *frame_text);
