/* What the graph draws, computed off the main thread: bands, timeline, the line of the selected row.
 *
 * One computation of each kind runs at a time. What is asked for meanwhile starts when it is done, the latest
 * only; results for another trace or tree than the current one are dropped. So the graph follows fast zooming
 * at the pace of the machine, and what it has stays on screen until better is there.
 *
 * Signal "changed": one of the results is new.
 */
#pragma once

#include "app/graph/graph_job.h"

#include <glib-object.h>

#define GRAPH_TYPE_DATA (graph_data_get_type ())
G_DECLARE_FINAL_TYPE (GraphData, graph_data, GRAPH, DATA, GObject)

GraphData *graph_data_new (void);

/* All nullable. Results of another trace are forgotten, and what was asked for; those of another tree stay until the
 * new ones are there, and so do those of another split. */
void graph_data_set_trace (GraphData *self, PoolTrace *trace);
void graph_data_set_tree (GraphData *self, PoolTree *tree);
void graph_data_set_split (GraphData *self, GraphSplit split);
/* The row whose line is to be drawn, and the values that it is of; either NULL for none. */
void graph_data_set_row (GraphData *self, PoolTreeValues *values, const PoolTreeRow *row);
/* Asks for results; computes nothing where those that are there, or come, serve it. */
void graph_data_request (GraphData *self, const GraphRequest *request);

/* Results, (transfer none) (nullable), valid until "changed" is emitted. The bands belong to the timeline. */
const PoolTimeline *graph_data_get_timeline (GraphData *self);
const TimelineBands *graph_data_get_bands (GraphData *self);
const PoolTimeline *graph_data_get_row_timeline (GraphData *self);
const char *graph_data_get_row_label (GraphData *self);
