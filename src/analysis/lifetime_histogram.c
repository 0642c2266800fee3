#include "analysis/lifetime_histogram.h"

#include "analysis/pool_tree_private.h"

#define CANCEL_INTERVAL 65536

gint64
lifetime_class_get_start (guint lifetime_class)
{
  static const gint64 steps[] = { 1, 2, 5 };
  gint64 start_ns = 1000;
  if (lifetime_class == 0)
    return 0;
  if (lifetime_class >= LIFETIME_N_CLASSES)
    return G_MAXINT64;
  for (guint i = 0; i < (lifetime_class - 1) / G_N_ELEMENTS (steps); i++)
    start_ns *= 10;
  return start_ns * steps[(lifetime_class - 1) % G_N_ELEMENTS (steps)];
}

guint
lifetime_class_of (gint64 lifetime_ns)
{
  guint first = 0, end = LIFETIME_N_CLASSES;
  while (end - first > 1)
    {
      guint middle = (first + end) / 2;
      if (lifetime_class_get_start (middle) <= lifetime_ns)
        first = middle;
      else
        end = middle;
    }
  return first;
}

static gboolean
is_counted (const PoolTree *tree, gsize row, TimeRange range)
{
  const PoolIntervals *intervals = &tree->trace->intervals;
  gint64 allocated_ns = intervals->allocated_ns[row], freed_ns = intervals->freed_ns[row];
  if (!time_range_touches (range, allocated_ns, freed_ns) || !pool_selection_has_row (&tree->selection, row))
    return FALSE;
  return tree->selection.types >> time_range_classify (range, allocated_ns, freed_ns) & 1;
}

gboolean
lifetime_histogram_fill (LifetimeHistogram *ret_histogram, const PoolTree *tree, TimeRange range,
                         GCancellable *cancellable, GError **error)
{
  const PoolTrace *trace = tree->trace;
  const PoolIntervals *intervals = &trace->intervals;
  *ret_histogram = (LifetimeHistogram){ 0 };
  for (gsize row = 0; row < intervals->n; row++)
    {
      if (row % CANCEL_INTERVAL == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!is_counted (tree, row, range))
        continue;
      gint64 allocated_ns = intervals->allocated_ns[row], freed_ns = intervals->freed_ns[row];
      gboolean is_known = allocated_ns != POOL_TIME_BEFORE
                          && trace->sites[intervals->site[row]].stack != POOL_STACK_ALLOCATION_LOST;
      if (freed_ns >= range.end_ns)
        ret_histogram->n_alive += is_known;
      else if (!is_known)
        ret_histogram->n_unknown++;
      else
        ret_histogram->counts[lifetime_class_of (freed_ns - allocated_ns)]++;
    }
  return TRUE;
}
