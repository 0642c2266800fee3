/* The popover in which a condition is typed, with the fields that it can begin with and what is wrong with it. */
#pragma once

#include "app/session/trace_session.h"

#include <gtk/gtk.h>

/* Adds to the filter of @session. */
GtkWidget *filter_entry_new (TraceSession *session);
