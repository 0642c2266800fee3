/* What the trace is: file, machine, recording, images, processes. */
#pragma once

#include "model/pool_trace.h"

#include <gtk/gtk.h>

/* @trace is read before this returns. */
void properties_window_show (GtkWindow *parent, const PoolTrace *trace);
