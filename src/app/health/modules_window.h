/* The modules of a trace: whose symbols were found where, or why not; with another try for each. */
#pragma once

#include "app/session/symbol_load.h"

#include <gtk/gtk.h>

/* Follows @symbols, of which a reference is taken, until it is closed. */
void modules_window_show (GtkWindow *parent, SymbolLoad *symbols);
