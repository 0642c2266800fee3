/* The metrics of a row of the table: their names, units, and how each is told from what was counted. */
#pragma once

#include "analysis/dimension.h"

typedef enum
{
  METRIC_COUNT,
  METRIC_SIZE,
  METRIC_IMPACTING,
  METRIC_PEAK,
  METRIC_ALLOCS,
  METRIC_FREES,
  METRIC_FREED,
  METRIC_AVERAGE,
  METRIC_GROWTH,
  METRIC_RECENT,
  METRIC_STEADY,
  METRIC_VERDICT,
  N_BASIC_METRICS, /* those that every report has; the others are aggregations of one dimension */
  METRIC_MIN_SIZE = N_BASIC_METRICS,
  METRIC_MAX_SIZE,
  METRIC_MIN_AGE,
  METRIC_AVERAGE_AGE,
  METRIC_MAX_AGE,
  METRIC_FIRST_UNIQUE, /* of DIMENSION 0, the others follow */
  N_METRICS = METRIC_FIRST_UNIQUE + N_DIMENSIONS
} Metric;

#define METRIC_UNIQUE(dimension) ((Metric) (METRIC_FIRST_UNIQUE + (guint) (dimension)))

typedef guint64 MetricSet; /* bit i: Metric i */
#define METRIC_BIT(metric) ((MetricSet) 1 << (metric))
#define METRIC_SET_ALL ((METRIC_BIT (N_METRICS)) - 1)
#define METRIC_SET_BASIC ((METRIC_BIT (N_BASIC_METRICS)) - 1)
G_STATIC_ASSERT (N_METRICS < 64);

typedef enum
{
  METRIC_UNIT_BLOCKS,
  METRIC_UNIT_EVENTS,
  METRIC_UNIT_BYTES,
  METRIC_UNIT_PERCENT, /* values in hundredths of a percent */
  METRIC_UNIT_STEPS,   /* of the METRIC_N_STEPS between the bins */
  METRIC_UNIT_VERDICT, /* values are Verdict */
  METRIC_UNIT_NS,
  METRIC_UNIT_VALUES   /* different values of a dimension */
} MetricUnit;

/* How the values that the blocks of a row have in a dimension become one value. */
typedef enum
{
  AGGREGATION_SUM,
  AGGREGATION_AVERAGE,
  AGGREGATION_MIN,
  AGGREGATION_MAX,
  AGGREGATION_PEAK,
  AGGREGATION_UNIQUE,
  N_AGGREGATIONS
} Aggregation;

/* What the growth of a row looks like, the least suspicious first. */
typedef enum
{
  VERDICT_CHURN,
  VERDICT_LEVELLED_OFF,
  VERDICT_UNCLEAR,
  VERDICT_GROWING,
  N_VERDICTS
} Verdict;

/* Growth is told from so many equal parts of the range. */
#define METRIC_N_BINS 8
#define METRIC_N_STEPS (METRIC_N_BINS - 1)

/* What grew in less time tells nothing of an hour. */
#define MINIMUM_SECONDS_PER_HOUR 60

typedef struct
{
  guint64 count;
  guint64 size_bytes;
  gint64 impacting_bytes;
} PoolTreeSums;

/* What is told of a row from the values of its blocks one by one. */
typedef struct
{
  guint64 min_bytes, max_bytes;
  guint64 n_ages; /* blocks of which the allocation was seen */
  gint64 min_age_ns, max_age_ns;
  unsigned __int128 total_age_ns;
  guint32 n_unique[N_DIMENSIONS]; /* different values of each dimension that was asked for */
} RowAggregates;

/* All that can be counted of a row. */
typedef struct
{
  PoolTreeSums sums;
  guint64 n_allocs, n_frees;     /* events inside the range */
  guint64 n_freed;               /* of the allocations inside the range, those that ended inside it */
  guint64 peak_bytes;
  gint64 growth_bytes, recent_bytes;
  guint n_steps_up;
  RowAggregates aggregates;
} RowMetrics;

const char *metric_get_name (Metric self);         /* "impacting" */
const char *metric_get_display_name (Metric self); /* "Impacting Size"; to be translated where it is shown */
const char *metric_get_meaning (Metric self);      /* a sentence; to be translated where it is shown */
MetricUnit metric_get_unit (Metric self);
/* Whether the sums of a row are not enough: its events must be looked at. */
gboolean metric_needs_events (Metric self);
/* Whether the metric of several rows together follows from what was counted of each. */
gboolean metric_adds_up (Metric self);
/* Whether @name is a metric; if so @ret_metric receives it. */
gboolean metric_from_name (const char *name, Metric *ret_metric);
const char *aggregation_get_name (Aggregation self); /* "Average"; to be translated where it is shown */
/* The metric that @aggregation makes of @dimension. FALSE where there is none: only the size of one block and its age
 * are numbers, anything else has different values only. */
gboolean metric_from_aggregation (Dimension dimension, Aggregation aggregation, Metric *ret_metric);
/* The other way round. FALSE for a metric that is no aggregation of one dimension (Impacting Size). */
gboolean metric_get_aggregation (Metric self, Dimension *ret_dimension, Aggregation *ret_aggregation);
const char *verdict_get_name (Verdict self); /* "levelled off"; to be translated where it is shown */

/* Sets growth_bytes, recent_bytes and n_steps_up from the minima of the bins (array length=METRIC_N_BINS). */
void row_metrics_set_growth (RowMetrics *self, const guint64 *minima_bytes);
/* Adds what adds up. */
void row_metrics_add (RowMetrics *self, const RowMetrics *other);
/* The value in its unit, whole numbers rounded down. FALSE where there is none (Freed % without allocations).
 */
gboolean row_metrics_get (const RowMetrics *self, Metric metric, gint64 *ret_value);
Verdict row_metrics_get_verdict (const RowMetrics *self);
