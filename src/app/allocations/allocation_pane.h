/* The single allocations of the selected rows of the table, in its range and filter: a list that follows the table
 * while it is on screen, sorted by any of its columns.
 *
 * Has the actions allocations.copy, .copy-rows and .copy-address, for whatever has the focus inside.
 *
 * Signals:
 *   message (const char *text): something to tell in the status line
 */
#pragma once

#include "app/session/trace_session.h"

#define ALLOCATION_TYPE_PANE (allocation_pane_get_type ())
G_DECLARE_FINAL_TYPE (AllocationPane, allocation_pane, ALLOCATION, PANE, GtkWidget)

/* @session nullable */
void allocation_pane_set_session (AllocationPane *self, TraceSession *session);
