/* The panel that says at once what a trace shows: how both pools went, what grew the most, how healthy the trace is.
 *
 * Its height does not depend on what it says, so that nothing below it moves when the answer comes.
 *
 * Signal "activated" (guint row): the user wants to see that row of the growers in the table.
 */
#pragma once

#include "analysis/trace_summary.h"

#include <gtk/gtk.h>

#define SUMMARY_TYPE_VIEW (summary_view_get_type ())
G_DECLARE_FINAL_TYPE (SummaryView, summary_view, SUMMARY, VIEW, GtkWidget)

/* Computes the summary of @trace, off the main thread; NULL for none. */
void summary_view_set_trace (SummaryView *self, PoolTrace *trace, FrameNames *names);
/* @items: of TraceHealthItem. */
void summary_view_set_health (SummaryView *self, const GPtrArray *items);
/* (nullable): before the answer. */
const TraceSummary *summary_view_get_summary (SummaryView *self);
/* Puts the parts below each other where they do not fit beside each other. */
void summary_view_set_narrow (SummaryView *self, gboolean is_narrow);
