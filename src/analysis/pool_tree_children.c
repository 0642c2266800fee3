/* The rows below a row, their order, and the leaf groups. */
#include "analysis/pool_tree_chain.h"
#include "analysis/pool_tree_order.h"
#include "analysis/stack_leaves.h"

#include <string.h>

/* --- Children ------------------------------------------------------------------------------------------- */

/* The children of a row with intervals, of frames and types until there are @limit. */
typedef struct
{
  const PoolTreeValues *values;
  guint limit;
  GArray *children; /* of PoolTreeChild */
} ChildList;

/* Appends @row, which holds @run, if it has intervals. */
static inline void
append_if_present (ChildList *self, PoolTreeRow row, PoolLeafRun run)
{
  PoolTreeChild child = { row, pool_tree_values_sum_leaves (self->values, run, row.types) };
  if (child.sums.count > 0)
    g_array_append_val (self->children, child);
}

/* The masks into which a dimension of the range divides @types: at most POOL_N_TYPES. */
static guint
divide_types (Dimension dimension, PoolTypeMask types, PoolTypeMask ret_masks[POOL_N_TYPES])
{
  static const PoolTypeMask type_masks[] = { 1 << POOL_TYPE_AIFO, 1 << POOL_TYPE_AIFI, 1 << POOL_TYPE_AOFI,
                                             1 << POOL_TYPE_AOFO };
  static const PoolTypeMask impact_masks[] = { 1 << POOL_TYPE_AIFO | 1 << POOL_TYPE_AOFI, 1 << POOL_TYPE_AIFI,
                                               1 << POOL_TYPE_AOFO };
  const PoolTypeMask *masks = dimension == DIMENSION_TYPE ? type_masks : impact_masks;
  guint n_masks = dimension == DIMENSION_TYPE ? G_N_ELEMENTS (type_masks) : G_N_ELEMENTS (impact_masks);
  guint n = 0;
  for (guint i = 0; i < n_masks; i++)
    if (masks[i] & types)
      ret_masks[n++] = masks[i] & types;
  return n;
}

/* Appends the frames at @depth of the stacks in [first, end). */
static void
append_frames (ChildList *self, PoolLeafRun stacks, PoolTypeMask types, guint32 depth)
{
  const PoolTreeLayer *layer = stacks.layer;
  while (stacks.first < stacks.end && self->children->len < self->limit)
    {
      PoolTreeRow row = { stacks.first, types, layer->level, depth };
      PoolLeafRun run = { layer, stacks.first, stack_leaves_find_end (layer, stacks.first, depth) };
      append_if_present (self, row, run);
      stacks.first = run.end;
    }
}

/* Appends the values of the dimension of @layer below @leaf of the layer above. */
static void
append_values (ChildList *self, const PoolTreeLayer *layer, guint32 leaf, PoolTypeMask types)
{
  PoolLeafRun below = { layer, layer->leaf_starts[leaf], layer->leaf_starts[leaf + 1] };
  if (layer->stacks != NULL)
    append_frames (self, below, types, 0);
  else
    for (guint32 i = below.first; i < below.end; i++)
      append_if_present (self, (PoolTreeRow){ i, types, layer->level, 0 }, (PoolLeafRun){ layer, i, i + 1 });
}

static gboolean
continues_stack (const PoolTreeLayer *layer, PoolTreeRow row)
{
  return row.level == layer->level && layer->stacks != NULL;
}

static void
append_children (ChildList *self, PoolTreeRow row)
{
  PoolTree *tree = self->values->tree;
  const PoolTreeLayer *layer = pool_tree_get_layer (tree, row);
  PoolLeafRun completed = pool_tree_get_completed_run (tree, row);
  guint next_layer = row.level < tree->n_levels ? tree->layer_of_level[row.level + 1] : 0;
  if (row.level < tree->n_levels && next_layer == 0)
    {
      PoolTypeMask masks[POOL_N_TYPES];
      guint n_masks = divide_types (tree->grouping[row.level], row.types, masks);
      for (guint i = 0; i < n_masks && self->children->len < self->limit; i++)
        append_if_present (self, (PoolTreeRow){ row.leaf, masks[i], (guint8) (row.level + 1), row.depth }, completed);
    }
  if (continues_stack (layer, row))
    {
      PoolLeafRun longer = pool_tree_get_leaf_run (tree, row);
      longer.first = completed.end;
      append_frames (self, longer, row.types, row.depth + 1);
    }
  if (next_layer == 0 || completed.end == completed.first || self->children->len >= self->limit)
    return;
  const PoolTreeLayer *below = pool_tree_need_layer (tree, next_layer, NULL, NULL);
  if (below != NULL)
    append_values (self, below, row.leaf, row.types);
}

/* Returns: (transfer full): of PoolTreeChild. */
static GArray *
list_children (const PoolTreeValues *self, PoolTreeRow row, guint limit)
{
  ChildList list = { self, limit, g_array_new (FALSE, FALSE, sizeof (PoolTreeChild)) };
  append_children (&list, row);
  return list.children;
}

gboolean
pool_tree_values_has_children (const PoolTreeValues *self, PoolTreeRow row)
{
  const PoolTree *tree = self->tree;
  /* What ends at the row has a value in the next dimension; which, need not be known. */
  if (row.level < tree->n_levels && tree->layer_of_level[row.level + 1] != 0)
    {
      PoolLeafRun completed = pool_tree_get_completed_run (tree, row);
      if (pool_tree_values_sum_leaves (self, completed, row.types).count > 0)
        return TRUE;
      if (!continues_stack (completed.layer, row))
        return FALSE;
    }
  g_autoptr (GArray) children = list_children (self, row, 1);
  return children->len > 0;
}

void
pool_tree_values_get_children (const PoolTreeValues *self, PoolTreeRow row, PoolTreeOrder order,
                               GArray *ret_rows)
{
  g_autoptr (GArray) children = list_children (self, row, G_MAXUINT);
  pool_tree_order_children (self, (PoolTreeChild *) (gpointer) children->data, children->len, order);
  for (guint i = 0; i < children->len; i++)
    g_array_append_val (ret_rows, g_array_index (children, PoolTreeChild, i).row);
}

/* Follows @path from @row on. A frame and a value of the next dimension can stand under one row and read the same; then
 * the one under which the rest of the path is found is meant. */
static gboolean
find_path_below (const PoolTreeValues *self, PoolTreeRow row, const char *const *path, PoolTreeRow *ret_row)
{
  if (*path == NULL)
    {
      *ret_row = row;
      return TRUE;
    }
  g_autoptr (GArray) children = list_children (self, row, G_MAXUINT);
  for (guint i = 0; i < children->len; i++)
    {
      PoolTreeRow child = g_array_index (children, PoolTreeChild, i).row;
      if (strcmp (pool_tree_get_row_text (self->tree, child), *path) == 0
          && find_path_below (self, child, path + 1, ret_row))
        return TRUE;
    }
  return FALSE;
}

gboolean
pool_tree_values_find_path (const PoolTreeValues *self, const char *const *path, PoolTreeRow *ret_row)
{
  return find_path_below (self, POOL_TREE_ROOT, path, ret_row);
}

/* --- Leaf groups ---------------------------------------------------------------------------------------- */

/* Rows of the tree in its order, each level opened. */
typedef struct
{
  const PoolTreeValues *values;
  PoolTreeOrder order;
  GArray *pending;  /* of PoolTreeRow: rows to visit, the next one last */
  GArray *children; /* scratch */
} TreeWalk;

static void
tree_walk_push_children (TreeWalk *self, PoolTreeRow row)
{
  g_array_set_size (self->children, 0);
  pool_tree_values_get_children (self->values, row, self->order, self->children);
  for (guint i = self->children->len; i > 0; i--)
    g_array_append_val (self->pending, g_array_index (self->children, PoolTreeRow, i - 1));
}

static gboolean
fill_leaf_metrics (const PoolTreeValues *self, GArray *leaves, MetricSet metrics, GCancellable *cancellable)
{
  g_autofree PoolTreeRow *rows = g_new (PoolTreeRow, leaves->len);
  g_autofree RowMetrics *filled = g_new (RowMetrics, leaves->len);
  for (guint i = 0; i < leaves->len; i++)
    {
      /* The completed run of the row: intervals that end there, not those of longer stacks. */
      rows[i] = g_array_index (leaves, PoolTreeLeaf, i).row;
      rows[i].level = (guint8) (self->tree->n_levels + 1);
    }
  if (!pool_tree_values_get_metrics (self, rows, leaves->len, metrics, filled, NULL, cancellable))
    return FALSE;
  for (guint i = 0; i < leaves->len; i++)
    g_array_index (leaves, PoolTreeLeaf, i).metrics = filled[i];
  return TRUE;
}

/* Returns: (transfer full) (element-type PoolTreeLeaf) (nullable): NULL when cancelled. */
GArray *
pool_tree_values_dup_leaves (const PoolTreeValues *self, PoolTreeOrder order, MetricSet metrics,
                             GCancellable *cancellable)
{
  g_autoptr (GArray) leaves = g_array_new (FALSE, TRUE, sizeof (PoolTreeLeaf));
  g_autoptr (GArray) pending = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  TreeWalk walk = { self, order, pending, children };
  if (!pool_tree_values_need_all (self, cancellable))
    return NULL;
  PoolTreeRow row = POOL_TREE_ROOT;
  g_array_append_val (pending, row);
  while (pending->len > 0)
    {
      if (g_cancellable_is_cancelled (cancellable))
        return NULL;
      row = g_array_index (pending, PoolTreeRow, pending->len - 1);
      g_array_set_size (pending, pending->len - 1);
      /* Where the frames that have one child each end: above it nothing does. */
      PoolTreeChain chain = pool_tree_get_chain (self->tree, row);
      row = pool_tree_chain_get_last (&chain);
      PoolTreeLeaf leaf = { .row = row, .metrics = { .sums = pool_tree_values_get_own_sums (self, row) } };
      if (leaf.metrics.sums.count > 0)
        g_array_append_val (leaves, leaf);
      tree_walk_push_children (&walk, row);
    }
  if (metrics != 0 && !fill_leaf_metrics (self, leaves, metrics, cancellable))
    return NULL;
  return g_steal_pointer (&leaves);
}
