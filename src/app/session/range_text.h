/* Times and ranges as the user reads and types them. */
#pragma once

#include "analysis/time_range.h"

/* "Whole trace" or "12.4 s – 31.0 s"; with @is_clock the clock of the recorded machine. (transfer full) */
char *range_text_dup (const PoolTrace *trace, TimeRange range, gboolean is_clock);
/* One moment, precise enough for a trace of that length; (transfer full). */
char *range_text_dup_time (const PoolTrace *trace, gint64 time_ns, gboolean is_clock);
/* The same, precise enough to tell events from each other; (transfer full). */
char *range_text_dup_event_time (const PoolTrace *trace, gint64 time_ns, gboolean is_clock);
/* Length of @range, its open ends as the graph shows them; (transfer full). */
char *range_text_dup_length (const PoolTrace *trace, TimeRange range);
/* Reads a range from what was typed as its ends: "12.4", "350 ms", a clock time "14:32:10.5", or nothing for
 * an open end. */
gboolean range_text_parse (const PoolTrace *trace, const char *start, const char *end, TimeRange *ret_range,
                           GError **error);
