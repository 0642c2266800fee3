/* Draws how long blocks lived: a bar per class of lifetimes, as high as the number of blocks. */
#pragma once

#include "analysis/lifetime_histogram.h"
#include "chart/chart_palette.h"

#include <pango/pango.h>

/* "2 ms", the start of a class; (transfer full). */
char *lifetime_chart_dup_class_text (guint lifetime_class);
/* Draws into @width x @height. @context nullable: bars alone, without axes. Classes at both ends that are empty are
 * left out. */
void lifetime_chart_draw (const LifetimeHistogram *histogram, const ChartPalette *palette, PangoContext *context,
                          cairo_t *cr, double width, double height);
/* The class whose bar is at @x, drawn with @context as above; FALSE where there is none. */
gboolean lifetime_chart_class_at (const LifetimeHistogram *histogram, PangoContext *context, double width, double x,
                                  guint *ret_class);
