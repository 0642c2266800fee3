/* What stands over and under the bands of a chart: doubtful times, the peak, the line of a row. */
#pragma once

#include "chart/chart_stack.h"
#include "chart/timeline_chart.h"

/* Veils what is before the time from which the trace is complete, and says so where there is room. */
void chart_marks_draw_incomplete (const TimelineChart *chart, const ChartGeometry *geometry,
                                  const ChartPalette *palette, PangoContext *context, cairo_t *cr);
/* Hatches the times where events were lost. */
void chart_marks_draw_losses (const TimelineChart *chart, const ChartGeometry *geometry,
                              const ChartPalette *palette, cairo_t *cr);
/* The line of the selected row, where the chart has one. */
void chart_marks_draw_row (const TimelineChart *chart, const ChartGeometry *geometry,
                           const ChartPalette *palette, cairo_t *cr);
/* Marks the highest value with its text. */
void chart_marks_draw_peak (const TimelineChart *chart, const ChartGeometry *geometry,
                            const ChartStack *stack, const ChartPalette *palette, PangoContext *context,
                            cairo_t *cr);

/* Appends the upper edge of a timeline to the path: @values (array length=timeline->n_bins). A polyline
 * through the values at the ends of the bins, steps for rates. */
void chart_marks_append_line (cairo_t *cr, const PoolTimeline *timeline, const ChartGeometry *geometry,
                              const double *values);
