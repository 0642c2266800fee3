/* The bands of a chart as filled areas, and the line of their total. */
#pragma once

#include "chart/chart_stack.h"
#include "chart/timeline_chart.h"

/* @slots (array length=n_bands): colours. */
void chart_bands_draw (const TimelineChart *chart, const ChartGeometry *geometry, const ChartStack *stack,
                       const guint *slots, const ChartPalette *palette, cairo_t *cr);
/* What happened between the ends of the bins: a light band from lowest to highest around the line. */
void chart_bands_draw_total (const TimelineChart *chart, const ChartGeometry *geometry,
                             const ChartStack *stack, const ChartPalette *palette, cairo_t *cr);
