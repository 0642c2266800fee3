#include "app/graph/graph_range.h"

#define MIN_VIEW_NS G_GINT64_CONSTANT (1000)

gboolean
graph_range_is_whole (TimeRange self)
{
  return self.start_ns <= 0 && self.end_ns == G_MAXINT64;
}

TimeRange
graph_range_resolve (TimeRange self, TimeRange whole)
{
  return (TimeRange){ MAX (self.start_ns, whole.start_ns), MIN (self.end_ns, whole.end_ns) };
}

TimeRange
graph_range_between (gint64 one_ns, gint64 other_ns, TimeRange whole)
{
  TimeRange range = { MIN (one_ns, other_ns), MAX (one_ns, other_ns) };
  range.start_ns = CLAMP (range.start_ns, whole.start_ns, whole.end_ns - 1);
  range.end_ns = CLAMP (range.end_ns, range.start_ns + 1, whole.end_ns);
  if (range.start_ns <= whole.start_ns)
    range.start_ns = 0;
  if (range.end_ns >= whole.end_ns)
    range.end_ns = G_MAXINT64;
  return range;
}

static TimeRange
move (TimeRange range, gint64 delta_ns, TimeRange whole)
{
  range = graph_range_resolve (range, whole);
  delta_ns = CLAMP (delta_ns, whole.start_ns - range.start_ns, whole.end_ns - range.end_ns);
  return graph_range_between (range.start_ns + delta_ns, range.end_ns + delta_ns, whole);
}

TimeRange
graph_range_drag (TimeRange origin, GraphRangePart part, gint64 pressed_ns, gint64 now_ns, TimeRange whole)
{
  TimeRange range = graph_range_resolve (origin, whole);
  switch (part)
    {
    case GRAPH_PART_INSIDE:
      return move (range, now_ns - pressed_ns, whole);
    case GRAPH_PART_START:
      return graph_range_between (now_ns, range.end_ns, whole);
    case GRAPH_PART_END:
      return graph_range_between (range.start_ns, now_ns, whole);
    case GRAPH_PART_OUTSIDE:
    default:
      return graph_range_between (pressed_ns, now_ns, whole);
    }
}

TimeRange
graph_range_nudge (TimeRange self, GraphRangePart part, gint64 delta_ns, TimeRange whole)
{
  TimeRange range = graph_range_resolve (self, whole);
  gint64 span = whole.end_ns - whole.start_ns;
  delta_ns = CLAMP (delta_ns, -span, span);
  if (part == GRAPH_PART_START)
    range.start_ns = MIN (range.start_ns + delta_ns, range.end_ns - 1);
  else if (part == GRAPH_PART_END)
    range.end_ns = MAX (range.end_ns + delta_ns, range.start_ns + 1);
  else
    return move (range, delta_ns, whole);
  return graph_range_between (range.start_ns, range.end_ns, whole);
}

TimeRange
graph_view_range_clamp (TimeRange view, TimeRange whole)
{
  gint64 span = whole.end_ns - whole.start_ns;
  gint64 length = CLAMP (view.end_ns - view.start_ns, MIN (MIN_VIEW_NS, span), span);
  view.start_ns = CLAMP (view.start_ns, whole.start_ns, whole.end_ns - length);
  view.end_ns = view.start_ns + length;
  return view;
}

TimeRange
graph_view_range_zoom (TimeRange view, double factor, gint64 anchor_ns, TimeRange whole)
{
  gint64 span = whole.end_ns - whole.start_ns;
  double old_length = (double) (view.end_ns - view.start_ns);
  double length = CLAMP (old_length * factor, (double) MIN (MIN_VIEW_NS, span), (double) span);
  double share = old_length > 0 ? (double) (anchor_ns - view.start_ns) / old_length : 0.5;
  gint64 start = anchor_ns - (gint64) (CLAMP (share, 0, 1) * length);
  return graph_view_range_clamp ((TimeRange){ start, start + MAX ((gint64) length, 1) }, whole);
}

TimeRange
graph_view_range_pan (TimeRange view, gint64 delta_ns, TimeRange whole)
{
  delta_ns = CLAMP (delta_ns, whole.start_ns - view.start_ns, whole.end_ns - view.end_ns);
  return (TimeRange){ view.start_ns + delta_ns, view.end_ns + delta_ns };
}
