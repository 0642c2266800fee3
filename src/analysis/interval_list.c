#include "analysis/interval_list.h"

#include "analysis/pool_tree_private.h"

#define CANCEL_INTERVAL 65536

IntervalList *
interval_list_ref (IntervalList *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
interval_list_unref (IntervalList *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  pool_tree_values_unref (self->values);
  g_free (self->intervals);
  g_free (self);
}

DimensionSource
interval_list_get_source (const IntervalList *self)
{
  const PoolTree *tree = pool_tree_values_get_tree (self->values);
  return dimension_source_at_range (tree->trace, tree->names, pool_tree_values_get_range (self->values));
}

gint64
interval_get_age_ns (const PoolIntervals *intervals, gsize interval, gint64 end_ns)
{
  gint64 allocated_ns = intervals->allocated_ns[interval];
  if (allocated_ns == POOL_TIME_BEFORE)
    return G_MAXINT64;
  return MIN (intervals->freed_ns[interval], end_ns) - allocated_ns;
}

/* Which types of intervals of each leaf of @layer belong to any of @rows: (array length=n_leaves) (transfer full). Rows
 * may lie in each other. */
static PoolTypeMask *
mark_leaves (const PoolTree *tree, const PoolTreeLayer *layer, const PoolTreeRow *rows, gsize n_rows)
{
  PoolTypeMask *types_of_leaf = g_new0 (PoolTypeMask, layer->n_leaves);
  for (gsize i = 0; i < n_rows; i++)
    {
      PoolLeafRun run = pool_tree_get_leaf_run_in (tree, rows[i], layer);
      PoolTypeMask types = pool_tree_get_row_types (tree, rows[i]);
      for (guint32 leaf = run.first; leaf < run.end; leaf++)
        types_of_leaf[leaf] |= types;
    }
  return types_of_leaf;
}

static gboolean
is_marked (const PoolTreeValues *values, const PoolTreeLayer *layer, const PoolTypeMask *types_of_leaf,
           gsize interval)
{
  const PoolTree *tree = values->tree;
  const PoolIntervals *intervals = &tree->trace->intervals;
  gint64 allocated_ns = intervals->allocated_ns[interval], freed_ns = intervals->freed_ns[interval];
  return freed_ns >= values->range.start_ns && pool_selection_has_row (&tree->selection, interval)
         && (types_of_leaf[pool_tree_layer_get_leaf (layer, intervals, interval)]
               >> time_range_classify (values->range, allocated_ns, freed_ns)
             & 1);
}

/* No more than so many intervals can belong to @rows. */
static gsize
count_at_most (const PoolTreeValues *values, const PoolTreeRow *rows, gsize n_rows)
{
  gsize n = 0;
  for (gsize i = 0; i < n_rows && n < values->end_interval; i++)
    n += pool_tree_values_get_sums (values, rows[i]).count;
  return MIN (n, values->end_interval);
}

static guint32
get_first_tag (const IntervalList *self)
{
  const PoolTrace *trace = self->values->tree->trace;
  return trace->sites[trace->intervals.site[self->intervals[0]]].tag;
}

static gboolean
collect (IntervalList *self, const PoolTreeRow *rows, gsize n_rows, GCancellable *cancellable, GError **error)
{
  const PoolTreeValues *values = self->values;
  const PoolTrace *trace = values->tree->trace;
  gsize n_at_most = count_at_most (values, rows, n_rows);
  const PoolTreeLayer *layer = pool_tree_get_deepest_layer (values->tree, rows, n_rows);
  pool_tree_need_leaf_column (values->tree, layer);
  g_autofree PoolTypeMask *types_of_leaf = mark_leaves (values->tree, layer, rows, n_rows);
  self->intervals = g_new (guint32, n_at_most);
  for (gsize interval = 0; interval < values->end_interval && self->n < n_at_most; interval++)
    {
      if (interval % CANCEL_INTERVAL == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!is_marked (values, layer, types_of_leaf, interval))
        continue;
      self->intervals[self->n++] = (guint32) interval;
      self->size_bytes += trace->intervals.size_bytes[interval];
      guint32 tag = trace->sites[trace->intervals.site[interval]].tag;
      self->has_several_tags = self->has_several_tags || tag != get_first_tag (self);
    }
  return TRUE;
}

static IntervalList *
new_empty (PoolTreeValues *values, IntervalOrder order)
{
  IntervalList *self = g_new0 (IntervalList, 1);
  g_atomic_ref_count_init (&self->references);
  self->values = pool_tree_values_ref (values);
  self->order = order;
  return self;
}

IntervalList *
interval_list_new (PoolTreeValues *values, const PoolTreeRow *rows, gsize n_rows, IntervalOrder order,
                   GCancellable *cancellable, GError **error)
{
  g_autoptr (IntervalList) self = new_empty (values, order);
  if (!collect (self, rows, n_rows, cancellable, error) || !interval_list_sort (self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* (transfer full) (array length=n) */
static guint32 *
dup_in_trace_order (const IntervalList *self)
{
  g_autofree guint64 *is_there = g_new0 (guint64, self->values->end_interval / 64 + 1);
  guint32 *intervals = g_new (guint32, self->n);
  for (gsize i = 0; i < self->n; i++)
    is_there[self->intervals[i] / 64] |= (guint64) 1 << self->intervals[i] % 64;
  for (gsize word = 0, n = 0; n < self->n; word++)
    for (guint64 bits = is_there[word]; bits != 0; bits &= bits - 1)
      intervals[n++] = (guint32) (word * 64 + (guint) __builtin_ctzll (bits));
  return intervals;
}

IntervalList *
interval_list_new_sorted (const IntervalList *list, IntervalOrder order, GCancellable *cancellable, GError **error)
{
  g_autoptr (IntervalList) self = new_empty (list->values, order);
  self->intervals = dup_in_trace_order (list);
  self->n = list->n;
  self->size_bytes = list->size_bytes;
  self->has_several_tags = list->has_several_tags;
  if (!interval_list_sort (self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}
