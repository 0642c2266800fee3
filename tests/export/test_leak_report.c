/* How fast a leak grows, in words: never by a time of which the trace shows too little. */
#include "export/leak_report.h"

static void
test_rates (void)
{
  static const struct
  {
    gint64 growth_bytes;
    double seconds;
    const char *text;
  } rates[] = {
    { 1048576, 1, "1 MiB/s" },
    { 10 * 1048576, 2.5, "4 MiB/s" },
    { 1048576, 0.999, "1 MiB in 999 ms" },
    { 12 * 1024, 0.013, "12 KiB in 13 ms" },
    { 1024 * 60, 60, "1 KiB/s" },
    { 1023 * 60, 60, "3.51 MiB/h" },
    { 64, 3600, "64 B/h" },
    { 64, 59.9, "64 B in 59.9 s" },
    { 64, 0, "64 B in 0 ns" },
    { 0, 3600, "0 B/h" },
    { G_MAXINT64, 60, "137 PiB/s" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      g_autofree char *text = leak_format_rate (rates[i].growth_bytes, rates[i].seconds);
      g_assert_cmpstr (text, ==, rates[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/leak-report/rates", test_rates);
  return g_test_run ();
}
