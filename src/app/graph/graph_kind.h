/* The graphs that can be had of a pool trace, as the Graph Explorer lists them. Pure data. */
#pragma once

#include "app/graph/graph_split.h"

typedef struct
{
  const char *name;  /* for what remembers it: "size-by-tag" */
  const char *title; /* to be translated where it is shown */
  gboolean is_of_lifetimes; /* not over time: how long blocks lived; the rest means nothing then */
  TimelineMeasure measure;
  GraphSplit split;
} GraphKind;

/* For a drag: a pointer to one of graph_kinds. */
#define GRAPH_TYPE_KIND (graph_kind_get_type ())
GType graph_kind_get_type (void);

extern const GraphKind graph_kinds[];
extern const guint n_graph_kinds;

/* Returns: (nullable): NULL when there is none of that name. */
const GraphKind *graph_kind_find (const char *name);
/* The kind of a graph over time with @measure; it may be split otherwise. */
const GraphKind *graph_kind_of_measure (TimelineMeasure measure, GraphSplit split);

/* The names of the measures in settings and actions: "size". NULL for an unknown one. */
const char *graph_measure_get_name (TimelineMeasure measure);
/* FALSE for an unknown name. */
gboolean graph_measure_from_name (const char *name, TimelineMeasure *ret_measure);
