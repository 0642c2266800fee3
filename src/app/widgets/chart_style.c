#include "app/widgets/chart_style.h"

#define FONT_SCALE 0.85

PangoContext *
chart_style_create_pango_context (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_create_pango_context (widget);
  g_autoptr (PangoFontDescription) font
      = pango_font_description_copy (pango_context_get_font_description (context));
  int size = (int) (pango_font_description_get_size (font) * FONT_SCALE);
  if (pango_font_description_get_size_is_absolute (font))
    pango_font_description_set_absolute_size (font, size);
  else
    pango_font_description_set_size (font, size);
  pango_context_set_font_description (context, font);
  return context;
}

static ChartColor
to_chart_color (const GdkRGBA *color)
{
  return (ChartColor){ color->red, color->green, color->blue, color->alpha };
}

ChartPalette
chart_style_get_palette (GtkWidget *widget)
{
  GdkRGBA color;
#if GTK_CHECK_VERSION(4, 10, 0)
  gtk_widget_get_color (widget, &color);
#else
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
#endif
  ChartPalette palette = chart_palette_for_text (to_chart_color (&color));
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  if (gtk_style_context_lookup_color (style, "theme_base_color", &color))
    palette.surface = to_chart_color (&color);
  if (gtk_style_context_lookup_color (style, "accent_color", &color))
    palette.selection = to_chart_color (&color);
  return palette;
}
