/* The table as a tree: intervals grouped by a list of dimensions, with sums per row.
 *
 * The skeleton (which groups exist at all, over the whole trace and the filter) depends on trace, names,
 * grouping and filter only; the values depend on the range too. A change of range keeps the skeleton.
 * The dimensions of the range (type, impact) are not part of the skeleton: a row is a skeleton node plus
 * a mask of types, and lies at a level of the grouping. So one node serves up to POOL_N_TYPES rows.
 *
 * Levels of the skeleton are made when rows of them are first asked for; nobody notices but by the time it takes.
 * A stack dimension makes one level of nodes per frame.
 */
#pragma once

#include "analysis/metric.h"
#include "analysis/pool_filter.h"

#define POOL_TREE_MAX_LEVELS N_DIMENSIONS

typedef struct _PoolTree PoolTree;         /* skeleton; reference counted; any thread */
typedef struct _PoolTreeValues PoolTreeValues; /* sums for one range; immutable; reference counted; any thread */

/* Names a row; comparable field by field, valid for every PoolTreeValues of the same PoolTree. */
typedef struct
{
  guint32 leaf; /* the first of the skeleton's groups that it holds, of those that its dimension makes */
  PoolTypeMask types;
  guint8 level; /* dimensions of the grouping that the row has behind it, 0 for the root row, which is not shown.
                   A stack's frames are all of the stack's level */
  guint32 depth; /* of a frame, and of dimensions of the range below it: frames above it; else 0 */
} PoolTreeRow;

static inline gboolean
pool_tree_row_equal (PoolTreeRow a, PoolTreeRow b)
{
  return a.leaf == b.leaf && a.types == b.types && a.level == b.level && a.depth == b.depth;
}

#define POOL_TREE_ROOT ((PoolTreeRow){ 0, POOL_TYPE_MASK_ALL, 0, 0 })

/* @filter is nullable. Each dimension at most once. NULL with @error only when cancelled. */
PoolTree *pool_tree_new (PoolTrace *trace, FrameNames *names, const Dimension *grouping, gsize n_levels,
                         PoolFilter *filter, GCancellable *cancellable, GError **error);
/* The same for one range: ages, in grouping and filter, are taken at its end. pool_tree_new() takes them at the
 * end of the trace. */
PoolTree *pool_tree_new_at_range (PoolTrace *trace, FrameNames *names, const Dimension *grouping, gsize n_levels,
                                  PoolFilter *filter, TimeRange range, GCancellable *cancellable, GError **error);
/* Makes all levels, which otherwise are made as they are asked for: before values of all rows are computed. FALSE when
 * cancelled. */
gboolean pool_tree_need_all (PoolTree *self, GCancellable *cancellable);
/* Whether the tree serves @range too; otherwise its rows are others there. */
gboolean pool_tree_fits_range (const PoolTree *self, TimeRange range);
PoolTree *pool_tree_ref (PoolTree *self);
void pool_tree_unref (PoolTree *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PoolTree, pool_tree_unref)

PoolTrace *pool_tree_get_trace (const PoolTree *self);
FrameNames *pool_tree_get_names (const PoolTree *self);
const Dimension *pool_tree_get_grouping (const PoolTree *self, gsize *ret_n_levels);
const PoolSelection *pool_tree_get_selection (const PoolTree *self);

/* NULL with @error only when cancelled. */
PoolTreeValues *pool_tree_values_new (PoolTree *tree, TimeRange range, GCancellable *cancellable, GError **error);
/* The same of the tree of @near: the nearer the range of @near is, the quicker. What an edge of the range passes over
 * is all that is looked at, if that is less than the whole. */
PoolTreeValues *pool_tree_values_new_near (const PoolTreeValues *near, TimeRange range, GCancellable *cancellable,
                                           GError **error);
PoolTreeValues *pool_tree_values_ref (PoolTreeValues *self);
void pool_tree_values_unref (PoolTreeValues *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PoolTreeValues, pool_tree_values_unref)
PoolTree *pool_tree_values_get_tree (const PoolTreeValues *self);
TimeRange pool_tree_values_get_range (const PoolTreeValues *self);
/* The range with its ends closed, which growth is told from; without it a start of 0 means the data start. To be
 * called before another thread sees @self. */
void pool_tree_values_set_span (PoolTreeValues *self, TimeRange span);
TimeRange pool_tree_values_get_span (const PoolTreeValues *self);
/* The time within which the growth of the metrics came about: from the first of their bins to the last. */
double pool_tree_values_get_growth_seconds (const PoolTreeValues *self);

/* To be called before all rows of the tree are gone through: makes all levels, and the sums of rows are quicker
 * then. FALSE when cancelled. */
gboolean pool_tree_values_need_all (const PoolTreeValues *self, GCancellable *cancellable);

PoolTreeSums pool_tree_values_get_sums (const PoolTreeValues *self, PoolTreeRow row);

/* Children of @row that hold at least one interval of the range, ordered by @sort (descending unless
 * @is_ascending), then size descending, then text. Appends PoolTreeRow to @ret_rows (GArray of PoolTreeRow).
 * For a metric that needs events those of all children are computed. Rows without a value stand last.
 * @by_text: order by text instead. */
typedef struct
{
  Metric metric;
  gboolean is_ascending;
  gboolean by_text;
} PoolTreeOrder;
#define POOL_TREE_ORDER_DEFAULT ((PoolTreeOrder){ METRIC_IMPACTING, FALSE, FALSE })

/* The metric says nothing of rows in the order of their texts. */
static inline gboolean
pool_tree_order_equal (PoolTreeOrder a, PoolTreeOrder b)
{
  return a.by_text == b.by_text && a.is_ascending == b.is_ascending && (a.by_text || a.metric == b.metric);
}

void pool_tree_values_get_children (const PoolTreeValues *self, PoolTreeRow row, PoolTreeOrder order,
                                    GArray *ret_rows);
gboolean pool_tree_values_has_children (const PoolTreeValues *self, PoolTreeRow row);
/* Intervals that end at @row itself, though it has children too (a stack that is the beginning of another). */
PoolTreeSums pool_tree_values_get_own_sums (const PoolTreeValues *self, PoolTreeRow row);

/* The text in the column of the row's dimension (a frame for stacks). (transfer full) */
char *pool_tree_dup_row_text (const PoolTree *self, PoolTreeRow row);
/* The index in the grouping of the column that shows the row: its level - 1. */
guint pool_tree_row_get_column (PoolTreeRow row);
gboolean pool_tree_get_parent (const PoolTree *self, PoolTreeRow row, PoolTreeRow *ret_parent);
/* The texts from the root down to the row, one per row on the way; finds the same row in another tree of the
 * same grouping. (transfer full): NULL-terminated */
char **pool_tree_dup_row_path (const PoolTree *self, PoolTreeRow row);
gboolean pool_tree_values_find_path (const PoolTreeValues *self, const char *const *path, PoolTreeRow *ret_row);

/* Of each of @rows what @metrics ask for, the sums always; what was not asked for is 0. One sweep for all rows.
 * @ret_metrics (array length=n_rows). @ret_trends (array length=n_rows * POOL_TREE_TREND_BINS) (nullable): outstanding
 * bytes at the end of each of so many equal parts of the range. FALSE when cancelled. */
#define POOL_TREE_TREND_BINS 32
gboolean pool_tree_values_get_metrics (const PoolTreeValues *self, const PoolTreeRow *rows, gsize n_rows,
                                       MetricSet metrics, RowMetrics *ret_metrics, guint64 *ret_trends,
                                       GCancellable *cancellable);

/* The same row by row, for so many rows that their metrics should not be kept: @func is called with the place of each of
 * @rows and its metrics, which live as long as the call. */
typedef void (*RowMetricsFunc) (gsize place, const RowMetrics *metrics, gpointer data);
gboolean pool_tree_values_visit_metrics (const PoolTreeValues *self, const PoolTreeRow *rows, gsize n_rows,
                                         MetricSet metrics, RowMetricsFunc func, gpointer data,
                                         GCancellable *cancellable);

/* Whether interval @interval belongs to @row in the range of @self. */
gboolean pool_tree_values_row_has_interval (const PoolTreeValues *self, PoolTreeRow row, gsize interval);

/* Full-key leaf groups for CSV and folded output: rows where intervals end, in tree order of @order with every
 * level opened. For a row with own sums and children, both the row (own sums) and its descendants are leaves. */
typedef struct
{
  PoolTreeRow row;
  RowMetrics metrics; /* own: of the intervals that end at the row; the sums, and what was asked for */
} PoolTreeLeaf;
GArray *pool_tree_values_dup_leaves (const PoolTreeValues *self, PoolTreeOrder order, MetricSet metrics,
                                     GCancellable *cancellable);
/* The full key of a row, one text per dimension of the grouping, a stack's frames joined by ";". */
char **pool_tree_dup_row_key (const PoolTree *self, PoolTreeRow row);
