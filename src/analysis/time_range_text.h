/* A range as people type it: "10,60", "1.5s,", ",200ms", "14:32:10,14:33:00.5". */
#pragma once

#include "analysis/pool_timeline.h"

#include <gio/gio.h>

/* A range and which of its ends are given: an open start shows from the data start on, a given 0 from 0. */
typedef struct
{
  TimeRange range;
  gboolean has_start, has_end;
} TimeRangeText;

#define TIME_RANGE_TEXT_WHOLE ((TimeRangeText){ TIME_RANGE_WHOLE, FALSE, FALSE })

gboolean time_range_text_parse (const char *text, const PoolTraceInfo *info, TimeRangeText *ret_range,
                                GError **error);
TimeRange time_range_text_resolve (const TimeRangeText *self, const PoolTrace *trace);
