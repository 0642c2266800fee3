/* Paths of texts merged into a tree: what begins alike is one node.
 *
 * The paths are sorted, so a node is a run of them and its sums are the difference of two prefix sums. Nodes are not
 * stored; the children of one are found when they are asked for.
 */
#pragma once

#include "analysis/pool_tree.h"

typedef struct _PathTree PathTree; /* immutable once sorted; reference counted; any thread */

/* The paths first to end - 1, which have their first depth texts in common. */
typedef struct
{
  guint32 first, end, depth;
} PathTreeNode;

PathTree *path_tree_new (void);
PathTree *path_tree_ref (PathTree *self);
void path_tree_unref (PathTree *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PathTree, path_tree_unref)

/* Adds a path: @text_ids (array length=n_texts), with what it holds. Not after path_tree_sort(). */
void path_tree_add (PathTree *self, const guint32 *text_ids, gsize n_texts, PoolTreeSums sums);
/* To be called once, when all paths are there. */
void path_tree_sort (PathTree *self);

PathTreeNode path_tree_get_root (const PathTree *self);
/* The last text of the node's paths; not of the root. */
guint32 path_tree_get_text_id (const PathTree *self, PathTreeNode node);
PoolTreeSums path_tree_get_sums (const PathTree *self, PathTreeNode node);
/* The same of the paths that end at the node. */
PoolTreeSums path_tree_get_own_sums (const PathTree *self, PathTreeNode node);
/* What the node weighs by count, size or impacting size. Of impacting size only paths that grew count, so that a
 * node weighs as much as its children and its own paths together, and nothing is negative. */
guint64 path_tree_get_weight (const PathTree *self, PathTreeNode node, Metric metric);
/* The same of all paths that have one of the texts for which @is_match (array, by text id) is set. */
guint64 path_tree_get_weight_with (const PathTree *self, const gboolean *is_match, Metric metric);
/* Appends the children of @node to @ret_nodes (of PathTreeNode), by text id. */
void path_tree_append_children (const PathTree *self, PathTreeNode node, GArray *ret_nodes);
gboolean path_tree_has_children (const PathTree *self, PathTreeNode node);
/* The child that reads @text_id. */
gboolean path_tree_find_child (const PathTree *self, PathTreeNode node, guint32 text_id, PathTreeNode *ret_child);
