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

/* --- One row --------------------------------------------------------------------------------------------- */

static void
count_events (const PoolRowSums *sums, const PoolTreeValues *values, gboolean may_be_unseen, RowMetrics *metrics)
{
  metrics->n_freed = sums->by_type[POOL_TYPE_AIFI].count;
  metrics->n_allocs = metrics->n_freed + sums->by_type[POOL_TYPE_AIFO].count;
  metrics->n_frees = metrics->n_freed + sums->by_type[POOL_TYPE_AOFI].count;
  if (!may_be_unseen)
    return;
  const PoolLeafUnseen *unseen = get_unseen (values, sums->run.layer);
  const PoolLeafUnseen *first = &unseen[sums->run.first], *end = &unseen[sums->run.end];
  if (sums->types >> POOL_TYPE_AIFI & 1)
    {
      metrics->n_allocs -= end->n_allocs - first->n_allocs;
      metrics->n_freed -= end->n_allocs - first->n_allocs;
      metrics->n_frees -= end->n_frees_of_inside - first->n_frees_of_inside;
    }
  if (sums->types >> POOL_TYPE_AOFI & 1)
    metrics->n_frees -= end->n_frees_of_before - first->n_frees_of_before;
}

/* Whether the peak of the row is simply its size. */
static gboolean
peak_is_size (const PoolRowSums *self)
{
  return self->by_type[POOL_TYPE_AIFI].size_bytes == 0
         && (self->by_type[POOL_TYPE_AIFO].size_bytes == 0 || self->by_type[POOL_TYPE_AOFI].size_bytes == 0);
}

/* --- All rows -------------------------------------------------------------------------------------------- */

/* What is found for all rows together. */
typedef struct
{
  PoolMovement movement;
  guint32 *places;           /* (array length=n_rows) (owned) (nullable): in the movement; POOL_LEAF_NONE for none */
  RowAggregates *aggregates; /* (array length=n_rows) (owned) (nullable) */
} SharedPasses;

static void
shared_passes_clear (SharedPasses *self)
{
  pool_movement_clear (&self->movement);
  g_free (self->places);
  g_free (self->aggregates);
}

static gboolean
find_movement (SharedPasses *self, const PoolTreeValues *values, const PoolRowSums *sums, gsize n_rows, guint n_bins,
               GCancellable *cancellable)
{
  g_autofree const PoolRowSums **moving = g_new (const PoolRowSums *, n_rows);
  gsize n_moving = 0;
  self->places = g_new (guint32, n_rows);
  for (gsize i = 0; i < n_rows; i++)
    {
      gboolean is_simple = n_bins == 0 && peak_is_size (&sums[i]);
      self->places[i] = is_simple ? POOL_LEAF_NONE : (guint32) n_moving;
      if (!is_simple)
        moving[n_moving++] = &sums[i];
    }
  return pool_movement_init (&self->movement, values, moving, n_moving, n_bins, cancellable);
}

static gboolean
shared_passes_run (SharedPasses *self, const PoolTreeValues *values, const PoolTreeRow *rows, const PoolRowSums *sums,
                   gsize n_rows, MetricSet metrics, gboolean needs_trends, GCancellable *cancellable)
{
  *self = (SharedPasses){ .places = NULL };
  if (metrics & ~METRIC_SET_BASIC)
    {
      self->aggregates = g_new (RowAggregates, n_rows);
      if (!pool_tree_values_get_aggregates (values, rows, n_rows, metrics, self->aggregates, cancellable))
        return FALSE;
    }
  guint n_bins = needs_trends ? POOL_TREE_TREND_BINS : metrics & METRICS_OF_GROWTH ? METRIC_N_BINS : 0;
  if (n_rows > 0 && (n_bins > 0 || metrics & METRIC_BIT (METRIC_PEAK))
      && !find_movement (self, values, sums, n_rows, n_bins, cancellable))
    return FALSE;
  return !g_cancellable_is_cancelled (cancellable);
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

/* Hands the metrics of one row after the other to @func; and the trends to @trends (nullable). */
static gboolean
visit_metrics (const PoolTreeValues *self, const PoolTreeRow *rows, gsize n_rows, MetricSet metrics, guint64 *trends,
               RowMetricsFunc func, gpointer data, GCancellable *cancellable)
{
  gboolean may_be_unseen = (metrics & METRICS_OF_EVENTS) != 0 && may_have_unseen (self->tree->trace);
  SharedPasses shared;
  g_autofree PoolRowSums *all_sums = pool_row_sums_new (self, rows, n_rows);
  gboolean is_done = shared_passes_run (&shared, self, rows, all_sums, n_rows, metrics, trends != NULL, cancellable);
  for (gsize i = 0; is_done && i < n_rows; i++)
    {
      const PoolRowSums *sums = &all_sums[i];
      RowMetrics of_row = { .sums = pool_tree_sums_of_types (sums->by_type) };
      if (metrics & METRICS_OF_EVENTS)
        count_events (sums, self, may_be_unseen, &of_row);
      if (shared.aggregates != NULL)
        of_row.aggregates = shared.aggregates[i];
      if (shared.places != NULL && shared.places[i] == POOL_LEAF_NONE)
        of_row.peak_bytes = of_row.sums.size_bytes;
      else if (shared.places != NULL)
        take_movement (&shared.movement, shared.places[i], &of_row,
                       trends != NULL ? &trends[i * POOL_TREE_TREND_BINS] : NULL);
      func (i, &of_row, data);
    }
  shared_passes_clear (&shared);
  return is_done;
}

gboolean
pool_tree_values_visit_metrics (const PoolTreeValues *self, const PoolTreeRow *rows, gsize n_rows, MetricSet metrics,
                                RowMetricsFunc func, gpointer data, GCancellable *cancellable)
{
  return visit_metrics (self, rows, n_rows, metrics, NULL, func, data, cancellable);
}

static void
keep_metrics (gsize place, const RowMetrics *metrics, gpointer ret_metrics)
{
  ((RowMetrics *) ret_metrics)[place] = *metrics;
}

gboolean
pool_tree_values_get_metrics (const PoolTreeValues *self, const PoolTreeRow *rows, gsize n_rows,
                              MetricSet metrics, RowMetrics *ret_metrics, guint64 *ret_trends,
                              GCancellable *cancellable)
{
  return visit_metrics (self, rows, n_rows, metrics, ret_trends, keep_metrics, ret_metrics, cancellable);
}
