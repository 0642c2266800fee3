#include "analysis/metric.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Growth that goes on at less than 1/20 of its size in the second half of the range has levelled off. */
#define LEVELLED_OFF_PART 20
#define GROWING_STEPS 6
/* What all that count different values have in common. */
#define UNIQUE_VALUES N_ ("How many different values the blocks of the row have here"), METRIC_UNIT_VALUES, TRUE, FALSE

typedef struct
{
  const char *name, *display_name, *meaning;
  MetricUnit unit;
  gboolean needs_events, adds_up;
} MetricDescription;

static const MetricDescription descriptions[N_METRICS] = {
  [METRIC_COUNT] = { "count", N_ ("Count"), N_ ("Blocks that exist at some time in the range"),
                     METRIC_UNIT_BLOCKS, FALSE, TRUE },
  [METRIC_SIZE] = { "size", N_ ("Size"), N_ ("Bytes of the blocks that exist at some time in the range"),
                    METRIC_UNIT_BYTES, FALSE, TRUE },
  [METRIC_IMPACTING] = { "impacting", N_ ("Impacting Size"),
                         N_ ("By how much the range changed the outstanding size"), METRIC_UNIT_BYTES, FALSE,
                         TRUE },
  [METRIC_PEAK] = { "peak", N_ ("Peak Size"),
                    N_ ("Highest outstanding size within the range; the peaks of rows do not add up"),
                    METRIC_UNIT_BYTES, TRUE, FALSE },
  [METRIC_ALLOCS] = { "allocs", N_ ("Allocs"), N_ ("Allocations inside the range"), METRIC_UNIT_EVENTS, TRUE,
                      TRUE },
  [METRIC_FREES] = { "frees", N_ ("Frees"), N_ ("Frees inside the range"), METRIC_UNIT_EVENTS, TRUE, TRUE },
  [METRIC_FREED] = { "freed", N_ ("Freed %"),
                     N_ ("How many of the allocations inside the range were freed inside it"),
                     METRIC_UNIT_PERCENT, TRUE, TRUE },
  [METRIC_AVERAGE]
  = { "average", N_ ("Average Size"), N_ ("Size divided by Count"), METRIC_UNIT_BYTES, FALSE, TRUE },
  [METRIC_GROWTH]
  = { "growth", N_ ("Growth"),
      N_ ("By how much the lowest outstanding size rose from the first to the last eighth of the range"),
      METRIC_UNIT_BYTES, TRUE, FALSE },
  [METRIC_RECENT] = { "recent", N_ ("Recent Growth"),
                      N_ ("By how much the lowest outstanding size rose from the fifth to the last eighth of "
                          "the range"),
                      METRIC_UNIT_BYTES, TRUE, FALSE },
  [METRIC_STEADY]
  = { "steady", N_ ("Steady"),
      N_ ("At how many of the seven steps between the eighths of the range the lowest outstanding size rose"),
      METRIC_UNIT_STEPS, TRUE, FALSE },
  [METRIC_VERDICT] = { "verdict", N_ ("Verdict"),
                       N_ ("What the growth looks like: growing, unclear, levelled off (a cache that has filled) "
                           "or churn (no growth)"),
                       METRIC_UNIT_VERDICT, TRUE, FALSE },
  [METRIC_MIN_SIZE]
  = { "min-size", N_ ("Min Size"), N_ ("Size of the smallest block"), METRIC_UNIT_BYTES, TRUE, FALSE },
  [METRIC_MAX_SIZE]
  = { "max-size", N_ ("Max Size"), N_ ("Size of the largest block"), METRIC_UNIT_BYTES, TRUE, FALSE },
  [METRIC_MIN_AGE]
  = { "min-age", N_ ("Min Age"),
      N_ ("Age of the youngest block at its free or at the end of the range; blocks from before the trace have none"),
      METRIC_UNIT_NS, TRUE, FALSE },
  [METRIC_AVERAGE_AGE]
  = { "average-age", N_ ("Average Age"),
      N_ ("Average age of the blocks at their free or at the end of the range; blocks from before the trace have none"),
      METRIC_UNIT_NS, TRUE, FALSE },
  [METRIC_MAX_AGE]
  = { "max-age", N_ ("Max Age"),
      N_ ("Age of the oldest block at its free or at the end of the range; blocks from before the trace have none"),
      METRIC_UNIT_NS, TRUE, FALSE },
  [METRIC_UNIQUE (DIMENSION_TYPE)] = { "unique-type", N_ ("Unique Type"), UNIQUE_VALUES },
  [METRIC_UNIQUE (DIMENSION_IMPACT)] = { "unique-impact", N_ ("Unique Impact"), UNIQUE_VALUES },
  [METRIC_UNIQUE (DIMENSION_PAGED)] = { "unique-paged", N_ ("Unique Paged"), UNIQUE_VALUES },
  [METRIC_UNIQUE (DIMENSION_POOL_TYPE)] = { "unique-pooltype", N_ ("Unique Pool Type"), UNIQUE_VALUES },
  [METRIC_UNIQUE (DIMENSION_TAG)] = { "unique-tag", N_ ("Unique Pool Tag"), UNIQUE_VALUES },
  [METRIC_UNIQUE (DIMENSION_STACK)] = { "unique-stack", N_ ("Unique Stack"), UNIQUE_VALUES },
  [METRIC_UNIQUE (DIMENSION_FREE_STACK)] = { "unique-freestack", N_ ("Unique Free Stack"), UNIQUE_VALUES },
  [METRIC_UNIQUE (DIMENSION_MODULE)] = { "unique-module", N_ ("Unique Module"), UNIQUE_VALUES },
  [METRIC_UNIQUE (DIMENSION_DRIVER)] = { "unique-driver", N_ ("Unique Driver"), UNIQUE_VALUES },
  [METRIC_UNIQUE (DIMENSION_DESCRIPTION)] = { "unique-description", N_ ("Unique Description"), UNIQUE_VALUES },
  [METRIC_UNIQUE (DIMENSION_PROCESS)] = { "unique-process", N_ ("Unique Process"), UNIQUE_VALUES },
  [METRIC_UNIQUE (DIMENSION_SERVICE)] = { "unique-service", N_ ("Unique Service"), UNIQUE_VALUES },
  [METRIC_UNIQUE (DIMENSION_THREAD)] = { "unique-thread", N_ ("Unique Thread"), UNIQUE_VALUES },
  [METRIC_UNIQUE (DIMENSION_CPU)] = { "unique-cpu", N_ ("Unique CPU"), UNIQUE_VALUES },
  [METRIC_UNIQUE (DIMENSION_SESSION)] = { "unique-session", N_ ("Unique Session"), UNIQUE_VALUES },
  [METRIC_UNIQUE (DIMENSION_SIZE)] = { "unique-size", N_ ("Unique Size"), UNIQUE_VALUES },
  [METRIC_UNIQUE (DIMENSION_SIZE_CLASS)] = { "unique-sizeclass", N_ ("Unique Size Class"), UNIQUE_VALUES },
  [METRIC_UNIQUE (DIMENSION_AGE)] = { "unique-age", N_ ("Unique Age"), UNIQUE_VALUES },
  [METRIC_UNIQUE (DIMENSION_DOUBT)] = { "unique-doubt", N_ ("Unique Doubt"), UNIQUE_VALUES },
  [METRIC_UNIQUE (DIMENSION_STACK_TAG)] = { "unique-stacktag", N_ ("Unique Stack Tag"), UNIQUE_VALUES },
  [METRIC_UNIQUE (DIMENSION_FRAME_TAGS)] = { "unique-frametags", N_ ("Unique Stack (Frame Tags)"), UNIQUE_VALUES },
};

static const char *const aggregation_names[N_AGGREGATIONS]
    = { [AGGREGATION_SUM] = N_ ("Sum"), [AGGREGATION_AVERAGE] = N_ ("Average"), [AGGREGATION_MIN] = N_ ("Min"),
        [AGGREGATION_MAX] = N_ ("Max"), [AGGREGATION_PEAK] = N_ ("Peak"),       [AGGREGATION_UNIQUE] = N_ ("Unique") };

/* Those of numbers. */
static const struct
{
  Dimension dimension;
  Aggregation aggregation;
  Metric metric;
} aggregated_numbers[] = {
  { DIMENSION_SIZE, AGGREGATION_SUM, METRIC_SIZE },      { DIMENSION_SIZE, AGGREGATION_AVERAGE, METRIC_AVERAGE },
  { DIMENSION_SIZE, AGGREGATION_MIN, METRIC_MIN_SIZE },  { DIMENSION_SIZE, AGGREGATION_MAX, METRIC_MAX_SIZE },
  { DIMENSION_SIZE, AGGREGATION_PEAK, METRIC_PEAK },     { DIMENSION_AGE, AGGREGATION_MIN, METRIC_MIN_AGE },
  { DIMENSION_AGE, AGGREGATION_AVERAGE, METRIC_AVERAGE_AGE }, { DIMENSION_AGE, AGGREGATION_MAX, METRIC_MAX_AGE },
};

static const char *const verdict_names[N_VERDICTS] = { [VERDICT_CHURN] = N_ ("churn"),
                                                       [VERDICT_LEVELLED_OFF] = N_ ("levelled off"),
                                                       [VERDICT_UNCLEAR] = N_ ("unclear"),
                                                       [VERDICT_GROWING] = N_ ("growing") };

const char *
metric_get_name (Metric self)
{
  return descriptions[self].name;
}

const char *
metric_get_display_name (Metric self)
{
  return descriptions[self].display_name;
}

const char *
metric_get_meaning (Metric self)
{
  return descriptions[self].meaning;
}

MetricUnit
metric_get_unit (Metric self)
{
  return descriptions[self].unit;
}

gboolean
metric_needs_events (Metric self)
{
  return descriptions[self].needs_events;
}

gboolean
metric_adds_up (Metric self)
{
  return descriptions[self].adds_up;
}

gboolean
metric_from_name (const char *name, Metric *ret_metric)
{
  for (guint i = 0; i < N_METRICS; i++)
    if (strcmp (descriptions[i].name, name) == 0)
      {
        *ret_metric = (Metric) i;
        return TRUE;
      }
  return FALSE;
}

const char *
aggregation_get_name (Aggregation self)
{
  return aggregation_names[self];
}

gboolean
metric_from_aggregation (Dimension dimension, Aggregation aggregation, Metric *ret_metric)
{
  if (aggregation == AGGREGATION_UNIQUE)
    {
      *ret_metric = METRIC_UNIQUE (dimension);
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (aggregated_numbers); i++)
    if (aggregated_numbers[i].dimension == dimension && aggregated_numbers[i].aggregation == aggregation)
      {
        *ret_metric = aggregated_numbers[i].metric;
        return TRUE;
      }
  return FALSE;
}

gboolean
metric_get_aggregation (Metric self, Dimension *ret_dimension, Aggregation *ret_aggregation)
{
  if (self >= METRIC_FIRST_UNIQUE)
    {
      *ret_dimension = (Dimension) (self - METRIC_FIRST_UNIQUE);
      *ret_aggregation = AGGREGATION_UNIQUE;
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (aggregated_numbers); i++)
    if (aggregated_numbers[i].metric == self)
      {
        *ret_dimension = aggregated_numbers[i].dimension;
        *ret_aggregation = aggregated_numbers[i].aggregation;
        return TRUE;
      }
  return FALSE;
}

const char *
verdict_get_name (Verdict self)
{
  return verdict_names[self];
}

/* Differences modulo 2^64: sizes that a damaged trace claims may have gone round. */
void
row_metrics_set_growth (RowMetrics *self, const guint64 *minima_bytes)
{
  self->growth_bytes = (gint64) (minima_bytes[METRIC_N_BINS - 1] - minima_bytes[0]);
  self->recent_bytes = (gint64) (minima_bytes[METRIC_N_BINS - 1] - minima_bytes[METRIC_N_BINS / 2]);
  self->n_steps_up = 0;
  for (guint i = 0; i < METRIC_N_STEPS; i++)
    if (minima_bytes[i + 1] > minima_bytes[i])
      self->n_steps_up++;
}

void
row_metrics_add (RowMetrics *self, const RowMetrics *other)
{
  self->sums.count += other->sums.count;
  self->sums.size_bytes += other->sums.size_bytes;
  self->sums.impacting_bytes += other->sums.impacting_bytes;
  self->n_allocs += other->n_allocs;
  self->n_frees += other->n_frees;
  self->n_freed += other->n_freed;
}

Verdict
row_metrics_get_verdict (const RowMetrics *self)
{
  if (self->growth_bytes <= 0)
    return VERDICT_CHURN;
  if ((__int128) self->recent_bytes * LEVELLED_OFF_PART <= self->growth_bytes)
    return VERDICT_LEVELLED_OFF;
  return self->n_steps_up >= GROWING_STEPS ? VERDICT_GROWING : VERDICT_UNCLEAR;
}

static gint64
clamp_to_signed (guint64 value)
{
  return (gint64) MIN (value, (guint64) G_MAXINT64);
}

/* The metrics of the blocks one by one; FALSE where no block has such a value. */
static gboolean
get_aggregate (const RowMetrics *self, Metric metric, gint64 *ret_value)
{
  const RowAggregates *aggregates = &self->aggregates;
  gboolean is_of_size = metric == METRIC_MIN_SIZE || metric == METRIC_MAX_SIZE;
  *ret_value = 0;
  if (metric >= METRIC_FIRST_UNIQUE)
    {
      *ret_value = aggregates->n_unique[metric - METRIC_FIRST_UNIQUE];
      return TRUE;
    }
  if (is_of_size ? self->sums.count == 0 : aggregates->n_ages == 0)
    return FALSE;
  if (is_of_size)
    *ret_value = clamp_to_signed (metric == METRIC_MIN_SIZE ? aggregates->min_bytes : aggregates->max_bytes);
  else if (metric == METRIC_AVERAGE_AGE)
    *ret_value = (gint64) (aggregates->total_age_ns / aggregates->n_ages);
  else
    *ret_value = metric == METRIC_MIN_AGE ? aggregates->min_age_ns : aggregates->max_age_ns;
  return TRUE;
}

gboolean
row_metrics_get (const RowMetrics *self, Metric metric, gint64 *ret_value)
{
  if (metric >= N_BASIC_METRICS)
    return get_aggregate (self, metric, ret_value);
  switch (metric)
    {
    case METRIC_COUNT:
      *ret_value = clamp_to_signed (self->sums.count);
      return TRUE;
    case METRIC_SIZE:
      *ret_value = clamp_to_signed (self->sums.size_bytes);
      return TRUE;
    case METRIC_IMPACTING:
      *ret_value = self->sums.impacting_bytes;
      return TRUE;
    case METRIC_PEAK:
      *ret_value = clamp_to_signed (self->peak_bytes);
      return TRUE;
    case METRIC_ALLOCS:
      *ret_value = clamp_to_signed (self->n_allocs);
      return TRUE;
    case METRIC_FREES:
      *ret_value = clamp_to_signed (self->n_frees);
      return TRUE;
    case METRIC_FREED:
      *ret_value = self->n_allocs > 0 ? (gint64) (self->n_freed * 10000 / self->n_allocs) : 0;
      return self->n_allocs > 0;
    case METRIC_AVERAGE:
      *ret_value = self->sums.count > 0 ? clamp_to_signed (self->sums.size_bytes / self->sums.count) : 0;
      return self->sums.count > 0;
    case METRIC_GROWTH:
      *ret_value = self->growth_bytes;
      return TRUE;
    case METRIC_RECENT:
      *ret_value = self->recent_bytes;
      return TRUE;
    case METRIC_STEADY:
      *ret_value = self->n_steps_up;
      return TRUE;
    case METRIC_VERDICT:
      *ret_value = row_metrics_get_verdict (self);
      return TRUE;
    default:
      break;
    }
  g_return_val_if_reached (FALSE);
}
