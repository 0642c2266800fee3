/* The health of the trace and every counter of its import. */
#pragma once

#include "model/pool_trace.h"

#include <gtk/gtk.h>

void diagnostics_window_show (GtkWindow *parent, const PoolTrace *trace);
