/* The legend under a chart: one item per band in rows, and one for the line of the selected row. */
#pragma once

#include "chart/timeline_chart.h"

/* Places the items in rows from (x, y) on, at most @max_rows of them; what has no room is left out.
 * Fills the legend of @geometry. Returns: the height used. */
double chart_legend_lay_out (const TimelineChart *chart, PangoContext *context, double x, double y,
                             double width, guint max_rows, ChartGeometry *geometry);
/* @slots (array length=n_bands): colours. */
void chart_legend_draw (const TimelineChart *chart, const ChartGeometry *geometry, const guint *slots,
                        const ChartPalette *palette, PangoContext *context, cairo_t *cr);
