/* What is counted, as chips: the range and each condition of the filter, each with a button that removes it;
 * an entry for one more, undo, redo, clear. Follows a session.
 */
#pragma once

#include "app/session/trace_session.h"

#include <gtk/gtk.h>

#define FILTER_TYPE_BAR (filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (FilterBar, filter_bar, FILTER, BAR, GtkWidget)

/* @session nullable. */
void filter_bar_set_session (FilterBar *self, TraceSession *session);
/* The text of the range's chip; NULL for no chip: the whole trace is counted. */
void filter_bar_set_range (FilterBar *self, const char *text);
/* Opens the entry for one more condition. */
void filter_bar_edit (FilterBar *self);
