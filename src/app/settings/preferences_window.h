/* The settings that have no place in a menu. */
#pragma once

#include <gtk/gtk.h>

/* @parent nullable. */
void preferences_window_show (GtkWindow *parent);
