/* Texts of a chart: one line each, with figures of equal width. */
#pragma once

#include "chart/chart_palette.h"

#include <pango/pangocairo.h>

typedef enum
{
  CHART_ALIGN_START,
  CHART_ALIGN_CENTER,
  CHART_ALIGN_END
} ChartAlign;

/* The size of @text in user units. */
void chart_text_measure (PangoContext *context, const char *text, double *ret_width, double *ret_height);

typedef struct
{
  ChartAlign align;
  double max_width;
  gboolean is_bold;
  const ChartColor *halo;
} ChartTextStyle;
/* Draws @text with its top at @y, and @x at its left, middle or right. A text wider than @max_width (0: no
 * limit) ends in an ellipsis. With @halo (nullable) it stays readable on any ground. */
void chart_text_draw (cairo_t *cr, PangoContext *context, const char *text, double x, double y,
                      ChartColor color, ChartTextStyle style);
