/* Numbers as text and back, as tables. */
#include "base/number_format.h"

#include <string.h>

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

/* As printf() writes it, which rounds the exact value. */
static char *
format_bytes_by_printf (gint64 n_bytes)
{
  static const char *const units[] = { "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
  double value = (double) n_bytes / 1024;
  guint unit = 0;
  for (; value >= 999.5 && unit < 5; unit++)
    value /= 1024;
  g_autofree char *digits = value < 0.9995  ? g_strdup_printf ("%.3f", value)
                            : value < 9.995 ? g_strdup_printf ("%.2f", value)
                            : value < 99.95 ? g_strdup_printf ("%.1f", value)
                                            : g_strdup_printf ("%.0f", value);
  for (gsize length = strlen (digits); strchr (digits, '.') && strchr ("0.", digits[length - 1]); length--)
    digits[length - 1] = '\0';
  return g_strdup_printf ("%s %s", digits, units[unit]);
}

static void
assert_as_printf (guint64 n_bytes)
{
  if (n_bytes < 1000 || n_bytes > G_MAXINT64)
    return;
  g_autofree char *actual = format_bytes ((gint64) n_bytes);
  g_autofree char *expected = format_bytes_by_printf ((gint64) n_bytes);
  g_assert_cmpstr (actual, ==, expected);
}

/* Random sizes, and those around a half of the last digit and around a change of digits or units. */
static void
test_rounding (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  for (guint i = 0; i < 20000; i++)
    {
      guint64 any = (guint64) g_rand_int (random) << 32 | g_rand_int (random);
      assert_as_printf (any >> g_rand_int_range (random, 1, 54));
      guint unit = (guint) g_rand_int_range (random, 1, 6) * 10;
      guint64 eighths = (guint64) g_rand_int_range (random, 1, 8200);
      for (gint64 off = -2; off <= 2; off++)
        assert_as_printf ((eighths << unit >> 3) + (guint64) off);
    }
  static const double changes[] = { 0.9995, 9.995, 99.95, 999.5 };
  for (guint unit = 10; unit <= 60; unit += 10)
    for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
      for (gint64 off = -3; off <= 3; off++)
        if (changes[i] * (double) (G_GUINT64_CONSTANT (1) << unit) < 9e18)
          assert_as_printf ((guint64) (changes[i] * (double) (G_GUINT64_CONSTANT (1) << unit)) + (guint64) off);
}

static void
test_integers (void)
{
  static const gint64 values[] = { 0, 9, 10, -1, -10, G_MAXINT64, G_MININT64 };
  g_autoptr (GString) text = g_string_new ("x");
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *expected = g_strdup_printf ("x%" G_GINT64_FORMAT, values[i]);
      format_append_integer (g_string_truncate (text, 1), values[i]);
      g_assert_cmpstr (text->str, ==, expected);
    }
  format_append_unsigned (g_string_truncate (text, 1), G_MAXUINT64);
  g_assert_cmpstr (text->str, ==, "x18446744073709551615");
  format_append_hexadecimal (g_string_truncate (text, 1), 0);
  format_append_hexadecimal (text, 0x1a2b);
  format_append_hexadecimal (text, G_MAXUINT64);
  g_assert_cmpstr (text->str, ==, "x0x00x1a2b0xffffffffffffffff");
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
  g_test_add_func ("/base/number-format/rounding", test_rounding);
  g_test_add_func ("/base/number-format/integers", test_integers);
  g_test_add_func ("/base/number-format/bytes", test_bytes);
  g_test_add_func ("/base/number-format/count", test_count);
  g_test_add_func ("/base/number-format/duration", test_duration);
  g_test_add_func ("/base/number-format/time", test_time);
  g_test_add_func ("/base/number-format/filetime", test_filetime);
  g_test_add_func ("/base/number-format/parse-bytes", test_parse_bytes);
  g_test_add_func ("/base/number-format/parse-time", test_parse_time);
  return g_test_run ();
}
