/* The box beside the crosshair: time, total and each band's value at it. */
#pragma once

#include "chart/timeline_chart.h"

/* @slots (array length=n_bands): colours. @height: of the graph, which the box keeps to. @x, @y: where the pointer is. */
void graph_readout_draw (const TimelineChart *chart, const ChartGeometry *geometry, const guint *slots,
                         const ChartPalette *palette, PangoContext *context, cairo_t *cr, double height, double x, double y);
