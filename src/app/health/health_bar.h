/* One line over the window when something is wrong with the trace; its details tell what and what to do.
 *
 * Signal "listed" (): what there is to tell is known. */
#pragma once

#include "model/pool_trace.h"

#include <gtk/gtk.h>

#define HEALTH_TYPE_BAR (health_bar_get_type ())
G_DECLARE_FINAL_TYPE (HealthBar, health_bar, HEALTH, BAR, GtkWidget)

/* @trace nullable. Shows itself a little later, when there is something to tell. */
void health_bar_set_trace (HealthBar *self, PoolTrace *trace);
/* What there is to tell, notes too: (transfer none) (nullable) of TraceHealthItem; NULL while it is not known. */
GPtrArray *health_bar_get_items (HealthBar *self);
