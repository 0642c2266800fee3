#include "chart/chart_axis.h"

#include "base/tick_clock.h"

#define MIB (1024.0 * 1024)

/* The labels of an axis, joined. */
static char *
dup_value_labels (const ChartValueAxis *axis)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < axis->n_ticks; i++)
    {
      g_autofree char *label = chart_value_axis_dup_label (axis, i);
      g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", label);
    }
  return g_string_free (text, FALSE);
}

static char *
dup_time_labels (const ChartTimeAxis *axis)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < axis->n_ticks; i++)
    {
      g_autofree char *label = chart_time_axis_dup_label (axis, i);
      g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", label);
    }
  return g_string_free (text, FALSE);
}

static void
test_bytes (void)
{
  static const struct
  {
    double top;
    guint max_ticks;
    const char *labels;
  } cases[] = {
    { 1, 5, "0|1 B" },
    { 10, 5, "0|2 B|4 B|6 B|8 B|10 B" },
    { 1023, 4, "0|500 B|1000 B" },
    { 1024, 4, "0|0.5 KiB|1.0 KiB" },
    { 340 * MIB, 8, "0|50 MiB|100 MiB|150 MiB|200 MiB|250 MiB|300 MiB" },
    { 1000 * MIB, 5, "0|200 MiB|400 MiB|600 MiB|800 MiB|1000 MiB" },
    { 1200 * MIB, 6, "0|0.2 GiB|0.4 GiB|0.6 GiB|0.8 GiB|1.0 GiB" },
    { 3 * 1024 * MIB, 3, "0|1 GiB|2 GiB|3 GiB" },
    { 9.223372036854775807e18, 4, "0|2 EiB|4 EiB|6 EiB|8 EiB" },
    { 0, 5, "0|1 B" },
    { -7, 5, "0|1 B" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ChartValueAxis axis = chart_value_axis_for_bytes (cases[i].top, cases[i].max_ticks);
      g_autofree char *labels = dup_value_labels (&axis);
      g_assert_cmpstr (labels, ==, cases[i].labels);
      g_assert_cmpfloat (chart_value_axis_get_value (&axis, 0), ==, 0);
    }
}

static void
test_counts (void)
{
  static const struct
  {
    double top;
    guint max_ticks;
    const char *labels;
  } cases[] = {
    { 3, 8, "0|1|2|3" },
    { 9999, 2, "0|5000" },
    { 41233, 5, "0|10 k|20 k|30 k|40 k" },
    { 1.5e7, 3, "0|5 M|10 M|15 M" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ChartValueAxis axis = chart_value_axis_for_counts (cases[i].top, cases[i].max_ticks);
      g_autofree char *labels = dup_value_labels (&axis);
      g_assert_cmpstr (labels, ==, cases[i].labels);
    }
}

static void
test_seconds (void)
{
  static const struct
  {
    TimeRange view;
    guint max_ticks;
    const char *labels;
  } cases[] = {
    { { 0, 31 * NS_PER_SECOND }, 7, "0 s|5 s|10 s|15 s|20 s|25 s|30 s" },
    { { 1, 2 * NS_PER_SECOND + 1 }, 4, "0.5 s|1.0 s|1.5 s|2.0 s" },
    { { 12400000000, 12400001000 }, 2, "12.4000000 s|12.4000005 s" },
    { { 5, 8 }, 10, "0.000000005 s|0.000000006 s|0.000000007 s" },
    { { 0, 10000 * NS_PER_SECOND }, 2, "0 s|5000 s" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ChartTimeAxis axis = chart_time_axis_for_seconds (cases[i].view, cases[i].max_ticks);
      g_autofree char *labels = dup_time_labels (&axis);
      g_assert_cmpstr (labels, ==, cases[i].labels);
    }
}

static void
test_clock (void)
{
  const gint64 start = ((14 * 60 + 32) * 60 + 10) * NS_PER_SECOND + NS_PER_SECOND / 2; /* 14:32:10.5 */
  static const struct
  {
    gint64 length_ns;
    guint max_ticks;
    const char *labels;
  } cases[] = {
    { 30 * NS_PER_SECOND, 2, "14:32:15|14:32:30" },
    { 30 * NS_PER_SECOND, 6, "14:32:15|14:32:20|14:32:25|14:32:30|14:32:35|14:32:40" },
    { 2 * NS_PER_SECOND, 5, "14:32:10.5|14:32:11.0|14:32:11.5|14:32:12.0" },
    { 3600 * NS_PER_SECOND, 4, "14:45|15:00|15:15|15:30" },
    { 12 * 3600 * NS_PER_SECOND, 4, "15:00|18:00|21:00|00:00" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ChartTimeAxis axis
          = chart_time_axis_for_clock ((TimeRange){ 0, cases[i].length_ns }, start, cases[i].max_ticks);
      g_autofree char *labels = dup_time_labels (&axis);
      g_assert_cmpstr (labels, ==, cases[i].labels);
    }
}

/* Whatever the view, ticks lie in it, in order, and are not too many. */
static void
test_any_view (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  for (guint i = 0; i < 2000; i++)
    {
      gint64 length = (gint64) 1 << g_rand_int_range (random, 0, 61);
      gint64 start = (gint64) ((double) ((gint64) 1 << 61) * g_rand_double (random));
      guint max_ticks = (guint) g_rand_int_range (random, 1, 30);
      TimeRange view = { start, start + length };
      ChartTimeAxis axes[]
          = { chart_time_axis_for_seconds (view, max_ticks),
              chart_time_axis_for_clock (view, (gint64) (g_rand_double (random) * 8.6e13), max_ticks) };
      /* Days are the longest steps of the clock; centuries have more of them. */
      gboolean is_huge = length > (gint64) 10000 * 86400 * NS_PER_SECOND;
      for (guint kind = 0; kind < G_N_ELEMENTS (axes); kind++)
        {
          if (kind == 0 || !is_huge)
            g_assert_cmpuint (axes[kind].n_ticks, <=, max_ticks + 1);
          for (guint tick = 0; tick < axes[kind].n_ticks; tick++)
            {
              gint64 time = chart_time_axis_get_time (&axes[kind], tick);
              g_autofree char *label = chart_time_axis_dup_label (&axes[kind], tick);
              g_assert_cmpint (time, >=, view.start_ns);
              g_assert_cmpint (time, <, view.end_ns);
              g_assert_cmpstr (label, !=, "");
            }
        }
    }
}

static void
test_time_text (void)
{
  g_autofree char *fine = chart_time_dup_text (12431234567, 1000000, FALSE, 0);
  g_autofree char *coarse = chart_time_dup_text (12431234567, 31000000, FALSE, 0);
  g_autofree char *whole = chart_time_dup_text (12431234567, 5 * NS_PER_SECOND, FALSE, 0);
  g_autofree char *clock = chart_time_dup_text (1500000000, 100000000, TRUE, 86399 * NS_PER_SECOND);
  g_assert_cmpstr (fine, ==, "12.431 s");
  g_assert_cmpstr (coarse, ==, "12.43 s");
  g_assert_cmpstr (whole, ==, "12 s");
  g_assert_cmpstr (clock, ==, "00:00:00.5");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart-axis/bytes", test_bytes);
  g_test_add_func ("/chart-axis/counts", test_counts);
  g_test_add_func ("/chart-axis/seconds", test_seconds);
  g_test_add_func ("/chart-axis/clock", test_clock);
  g_test_add_func ("/chart-axis/any-view", test_any_view);
  g_test_add_func ("/chart-axis/time-text", test_time_text);
  return g_test_run ();
}
