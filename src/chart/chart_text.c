#include "chart/chart_text.h"

static PangoLayout *
make_layout (PangoContext *context, const char *text, gboolean is_bold)
{
  PangoLayout *layout = pango_layout_new (context);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  if (is_bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static double
to_units (int pango_units)
{
  return (double) pango_units / PANGO_SCALE;
}

void
chart_text_measure (PangoContext *context, const char *text, double *ret_width, double *ret_height)
{
  g_autoptr (PangoLayout) layout = make_layout (context, text, FALSE);
  int width, height;
  pango_layout_get_size (layout, &width, &height);
  if (ret_width)
    *ret_width = to_units (width);
  if (ret_height)
    *ret_height = to_units (height);
}

void
chart_text_draw (cairo_t *cr, PangoContext *context, const char *text, double x, double y, ChartColor color,
                 ChartTextStyle style)
{
  g_autoptr (PangoLayout) layout = make_layout (context, text, style.is_bold);
  int width;
  if (style.max_width > 0)
    {
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_get_size (layout, &width, NULL);
      if (to_units (width) > style.max_width)
        pango_layout_set_width (layout, (int) (style.max_width * PANGO_SCALE));
    }
  pango_layout_get_size (layout, &width, NULL);
  if (style.align == CHART_ALIGN_CENTER)
    x -= to_units (width) / 2;
  else if (style.align == CHART_ALIGN_END)
    x -= to_units (width);
  cairo_save (cr);
  cairo_move_to (cr, x, y);
  if (style.halo)
    {
      pango_cairo_layout_path (cr, layout);
      chart_color_set_source (*style.halo, cr);
      cairo_set_line_width (cr, 3);
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
      cairo_stroke (cr);
      cairo_move_to (cr, x, y);
    }
  chart_color_set_source (color, cr);
  pango_cairo_show_layout (cr, layout);
  cairo_restore (cr);
}
