#include "chart/lifetime_chart.h"

#include "base/number_format.h"
#include "chart/chart_text.h"

#include <math.h>

#define MARGIN 8.0
#define N_GRID_LINES 4
#define BAR_GAP 0.15 /* of a class */

/* The classes that are drawn, and where. */
typedef struct
{
  guint first, end;
  double left, right, top, bottom;
  double line_height;
  guint64 highest;
} Layout;

static void
lay_out (Layout *self, const LifetimeHistogram *histogram, PangoContext *context, double width, double height)
{
  double label_width = 0;
  *self = (Layout){ .first = 0, .end = LIFETIME_N_CLASSES, .highest = 0 };
  for (guint i = 0; i < LIFETIME_N_CLASSES; i++)
    self->highest = MAX (self->highest, histogram->counts[i]);
  while (self->first + 1 < self->end && histogram->counts[self->first] == 0)
    self->first++;
  while (self->end - 1 > self->first && histogram->counts[self->end - 1] == 0)
    self->end--;
  if (context != NULL)
    chart_text_measure (context, "888 888 888", &label_width, &self->line_height);
  self->left = context != NULL ? ceil (MARGIN + label_width + 4) : 0;
  self->right = context != NULL ? width - MARGIN : width;
  self->top = context != NULL ? MARGIN + 4 : 1;
  self->bottom = context != NULL ? height - self->line_height - MARGIN : height;
  self->right = MAX (self->right, self->left + 1);
  self->bottom = MAX (self->bottom, self->top + 1);
}

static double
get_class_x (const Layout *self, guint lifetime_class)
{
  return self->left + (self->right - self->left) * (lifetime_class - self->first) / (self->end - self->first);
}

char *
lifetime_chart_dup_class_text (guint lifetime_class)
{
  return lifetime_class == 0 ? g_strdup ("0") : format_duration (lifetime_class_get_start (lifetime_class));
}

static void
draw_grid (const Layout *self, const ChartPalette *palette, PangoContext *context, cairo_t *cr)
{
  cairo_set_line_width (cr, 1);
  for (guint i = 0; i <= N_GRID_LINES; i++)
    {
      guint64 count = self->highest * i / N_GRID_LINES;
      double part = self->highest > 0 ? (double) count / (double) self->highest : 0;
      double y = floor (self->bottom - (self->bottom - self->top) * part) + 0.5;
      g_autofree char *text = format_count ((gint64) count);
      if (i > 0 && count == self->highest * (i - 1) / N_GRID_LINES)
        continue;
      chart_color_set_source (palette->grid, cr);
      cairo_move_to (cr, self->left, y);
      cairo_line_to (cr, self->right, y);
      cairo_stroke (cr);
      chart_text_draw (cr, context, text, self->left - 4, y - self->line_height / 2, palette->dim_text,
                       (ChartTextStyle){ .align = CHART_ALIGN_END });
    }
}

static void
draw_classes (const Layout *self, const ChartPalette *palette, PangoContext *context, cairo_t *cr)
{
  double free_from = self->left - MARGIN;
  for (guint i = self->first; i < self->end; i++)
    {
      double x = get_class_x (self, i), width, height;
      g_autofree char *text = lifetime_chart_dup_class_text (i);
      chart_text_measure (context, text, &width, &height);
      if (x - width / 2 < free_from || x + width / 2 > self->right + MARGIN)
        continue;
      chart_text_draw (cr, context, text, x, self->bottom + 2, palette->dim_text,
                       (ChartTextStyle){ .align = CHART_ALIGN_CENTER });
      free_from = x + width / 2 + MARGIN;
    }
}

void
lifetime_chart_draw (const LifetimeHistogram *histogram, const ChartPalette *palette, PangoContext *context,
                     cairo_t *cr, double width, double height)
{
  Layout layout;
  lay_out (&layout, histogram, context, width, height);
  cairo_save (cr);
  chart_color_set_source (palette->background, cr);
  cairo_paint (cr);
  if (context != NULL)
    draw_grid (&layout, palette, context, cr);
  chart_color_set_source (palette->bands[1], cr);
  for (guint i = layout.first; i < layout.end; i++)
    {
      double start = get_class_x (&layout, i), end = get_class_x (&layout, i + 1), gap = (end - start) * BAR_GAP;
      double part = layout.highest > 0 ? (double) histogram->counts[i] / (double) layout.highest : 0;
      double bar = (layout.bottom - layout.top) * part;
      cairo_rectangle (cr, start + gap / 2, layout.bottom - bar, end - start - gap, bar);
    }
  cairo_fill (cr);
  if (context != NULL)
    draw_classes (&layout, palette, context, cr);
  cairo_restore (cr);
}

gboolean
lifetime_chart_class_at (const LifetimeHistogram *histogram, PangoContext *context, double width, double x,
                         guint *ret_class)
{
  Layout layout;
  lay_out (&layout, histogram, context, width, 1);
  if (x < layout.left || x >= layout.right)
    return FALSE;
  *ret_class = layout.first + (guint) ((x - layout.left) / (layout.right - layout.left) * (layout.end - layout.first));
  return *ret_class < layout.end;
}
