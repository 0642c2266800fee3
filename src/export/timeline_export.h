/* Outstanding size over time as CSV and JSON. */
#pragma once

#include "analysis/pool_timeline.h"
#include "analysis/time_range_text.h"
#include "export/text_output.h"

/* A header row, then one row per bin. @timeline is nullable: a trace without pool events has no bins. */
void timeline_export_write_csv (const PoolTimeline *timeline, TextOutput *output);
/* @range as it was asked for; @timeline is nullable as above. */
void timeline_export_write_json (const PoolTimeline *timeline, const PoolTrace *trace,
                                 const TimeRangeText *range, TextOutput *output);
