/* A preset in a list: its title, whether it is the user's own, and whether it is the one that the table shows. */
#pragma once

#include <gtk/gtk.h>

/* @is_modified: the user has changed the table since. */
GtkWidget *preset_row_new (const char *id, gboolean is_current, gboolean is_modified);
/* The id of the preset that @row is of; (transfer none) (nullable): NULL for NULL. */
const char *preset_row_get_id (GtkListBoxRow *row);
