/* The page "What a pool trace cannot show". */
#pragma once

#include <gtk/gtk.h>

/* @parent (nullable). */
void limits_window_show (GtkWindow *parent);
