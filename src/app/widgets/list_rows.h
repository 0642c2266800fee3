/* What GTK 4.8 does not tell of a column view: its inner list, and which widgets are which rows. Those on screen are
 * told by their bound list items, one or more to a row. */
#pragma once

#include <gtk/gtk.h>

GtkWidget *list_rows_get_list (GtkColumnView *view);
/* @bound: set of GtkListItem. NULL when the row at @position is not on screen. */
GtkWidget *list_rows_find_widget (GHashTable *bound, guint position);
/* The item whose cell has @picked (nullable) in it; (nullable). */
GtkListItem *list_rows_find_item (GHashTable *bound, GtkWidget *picked);
