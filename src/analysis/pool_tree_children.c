/* The rows below a row, their order, and the leaf groups. */
#include "analysis/pool_tree_private.h"

#include <stdlib.h>
#include <string.h>

/* --- Children ------------------------------------------------------------------------------------------- */

static inline void
append_if_present (const PoolTreeValues *self, PoolTreeRow child, GArray *rows)
{
  if (pool_tree_values_get_sums (self, child).count > 0)
    g_array_append_val (rows, child);
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

/* Appends the frames below @node, whose row is @row. */
static void
append_frames (const PoolTreeValues *self, const PoolTreeNode *node, PoolTreeRow row, guint limit, GArray *rows)
{
  const PoolTreeLayer *layer = node->layer;
  if (!node->is_last)
    {
      append_if_present (self, (PoolTreeRow){ row.node + 1, row.types, row.level }, rows);
      return;
    }
  guint32 end = node->segment + layer->segments[node->segment].n_segments;
  for (guint32 i = node->segment + 1; i < end && rows->len < limit; i += layer->segments[i].n_segments)
    append_if_present (self, (PoolTreeRow){ layer->segments[i].first_node, row.types, row.level }, rows);
}

/* Appends the values of the dimension of @layer below @leaf of the layer above. */
static void
append_values (const PoolTreeValues *self, const PoolTreeLayer *layer, guint32 leaf, PoolTypeMask types, GArray *rows)
{
  const guint32 *starts = layer->segments ? layer->segment_starts : layer->leaf_starts;
  if (layer->segments == NULL)
    for (guint32 i = starts[leaf]; i < starts[leaf + 1]; i++)
      append_if_present (self, (PoolTreeRow){ layer->first_node + i, types, layer->level }, rows);
  else
    for (guint32 i = starts[leaf]; i < starts[leaf + 1]; i += layer->segments[i].n_segments)
      append_if_present (self, (PoolTreeRow){ layer->segments[i].first_node, types, layer->level }, rows);
}

static gboolean
continues_stack (const PoolTree *tree, const PoolTreeNode *node, PoolTreeRow row)
{
  return row.level > 0 && row.level == node->layer->level && dimension_is_stack (tree->grouping[row.level - 1]);
}

/* Appends the children of @row with intervals; of frames and types until @limit rows are in @rows. */
static void
append_children_until (const PoolTreeValues *self, PoolTreeRow row, guint limit, GArray *rows)
{
  PoolTree *tree = self->tree;
  PoolTreeNode node = pool_tree_get_node (tree, row.node);
  guint next_layer = row.level < tree->n_levels ? tree->layer_of_level[row.level + 1] : 0;
  if (row.level < tree->n_levels && next_layer == 0)
    {
      PoolTypeMask masks[POOL_N_TYPES];
      guint n_masks = divide_types (tree->grouping[row.level], row.types, masks);
      for (guint i = 0; i < n_masks && rows->len < limit; i++)
        append_if_present (self, (PoolTreeRow){ row.node, masks[i], (guint8) (row.level + 1) }, rows);
    }
  if (continues_stack (tree, &node, row) && rows->len < limit)
    append_frames (self, &node, row, limit, rows);
  if (next_layer == 0 || node.completed_end_leaf == node.first_leaf || rows->len >= limit)
    return;
  const PoolTreeLayer *layer = pool_tree_need_layer (tree, next_layer, NULL, NULL);
  if (layer != NULL)
    append_values (self, layer, node.first_leaf, row.types, rows);
}

void
pool_tree_values_append_children (const PoolTreeValues *self, PoolTreeRow row, GArray *ret_rows)
{
  append_children_until (self, row, G_MAXUINT, ret_rows);
}

gboolean
pool_tree_values_has_children (const PoolTreeValues *self, PoolTreeRow row)
{
  const PoolTree *tree = self->tree;
  PoolTreeNode node = pool_tree_get_node (tree, row.node);
  /* What ends at the row has a value in the next dimension; which, need not be known. */
  if (row.level < tree->n_levels && tree->layer_of_level[row.level + 1] != 0)
    {
      PoolLeafRun completed = { node.layer, node.first_leaf, node.completed_end_leaf };
      if (pool_tree_values_sum_leaves (self, completed, row.types).count > 0)
        return TRUE;
      if (!continues_stack (tree, &node, row))
        return FALSE;
    }
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  append_children_until (self, row, 1, rows);
  return rows->len > 0;
}

/* --- Order ---------------------------------------------------------------------------------------------- */

typedef struct
{
  PoolTreeRow row;
  guint32 rank;
  gint64 metric;    /* an unsigned metric fits: no sum of sizes in one address space reaches 2^63 */
  guint64 size_bytes;
} SortItem;

typedef struct
{
  const PoolTree *tree;
  PoolTreeOrder order;
} SortContext;

static int
compare_texts (const SortItem *a, const SortItem *b, const PoolTree *tree)
{
  if (a->row.level == b->row.level && a->rank != b->rank)
    return a->rank < b->rank ? -1 : 1;
  /* Frames that continue a stack and values of the next dimension stand under one parent. */
  int by_text = strcmp (pool_tree_get_row_text (tree, a->row), pool_tree_get_row_text (tree, b->row));
  if (by_text != 0)
    return by_text;
  if (a->row.level != b->row.level)
    return a->row.level < b->row.level ? -1 : 1;
  return (a->row.node > b->row.node) - (a->row.node < b->row.node);
}

static int
compare_items (gconstpointer first, gconstpointer second, gpointer data)
{
  const SortItem *a = first, *b = second;
  const SortContext *context = data;
  if (context->order.by_text)
    {
      int by_text = compare_texts (a, b, context->tree);
      return context->order.is_ascending ? by_text : -by_text;
    }
  if (a->metric != b->metric)
    return (a->metric < b->metric) == (context->order.is_ascending != FALSE) ? -1 : 1;
  if (a->size_bytes != b->size_bytes)
    return a->size_bytes > b->size_bytes ? -1 : 1;
  return compare_texts (a, b, context->tree);
}

/* Rows without a value come last in either direction. */
static gint64
choose_value (const RowMetrics *metrics, PoolTreeOrder order)
{
  gint64 value;
  if (row_metrics_get (metrics, order.metric, &value))
    return value;
  return order.is_ascending ? G_MAXINT64 : G_MININT64;
}

/* Sorts the siblings @rows. @events (nullable): their metrics, when the sums are not enough for the order. */
static void
sort_rows (const PoolTreeValues *self, PoolTreeRow *rows, gsize n_rows, const RowMetrics *events,
           PoolTreeOrder order)
{
  g_autofree SortItem *items = g_new (SortItem, n_rows);
  for (gsize i = 0; i < n_rows; i++)
    {
      RowMetrics of_sums = { .sums = pool_tree_values_get_sums (self, rows[i]) };
      items[i] = (SortItem){ .row = rows[i],
                             .rank = pool_tree_get_row_rank (self->tree, rows[i]),
                             .metric = choose_value (events ? &events[i] : &of_sums, order),
                             .size_bytes = of_sums.sums.size_bytes };
    }
  SortContext context = { self->tree, order };
  qsort_r (items, n_rows, sizeof *items, compare_items, &context);
  for (gsize i = 0; i < n_rows; i++)
    rows[i] = items[i].row;
}

void
pool_tree_values_get_children (const PoolTreeValues *self, PoolTreeRow row, PoolTreeOrder order,
                               GArray *ret_rows)
{
  guint first = ret_rows->len;
  pool_tree_values_append_children (self, row, ret_rows);
  guint n_rows = ret_rows->len - first;
  if (n_rows < 2)
    return;
  PoolTreeRow *rows = &g_array_index (ret_rows, PoolTreeRow, first);
  g_autofree RowMetrics *events = NULL;
  if (metric_needs_events (order.metric) && !order.by_text)
    {
      events = g_new (RowMetrics, n_rows);
      pool_tree_values_get_metrics (self, rows, n_rows, METRIC_BIT (order.metric), events, NULL, NULL);
    }
  sort_rows (self, rows, n_rows, events, order);
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
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  pool_tree_values_append_children (self, row, children);
  for (guint i = 0; i < children->len; i++)
    {
      PoolTreeRow child = g_array_index (children, PoolTreeRow, i);
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

/* The node where the frames that have one child each end: below @row nothing ends before it. */
static guint32
skip_to_branch (const PoolTree *tree, PoolTreeRow row)
{
  PoolTreeNode node = pool_tree_get_node (tree, row.node);
  if (node.layer->segments == NULL || row.level > node.layer->level)
    return row.node;
  const PoolTreeSegment *segment = &node.layer->segments[node.segment];
  return segment->first_node + segment->n_nodes - 1;
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
      row.node = skip_to_branch (self->tree, row);
      PoolTreeLeaf leaf = { .row = row, .metrics = { .sums = pool_tree_values_get_own_sums (self, row) } };
      if (leaf.metrics.sums.count > 0)
        g_array_append_val (leaves, leaf);
      tree_walk_push_children (&walk, row);
    }
  if (metrics != 0 && !fill_leaf_metrics (self, leaves, metrics, cancellable))
    return NULL;
  return g_steal_pointer (&leaves);
}
