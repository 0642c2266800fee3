/* The stack tag files that the program uses: added, put in order, read again, removed. */
#pragma once

#include <gtk/gtk.h>

/* Opens a window of its own for @parent. */
void stack_tags_window_show (GtkWindow *parent);
