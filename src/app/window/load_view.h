/* What is shown while a trace is read: its graph as it grows, how far the reading is, a way to stop it. */
#pragma once

#include "app/session/trace_load.h"

#include <gtk/gtk.h>

#define LOAD_TYPE_VIEW (load_view_get_type ())
G_DECLARE_FINAL_TYPE (LoadView, load_view, LOAD, VIEW, GtkWidget)

/* Follows @load, which reads the file called @name; both NULL for nothing. Must be set to NULL before the load's
 * last reference goes. */
void load_view_set_load (LoadView *self, TraceLoad *load, const char *name);
