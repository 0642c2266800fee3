/* The keys, on one page. */
#pragma once

#include <gtk/gtk.h>

/* @parent nullable. */
void shortcuts_window_show (GtkWindow *parent);
