/* What dragging, keys and the wheel make of the selected range and of the view: arithmetic without widgets.
 *
 * @whole is the resolved span of the trace. A range's edge at an end of the trace is open: 0 or G_MAXINT64,
 * so that the first and the last event count.
 */
#pragma once

#include "analysis/time_range.h"

typedef enum
{
  GRAPH_PART_OUTSIDE,
  GRAPH_PART_INSIDE,
  GRAPH_PART_START,
  GRAPH_PART_END
} GraphRangePart;

/* Whether both ends are open. */
gboolean graph_range_is_whole (TimeRange self);
/* With open ends replaced by those of @whole. */
TimeRange graph_range_resolve (TimeRange self, TimeRange whole);
/* The range between two moments, in any order, with its ends opened at the ends of @whole; at least 1 ns
 * long. */
TimeRange graph_range_between (gint64 one_ns, gint64 other_ns, TimeRange whole);
/* @origin after its @part was dragged from @pressed_ns to @now_ns; GRAPH_PART_OUTSIDE makes a new range. A
 * moved range keeps its length and stays within @whole; an edge dragged over the other becomes the other. */
TimeRange graph_range_drag (TimeRange origin, GraphRangePart part, gint64 pressed_ns, gint64 now_ns,
                            TimeRange whole);
/* Moves the edge @part, or with GRAPH_PART_INSIDE all of it, by @delta_ns. */
TimeRange graph_range_nudge (TimeRange self, GraphRangePart part, gint64 delta_ns, TimeRange whole);

/* @view made @factor times as long around @anchor_ns, which keeps its place; within @whole, at least 1 us. */
TimeRange graph_view_range_zoom (TimeRange view, double factor, gint64 anchor_ns, TimeRange whole);
/* @view moved by @delta_ns as far as @whole goes; its length stays. */
TimeRange graph_view_range_pan (TimeRange view, gint64 delta_ns, TimeRange whole);
/* @view made to lie within @whole, never empty. */
TimeRange graph_view_range_clamp (TimeRange view, TimeRange whole);
