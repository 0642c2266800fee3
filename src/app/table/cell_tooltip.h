/* The tooltip of a cell, as plain text. Set as the widget's own, GTK would ask the display for the pointer each time. */
#pragma once

#include <gtk/gtk.h>

/* @text (nullable) becomes the tooltip of @cell, and its description for assistive technology; @tooltip (owned) keeps
 * it. */
void cell_tooltip_set (char **tooltip, GtkWidget *cell, const char *text);
/* @cell shows something else: a tooltip that is on screen follows. */
void cell_tooltip_follow (GtkWidget *cell);
/* To be called by query_tooltip of the cell's class. */
gboolean cell_tooltip_show (const char *text, GtkTooltip *tooltip);
