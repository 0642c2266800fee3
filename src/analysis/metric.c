#include "analysis/metric.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Growth that goes on at less than 1/20 of its size in the second half of the range has levelled off. */
#define LEVELLED_OFF_PART 20
#define GROWING_STEPS 6

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

gboolean
row_metrics_get (const RowMetrics *self, Metric metric, gint64 *ret_value)
{
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
    case N_METRICS:
      break;
    }
  g_return_val_if_reached (FALSE);
}
