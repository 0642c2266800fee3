/* One analysis of a trace: what is counted (a TraceSession: range, filter, their history, grouping, order), the graph
 * and the table of it beside or above each other, and the bar that finds in the table. A window has several of them
 * over one trace, which they share.
 *
 * Signals:
 *   changed (): range, filter, current row, values or the part of the trace that is shown are others
 *   message (const char *text): something to tell in the status line
 */
#pragma once

#include "app/find/find_bar.h"
#include "app/graph/graph_view.h"
#include "app/stacks/flame_page.h"
#include "app/state/view_state.h"
#include "app/table/table_view.h"

#define ANALYSIS_TYPE_VIEW (analysis_view_get_type ())
G_DECLARE_FINAL_TYPE (AnalysisView, analysis_view, ANALYSIS, VIEW, GtkWidget)

/* Counts the whole trace in the layout that the settings remember. It computes nothing while it is not on screen. */
AnalysisView *analysis_view_new (PoolTrace *trace, FrameNames *names);
/* Counts and shows what @other does: range, filter, layout, open rows, zoom, bands. */
AnalysisView *analysis_view_new_copy (AnalysisView *other);
/* What it is like; (transfer full). Put back, as far as this program and the trace know it: range, filter, columns, zoom,
 * bands, title at once, open rows when they were computed. */
ViewState *analysis_view_dup_state (AnalysisView *self);
void analysis_view_restore (AnalysisView *self, const ViewState *state);
/* What of a view is shown. */
typedef enum
{
  ANALYSIS_BOTH,
  ANALYSIS_TABLE,
  ANALYSIS_GRAPHS
} AnalysisParts;

AnalysisParts analysis_view_get_parts (AnalysisView *self);
void analysis_view_set_parts (AnalysisView *self, AnalysisParts parts);
gboolean analysis_view_has_legend (AnalysisView *self);
void analysis_view_set_legend (AnalysisView *self, gboolean has_legend);
/* A time that stands out in all graphs; empty for none. */
void analysis_view_set_highlight (AnalysisView *self, TimeRange highlight);
/* Stops what runs; to be called before it leaves the window. */
void analysis_view_close (AnalysisView *self);

/* Its parts, (transfer none). The session is NULL once it is closed. */
TraceSession *analysis_view_get_session (AnalysisView *self);
GraphView *analysis_view_get_graph (AnalysisView *self); /* of several the one that was used last */
TableView *analysis_view_get_table (AnalysisView *self);
FindBar *analysis_view_get_find_bar (AnalysisView *self);
FlamePage *analysis_view_get_flames (AnalysisView *self);

/* What stands in the place of the table: "table", "flame" (the flame graph) or "icicle". */
const char *analysis_view_get_page (AnalysisView *self);
void analysis_view_show_page (AnalysisView *self, const char *page);

/* The name on its tab; also a property, so that it can be followed. */
const char *analysis_view_get_title (AnalysisView *self);
void analysis_view_set_title (AnalysisView *self, const char *title);
/* Graphs beside the one by the groups of the table, by their names in graph_kinds; (transfer full) NULL-terminated. */
char **analysis_view_dup_graph_names (AnalysisView *self);
/* Whether that by groups, which a view begins with, is still there. */
gboolean analysis_view_has_group_graph (AnalysisView *self);
/* Adds one below the others. FALSE where there is none of that name, or no room. */
gboolean analysis_view_add_graph (AnalysisView *self, const char *name);
/* @index counts from the top. The last one over time stays. */
void analysis_view_remove_graph (AnalysisView *self, guint index);
/* Of the graph that was used last. */
void analysis_view_set_measure (AnalysisView *self, TimelineMeasure measure);
void analysis_view_set_names (AnalysisView *self, FrameNames *names);
/* A narrow place has the graph above the table, whatever the settings say. */
void analysis_view_set_narrow (AnalysisView *self, gboolean is_narrow);
/* Puts the divider between graph and table where it belongs: there is more or less room. */
void analysis_view_place_divider (AnalysisView *self);

/* Makes the row that @path leads to (texts from the top level down, NULL-terminated) the current one; tells where
 * there is none. */
void analysis_view_go_to_row (AnalysisView *self, const char *const *path);
/* Switches the band of the current row on or off in the graph; the row's own line where it is in no band. */
void analysis_view_toggle_row_in_graph (AnalysisView *self);
/* Goes from the graph, or anywhere else, to the table, from there to the single allocations where they are shown, and
 * back to the graph. */
void analysis_view_focus_next (AnalysisView *self);
/* Opens @menu over the head of the table; the table has the focus after it. */
void analysis_view_popup_menu (AnalysisView *self, GMenuModel *menu);
