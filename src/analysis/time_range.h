/* A half-open range of trace time and what it makes of an interval. */
#pragma once

#include "model/pool_trace.h"

typedef struct
{
  gint64 start_ns, end_ns; /* [start, end); end G_MAXINT64 is open */
} TimeRange;

/* The first nanosecond of part @bin of @n_bins equal parts of @range, whose ends are closed; for @bin == @n_bins the
 * end (design: timeline csv). */
static inline gint64
time_range_get_bin_start (TimeRange range, guint n_bins, guint bin)
{
  __int128 length = (__int128) range.end_ns - range.start_ns;
  return (gint64) (range.start_ns + length * bin / n_bins);
}

#define TIME_RANGE_WHOLE ((TimeRange){ 0, G_MAXINT64 })

static inline gboolean
time_range_equal (TimeRange a, TimeRange b)
{
  return a.start_ns == b.start_ns && a.end_ns == b.end_ns;
}

/* Type of an interval relative to a range, allocated/freed inside/outside. */
typedef enum
{
  POOL_TYPE_AIFO,
  POOL_TYPE_AIFI,
  POOL_TYPE_AOFI,
  POOL_TYPE_AOFO,
  POOL_N_TYPES
} PoolIntervalType;

typedef guint8 PoolTypeMask; /* bit i: PoolIntervalType i */
#define POOL_TYPE_MASK_ALL ((PoolTypeMask) ((1 << POOL_N_TYPES) - 1))

static inline gboolean
time_range_touches (TimeRange range, gint64 allocated_ns, gint64 freed_ns)
{
  return allocated_ns < range.end_ns && freed_ns >= range.start_ns;
}

/* The type of an interval that touches @range. */
static inline PoolIntervalType
time_range_classify (TimeRange range, gint64 allocated_ns, gint64 freed_ns)
{
  gboolean is_freed_inside = freed_ns < range.end_ns;
  if (allocated_ns >= range.start_ns)
    return is_freed_inside ? POOL_TYPE_AIFI : POOL_TYPE_AIFO;
  return is_freed_inside ? POOL_TYPE_AOFI : POOL_TYPE_AOFO;
}
