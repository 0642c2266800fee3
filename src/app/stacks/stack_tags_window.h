/* The stack tag files that the program uses: added, put in order, read again, removed. */
#pragma once

#include <gtk/gtk.h>

/* One window for the program: the one that is open comes to the front. */
void stack_tags_window_show (GtkWindow *parent);
