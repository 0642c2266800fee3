/* What the graph draws, computed off the main thread: bands, timeline, the line of the selected row.
 *
 * One computation of each kind runs at a time. What is asked for meanwhile starts when it is done, the latest
 * only; results for another trace or tree than the current one are dropped. So the graph follows fast zooming
 * at the pace of the machine, and what it has stays on screen until better is there.
 *
 * Signal "changed": one of the results is new.
 */
#pragma once

#include "analysis/pool_timeline.h"

#include <glib-object.h>

#define GRAPH_TYPE_DATA (graph_data_get_type ())
G_DECLARE_FINAL_TYPE (GraphData, graph_data, GRAPH, DATA, GObject)

/* What to compute of the current trace. */
typedef struct
{
  TimelineMeasure measure;
  TimeRange view;  /* resolved */
  TimeRange range; /* the selected one: types of the filter are relative to it */
  guint n_bins;
} GraphDataRequest;

/* What the bands of a graph are. */
typedef enum
{
  GRAPH_BY_GROUPING, /* the first groups of the tree */
  GRAPH_IN_TOTAL,    /* no bands */
  GRAPH_BY_PAGED,
  GRAPH_BY_TAG
} GraphSplit;

/* On any thread; NULL where there are none. */
TimelineBands *graph_split_dup_bands (GraphSplit self, const PoolTree *tree);

GraphData *graph_data_new (void);

/* All nullable. Results of another trace are forgotten; those of another tree stay until the new ones are
 * there. */
void graph_data_set_trace (GraphData *self, PoolTrace *trace);
void graph_data_set_tree (GraphData *self, PoolTree *tree);
void graph_data_set_split (GraphData *self, GraphSplit split);
void graph_data_set_row (GraphData *self, PoolTreeValues *values, const PoolTreeRow *row);
void graph_data_request (GraphData *self, const GraphDataRequest *request);

/* Results, (transfer none) (nullable), valid until "changed" is emitted. The bands belong to the timeline. */
const PoolTimeline *graph_data_get_timeline (GraphData *self);
const TimelineBands *graph_data_get_bands (GraphData *self);
const PoolTimeline *graph_data_get_row_timeline (GraphData *self);
const char *graph_data_get_row_label (GraphData *self);
