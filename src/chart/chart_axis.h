/* Round numbers for the axes of a chart, and their labels. */
#pragma once

#include "analysis/time_range.h"

/* Ticks at 0, step, 2 * step … up to the top. */
typedef struct
{
  double step;             /* above 0 */
  guint n_ticks;           /* the one at 0 included */
  double unit;             /* what a label's number counts: 1048576 for "MiB" */
  const char *unit_symbol; /* with the blank before it; "" for none */
  int n_decimals;
} ChartValueAxis;

/* Steps are 1, 2 or 5 times a power of ten of a binary (bytes) or decimal (counts) unit, so that there are
 * at most @max_ticks + 1 of them. A @top that is no number above 0 counts as 1. */
ChartValueAxis chart_value_axis_for_bytes (double top, guint max_ticks);
ChartValueAxis chart_value_axis_for_counts (double top, guint max_ticks);
/* The value at @tick, from 0. */
double chart_value_axis_get_value (const ChartValueAxis *self, guint tick);
/* "200 MiB". (transfer full) */
char *chart_value_axis_dup_label (const ChartValueAxis *self, guint tick);

typedef struct
{
  gint64 first_ns, step_ns; /* step above 0 */
  guint n_ticks;
  gboolean is_clock;
  gint64 clock_start_ns; /* local time of day at time 0 */
} ChartTimeAxis;

/* Ticks in the half-open @view, at most @max_ticks (at least 1). Seconds have steps of 1, 2, 5 times a power
 * of ten; clock time has ticks on whole local minutes and hours. */
ChartTimeAxis chart_time_axis_for_seconds (TimeRange view, guint max_ticks);
ChartTimeAxis chart_time_axis_for_clock (TimeRange view, gint64 clock_start_ns, guint max_ticks);
/* The time at @tick, from 0, in ns since the start of the trace. */
gint64 chart_time_axis_get_time (const ChartTimeAxis *self, guint tick);
/* "12.4 s" or "14:32:10", with the decimals that the step needs. */
char *chart_time_axis_dup_label (const ChartTimeAxis *self, guint tick);

/* Any time as text with the decimals that tell moments @resolution_ns apart: "12.431 s", "14:32:10.5". */
char *chart_time_dup_text (gint64 time_ns, gint64 resolution_ns, gboolean is_clock, gint64 clock_start_ns);
