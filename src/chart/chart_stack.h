/* The bands of a timeline piled up, as the chart draws them. */
#pragma once

#include "analysis/pool_timeline.h"

typedef struct
{
  guint n_bins, n_layers;
  guint *bands;    /* (array length=n_layers): the band of a layer; G_MAXUINT for the total without bands */
  double *tops;    /* (array length=n_layers * n_bins): upper edges, layer by layer, lowest first */
  double *sum;     /* (array length=n_bins): upper edge of all */
  double *minimum; /* (array length=n_bins): extremes within the bin; the sum itself where bands are hidden */
  double *maximum;
} ChartStack;

/* What a value of a bin is multiplied with to be drawn: rates are shown per second. */
double chart_stack_get_scale (const PoolTimeline *timeline);

/* Bands whose bit is set in @hidden_bands are left out; those from the 65th on are always there. */
ChartStack *chart_stack_new (const PoolTimeline *timeline, guint64 hidden_bands);
void chart_stack_free (ChartStack *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChartStack, chart_stack_free)

static inline gboolean
chart_stack_is_hidden (guint64 hidden_bands, guint band)
{
  return band < 64 && (hidden_bands >> band & 1);
}
