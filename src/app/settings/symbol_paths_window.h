/* Where symbols are looked for: the symbol path as a list and as one line, folders of Windows, the network. */
#pragma once

#include <gtk/gtk.h>

/* Called once when the window closes; @loads_now: symbols are wanted along the new path at once. */
typedef void (*SymbolPathsFunc) (gboolean loads_now, gpointer data);

void symbol_paths_window_show (GtkWindow *parent, SymbolPathsFunc on_closed, gpointer data);
