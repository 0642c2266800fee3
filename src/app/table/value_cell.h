/* The cell of a value column: a number, right aligned, with a bar that shows its share of the parent row. */
#pragma once

#include <gtk/gtk.h>

#define VALUE_TYPE_CELL (value_cell_get_type ())
G_DECLARE_FINAL_TYPE (ValueCell, value_cell, VALUE, CELL, GtkWidget)

GtkWidget *value_cell_new (void);
/* @text and @tooltip nullable. @share: part of the parent, -1 to 1, 0 for no bar; negative bars grow
 * leftwards. */
void value_cell_show (ValueCell *self, const char *text, const char *tooltip, double share);
