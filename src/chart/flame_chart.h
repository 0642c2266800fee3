/* Draws a FlameLayout on a cairo_t: a flame graph, the outermost frames at the bottom, or upside down an icicle. Each
 * module has its colour. One drawing serves the window and the exported pictures. */
#pragma once

#include "analysis/flame_layout.h"
#include "chart/chart_palette.h"

#include <pango/pango.h>

#define FLAME_CHART_ROW_HEIGHT 18.0 /* user units; less only where the height does not suffice */

/* What to draw. Nothing is owned; what is zero is left out. */
typedef struct
{
  const FlameLayout *layout;
  gboolean is_icicle;     /* outermost frames at the top */
  const char *root_label; /* (nullable): of the rectangle that holds all others */
  const char *rest_label; /* (nullable): of merged ones; else "…" */
  const char *title;      /* (nullable): first line, for pictures */
  const char *subtitle;   /* (nullable): behind the title, dimmed */
  const char *find_text;  /* (nullable): what has no such part in its text, in letters of any case, is faint */
  GHashTable *color_memory; /* (nullable): see chart_palette_assign_slots(): modules keep their colours */
} FlameChart;

typedef struct
{
  double x, y, width, height;
} FlameBox;

/* The height at which every depth has a whole row. */
double flame_chart_get_natural_height (const FlameChart *self);
/* Where a rectangle of the layout lies in a chart of @width x @height. */
FlameBox flame_chart_get_box (const FlameChart *self, guint32 rect, double width, double height);
/* The rectangle at a point, or FLAME_NO_RECT. */
guint32 flame_chart_find (const FlameChart *self, double width, double height, double x, double y);
/* Whether the rectangle's text has the part that is looked for. FALSE for merged ones and the first. */
gboolean flame_chart_is_found (const FlameChart *self, guint32 rect);
/* Draws from the origin on; nothing outside of @width x @height. */
void flame_chart_draw (const FlameChart *self, const ChartPalette *palette, PangoContext *context, cairo_t *cr,
                       double width, double height);
