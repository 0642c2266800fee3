/* One computation for a graph, on a worker thread: its bands and timeline, or the line of a row. */
#pragma once

#include "app/graph/graph_split.h"

#include <gio/gio.h>

/* What to compute of a trace. */
typedef struct
{
  TimelineMeasure measure;
  TimeRange view;  /* resolved */
  TimeRange range; /* the selected one: types of the filter are relative to it */
  guint n_bins;
} GraphRequest;

/* Bands that worker and main thread share; reference counted. */
typedef struct
{
  TimelineBands *bands; /* (owned) */
} GraphBands;

void graph_bands_unref (GraphBands *self);

/* All owned. */
typedef struct
{
  GraphRequest request;
  PoolTreeValues *values; /* (nullable): of the row whose line is computed; without them it is the timeline of trace */
  PoolTreeRow row;
  PoolTrace *trace;
  PoolTree *tree;         /* (nullable): gives bands and filter */
  GraphSplit split;
  GraphBands *bands;      /* (nullable): where there are none, receives those of the tree */
  PoolTimeline *timeline; /* the result */
} GraphJob;

/* Computes @job (transfer full) as a GTask of @source, whose task data it is and which returns a boolean. */
void graph_job_run (GraphJob *job, gpointer source, GCancellable *cancellable, GAsyncReadyCallback done);
