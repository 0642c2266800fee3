#include "app/graph/graph_range.h"

static const TimeRange whole = { 100, 1100 };

static void
assert_range (TimeRange range, gint64 start_ns, gint64 end_ns)
{
  g_assert_cmpint (range.start_ns, ==, start_ns);
  g_assert_cmpint (range.end_ns, ==, end_ns);
}

static void
test_between (void)
{
  assert_range (graph_range_between (300, 500, whole), 300, 500);
  assert_range (graph_range_between (500, 300, whole), 300, 500);
  assert_range (graph_range_between (500, 500, whole), 500, 501);
  /* At the ends the range is open, so that the first and the last event count. */
  assert_range (graph_range_between (500, 1100, whole), 500, G_MAXINT64);
  assert_range (graph_range_between (500, 99999, whole), 500, G_MAXINT64);
  assert_range (graph_range_between (100, 500, whole), 0, 500);
  assert_range (graph_range_between (-5, 99999, whole), 0, G_MAXINT64);
  assert_range (graph_range_between (1100, 1100, whole), 1099, G_MAXINT64);
  g_assert_true (graph_range_is_whole (graph_range_between (0, 2000, whole)));
}

static void
test_drag (void)
{
  const TimeRange range = { 300, 500 }, open = { 900, G_MAXINT64 };
  assert_range (graph_range_drag (range, GRAPH_PART_OUTSIDE, 700, 800, whole), 700, 800);
  assert_range (graph_range_drag (range, GRAPH_PART_START, 300, 250, whole), 250, 500);
  assert_range (graph_range_drag (range, GRAPH_PART_END, 500, 1100, whole), 300, G_MAXINT64);
  /* An edge that passes the other takes its place. */
  assert_range (graph_range_drag (range, GRAPH_PART_START, 300, 600, whole), 500, 600);
  assert_range (graph_range_drag (range, GRAPH_PART_END, 500, 200, whole), 200, 300);
  /* A moved range keeps its length and stops at the ends. */
  assert_range (graph_range_drag (range, GRAPH_PART_INSIDE, 400, 450, whole), 350, 550);
  assert_range (graph_range_drag (range, GRAPH_PART_INSIDE, 400, 9000, whole), 900, G_MAXINT64);
  assert_range (graph_range_drag (range, GRAPH_PART_INSIDE, 400, -9000, whole), 0, 300);
  /* An open end is where the trace ends. */
  assert_range (graph_range_drag (open, GRAPH_PART_INSIDE, 1000, 900, whole), 800, 1000);
}

static void
test_nudge (void)
{
  const TimeRange range = { 300, 500 };
  assert_range (graph_range_nudge (TIME_RANGE_WHOLE, GRAPH_PART_START, 10, whole), 110, G_MAXINT64);
  assert_range (graph_range_nudge (TIME_RANGE_WHOLE, GRAPH_PART_END, -10, whole), 0, 1090);
  assert_range (graph_range_nudge (TIME_RANGE_WHOLE, GRAPH_PART_INSIDE, 10, whole), 0, G_MAXINT64);
  assert_range (graph_range_nudge (range, GRAPH_PART_START, 1000, whole), 499, 500);
  assert_range (graph_range_nudge (range, GRAPH_PART_END, -1000, whole), 300, 301);
  assert_range (graph_range_nudge (range, GRAPH_PART_INSIDE, -50, whole), 250, 450);
  assert_range (graph_range_nudge (range, GRAPH_PART_END, G_MAXINT64, whole), 300, G_MAXINT64);
}

static void
test_zoom (void)
{
  const TimeRange trace = { 0, 1000000 };
  assert_range (graph_view_range_zoom (trace, 0.5, 500000, trace), 250000, 750000);
  assert_range (graph_view_range_zoom (trace, 0.5, 0, trace), 0, 500000);
  assert_range (graph_view_range_zoom ((TimeRange){ 250000, 750000 }, 2, 500000, trace), 0, 1000000);
  /* The anchor cannot keep its place where the trace ends. */
  assert_range (graph_view_range_zoom ((TimeRange){ 0, 500000 }, 4, 0, trace), 0, 1000000);
  TimeRange view = trace;
  for (guint i = 0; i < 200; i++)
    view = graph_view_range_zoom (view, 0.5, 333333, trace);
  g_assert_cmpint (view.end_ns - view.start_ns, ==, 1000);
  g_assert_cmpint (view.start_ns, <=, 333333);
  g_assert_cmpint (view.end_ns, >=, 333333);
  for (guint i = 0; i < 200; i++)
    view = graph_view_range_zoom (view, 2, 0, trace);
  assert_range (view, 0, 1000000);
}

static void
test_pan (void)
{
  assert_range (graph_view_range_pan ((TimeRange){ 200, 300 }, 50, whole), 250, 350);
  assert_range (graph_view_range_pan ((TimeRange){ 200, 300 }, -5000, whole), 100, 200);
  assert_range (graph_view_range_pan ((TimeRange){ 200, 300 }, 5000, whole), 1000, 1100);
  assert_range (graph_view_range_pan (whole, 50, whole), 100, 1100);
}

static void
test_clamp (void)
{
  const TimeRange tiny = { 5, 6 };
  assert_range (graph_view_range_clamp ((TimeRange){ 0, G_MAXINT64 - 1 }, tiny), 5, 6);
  assert_range (graph_view_range_clamp ((TimeRange){ 9, 9 }, tiny), 5, 6);
  assert_range (graph_view_range_clamp ((TimeRange){ 0, 5000 }, (TimeRange){ 0, 1000000 }), 0, 5000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph-range/between", test_between);
  g_test_add_func ("/graph-range/drag", test_drag);
  g_test_add_func ("/graph-range/nudge", test_nudge);
  g_test_add_func ("/graph-range/zoom", test_zoom);
  g_test_add_func ("/graph-range/pan", test_pan);
  g_test_add_func ("/graph-range/clamp", test_clamp);
  return g_test_run ();
}
