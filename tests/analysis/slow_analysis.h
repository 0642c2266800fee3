/* Table and timeline a second time, obvious and slow: every interval is looked at for every row, and
 * times are tried one by one. Shares no code with src/analysis but the enumerations. */
#pragma once

#include "analysis/pool_timeline.h"
#include "slow_reading.h"

/* How stacks are read from now on; NULL: as recorded. @reading is not copied. */
void slow_set_reading (const SlowReading *reading);
/* The texts of interval @row in @dimension: frames of a stack, else one. @type: of the interval in @range.
 */
GPtrArray *slow_texts (const PoolTrace *trace, Dimension dimension, gsize row, PoolIntervalType type,
                       TimeRange range);
gboolean slow_type (TimeRange range, gint64 allocated_ns, gint64 freed_ns, PoolIntervalType *ret_type);
/* Whether @row passes all @conditions ("tag=x", "type!=y", "age>=3ns"); ages are taken at the end of @range. */
gboolean slow_passes (const PoolTrace *trace, const char *const *conditions, gsize row,
                      PoolIntervalType type, TimeRange range);
/* Path of an interval as one string, with a separator behind each step. */
GPtrArray *slow_path (const PoolTrace *trace, const Dimension *grouping, gsize n_levels, gsize row,
                      PoolIntervalType type, TimeRange range);
/* Appends a step to the text of a path. */
char *slow_path_append (const char *path, guint level, const char *text);

/* What one row of the table must show. @members: interval rows (of gsize) in the range. */
typedef struct
{
  GArray *members;
  guint64 own_count, own_size;
} SlowRow;

/* path -> SlowRow, "" for the root. */
GHashTable *slow_table (const PoolTrace *trace, const Dimension *grouping, gsize n_levels,
                        const char *const *conditions, TimeRange range);
PoolTreeSums slow_sums (const PoolTrace *trace, TimeRange range, const GArray *members);
guint64 slow_peak (const PoolTrace *trace, TimeRange range, const GArray *members);
/* Everything that the table can tell of @members. */
RowMetrics slow_metrics (const PoolTrace *trace, TimeRange range, const GArray *members);
const char *slow_verdict (const RowMetrics *metrics);
/* @range with its open ends closed, a start of 0 being open. */
TimeRange slow_span (const PoolTrace *trace, TimeRange range);
/* Outstanding bytes of @members at a moment; _before: the moment just before it. */
gint64 slow_outstanding (const PoolTrace *trace, const GArray *members, gint64 time_ns);
gint64 slow_outstanding_before (const PoolTrace *trace, const GArray *members, gint64 time_ns);
/* One bin of the outstanding size of @members, going through each nanosecond of [start, end). */
TimelineBin slow_bin (const PoolTrace *trace, const GArray *members, gint64 start_ns, gint64 end_ns);
