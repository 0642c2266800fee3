/* Callers and callees of a function or a module, in the range and filter of a session, which it follows. */
#pragma once

#include "app/session/trace_session.h"

#define BUTTERFLY_TYPE_WINDOW (butterfly_window_get_type ())
G_DECLARE_FINAL_TYPE (ButterflyWindow, butterfly_window, BUTTERFLY, WINDOW, GtkWindow)

/* Not shown yet, and without a center. To be destroyed before @session is closed. */
ButterflyWindow *butterfly_window_new (GtkWindow *parent, TraceSession *session);
TraceSession *butterfly_window_get_session (ButterflyWindow *self); /* (transfer none) */
/* Puts @function, a frame's text of @dimension, in the middle; the way back leads to what was there. */
void butterfly_window_show_function (ButterflyWindow *self, Dimension dimension, const char *function);
