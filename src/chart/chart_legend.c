#include "chart/chart_legend.h"

#include "chart/chart_stack.h"
#include "chart/chart_text.h"

#include <math.h>

#define SWATCH_SIZE 10.0
#define SWATCH_GAP 6.0
#define ITEM_PADDING 5.0
#define ITEM_GAP 4.0
#define LABEL_MAX_WIDTH 220.0
#define ROW_LABEL_MAX_WIDTH 320.0

static void
place_item (PangoContext *context, const char *label, double max_label_width, ChartRectangle *ret_item)
{
  double width, height;
  chart_text_measure (context, label, &width, &height);
  ret_item->width = ceil (MIN (width, max_label_width)) + SWATCH_SIZE + SWATCH_GAP + 2 * ITEM_PADDING;
  ret_item->height = ceil (height) + 4;
}

double
chart_legend_lay_out (const TimelineChart *chart, PangoContext *context, double x, double y, double width,
                      guint max_rows, ChartGeometry *geometry)
{
  guint n_bands = chart->bands ? MIN (chart->bands->n_bands, CHART_MAX_LEGEND_ITEMS) : 0;
  gboolean has_row = chart->row != NULL && chart->row_label != NULL;
  x -= ITEM_PADDING; /* swatches stand under the plot's edge */
  double left = x, bottom = y;
  guint row = 0;
  geometry->n_legend_items = 0;
  geometry->row_item = (ChartRectangle){ 0 };
  for (guint i = 0; i < n_bands + (has_row ? 1 : 0); i++)
    {
      ChartRectangle item;
      gboolean is_row = i == n_bands;
      place_item (context, is_row ? chart->row_label : timeline_chart_get_band_label (chart, i),
                  is_row ? ROW_LABEL_MAX_WIDTH : LABEL_MAX_WIDTH, &item);
      item.width = MIN (item.width, width);
      if (left > x && left + item.width > x + width)
        {
          left = x;
          row++;
        }
      if (row >= max_rows)
        break;
      item.x = left;
      item.y = y + row * (item.height + 1);
      left += item.width + ITEM_GAP;
      bottom = item.y + item.height;
      if (is_row)
        geometry->row_item = item;
      else
        geometry->legend_items[geometry->n_legend_items++] = item;
    }
  return bottom - y;
}

static void
append_rounded_rectangle (cairo_t *cr, double x, double y, double width, double height, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

static void
draw_item (const ChartRectangle *item, const char *label, const ChartColor *swatch, gboolean is_hidden,
           gboolean is_highlighted, const ChartPalette *palette, PangoContext *context, cairo_t *cr)
{
  double middle = item->y + item->height / 2, x = item->x + ITEM_PADDING;
  if (is_highlighted)
    {
      append_rounded_rectangle (cr, item->x, item->y, item->width, item->height, 4);
      chart_color_set_source (chart_color_with_alpha (palette->text, 0.09), cr);
      cairo_fill (cr);
    }
  if (swatch == NULL)
    {
      cairo_move_to (cr, x, middle);
      cairo_line_to (cr, x + SWATCH_SIZE, middle);
      cairo_set_line_width (cr, 2);
      chart_color_set_source (palette->text, cr);
      cairo_stroke (cr);
    }
  else if (is_hidden)
    {
      append_rounded_rectangle (cr, x + 0.5, middle - SWATCH_SIZE / 2 + 0.5, SWATCH_SIZE - 1, SWATCH_SIZE - 1,
                                2);
      cairo_set_line_width (cr, 1);
      chart_color_set_source (palette->dim_text, cr);
      cairo_stroke (cr);
    }
  else
    {
      append_rounded_rectangle (cr, x, middle - SWATCH_SIZE / 2, SWATCH_SIZE, SWATCH_SIZE, 2);
      chart_color_set_source (*swatch, cr);
      cairo_fill (cr);
    }
  double label_x = x + SWATCH_SIZE + SWATCH_GAP;
  chart_text_draw (cr, context, label, label_x, item->y + 2, is_hidden ? palette->dim_text : palette->text,
                   (ChartTextStyle){ .max_width = item->x + item->width - ITEM_PADDING - label_x + 1 });
}

void
chart_legend_draw (const TimelineChart *chart, const ChartGeometry *geometry, const guint *slots,
                   const ChartPalette *palette, PangoContext *context, cairo_t *cr)
{
  for (guint i = 0; i < geometry->n_legend_items; i++)
    draw_item (&geometry->legend_items[i], timeline_chart_get_band_label (chart, i),
               &palette->bands[slots[i]], chart_stack_is_hidden (chart->hidden_bands, i),
               chart->highlighted_band == (int) i + 1, palette, context, cr);
  if (geometry->row_item.width > 0)
    draw_item (&geometry->row_item, chart->row_label, NULL, FALSE, FALSE, palette, context, cr);
}
