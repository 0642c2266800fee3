/* Outstanding pool over time, cut into bins, in total and by band. */
#pragma once

#include "analysis/pool_tree.h"

typedef struct
{
  gint64 last, minimum, maximum; /* bytes, or blocks; minimum and maximum take in the value carried into the bin */
} TimelineBin;

typedef enum
{
  TIMELINE_OUTSTANDING_SIZE,
  TIMELINE_OUTSTANDING_COUNT,
  TIMELINE_TOTAL_SIZE,        /* sum of all allocations so far (WPA's "Total" graphs) */
  TIMELINE_TOTAL_COUNT,       /* their number */
  TIMELINE_ALLOCATION_RATE,   /* allocations per bin */
  TIMELINE_FREE_RATE,         /* frees per bin */
  TIMELINE_N_MEASURES
} TimelineMeasure;

typedef struct
{
  gint64 start_ns, end_ns;   /* bin i is [start + floor (i*L/n), start + floor ((i+1)*L/n)) */
  guint n_bins;
  guint n_bands;
  TimelineMeasure measure;
  TimelineBin *total;        /* (array length=n_bins) */
  TimelineBin *bands;        /* (array length=n_bands * n_bins): band by band; sums over the bands give last of total */
} PoolTimeline;

gint64 pool_timeline_get_bin_start (const PoolTimeline *self, guint bin);

/* The range with open ends resolved as design.md's timeline says: data start, last event + 1 ns. */
TimeRange pool_timeline_resolve_range (const PoolTrace *trace, TimeRange range);

/* Which band an interval belongs to. */
typedef struct
{
  guint n_bands;
  guint8 *band_of_interval; /* (array length=intervals.n) (owned) (nullable): NULL: no bands */
  char **labels;            /* (array length=n_bands) (owned) */
  guint64 *keys;            /* (array length=n_bands) (owned): stable key of a band for its colour, from its text */
} TimelineBands;

/* The bands of a grouping: the first dimension that is neither type nor impact, refined by the next such one
 * when it is Paged; the @n_top largest by impacting size over @range, the rest as "Other" (last, only when there are any). */
TimelineBands *timeline_bands_new (const PoolTree *tree, TimeRange range, guint n_top);
/* The same with one band for each value of @dimension, one of sites, whatever the tree groups by. */
TimelineBands *timeline_bands_new_by (const PoolTree *tree, Dimension dimension, TimeRange range, guint n_top);
void timeline_bands_free (TimelineBands *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TimelineBands, timeline_bands_free)

/* @range resolved. @selection and @bands nullable. NULL with @error only when cancelled.
 * With @row (nullable, needs @values): only intervals of that row, for the line of a selected row; no bands then. */
PoolTimeline *pool_timeline_new (const PoolTrace *trace, const PoolSelection *selection, TimeRange selection_range,
                                 const TimelineBands *bands, TimelineMeasure measure, TimeRange range, guint n_bins,
                                 GCancellable *cancellable, GError **error);
PoolTimeline *pool_timeline_new_for_row (const PoolTreeValues *values, PoolTreeRow row, TimelineMeasure measure,
                                         TimeRange range, guint n_bins, GCancellable *cancellable, GError **error);
void pool_timeline_free (PoolTimeline *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PoolTimeline, pool_timeline_free)
