/* A timeline as small as a stamp: its bands alone, without axes or texts. */
#pragma once

#include "analysis/pool_timeline.h"
#include "chart/chart_palette.h"

/* @bands nullable, else those of @timeline. From zero at the bottom to the highest value at the top of @width x @height. */
void chart_thumbnail_draw (const PoolTimeline *timeline, const TimelineBands *bands, const ChartPalette *palette,
                           cairo_t *cr, double width, double height);
