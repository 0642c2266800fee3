/* The course of a row's outstanding size, as small as a word. */
#pragma once

#include "chart/chart_palette.h"

/* Draws @sizes_bytes (array length=n_sizes), one for each of so many equal parts of a range, as a filled line from the
 * left to the right edge of @width x @height pixels; the bottom is zero, the top the largest of them. Mirrored for
 * @is_right_to_left. Nothing but the bottom where all are zero. */
void chart_sparkline_draw (cairo_t *cr, const guint64 *sizes_bytes, guint n_sizes, double width, double height,
                           ChartColor color, gboolean is_right_to_left);
