/* What frames the plot of a chart: both axes with their grid lines, and the title. */
#pragma once

#include "chart/timeline_chart.h"

#define CHART_MARGIN 10.0     /* around everything */
#define CHART_TICK_LENGTH 4.0 /* of the time axis */
#define CHART_LABEL_GAP 6.0   /* between the labels of the value axis and the plot */

/* Grid lines across the plot, with the labels left of it. */
void chart_frame_draw_value_axis (const TimelineChart *chart, const ChartGeometry *geometry,
                                  const ChartPalette *palette, PangoContext *context, cairo_t *cr);
/* Ticks and labels under the plot; a label that would reach beyond @width is left out. */
void chart_frame_draw_time_axis (const TimelineChart *chart, const ChartGeometry *geometry,
                                 const ChartPalette *palette, PangoContext *context, cairo_t *cr,
                                 double width);
/* Title and subtitle, where the chart has them, above the plot. */
void chart_frame_draw_title (const TimelineChart *chart, const ChartGeometry *geometry,
                             const ChartPalette *palette, PangoContext *context, cairo_t *cr, double width);
