/* The metrics of rows: sums and counts from the prefix sums over the leaves, the others from the movement of the
 * outstanding size.
 *
 * For most rows the peak asks for no event: a row starts with what was carried into the range (AOFI and AOFO), only
 * AIFO and AIFI add to it, only AOFI and AIFI take from it. So a row that only gains has its peak at the end and one
 * that only loses at the start, and in both cases the peak is its size.
 */
#include "analysis/pool_tree_aggregates.h"
#include "analysis/pool_tree_movement.h"

#define METRICS_OF_EVENTS (METRIC_BIT (METRIC_ALLOCS) | METRIC_BIT (METRIC_FREES) | METRIC_BIT (METRIC_FREED))
#define METRICS_OF_GROWTH                                                                                     \
  (METRIC_BIT (METRIC_GROWTH) | METRIC_BIT (METRIC_RECENT) | METRIC_BIT (METRIC_STEADY)                       \
   | METRIC_BIT (METRIC_VERDICT))

G_STATIC_ASSERT (POOL_TREE_TREND_BINS % METRIC_N_BINS == 0);

/* --- Events ---------------------------------------------------------------------------------------------- */

static gboolean
has_lost_allocations (const PoolTrace *trace)
{
  for (gsize i = 0; i < trace->n_sites; i++)
    if (trace->sites[i].stack == POOL_STACK_ALLOCATION_LOST)
      return TRUE;
  return FALSE;
}

static void
count_lost_allocations (const PoolTreeValues *self, const PoolTreeLayer *layer, PoolLeafUnseen *unseen)
{
  const PoolTrace *trace = self->tree->trace;
  const PoolIntervals *intervals = &trace->intervals;
  for (gsize row = self->first_inside; row < self->end_interval; row++)
    if (intervals->allocated_ns[row] == intervals->freed_ns[row]
        && trace->sites[intervals->site[row]].stack == POOL_STACK_ALLOCATION_LOST
        && pool_selection_has_row (&self->tree->selection, row))
      unseen[pool_tree_layer_get_leaf (layer, intervals, row) + 1].n_allocs++;
}

static void
count_unseen_frees (const PoolTreeValues *self, const PoolTreeLayer *layer, PoolLeafUnseen *unseen)
{
  const PoolIntervals *intervals = &self->tree->trace->intervals;
  for (gsize i = 0; i < intervals->n_unseen_frees; i++)
    {
      guint32 row = intervals->unseen_frees[i];
      gint64 allocated_ns = intervals->allocated_ns[row], freed_ns = intervals->freed_ns[row];
      if (freed_ns < self->range.start_ns || freed_ns >= self->range.end_ns
          || !pool_selection_has_row (&self->tree->selection, row))
        continue;
      PoolLeafUnseen *of_leaf = &unseen[pool_tree_layer_get_leaf (layer, intervals, row) + 1];
      if (allocated_ns >= self->range.start_ns)
        of_leaf->n_frees_of_inside++;
      else
        of_leaf->n_frees_of_before++;
    }
}

static gboolean
may_have_unseen (const PoolTrace *trace)
{
  return trace->intervals.n_unseen_frees > 0 || has_lost_allocations (trace);
}

/* What the sums count as events though none was seen: lost allocations, and blocks that ended when their address was
 * allocated again. Returns: (array length=n_leaves + 1) (transfer none): of all leaves of @layer before each. */
static const PoolLeafUnseen *
get_unseen (const PoolTreeValues *self, const PoolTreeLayer *layer)
{
  PoolTreeUnseen *unseen = self->unseen;
  g_mutex_lock (&unseen->mutex);
  PoolLeafUnseen *before = unseen->before_leaf[layer->number];
  if (before == NULL)
    {
      before = unseen->before_leaf[layer->number] = g_new0 (PoolLeafUnseen, (gsize) layer->n_leaves + 1);
      count_lost_allocations (self, layer, before);
      count_unseen_frees (self, layer, before);
      for (gsize leaf = 0; leaf < layer->n_leaves; leaf++)
        {
          before[leaf + 1].n_allocs += before[leaf].n_allocs;
          before[leaf + 1].n_frees_of_inside += before[leaf].n_frees_of_inside;
          before[leaf + 1].n_frees_of_before += before[leaf].n_frees_of_before;
        }
    }
  g_mutex_unlock (&unseen->mutex);
  return before;
}

static PoolTreeSums
sums_of_types (const PoolTreeValues *values, PoolTreeRow row, PoolTypeMask types)
{
  row.types &= types;
  return pool_tree_values_get_sums (values, row);
}

static void
count_events (const PoolTreeValues *self, PoolTreeRow row, gboolean may_be_unseen, RowMetrics *metrics)
{
  guint64 n_inside = sums_of_types (self, row, 1 << POOL_TYPE_AIFI).count;
  metrics->n_allocs = n_inside + sums_of_types (self, row, 1 << POOL_TYPE_AIFO).count;
  metrics->n_frees = n_inside + sums_of_types (self, row, 1 << POOL_TYPE_AOFI).count;
  metrics->n_freed = n_inside;
  if (!may_be_unseen)
    return;
  PoolLeafRun run = pool_tree_get_leaf_run (self->tree, row);
  const PoolLeafUnseen *unseen = get_unseen (self, run.layer);
  PoolTypeMask types = pool_tree_get_row_types (self->tree, row);
  const PoolLeafUnseen *first = &unseen[run.first], *end = &unseen[run.end];
  if (types >> POOL_TYPE_AIFI & 1)
    {
      metrics->n_allocs -= end->n_allocs - first->n_allocs;
      metrics->n_freed -= end->n_allocs - first->n_allocs;
      metrics->n_frees -= end->n_frees_of_inside - first->n_frees_of_inside;
    }
  if (types >> POOL_TYPE_AOFI & 1)
    metrics->n_frees -= end->n_frees_of_before - first->n_frees_of_before;
}

/* --- Movement -------------------------------------------------------------------------------------------- */

/* Whether the peak of @row is simply its size. */
static gboolean
peak_is_size (const PoolTreeValues *values, PoolTreeRow row)
{
  if (sums_of_types (values, row, 1 << POOL_TYPE_AIFI).size_bytes > 0)
    return FALSE;
  return sums_of_types (values, row, 1 << POOL_TYPE_AIFO).size_bytes == 0
         || sums_of_types (values, row, 1 << POOL_TYPE_AOFI).size_bytes == 0;
}

static void
take_movement (const PoolMovement *movement, gsize place, RowMetrics *metrics, guint64 *trend)
{
  const MovementBin *bins = &movement->bins[place * movement->n_bins];
  metrics->peak_bytes = movement->peak_bytes[place];
  for (guint i = 0; trend != NULL && i < POOL_TREE_TREND_BINS; i++)
    trend[i] = bins[i].last_bytes;
  if (movement->n_bins < METRIC_N_BINS)
    return;
  /* An eighth of the range is some of the finer parts together. */
  guint n_parts = movement->n_bins / METRIC_N_BINS;
  guint64 minima[METRIC_N_BINS];
  for (guint i = 0; i < movement->n_bins; i++)
    if (i % n_parts == 0 || bins[i].minimum_bytes < minima[i / n_parts])
      minima[i / n_parts] = bins[i].minimum_bytes;
  row_metrics_set_growth (metrics, minima);
}

/* Sets the metrics of the movement, and the trends when asked for. */
static gboolean
add_movement (const PoolTreeValues *self, const PoolTreeRow *rows, gsize n_rows, gboolean needs_growth,
              RowMetrics *metrics, guint64 *trends, GCancellable *cancellable)
{
  g_autofree PoolTreeRow *moving = g_new (PoolTreeRow, n_rows);
  g_autofree guint32 *places = g_new (guint32, n_rows); /* in moving; POOL_LEAF_NONE for none */
  gsize n_moving = 0;
  guint n_bins = trends != NULL ? POOL_TREE_TREND_BINS : needs_growth ? METRIC_N_BINS : 0;
  for (gsize i = 0; i < n_rows; i++)
    {
      gboolean is_simple = n_bins == 0 && peak_is_size (self, rows[i]);
      places[i] = is_simple ? POOL_LEAF_NONE : (guint32) n_moving;
      if (!is_simple)
        moving[n_moving++] = rows[i];
    }
  PoolMovement movement;
  gboolean is_done = pool_movement_init (&movement, self, moving, n_moving, n_bins, cancellable);
  for (gsize i = 0; i < n_rows; i++)
    if (places[i] == POOL_LEAF_NONE)
      metrics[i].peak_bytes = metrics[i].sums.size_bytes;
    else
      take_movement (&movement, places[i], &metrics[i],
                     trends != NULL ? &trends[i * POOL_TREE_TREND_BINS] : NULL);
  pool_movement_clear (&movement);
  return is_done;
}

gboolean
pool_tree_values_get_metrics (const PoolTreeValues *self, const PoolTreeRow *rows, gsize n_rows,
                              MetricSet metrics, RowMetrics *ret_metrics, guint64 *ret_trends,
                              GCancellable *cancellable)
{
  gboolean may_be_unseen = (metrics & METRICS_OF_EVENTS) != 0 && may_have_unseen (self->tree->trace);
  for (gsize i = 0; i < n_rows; i++)
    {
      ret_metrics[i] = (RowMetrics){ .sums = pool_tree_values_get_sums (self, rows[i]) };
      if (metrics & METRICS_OF_EVENTS)
        count_events (self, rows[i], may_be_unseen, &ret_metrics[i]);
    }
  if (metrics & ~METRIC_SET_BASIC
      && !pool_tree_values_get_aggregates (self, rows, n_rows, metrics, ret_metrics, cancellable))
    return FALSE;
  if (n_rows > 0 && (metrics & (METRICS_OF_GROWTH | METRIC_BIT (METRIC_PEAK)) || ret_trends != NULL))
    return add_movement (self, rows, n_rows, (metrics & METRICS_OF_GROWTH) != 0, ret_metrics, ret_trends,
                         cancellable);
  return !g_cancellable_is_cancelled (cancellable);
}
