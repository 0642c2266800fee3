/* One sweep over allocations and frees in time order, frees first within an instant. */
#include "analysis/pool_tree_private.h"

#include "analysis/pool_timeline.h"

#define CANCEL_INTERVAL 65536
#define MAXIMUM_BANDS 256

typedef struct
{
  const PoolIntervals *intervals;
  const PoolSite *sites;

  /* Which intervals count: */
  const PoolSelection *selection;   /* (nullable) */
  TimeRange types_range;            /* what the types are relative to */
  PoolTypeMask types;
  PoolLeafRun leaf_run;             /* only those in it, for the line of a row; without a layer all */
  const TimelineBands *bands;       /* (nullable) */

  PoolTimeline *timeline;
  guint bin;
  gint64 bin_end_ns;
  /* Modulo 2^64: the sizes that a damaged trace claims may go round, and come back when their blocks are freed. */
  guint64 total;
  guint64 by_band[MAXIMUM_BANDS];
} TimelineSweep;

/* The first nanosecond of bin @bin; of the bin behind the last one, the end of the timeline. */
gint64
pool_timeline_get_bin_start (const PoolTimeline *self, guint bin)
{
  return time_range_get_bin_start ((TimeRange){ self->start_ns, self->end_ns }, self->n_bins, bin);
}

/* A start of 0 is taken as open. The end is never before the start. */
TimeRange
pool_timeline_resolve_range (const PoolTrace *trace, TimeRange range)
{
  TimeRange resolved = range;
  if (range.start_ns <= 0)
    resolved.start_ns = pool_trace_get_data_start_ns (trace);
  if (range.end_ns == G_MAXINT64)
    resolved.end_ns = pool_trace_get_end_ns (trace);
  resolved.end_ns = MAX (resolved.start_ns, resolved.end_ns);
  return resolved;
}

static gboolean
is_rate (TimelineMeasure measure)
{
  return measure == TIMELINE_ALLOCATION_RATE || measure == TIMELINE_FREE_RATE;
}

/* Nothing that is freed is taken off. */
static gboolean
is_total (TimelineMeasure measure)
{
  return measure == TIMELINE_TOTAL_SIZE || measure == TIMELINE_TOTAL_COUNT;
}

static inline gboolean
includes_interval (const TimelineSweep *self, gsize row)
{
  if (self->selection && !pool_selection_has_row (self->selection, row))
    return FALSE;
  if (self->types != POOL_TYPE_MASK_ALL)
    {
      gint64 allocated_ns = self->intervals->allocated_ns[row], freed_ns = self->intervals->freed_ns[row];
      if (!time_range_touches (self->types_range, allocated_ns, freed_ns)
          || !(self->types >> time_range_classify (self->types_range, allocated_ns, freed_ns) & 1))
        return FALSE;
    }
  return self->leaf_run.layer == NULL || pool_leaf_run_has_interval (self->leaf_run, self->intervals, row);
}

static inline guint64
interval_amount (const TimelineSweep *self, gsize row)
{
  gboolean is_in_bytes = self->timeline->measure == TIMELINE_OUTSTANDING_SIZE
                         || self->timeline->measure == TIMELINE_TOTAL_SIZE;
  return is_in_bytes ? self->intervals->size_bytes[row] : 1;
}

/* The interval's band, or MAXIMUM_BANDS without one. */
static inline guint
interval_band (const TimelineSweep *self, gsize row)
{
  if (self->bands == NULL || self->bands->band_of_interval == NULL)
    return MAXIMUM_BANDS;
  guint band = self->bands->band_of_interval[row];
  return band < self->timeline->n_bands ? band : MAXIMUM_BANDS;
}

static void
open_bin (TimelineSweep *self, guint bin)
{
  PoolTimeline *timeline = self->timeline;
  gboolean starts_at_zero = is_rate (timeline->measure);
  self->bin = bin;
  self->bin_end_ns = pool_timeline_get_bin_start (timeline, bin + 1);
  if (starts_at_zero)
    self->total = 0;
  gint64 total = (gint64) self->total;
  timeline->total[bin] = (TimelineBin){ total, total, total };
  for (guint band = 0; band < timeline->n_bands; band++)
    {
      if (starts_at_zero)
        self->by_band[band] = 0;
      gint64 value = (gint64) self->by_band[band];
      timeline->bands[(gsize) band * timeline->n_bins + bin] = (TimelineBin){ value, value, value };
    }
}

static inline void
record (TimelineBin *bin, gint64 value, gboolean rate)
{
  bin->last = value;
  bin->minimum = rate ? value : MIN (bin->minimum, value);
  bin->maximum = MAX (bin->maximum, value);
}

static inline void
change_value (TimelineSweep *self, gsize row, gint64 time_ns, guint64 amount)
{
  PoolTimeline *timeline = self->timeline;
  while (time_ns >= self->bin_end_ns && self->bin + 1 < timeline->n_bins)
    open_bin (self, self->bin + 1);
  gboolean rate = is_rate (timeline->measure);
  self->total += amount;
  record (&timeline->total[self->bin], (gint64) self->total, rate);
  guint band = interval_band (self, row);
  if (band == MAXIMUM_BANDS)
    return;
  self->by_band[band] += amount;
  record (&timeline->bands[(gsize) band * timeline->n_bins + self->bin], (gint64) self->by_band[band], rate);
}

static void
apply_allocation (TimelineSweep *self, gsize row)
{
  gint64 allocated_ns = self->intervals->allocated_ns[row];
  switch (self->timeline->measure)
    {
    case TIMELINE_FREE_RATE:
      return;
    case TIMELINE_ALLOCATION_RATE:
      /* The row of a free whose allocation was lost stands for no allocation event. */
      if (self->sites[self->intervals->site[row]].stack == POOL_STACK_ALLOCATION_LOST)
        return;
      break;
    case TIMELINE_TOTAL_SIZE:
    case TIMELINE_TOTAL_COUNT:
      break;
    default:
      if (allocated_ns == self->intervals->freed_ns[row])
        return;
    }
  if (includes_interval (self, row))
    change_value (self, row, allocated_ns, interval_amount (self, row));
}

static void
apply_free (TimelineSweep *self, gsize row)
{
  gint64 freed_ns = self->intervals->freed_ns[row];
  TimelineMeasure measure = self->timeline->measure;
  if (measure == TIMELINE_ALLOCATION_RATE || is_total (measure))
    return;
  if (measure != TIMELINE_FREE_RATE && self->intervals->allocated_ns[row] == freed_ns)
    return;
  if (includes_interval (self, row))
    change_value (self, row, freed_ns, measure == TIMELINE_FREE_RATE ? 1 : -interval_amount (self, row));
}

/* Adds up what was there just before the start. */
static void
carry_in (TimelineSweep *self, gsize end_row)
{
  TimelineMeasure measure = self->timeline->measure;
  gint64 start_ns = self->timeline->start_ns;
  if (is_rate (measure))
    return;
  for (gsize row = 0; row < end_row; row++)
    {
      if (!is_total (measure) && self->intervals->freed_ns[row] < start_ns)
        continue;
      if (!includes_interval (self, row))
        continue;
      guint64 amount = interval_amount (self, row);
      self->total += amount;
      guint band = interval_band (self, row);
      if (band < MAXIMUM_BANDS)
        self->by_band[band] += amount;
    }
}

static gboolean
run_sweep (TimelineSweep *self, GCancellable *cancellable)
{
  const PoolIntervals *intervals = self->intervals;
  PoolTimeline *timeline = self->timeline;
  gsize row = pool_times_find (intervals->allocated_ns, intervals->n, timeline->start_ns);
  gsize end_row = pool_times_find (intervals->allocated_ns, intervals->n, timeline->end_ns);
  gsize place = pool_frees_find (intervals, timeline->start_ns);
  gsize end_place = pool_frees_find (intervals, timeline->end_ns);
  carry_in (self, row);
  open_bin (self, 0);
  for (; row < end_row; row++)
    {
      if (row % CANCEL_INTERVAL == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      for (; place < end_place
             && intervals->freed_ns[intervals->free_order[place]] <= intervals->allocated_ns[row];
           place++)
        apply_free (self, intervals->free_order[place]);
      apply_allocation (self, row);
    }
  for (; place < end_place; place++)
    apply_free (self, intervals->free_order[place]);
  while (self->bin + 1 < timeline->n_bins)
    open_bin (self, self->bin + 1);
  return !g_cancellable_is_cancelled (cancellable);
}

static PoolTimeline *
compute_timeline (TimelineSweep *sweep, TimelineMeasure measure, TimeRange range, guint n_bins,
                  GCancellable *cancellable, GError **error)
{
  PoolTimeline *self = g_new0 (PoolTimeline, 1);
  self->start_ns = range.start_ns;
  self->end_ns = MAX (range.start_ns, range.end_ns);
  self->n_bins = MAX (n_bins, 1);
  self->n_bands = sweep->bands ? MIN (sweep->bands->n_bands, MAXIMUM_BANDS) : 0;
  self->measure = measure;
  self->total = g_new (TimelineBin, self->n_bins);
  self->bands = g_new (TimelineBin, (gsize) self->n_bands * self->n_bins);
  sweep->timeline = self;
  if (!run_sweep (sweep, cancellable))
    {
      g_cancellable_set_error_if_cancelled (cancellable, error);
      pool_timeline_free (self);
      return NULL;
    }
  return self;
}

PoolTimeline *
pool_timeline_new (const PoolTrace *trace, const PoolSelection *selection, TimeRange selection_range,
                   const TimelineBands *bands, TimelineMeasure measure, TimeRange range, guint n_bins,
                   GCancellable *cancellable, GError **error)
{
  TimelineSweep sweep = { .intervals = &trace->intervals,
                          .sites = trace->sites,
                          .selection = selection,
                          .types_range = selection_range,
                          .types = selection ? selection->types : POOL_TYPE_MASK_ALL,
                          .bands = bands };
  return compute_timeline (&sweep, measure, range, n_bins, cancellable, error);
}

/* The line of a row that no type restricts goes on outside the range of @values, as the graph does. */
PoolTimeline *
pool_timeline_new_for_row (const PoolTreeValues *values, PoolTreeRow row, TimelineMeasure measure,
                           TimeRange range, guint n_bins, GCancellable *cancellable, GError **error)
{
  const PoolTree *tree = values->tree;
  TimelineSweep sweep = { .intervals = &tree->trace->intervals,
                          .sites = tree->trace->sites,
                          .selection = &tree->selection,
                          .types_range = values->range,
                          .types = pool_tree_get_row_types (tree, row),
                          .leaf_run = pool_tree_get_leaf_run (tree, row) };
  pool_tree_need_leaf_column (values->tree, sweep.leaf_run.layer);
  return compute_timeline (&sweep, measure, range, n_bins, cancellable, error);
}

void
pool_timeline_free (PoolTimeline *self)
{
  if (self == NULL)
    return;
  g_free (self->total);
  g_free (self->bands);
  g_free (self);
}
