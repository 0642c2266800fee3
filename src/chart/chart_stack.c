#include "chart/chart_stack.h"

#include "base/tick_clock.h"

double
chart_stack_get_scale (const PoolTimeline *timeline)
{
  if (timeline->measure != TIMELINE_ALLOCATION_RATE && timeline->measure != TIMELINE_FREE_RATE)
    return 1;
  double bin_ns = ((double) timeline->end_ns - (double) timeline->start_ns) / MAX (timeline->n_bins, 1);
  return bin_ns > 0 ? NS_PER_SECOND / bin_ns : 1;
}

/* Nothing below 0 can be outstanding; what a damaged trace may make of it is drawn as nothing. */
static double
drawn_value (gint64 value, double scale)
{
  return value > 0 ? (double) value * scale : 0;
}

static void
add_layer (ChartStack *self, guint band, const TimelineBin *bins, double scale)
{
  double *tops = self->tops + (gsize) self->n_layers * self->n_bins;
  for (guint i = 0; i < self->n_bins; i++)
    tops[i] = self->sum[i] += drawn_value (bins[i].last, scale);
  self->bands[self->n_layers++] = band;
}

ChartStack *
chart_stack_new (const PoolTimeline *timeline, guint64 hidden_bands)
{
  ChartStack *self = g_new0 (ChartStack, 1);
  double scale = chart_stack_get_scale (timeline);
  guint n_layers = MAX (timeline->n_bands, 1);
  self->n_bins = timeline->n_bins;
  self->bands = g_new0 (guint, n_layers);
  self->tops = g_new0 (double, (gsize) n_layers * self->n_bins);
  self->sum = g_new0 (double, self->n_bins);
  self->minimum = g_new0 (double, self->n_bins);
  self->maximum = g_new0 (double, self->n_bins);
  for (guint band = 0; band < timeline->n_bands; band++)
    if (!chart_stack_is_hidden (hidden_bands, band))
      add_layer (self, band, timeline->bands + (gsize) band * self->n_bins, scale);
  if (timeline->n_bands == 0)
    add_layer (self, G_MAXUINT, timeline->total, scale);

  /* Extremes of different bands lie at different times and do not add up. */
  const TimelineBin *extremes = NULL;
  if (self->n_layers == n_layers)
    extremes = timeline->total;
  else if (self->n_layers == 1)
    extremes = timeline->bands + (gsize) self->bands[0] * self->n_bins;
  for (guint i = 0; i < self->n_bins; i++)
    {
      self->minimum[i] = extremes ? drawn_value (extremes[i].minimum, scale) : self->sum[i];
      self->maximum[i] = extremes ? drawn_value (extremes[i].maximum, scale) : self->sum[i];
    }
  return self;
}

void
chart_stack_free (ChartStack *self)
{
  g_free (self->bands);
  g_free (self->tops);
  g_free (self->sum);
  g_free (self->minimum);
  g_free (self->maximum);
  g_free (self);
}
