/* The popover in which a range is typed as numbers. */
#pragma once

#include "app/session/trace_session.h"

/* (transfer floating). @session is not kept alive; @is_clock: times are shown as clock times. */
GtkWidget *range_entry_new (TraceSession *session, gboolean is_clock);
