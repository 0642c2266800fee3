/* Single allocations of some rows of the table, in the order of one of their columns.
 *
 * Integers only: what is shown of an allocation is told from the trace when it is shown. Immutable and reference
 * counted; any thread.
 */
#pragma once

#include "analysis/pool_tree.h"

typedef enum
{
  INTERVAL_COLUMN_ADDRESS,
  INTERVAL_COLUMN_SIZE,
  INTERVAL_COLUMN_POOL_TYPE, /* by text */
  INTERVAL_COLUMN_TAG,       /* by its bytes */
  INTERVAL_COLUMN_TYPE,      /* in the order of PoolIntervalType */
  INTERVAL_COLUMN_ALLOCATED, /* those from before the trace are the earliest */
  INTERVAL_COLUMN_FREED,     /* those never freed are the latest */
  INTERVAL_COLUMN_AGE,       /* those from before the trace are the oldest */
  INTERVAL_COLUMN_PROCESS,   /* by text */
  INTERVAL_COLUMN_THREAD,
  INTERVAL_COLUMN_CPU,
  INTERVAL_COLUMN_STACK,     /* by the texts of the frames, innermost first */
  N_INTERVAL_COLUMNS
} IntervalColumn;

/* Equals stand in the order of the trace, whatever the direction. What is not known of an allocation (process, thread,
 * CPU) puts it behind all others. */
typedef struct
{
  IntervalColumn column;
  gboolean is_descending;
} IntervalOrder;
#define INTERVAL_ORDER_DEFAULT ((IntervalOrder){ INTERVAL_COLUMN_ALLOCATED, FALSE })

typedef struct
{
  gatomicrefcount references;
  PoolTreeValues *values; /* (owned): whose range and filter they are of */
  IntervalOrder order;
  guint32 *intervals; /* (array length=n) (owned): rows of the trace's intervals */
  gsize n;
  guint64 size_bytes; /* of all */
  gboolean has_several_tags;
} IntervalList;

/* The intervals that belong to any of @rows in the range of @values, each once. Looks at every interval: for the
 * worker. NULL with @error when cancelled. */
IntervalList *interval_list_new (PoolTreeValues *values, const PoolTreeRow *rows, gsize n_rows, IntervalOrder order,
                                 GCancellable *cancellable, GError **error);
/* The same intervals in another order. NULL with @error when cancelled. */
IntervalList *interval_list_new_sorted (const IntervalList *self, IntervalOrder order, GCancellable *cancellable,
                                        GError **error);
IntervalList *interval_list_ref (IntervalList *self);
void interval_list_unref (IntervalList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IntervalList, interval_list_unref)

/* The trace, names and end of range that the values of dimensions and ages are told from. */
DimensionSource interval_list_get_source (const IntervalList *self);
/* How old an interval is at its free, or at @end_ns if that is earlier; G_MAXINT64 when it is from before the trace. */
gint64 interval_get_age_ns (const PoolIntervals *intervals, gsize interval, gint64 end_ns);

/* interval_list_sort.c: sorts the intervals of @self, which stand in the order of the trace. FALSE with @error when
 * cancelled. */
gboolean interval_list_sort (IntervalList *self, GCancellable *cancellable, GError **error);
