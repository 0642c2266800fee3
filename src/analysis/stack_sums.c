#include "analysis/stack_sums.h"

#include "analysis/pool_tree_private.h"

#define CANCEL_INTERVAL 65536

static void
add_interval (PoolTreeSums *sums, guint64 size_bytes, PoolIntervalType type)
{
  sums->count++;
  sums->size_bytes += size_bytes;
  if (type == POOL_TYPE_AIFO)
    sums->impacting_bytes = (gint64) ((guint64) sums->impacting_bytes + size_bytes);
  else if (type == POOL_TYPE_AOFI)
    sums->impacting_bytes = (gint64) ((guint64) sums->impacting_bytes - size_bytes);
}

GArray *
stack_sums_collect (const PoolTreeValues *values, PoolTreeRow row, Dimension dimension, GCancellable *cancellable,
                    GError **error)
{
  const PoolTree *tree = values->tree;
  const PoolTrace *trace = tree->trace;
  const PoolIntervals *intervals = &trace->intervals;
  PoolTypeMask types = pool_tree_get_row_types (tree, row);
  PoolLeafRun run = pool_tree_get_leaf_run (tree, row);
  pool_tree_need_leaf_column (values->tree, run.layer);
  g_autofree PoolTreeSums *sums = g_new0 (PoolTreeSums, trace->n_stacks);
  for (gsize i = 0; i < values->end_interval; i++)
    {
      if (i % CANCEL_INTERVAL == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      gint64 allocated_ns = intervals->allocated_ns[i], freed_ns = intervals->freed_ns[i];
      if (!time_range_touches (values->range, allocated_ns, freed_ns) || !pool_selection_has_row (&tree->selection, i))
        continue;
      PoolIntervalType type = time_range_classify (values->range, allocated_ns, freed_ns);
      if ((types >> type & 1) && pool_leaf_run_has_interval (run, intervals, i))
        add_interval (&sums[dimension_get_value (dimension, &tree->source, i)], intervals->size_bytes[i], type);
    }
  GArray *stacks = g_array_new (FALSE, FALSE, sizeof (StackSums));
  for (guint32 stack = 0; stack < trace->n_stacks; stack++)
    if (sums[stack].count > 0)
      g_array_append_val (stacks, ((StackSums){ stack, sums[stack] }));
  return stacks;
}
