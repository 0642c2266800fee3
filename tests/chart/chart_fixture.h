/* Timelines and bands made by hand, and charts drawn into memory. */
#pragma once

#include "chart/timeline_chart.h"

/* Bands of the labels "a", "b", … with keys 1, 2, …; the last is "Other" when @has_other. */
TimelineBands *fixture_bands_new (guint n_bands, gboolean has_other);
/* A timeline from 0 to 10 s; every bin of band i holds @values[i], total their sum; without bands (0) the
 * total is @values[0]. */
PoolTimeline *fixture_timeline_new (guint n_bins, guint n_bands, const gint64 *values);

/* Draws @chart on an image of @width x @height with a font that is on every machine; (transfer full). */
cairo_surface_t *fixture_draw (const TimelineChart *chart, const ChartPalette *palette, int width, int height,
                               ChartGeometry *ret_geometry);
/* The pixel as 0xRRGGBB. */
guint32 fixture_pixel (cairo_surface_t *surface, double x, double y);
guint32 fixture_color (ChartColor color);
