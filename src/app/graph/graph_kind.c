#include "app/graph/graph_kind.h"

#include <glib/gi18n.h>

const GraphKind graph_kinds[] = {
  { "size", N_ ("Outstanding Size"), FALSE, TIMELINE_OUTSTANDING_SIZE, GRAPH_IN_TOTAL },
  { "size-by-paged", N_ ("Outstanding Size by Paged"), FALSE, TIMELINE_OUTSTANDING_SIZE, GRAPH_BY_PAGED },
  { "size-by-tag", N_ ("Outstanding Size by Tag"), FALSE, TIMELINE_OUTSTANDING_SIZE, GRAPH_BY_TAG },
  { "count", N_ ("Outstanding Count"), FALSE, TIMELINE_OUTSTANDING_COUNT, GRAPH_IN_TOTAL },
  { "total-size", N_ ("Total Allocation Size"), FALSE, TIMELINE_TOTAL_SIZE, GRAPH_IN_TOTAL },
  { "total-count", N_ ("Total Allocation Count"), FALSE, TIMELINE_TOTAL_COUNT, GRAPH_IN_TOTAL },
  { "allocation-rate", N_ ("Allocation Rate"), FALSE, TIMELINE_ALLOCATION_RATE, GRAPH_IN_TOTAL },
  { "free-rate", N_ ("Free Rate"), FALSE, TIMELINE_FREE_RATE, GRAPH_IN_TOTAL },
  { "lifetimes", N_ ("Lifetimes"), TRUE, 0, 0 },
};
const guint n_graph_kinds = G_N_ELEMENTS (graph_kinds);

GType
graph_kind_get_type (void)
{
  static GType type;
  if (type == 0)
    type = g_pointer_type_register_static ("PoolscopeGraphKind");
  return type;
}

const GraphKind *
graph_kind_find (const char *name)
{
  for (guint i = 0; i < n_graph_kinds; i++)
    if (g_str_equal (graph_kinds[i].name, name))
      return &graph_kinds[i];
  return NULL;
}

const GraphKind *
graph_kind_of_measure (TimelineMeasure measure, GraphSplit split)
{
  const GraphKind *found = NULL;
  for (guint i = 0; i < n_graph_kinds; i++)
    if (!graph_kinds[i].is_of_lifetimes && graph_kinds[i].measure == measure
        && (found == NULL || graph_kinds[i].split == split))
      found = &graph_kinds[i];
  return found;
}

static const char *const measure_names[TIMELINE_N_MEASURES] = {
  [TIMELINE_OUTSTANDING_SIZE] = "size",
  [TIMELINE_OUTSTANDING_COUNT] = "count",
  [TIMELINE_TOTAL_SIZE] = "total",
  [TIMELINE_TOTAL_COUNT] = "total-count",
  [TIMELINE_ALLOCATION_RATE] = "allocation-rate",
  [TIMELINE_FREE_RATE] = "free-rate",
};

const char *
graph_measure_get_name (TimelineMeasure measure)
{
  return measure < TIMELINE_N_MEASURES ? measure_names[measure] : NULL;
}

gboolean
graph_measure_from_name (const char *name, TimelineMeasure *ret_measure)
{
  for (guint i = 0; i < TIMELINE_N_MEASURES; i++)
    if (g_str_equal (measure_names[i], name))
      {
        *ret_measure = (TimelineMeasure) i;
        return TRUE;
      }
  return FALSE;
}
