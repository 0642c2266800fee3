/* How to record a trace on Windows: what, where to, and the commands for it, ready to copy. */
#pragma once

#include <gtk/gtk.h>

void recording_window_show (GtkWindow *parent);
