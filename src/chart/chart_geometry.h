/* Where things of a chart lie: time to x and back, value to y, and what is at a point. */
#pragma once

#include "analysis/pool_timeline.h"

#define CHART_MAX_LEGEND_ITEMS 32

typedef struct
{
  double x, y, width, height;
} ChartRectangle;

typedef struct
{
  ChartRectangle plot;  /* without the axes */
  TimeRange view;       /* what the plot's width shows; start < end */
  double top_value;     /* value at the plot's upper edge, above 0; its lower edge is 0 */
  guint n_legend_items; /* one per band, in the order of the bands */
  ChartRectangle legend_items[CHART_MAX_LEGEND_ITEMS];
  ChartRectangle row_item; /* of the selected row; empty without one */
} ChartGeometry;

/* Whether the point lies inside; the right and lower edges are outside. */
gboolean chart_rectangle_contains (const ChartRectangle *self, double x, double y);

/* Times outside of the view lie outside of the plot; open ends lie on its edges. */
double chart_geometry_time_to_x (const ChartGeometry *self, gint64 time_ns);
/* Clamped to the view: [start, end]. */
gint64 chart_geometry_x_to_time (const ChartGeometry *self, double x);
/* 0 is the lower edge of the plot, the top value the upper one. */
double chart_geometry_value_to_y (const ChartGeometry *self, double value);

/* The bin of @timeline at a time, FALSE outside of it. */
gboolean chart_geometry_bin_at (const PoolTimeline *timeline, gint64 time_ns, guint *ret_bin);
/* The band drawn at a point; bands of @hidden_bands (bit i: band i) are not there. */
gboolean chart_geometry_band_at (const ChartGeometry *self, const PoolTimeline *timeline,
                                 guint64 hidden_bands, double x, double y, guint *ret_band);
/* The band whose item of the legend is at a point; FALSE where there is none. */
gboolean chart_geometry_legend_item_at (const ChartGeometry *self, double x, double y, guint *ret_item);
