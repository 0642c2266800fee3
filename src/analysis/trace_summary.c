#include "analysis/trace_summary.h"

#include "analysis/pool_timeline.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NS_PER_HOUR 3600e9

static const Dimension growers_grouping[] = { DIMENSION_PAGED, DIMENSION_TAG };

const char *
summary_pool_get_name (SummaryPool self)
{
  return self == SUMMARY_POOL_PAGED ? N_ ("Paged") : N_ ("NonPaged");
}

static SummaryPool
get_pool (const PoolTree *tree, PoolTreeRow row)
{
  g_autofree char *text = pool_tree_dup_row_text (tree, row);
  return strcmp (text, summary_pool_get_name (SUMMARY_POOL_PAGED)) == 0 ? SUMMARY_POOL_PAGED : SUMMARY_POOL_NONPAGED;
}

/* What is outstanding at the end is told by the last part of the trend; what came to it is the net. */
static PoolCourse
create_course (const RowMetrics *metrics, const guint64 *trend_bytes, double hours)
{
  PoolCourse course = { .end_bytes = (gint64) MIN (trend_bytes[POOL_TREE_TREND_BINS - 1], (guint64) G_MAXINT64),
                        .peak_bytes = (gint64) MIN (metrics->peak_bytes, (guint64) G_MAXINT64),
                        .net_bytes = metrics->sums.impacting_bytes };
  course.start_bytes = (gint64) ((guint64) course.end_bytes - (guint64) course.net_bytes);
  course.net_bytes_per_hour = hours > 0 ? (double) course.net_bytes / hours : 0;
  return course;
}

static gboolean
follow_pools (TraceSummary *self, PoolTrace *trace, FrameNames *names, GCancellable *cancellable, GError **error)
{
  const Dimension grouping[] = { DIMENSION_PAGED };
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, G_N_ELEMENTS (grouping), NULL, cancellable, error);
  g_autoptr (PoolTreeValues) values
      = tree != NULL ? pool_tree_values_new (tree, TIME_RANGE_WHOLE, cancellable, error) : NULL;
  if (values == NULL)
    return FALSE;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  RowMetrics metrics[SUMMARY_N_POOLS];
  guint64 trends_bytes[SUMMARY_N_POOLS * POOL_TREE_TREND_BINS];
  pool_tree_values_get_children (values, POOL_TREE_ROOT, POOL_TREE_ORDER_DEFAULT, rows);
  g_return_val_if_fail (rows->len <= SUMMARY_N_POOLS, FALSE);
  if (!pool_tree_values_get_metrics (values, (const PoolTreeRow *) (gpointer) rows->data, rows->len,
                                     METRIC_BIT (METRIC_PEAK), metrics, trends_bytes, cancellable))
    return !g_cancellable_set_error_if_cancelled (cancellable, error);
  TimeRange span = pool_timeline_resolve_range (trace, TIME_RANGE_WHOLE);
  self->length_ns = span.end_ns - span.start_ns;
  double hours = (double) self->length_ns / NS_PER_HOUR;
  for (guint i = 0; i < rows->len; i++)
    self->pools[get_pool (tree, g_array_index (rows, PoolTreeRow, i))]
        = create_course (&metrics[i], &trends_bytes[i * POOL_TREE_TREND_BINS], hours);
  return TRUE;
}

TraceSummary *
trace_summary_new (PoolTrace *trace, FrameNames *names, GCancellable *cancellable, GError **error)
{
  const LeakQuery query = { .grouping = growers_grouping,
                            .n_levels = G_N_ELEMENTS (growers_grouping),
                            .n_most = TRACE_SUMMARY_N_GROWERS };
  g_autoptr (TraceSummary) self = g_new0 (TraceSummary, 1);
  if (!follow_pools (self, trace, names, cancellable, error))
    return NULL;
  self->growers = leak_ranking_new (trace, names, &query, cancellable, error);
  return self->growers != NULL ? g_steal_pointer (&self) : NULL;
}

void
trace_summary_free (TraceSummary *self)
{
  g_clear_pointer (&self->growers, leak_ranking_free);
  g_free (self);
}
