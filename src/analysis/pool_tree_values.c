/* The values of a tree for one range, row by row. */
#include "analysis/pool_range_sums.h"

#include "analysis/pool_timeline.h"
#include "base/tick_clock.h"


gsize
pool_times_find (const gint64 *times_ns, gsize n, gint64 time_ns)
{
  gsize begin = 0, end = n;
  while (begin < end)
    {
      gsize middle = begin + (end - begin) / 2;
      if (times_ns[middle] < time_ns)
        begin = middle + 1;
      else
        end = middle;
    }
  return begin;
}

gsize
pool_frees_find (const PoolIntervals *intervals, gint64 time_ns)
{
  gsize begin = 0, end = intervals->n_freed;
  while (begin < end)
    {
      gsize middle = begin + (end - begin) / 2;
      if (intervals->freed_ns[intervals->free_order[middle]] < time_ns)
        begin = middle + 1;
      else
        end = middle;
    }
  return begin;
}

/* Takes over @sums. NULL with @error when they are NULL, because of @cancellable. */
static PoolTreeValues *
new_with_sums (PoolTree *tree, PoolRangeSums *sums, GCancellable *cancellable, GError **error)
{
  if (sums == NULL)
    {
      g_cancellable_set_error_if_cancelled (cancellable, error);
      return NULL;
    }
  const PoolIntervals *intervals = &tree->trace->intervals;
  PoolTreeValues *self = g_new0 (PoolTreeValues, 1);
  g_atomic_ref_count_init (&self->references);
  self->tree = pool_tree_ref (tree);
  self->range = sums->range;
  self->span = pool_timeline_resolve_range (tree->trace, sums->range);
  self->unseen = g_new0 (PoolTreeUnseen, 1);
  g_mutex_init (&self->unseen->mutex);
  self->end_interval = pool_times_find (intervals->allocated_ns, intervals->n, sums->range.end_ns);
  self->first_inside = pool_times_find (intervals->allocated_ns, self->end_interval, sums->range.start_ns);
  self->sums = sums;
  return self;
}

PoolTreeValues *
pool_tree_values_new (PoolTree *tree, TimeRange range, GCancellable *cancellable, GError **error)
{
  return new_with_sums (tree, pool_range_sums_new (tree, NULL, range, cancellable), cancellable, error);
}

PoolTreeValues *
pool_tree_values_new_near (const PoolTreeValues *near, TimeRange range, GCancellable *cancellable, GError **error)
{
  return new_with_sums (near->tree, pool_range_sums_new_near (near->tree, near->sums, range, cancellable),
                        cancellable, error);
}

PoolTreeValues *
pool_tree_values_ref (PoolTreeValues *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
pool_tree_values_unref (PoolTreeValues *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  pool_range_sums_keep (self->sums, self->tree);
  pool_tree_unref (self->tree);
  for (gsize i = 0; i < G_N_ELEMENTS (self->unseen->before_leaf); i++)
    g_free (self->unseen->before_leaf[i]);
  g_mutex_clear (&self->unseen->mutex);
  g_free (self->unseen);
  g_free (self);
}

/* Returns: (transfer none) */
PoolTree *
pool_tree_values_get_tree (const PoolTreeValues *self)
{
  return self->tree;
}

void
pool_tree_values_set_span (PoolTreeValues *self, TimeRange span)
{
  self->span = span;
}

TimeRange
pool_tree_values_get_span (const PoolTreeValues *self)
{
  return self->span;
}

double
pool_tree_values_get_growth_seconds (const PoolTreeValues *self)
{
  gint64 last_bin_ns = time_range_get_bin_start (self->span, METRIC_N_BINS, METRIC_N_STEPS);
  return (double) (last_bin_ns - self->span.start_ns) / NS_PER_SECOND;
}

TimeRange
pool_tree_values_get_range (const PoolTreeValues *self)
{
  return self->range;
}

gboolean
pool_tree_values_need_all (const PoolTreeValues *self, GCancellable *cancellable)
{
  gboolean has_levels = pool_tree_need_all (self->tree, cancellable);
  for (guint i = self->tree->n_layers; has_levels && i > 0; i--)
    pool_range_sums_need_prefix (self->sums, self->tree, pool_tree_peek_layer (self->tree, i - 1));
  return has_levels && !g_cancellable_is_cancelled (cancellable);
}

void
pool_tree_values_sum_leaves_by_type (const PoolTreeValues *self, PoolLeafRun run, PoolTypeMask types,
                                     PoolLeafSums ret_sums[POOL_N_TYPES])
{
  pool_range_sums_get_run (self->sums, self->tree, run, ret_sums);
  types &= self->tree->selection.types;
  for (guint type = 0; type < POOL_N_TYPES; type++)
    if (!(types >> type & 1))
      ret_sums[type] = (PoolLeafSums){ 0, 0 };
}

PoolTreeSums
pool_tree_values_sum_leaves (const PoolTreeValues *self, PoolLeafRun run, PoolTypeMask types)
{
  PoolLeafSums by_type[POOL_N_TYPES];
  pool_tree_values_sum_leaves_by_type (self, run, types, by_type);
  return pool_tree_sums_of_types (by_type);
}

/* Sums of all intervals of @row in the range; for a frame, of all stacks through it. */
PoolTreeSums
pool_tree_values_get_sums (const PoolTreeValues *self, PoolTreeRow row)
{
  return pool_tree_values_sum_leaves (self, pool_tree_get_leaf_run (self->tree, row), row.types);
}

PoolTreeSums
pool_tree_values_get_own_sums (const PoolTreeValues *self, PoolTreeRow row)
{
  if (row.level < self->tree->n_levels)
    return (PoolTreeSums){ 0, 0, 0 };
  PoolTreeRow completed = { row.leaf, row.types, (guint8) (row.level + 1), row.depth };
  return pool_tree_values_get_sums (self, completed);
}

gboolean
pool_tree_values_row_has_interval (const PoolTreeValues *self, PoolTreeRow row, gsize interval)
{
  const PoolTree *tree = self->tree;
  const PoolIntervals *intervals = &tree->trace->intervals;
  gint64 allocated_ns = intervals->allocated_ns[interval], freed_ns = intervals->freed_ns[interval];
  if (!pool_selection_has_row (&tree->selection, interval)
      || !time_range_touches (self->range, allocated_ns, freed_ns))
    return FALSE;
  if (!(pool_tree_get_row_types (tree, row) >> time_range_classify (self->range, allocated_ns, freed_ns) & 1))
    return FALSE;
  return pool_leaf_run_has_interval (pool_tree_get_leaf_run (tree, row), intervals, interval);
}
