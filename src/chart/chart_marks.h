/* What stands over and under the bands of a chart: doubtful times, the peak, the line of a row. */
#pragma once

#include "chart/chart_stack.h"
#include "chart/timeline_chart.h"

void chart_marks_draw_incomplete (const TimelineChart *chart, const ChartGeometry *geometry,
                                  const ChartPalette *palette, PangoContext *context, cairo_t *cr);
void chart_marks_draw_losses (const TimelineChart *chart, const ChartGeometry *geometry,
                              const ChartPalette *palette, cairo_t *cr);
void chart_marks_draw_row (const TimelineChart *chart, const ChartGeometry *geometry,
                           const ChartPalette *palette, cairo_t *cr);
void chart_marks_draw_peak (const TimelineChart *chart, const ChartGeometry *geometry,
                            const ChartStack *stack, const ChartPalette *palette, PangoContext *context,
                            cairo_t *cr);

/* Appends the upper edge of a timeline to the path: @values (array length=timeline->n_bins). A polyline
 * through the values at the ends of the bins, steps for rates. */
void chart_marks_append_line (cairo_t *cr, const PoolTimeline *timeline, const ChartGeometry *geometry,
                              const double *values);
