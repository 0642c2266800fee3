/* Numbers as text and back, as tables. */
#include "base/number_format.h"

typedef char *(*Format) (gint64);

typedef struct
{
  gint64 value;
  const char *text;
} FormatCase;

static void
assert_formats (Format format, const FormatCase *cases, gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autofree char *text = format (cases[i].value);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_bytes (void)
{
  static const FormatCase cases[] = {
    { 0, "0 B" },
    { -12, "−12 B" },
    { 999, "999 B" },
    { 1000, "0.977 KiB" },
    { 1024, "1 KiB" },
    { 8600, "8.4 KiB" },
    { 1536, "1.5 KiB" },
    { 102400, "100 KiB" },
    { 1048064, "1 MiB" },
    { 354418688, "338 MiB" },
    { -354418688, "−338 MiB" },
    { G_GINT64_CONSTANT (1) << 40, "1 TiB" },
    { G_MAXINT64, "8 EiB" },
    { G_MININT64, "−8 EiB" },
  };
  assert_formats (format_bytes, cases, G_N_ELEMENTS (cases));
}

static void
test_count (void)
{
  static const FormatCase cases[] = {
    { 0, "0" },
    { 999, "999" },
    { 1000, "1\u202f000" },
    { 41233, "41\u202f233" },
    { -1234567, "−1\u202f234\u202f567" },
    { G_MININT64, "−9\u202f223\u202f372\u202f036\u202f854\u202f775\u202f808" },
  };
  assert_formats (format_count, cases, G_N_ELEMENTS (cases));
}

static void
test_duration (void)
{
  static const FormatCase cases[] = {
    { 0, "0 ns" },
    { 7, "7 ns" },
    { 999, "999 ns" },
    { 1000, "1 µs" },
    { 350000000, "350 ms" },
    { 999400000, "999 ms" },
    { 999600000, "1 s" },
    { G_GINT64_CONSTANT (12400000000), "12.4 s" },
    { G_GINT64_CONSTANT (59940000000), "59.9 s" },
    { G_GINT64_CONSTANT (59960000000), "1 min" },
    { G_GINT64_CONSTANT (90000000000), "1 min 30 s" },
    { G_GINT64_CONSTANT (3600000000000), "1 h" },
    { G_GINT64_CONSTANT (3900000000000), "1 h 5 min" },
    { G_GINT64_CONSTANT (93600000000000), "1 d 2 h" },
    { -350000000, "−350 ms" },
  };
  assert_formats (format_duration, cases, G_N_ELEMENTS (cases));
}

static void
test_time (void)
{
  static const struct
  {
    gint64 ns, resolution_ns;
    const char *text;
  } cases[] = {
    { G_GINT64_CONSTANT (12400000000), 1000000, "12.400 s" },
    { G_GINT64_CONSTANT (12400000000), 1000000000, "12 s" },
    { G_GINT64_CONSTANT (12400000000), G_GINT64_CONSTANT (60000000000), "12 s" },
    { 1234567891, 500000, "1.2346 s" },
    { 1234567891, 1, "1.234567891 s" },
    { 1234567891, 0, "1.234567891 s" },
    { 1999999999, 1000, "2.000000 s" },
    { -1500000000, 100000000, "−1.5 s" },
    { -1, 1000, "0.000000 s" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = format_time (cases[i].ns, cases[i].resolution_ns);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_filetime (void)
{
  static const struct
  {
    gint64 filetime;
    gint32 bias_minutes;
    const char *text;
  } cases[] = {
    { 0, 0, "1601-01-01 00:00:00" },
    { G_GINT64_CONSTANT (116444736000000000), 0, "1970-01-01 00:00:00" },
    { G_GINT64_CONSTANT (133590385840000000), 0, "2024-05-01 12:03:04" },
    { G_GINT64_CONSTANT (133590385849999999), -120, "2024-05-01 14:03:04" },
    { G_GINT64_CONSTANT (133590385840000000), 630, "2024-05-01 01:33:04" },
    { G_MAXINT64, 0, "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = format_filetime (cases[i].filetime, cases[i].bias_minutes);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_parse_bytes (void)
{
  static const struct
  {
    const char *text;
    guint64 bytes;
  } right[] = {
    { "0", 0 },
    { "12", 12 },
    { "12B", 12 },
    { "12K", 12288 },
    { "1 KB", 1000 },
    { "3kib", 3072 },
    { "5 MiB", 5242880 },
    { "2MB", 2000000 },
    { "1.5GB", 1500000000 },
    { "0.5GiB", 536870912 },
    { ".5K", 512 },
    { "1.0001KB", 1000 },
    { "9223372036854775807", G_MAXINT64 },
  };
  static const char *const wrong[] = { "",
                                       "K",
                                       ".",
                                       "1.2.3",
                                       "-1",
                                       "+1",
                                       "1X",
                                       "1 K B",
                                       "1e3",
                                       " 1",
                                       "0x10",
                                       "9223372036854775808",
                                       "9007199254740992GiB",
                                       "99999999999999999999999999999" };
  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      guint64 bytes = 1;
      g_assert_true (parse_bytes (right[i].text, &bytes));
      g_assert_cmpuint (bytes, ==, right[i].bytes);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      guint64 bytes = 77;
      g_assert_false (parse_bytes (wrong[i], &bytes));
      g_assert_cmpuint (bytes, ==, 77);
    }
}

static void
test_parse_time (void)
{
  static const struct
  {
    const char *text;
    gint64 ns;
  } right[] = {
    { "0", 0 },
    { "1.5", 1500000000 },
    { "1.5s", 1500000000 },
    { "20ms", 20000000 },
    { "3us", 3000 },
    { "7ns", 7 },
    { "0.000000001", 1 },
    { "123456.123456789", G_GINT64_CONSTANT (123456123456789) },
    { "0.0000000019", 1 },
    { "0.3", 300000000 },
    { "9223372036.854775807", G_MAXINT64 },
  };
  static const char *const wrong[]
      = { "", "s", "-1", "1,5", "1m", "1 2", "nan", "inf", "9223372036.854775808" };
  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      gint64 ns = -1;
      g_assert_true (parse_time (right[i].text, &ns));
      g_assert_cmpint (ns, ==, right[i].ns);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      gint64 ns = -1;
      g_assert_false (parse_time (wrong[i], &ns));
      g_assert_cmpint (ns, ==, -1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/number-format/bytes", test_bytes);
  g_test_add_func ("/base/number-format/count", test_count);
  g_test_add_func ("/base/number-format/duration", test_duration);
  g_test_add_func ("/base/number-format/time", test_time);
  g_test_add_func ("/base/number-format/filetime", test_filetime);
  g_test_add_func ("/base/number-format/parse-bytes", test_parse_bytes);
  g_test_add_func ("/base/number-format/parse-time", test_parse_time);
  return g_test_run ();
}
