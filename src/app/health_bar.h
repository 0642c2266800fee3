/* One line over the window when something is wrong with the trace; its details tell what and what to do. */
#pragma once

#include "model/pool_trace.h"

#include <gtk/gtk.h>

#define HEALTH_TYPE_BAR (health_bar_get_type ())
G_DECLARE_FINAL_TYPE (HealthBar, health_bar, HEALTH, BAR, GtkWidget)

/* @trace nullable. Hides itself when there is nothing to tell. */
void health_bar_set_trace (HealthBar *self, const PoolTrace *trace);
