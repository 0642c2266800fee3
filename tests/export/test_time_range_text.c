/* Ranges as people type them. */
#include "analysis/time_range_text.h"

#define SECOND G_GINT64_CONSTANT (1000000000)
#define OPEN G_MAXINT64
#define FILETIME_PER_HOUR G_GINT64_CONSTANT (36000000000)
#define NEW_YEAR G_GINT64_CONSTANT (133485408000000000) /* 2024-01-01 00:00:00 UTC */

/* Recorded at 2024-01-01 22:59:50.5 UTC, which is 23:59:50.5 where the machine stood. */
static const PoolTraceInfo info = { .display_name = (char *) "a.etl",
                                    .start_filetime = NEW_YEAR + 23 * FILETIME_PER_HOUR - 95000000,
                                    .bias_minutes = -60 };

static void
test_ranges (void)
{
  static const struct
  {
    const char *text;
    gint64 start_ns, end_ns;
    gboolean has_start, has_end;
  } cases[] = {
    { ",", 0, OPEN, FALSE, FALSE },
    { "10,60", 10 * SECOND, 60 * SECOND, TRUE, TRUE },
    { "0,", 0, OPEN, TRUE, FALSE },
    { ",1.5s", 0, 3 * SECOND / 2, FALSE, TRUE },
    { "0.000000001,20ms", 1, 20000000, TRUE, TRUE },
    { "3us,7000ns", 3000, 7000, TRUE, TRUE },
    { "1,1", SECOND, SECOND, TRUE, TRUE },
    { "23:59:50.5,", 0, OPEN, TRUE, FALSE },
    { "23:59:51,00:00:00", SECOND / 2, 19 * SECOND / 2, TRUE, TRUE },
    { "0:0:0.000000001,00:00:01", 19 * SECOND / 2 + 1, 21 * SECOND / 2, TRUE, TRUE },
    { "23:59:50.4999999999,", 86400 * SECOND - 1, OPEN, TRUE, FALSE },
    { "1s,23:59:52", SECOND, 3 * SECOND / 2, TRUE, TRUE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      TimeRangeText range;
      time_range_text_parse (cases[i].text, &info, &range, &error);
      g_assert_no_error (error);
      g_assert_cmpint (range.range.start_ns, ==, cases[i].start_ns);
      g_assert_cmpint (range.range.end_ns, ==, cases[i].end_ns);
      g_assert_cmpint (range.has_start, ==, cases[i].has_start);
      g_assert_cmpint (range.has_end, ==, cases[i].has_end);
    }
}

static void
test_wrong_texts (void)
{
  static const char *const texts[] = { "",
                                       "1",
                                       "1,2,3",
                                       "2,1",
                                       "a,",
                                       "-1,",
                                       "1e3,",
                                       " 1,2",

                                       "1m,",
                                       "1h,",
                                       "0x10,",
                                       "1.2.3,",
                                       "24:00:00,",
                                       "::,",
                                       "1:2:3x,",
                                       "00:60:00,",
                                       "00:00:60,",
                                       "1:2,",
                                       "001:00:00,",
                                       "1:2:3.,",
                                       "1:2:3:4,",
                                       "99999999999999999999,",
                                       "00:00:01,00:00:00" };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      TimeRangeText range = { { 11, 12 }, TRUE, TRUE };
      g_assert_false (time_range_text_parse (texts[i], &info, &range, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      g_assert_cmpint (range.range.start_ns, ==, 11);
    }
}

/* Before the trace is loaded only the form is known; a trace without a start time knows no clock. */
static void
test_unknown_start (void)
{
  g_autoptr (GError) error = NULL;
  TimeRangeText range;
  g_assert_true (time_range_text_parse ("00:00:01,00:00:00", NULL, &range, &error));
  g_assert_false (time_range_text_parse ("00:00:61,", NULL, &range, NULL));
  g_assert_false (time_range_text_parse ("5,4", NULL, &range, NULL));
  const PoolTraceInfo without_start = { .display_name = (char *) "b.etl" };
  g_assert_true (time_range_text_parse ("1,2", &without_start, &range, &error));
  g_assert_false (time_range_text_parse ("1,00:00:01", &without_start, &range, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

static void
test_resolve (void)
{
  const PoolTrace trace = { .info = { .first_pool_event_ns = 100, .last_event_ns = 900 } };
  static const struct
  {
    TimeRangeText text;
    gint64 start_ns, end_ns;
  } cases[] = {
    { { { 0, OPEN }, FALSE, FALSE }, 100, 901 }, { { { 0, OPEN }, TRUE, FALSE }, 0, 901 },
    { { { 0, 50 }, FALSE, TRUE }, 50, 50 },      { { { 5000, OPEN }, TRUE, FALSE }, 5000, 5000 },
    { { { 0, 5000 }, FALSE, TRUE }, 100, 5000 }, { { { 7, 8 }, TRUE, TRUE }, 7, 8 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TimeRange resolved = time_range_text_resolve (&cases[i].text, &trace);
      g_assert_cmpint (resolved.start_ns, ==, cases[i].start_ns);
      g_assert_cmpint (resolved.end_ns, ==, cases[i].end_ns);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-range-text/ranges", test_ranges);
  g_test_add_func ("/time-range-text/wrong-texts", test_wrong_texts);
  g_test_add_func ("/time-range-text/unknown-start", test_unknown_start);
  g_test_add_func ("/time-range-text/resolve", test_resolve);
  return g_test_run ();
}
