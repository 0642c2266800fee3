#include "analysis/stack_row.h"

#include <string.h>

#include "analysis/pool_tree_private.h"

#define CANCEL_INTERVAL 65536

typedef struct
{
  guint64 weight, count;
} Held;

/* What the intervals with such a stack hold, leaf by leaf. */
typedef struct
{
  const PoolTreeValues *values;
  const PoolTreeLayer *layer; /* of the stacks */
  Held *prefix; /* (array length=(n_leaves + 1) * POOL_N_TYPES): of all leaves before a leaf, by type */
} Holdings;

/* The stacks that begin with @path. (array length=n_stacks) (transfer full) */
static gboolean *
mark_stacks (const PoolTree *tree, Dimension dimension, const char *const *path)
{
  const PoolTrace *trace = tree->trace;
  gboolean *is_marked = g_new0 (gboolean, trace->n_stacks + 1);
  for (guint32 stack = 0; stack < trace->n_stacks; stack++)
    {
      gsize n_rows, depth = 0;
      const guint32 *rows
          = frame_names_get_stack (tree->names, trace, dimension_get_stack_view (dimension), stack, &n_rows);
      while (path[depth] != NULL && depth < n_rows
             && strcmp (frame_names_get_text (tree->names, frame_names_get_text_id (tree->names, rows[depth])),
                        path[depth])
                    == 0)
        depth++;
      is_marked[stack] = path[depth] == NULL;
    }
  return is_marked;
}

static guint64
get_weight (Metric metric, guint64 size_bytes, PoolIntervalType type)
{
  if (metric == METRIC_COUNT)
    return 1;
  return metric == METRIC_SIZE || type == POOL_TYPE_AIFO ? size_bytes : 0;
}

/* FALSE when cancelled. */
static gboolean
collect (Holdings *self, Dimension dimension, const gboolean *is_marked, Metric metric, GCancellable *cancellable)
{
  const PoolTreeValues *values = self->values;
  const PoolTree *tree = values->tree;
  const PoolIntervals *intervals = &tree->trace->intervals;
  self->prefix = g_new0 (Held, ((gsize) self->layer->n_leaves + 1) * POOL_N_TYPES);
  for (gsize i = 0; i < values->end_interval; i++)
    {
      if (i % CANCEL_INTERVAL == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      gint64 allocated_ns = intervals->allocated_ns[i], freed_ns = intervals->freed_ns[i];
      if (!time_range_touches (values->range, allocated_ns, freed_ns) || !pool_selection_has_row (&tree->selection, i)
          || !is_marked[dimension_get_value (dimension, &tree->source, i)])
        continue;
      PoolIntervalType type = time_range_classify (values->range, allocated_ns, freed_ns);
      guint32 leaf = pool_tree_layer_get_leaf (self->layer, intervals, i);
      Held *held = &self->prefix[((gsize) leaf + 1) * POOL_N_TYPES + type];
      held->weight += get_weight (metric, intervals->size_bytes[i], type);
      held->count++;
    }
  for (gsize i = POOL_N_TYPES; i < ((gsize) self->layer->n_leaves + 1) * POOL_N_TYPES; i++)
    {
      self->prefix[i].weight += self->prefix[i - POOL_N_TYPES].weight;
      self->prefix[i].count += self->prefix[i - POOL_N_TYPES].count;
    }
  return TRUE;
}

static Held
get_held (const Holdings *self, PoolTreeRow row)
{
  PoolLeafRun run = pool_tree_get_leaf_run_in (self->values->tree, row, self->layer);
  PoolTypeMask types = pool_tree_get_row_types (self->values->tree, row);
  Held held = { 0 };
  for (guint type = 0; type < POOL_N_TYPES; type++)
    {
      const Held *first = &self->prefix[(gsize) run.first * POOL_N_TYPES + type];
      const Held *end = &self->prefix[(gsize) run.end * POOL_N_TYPES + type];
      if (types >> type & 1)
        {
          held.weight += end->weight - first->weight;
          held.count += end->count - first->count;
        }
    }
  return held;
}

/* The child of @row at @level that holds most, with @text (nullable) of those that read so. Frames that continue the
 * stack of @row, of another column than the one looked for, are children too. */
static gboolean
find_child (const Holdings *self, PoolTreeRow row, gsize level, const char *text, PoolTreeRow *ret_child)
{
  const PoolTree *tree = self->values->tree;
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  Held most = { 0 };
  pool_tree_values_get_children (self->values, row, POOL_TREE_ORDER_DEFAULT, children);
  for (guint i = 0; i < children->len; i++)
    {
      PoolTreeRow child = g_array_index (children, PoolTreeRow, i);
      if (child.level != level && (text != NULL || child.level != row.level))
        continue;
      Held held = get_held (self, child);
      gboolean is_more = held.weight != most.weight ? held.weight > most.weight : held.count > most.count;
      if (is_more && (text == NULL || strcmp (pool_tree_get_row_text (tree, child), text) == 0))
        {
          most = held;
          *ret_child = child;
        }
    }
  return most.count > 0;
}

/* Goes down from @row, above the column of the stacks, and along @path in it. */
static gboolean
descend (const Holdings *self, PoolTreeRow row, gsize stack_level, const char *const *path, PoolTreeRow *ret_row)
{
  while (row.level + 1u < stack_level)
    if (!find_child (self, row, row.level + 1u, NULL, &row))
      return FALSE;
  for (; *path != NULL; path++)
    if (!find_child (self, row, stack_level, *path, &row))
      return FALSE;
  *ret_row = row;
  return TRUE;
}

gboolean
stack_row_find (const PoolTreeValues *values, PoolTreeRow scope, Dimension dimension, const char *const *path,
                Metric metric, GCancellable *cancellable, PoolTreeRow *ret_row)
{
  const PoolTree *tree = values->tree;
  Holdings holdings = { .values = values };
  gsize level = 0;
  while (level < tree->n_levels && tree->grouping[level] != dimension)
    level++;
  if (*path == NULL || level == tree->n_levels)
    {
      *ret_row = scope;
      return *path == NULL;
    }
  PoolTreeRow start = scope;
  while (start.level > level) /* a row of the column itself, or behind it: from where the stacks begin */
    if (!pool_tree_get_parent (tree, start, &start))
      return FALSE;
  holdings.layer = pool_tree_need_layer (values->tree, tree->layer_of_level[level + 1], cancellable, NULL);
  if (holdings.layer == NULL)
    return FALSE;
  pool_tree_need_leaf_column (values->tree, holdings.layer);
  g_autofree gboolean *is_marked = mark_stacks (tree, dimension, path);
  gboolean is_found = collect (&holdings, dimension, is_marked, metric, cancellable)
                      && descend (&holdings, start, level + 1, path, ret_row);
  g_free (holdings.prefix);
  return is_found;
}
