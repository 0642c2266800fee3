#include "chart_fixture.h"

#include "base/tick_clock.h"

static const ChartGeometry geometry = { .plot = { 50, 10, 400, 200 },
                                        .view = { 0, 10 * NS_PER_SECOND },
                                        .top_value = 1000,
                                        .n_legend_items = 2,
                                        .legend_items = { { 50, 220, 60, 16 }, { 114, 220, 60, 16 } } };

static void
test_round_trip (void)
{
  static const TimeRange views[] = { { 0, 10 * NS_PER_SECOND },
                                     { 7, 8 },
                                     { 123456789, 123457789 },
                                     { G_GINT64_CONSTANT (1) << 60, G_GINT64_CONSTANT (1) << 61 } };
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      ChartGeometry self = geometry;
      self.view = views[i];
      for (double x = 50; x <= 450; x += 0.5)
        {
          gint64 time = chart_geometry_x_to_time (&self, x);
          double ns_width = 400.0 / (double) (self.view.end_ns - self.view.start_ns);
          g_assert_cmpint (time, >=, self.view.start_ns);
          g_assert_cmpint (time, <=, self.view.end_ns);
          g_assert_cmpfloat_with_epsilon (chart_geometry_time_to_x (&self, time), x, ns_width + 1e-6);
        }
      g_assert_cmpfloat (chart_geometry_time_to_x (&self, self.view.start_ns), ==, 50);
      g_assert_cmpfloat (chart_geometry_time_to_x (&self, self.view.end_ns), ==, 450);
    }
}

static void
test_outside (void)
{
  g_assert_cmpint (chart_geometry_x_to_time (&geometry, -1e9), ==, 0);
  g_assert_cmpint (chart_geometry_x_to_time (&geometry, 1e9), ==, 10 * NS_PER_SECOND);
  g_assert_cmpfloat (chart_geometry_time_to_x (&geometry, G_MAXINT64), ==, 450);
  g_assert_cmpfloat (chart_geometry_time_to_x (&geometry, G_MININT64), ==, 50);
  g_assert_cmpfloat (chart_geometry_time_to_x (&geometry, 20 * NS_PER_SECOND), ==, 850);
  g_assert_cmpfloat (chart_geometry_value_to_y (&geometry, 0), ==, 210);
  g_assert_cmpfloat (chart_geometry_value_to_y (&geometry, 1000), ==, 10);
  g_assert_cmpfloat (chart_geometry_value_to_y (&geometry, -5), ==, 210);
}

static void
test_bin_at (void)
{
  const gint64 value = 1;
  g_autoptr (PoolTimeline) timeline = fixture_timeline_new (7, 0, &value);
  guint bin;
  for (guint i = 0; i < 7; i++)
    {
      gint64 start = pool_timeline_get_bin_start (timeline, i);
      g_assert_true (chart_geometry_bin_at (timeline, start, &bin));
      g_assert_cmpuint (bin, ==, i);
      if (i > 0)
        {
          g_assert_true (chart_geometry_bin_at (timeline, start - 1, &bin));
          g_assert_cmpuint (bin, ==, i - 1);
        }
    }
  g_assert_false (chart_geometry_bin_at (timeline, -1, &bin));
  g_assert_false (chart_geometry_bin_at (timeline, timeline->end_ns, &bin));
  g_assert_true (chart_geometry_bin_at (timeline, timeline->end_ns - 1, &bin));
  g_assert_cmpuint (bin, ==, 6);
}

static void
test_band_at (void)
{
  static const gint64 values[] = { 500, 250, 125 };
  g_autoptr (PoolTimeline) timeline = fixture_timeline_new (10, 3, values);
  guint band;
  /* A value v lies at y = 210 - v / 5. */
  g_assert_true (chart_geometry_band_at (&geometry, timeline, 0, 100, 209, &band));
  g_assert_cmpuint (band, ==, 0);
  g_assert_true (chart_geometry_band_at (&geometry, timeline, 0, 100, 111, &band));
  g_assert_cmpuint (band, ==, 0);
  g_assert_true (chart_geometry_band_at (&geometry, timeline, 0, 100, 109, &band));
  g_assert_cmpuint (band, ==, 1);
  g_assert_true (chart_geometry_band_at (&geometry, timeline, 0, 449, 40, &band));
  g_assert_cmpuint (band, ==, 2);
  g_assert_false (chart_geometry_band_at (&geometry, timeline, 0, 100, 34, &band));
  g_assert_false (chart_geometry_band_at (&geometry, timeline, 0, 49, 209, &band));
  /* Without the lowest band the next one is there. */
  g_assert_true (chart_geometry_band_at (&geometry, timeline, 1, 100, 209, &band));
  g_assert_cmpuint (band, ==, 1);
  g_assert_false (chart_geometry_band_at (&geometry, timeline, 7, 100, 209, &band));
}

static void
test_legend_item_at (void)
{
  guint item;
  g_assert_true (chart_geometry_legend_item_at (&geometry, 50, 220, &item));
  g_assert_cmpuint (item, ==, 0);
  g_assert_true (chart_geometry_legend_item_at (&geometry, 120, 235, &item));
  g_assert_cmpuint (item, ==, 1);
  g_assert_false (chart_geometry_legend_item_at (&geometry, 112, 230, &item));
  g_assert_false (chart_geometry_legend_item_at (&geometry, 60, 236, &item));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart-geometry/round-trip", test_round_trip);
  g_test_add_func ("/chart-geometry/outside", test_outside);
  g_test_add_func ("/chart-geometry/bin-at", test_bin_at);
  g_test_add_func ("/chart-geometry/band-at", test_band_at);
  g_test_add_func ("/chart-geometry/legend-item-at", test_legend_item_at);
  return g_test_run ();
}
