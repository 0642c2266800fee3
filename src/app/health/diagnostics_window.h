/* The health of the trace and every counter of its import. */
#pragma once

#include "model/pool_trace.h"

#include <gtk/gtk.h>

/* @items (nullable): of TraceHealthItem; left out while they are not known. */
void diagnostics_window_show (GtkWindow *parent, const PoolTrace *trace, const GPtrArray *items);
