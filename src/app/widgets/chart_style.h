/* How charts look in the window: the colours of its theme, its font made smaller. */
#pragma once

#include "chart/chart_palette.h"

#include <gtk/gtk.h>

/* A new context for the texts of a chart in @widget. (transfer full) */
PangoContext *chart_style_create_pango_context (GtkWidget *widget);
/* The colours that suit the theme of @widget now. */
ChartPalette chart_style_get_palette (GtkWidget *widget);
