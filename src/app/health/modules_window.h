/* The modules of a trace: whose symbols were found where, or why not; with another try for each. */
#pragma once

#include "app/session/symbol_load.h"

#include <gtk/gtk.h>

void modules_window_show (GtkWindow *parent, SymbolLoad *symbols);
