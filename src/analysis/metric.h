/* The metrics of a row of the table: their names, units, and how each is told from what was counted. */
#pragma once

#include <glib.h>

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
  N_METRICS
} Metric;

typedef guint32 MetricSet; /* bit i: Metric i */
#define METRIC_BIT(metric) ((MetricSet) 1 << (metric))
#define METRIC_SET_ALL ((METRIC_BIT (N_METRICS)) - 1)

typedef enum
{
  METRIC_UNIT_BLOCKS,
  METRIC_UNIT_EVENTS,
  METRIC_UNIT_BYTES,
  METRIC_UNIT_PERCENT, /* values in hundredths of a percent */
  METRIC_UNIT_STEPS,   /* of the METRIC_N_STEPS between the bins */
  METRIC_UNIT_VERDICT  /* values are Verdict */
} MetricUnit;

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

typedef struct
{
  guint64 count;
  guint64 size_bytes;
  gint64 impacting_bytes;
} PoolTreeSums;

/* All that can be counted of a row. */
typedef struct
{
  PoolTreeSums sums;
  guint64 n_allocs, n_frees;     /* events inside the range */
  guint64 n_freed;               /* of the allocations inside the range, those that ended inside it */
  guint64 peak_bytes;
  gint64 growth_bytes, recent_bytes;
  guint n_steps_up;
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
const char *verdict_get_name (Verdict self); /* "levelled off"; to be translated where it is shown */

/* Sets growth_bytes, recent_bytes and n_steps_up from the minima of the bins (array length=METRIC_N_BINS). */
void row_metrics_set_growth (RowMetrics *self, const guint64 *minima_bytes);
/* Adds what adds up. */
void row_metrics_add (RowMetrics *self, const RowMetrics *other);
/* The value in its unit, whole numbers rounded down. FALSE where there is none (Freed % without allocations).
 */
gboolean row_metrics_get (const RowMetrics *self, Metric metric, gint64 *ret_value);
Verdict row_metrics_get_verdict (const RowMetrics *self);
