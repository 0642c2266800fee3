#include "etl/etl_time_zone.h"
#include "hex_image.h"

/* TIME_ZONE_INFORMATION: bias at 0, standard time from 0x04 on, daylight time from 0x58 on. */

#define UNIX_EPOCH G_GINT64_CONSTANT (11644473600) /* seconds since 1601 */

static GByteArray *
make_zone (const char *bias, const char *standard_date, const char *standard_bias, const char *daylight_date,
           const char *daylight_bias)
{
  GByteArray *zone = hex_image_new (0xAC, 0);
  hex_image_put (zone, 0x00, bias);
  hex_image_put (zone, 0x04, "53 00 74 00 64 00"); /* "Std" */
  hex_image_put (zone, 0x44, standard_date);
  hex_image_put (zone, 0x54, standard_bias);
  hex_image_put (zone, 0x58, "44 00 73 00 74 00"); /* "Dst" */
  hex_image_put (zone, 0x98, daylight_date);
  hex_image_put (zone, 0xA8, daylight_bias);
  return zone;
}

static void
check (GByteArray *zone, const char *utc, gint32 bias_minutes, const char *name)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (utc, NULL);
  gint64 filetime = (g_date_time_to_unix (time) + UNIX_EPOCH) * 10000000;
  gint32 bias = 0;
  g_autofree char *found = etl_time_zone_resolve (zone->data, filetime, &bias);
  g_assert_cmpint (bias, ==, bias_minutes);
  g_assert_cmpstr (found, ==, name);
}

/* UTC+1; last Sunday of October 03:00 to standard, last Sunday of March 02:00 to daylight time. */
static void
test_central_europe (void)
{
  g_autoptr (GByteArray) zone
      = make_zone ("C4 FF FF FF", "00 00 0A 00 00 00 05 00 03 00 00 00 00 00 00 00", "00 00 00 00",
                   "00 00 03 00 00 00 05 00 02 00 00 00 00 00 00 00", "C4 FF FF FF");
  check (zone, "2024-01-10T12:00:00Z", -60, "Std");
  check (zone, "2024-07-10T12:00:00Z", -120, "Dst");
  check (zone, "2024-03-31T00:59:00Z", -60, "Std");
  check (zone, "2024-03-31T01:00:00Z", -120, "Dst");
  check (zone, "2024-10-27T00:59:00Z", -120, "Dst");
  check (zone, "2024-10-27T01:00:00Z", -60, "Std");
}

/* UTC-8; first Sunday of November 02:00, second Sunday of March 02:00. */
static void
test_pacific (void)
{
  g_autoptr (GByteArray) zone
      = make_zone ("E0 01 00 00", "00 00 0B 00 00 00 01 00 02 00 00 00 00 00 00 00", "00 00 00 00",
                   "00 00 03 00 00 00 02 00 02 00 00 00 00 00 00 00", "C4 FF FF FF");
  check (zone, "2024-03-10T09:59:00Z", 480, "Std");
  check (zone, "2024-03-10T10:00:00Z", 420, "Dst");
  check (zone, "2024-11-03T08:59:00Z", 420, "Dst");
  check (zone, "2024-11-03T09:00:00Z", 480, "Std");
}

/* UTC+10; summer over the new year: first Sunday of April 03:00, first Sunday of October 02:00. */
static void
test_southern (void)
{
  g_autoptr (GByteArray) zone
      = make_zone ("A8 FD FF FF", "00 00 04 00 00 00 01 00 03 00 00 00 00 00 00 00", "00 00 00 00",
                   "00 00 0A 00 00 00 01 00 02 00 00 00 00 00 00 00", "C4 FF FF FF");
  check (zone, "2024-01-10T12:00:00Z", -660, "Dst");
  check (zone, "2024-07-10T12:00:00Z", -600, "Std");
  check (zone, "2024-12-31T23:00:00Z", -660, "Dst");
}

/* Changes on fixed dates of one year. */
static void
test_fixed_dates (void)
{
  g_autoptr (GByteArray) zone
      = make_zone ("00 00 00 00", "E8 07 0A 00 00 00 14 00 00 00 00 00 00 00 00 00", "00 00 00 00",
                   "E8 07 02 00 00 00 1D 00 00 00 00 00 00 00 00 00", "C4 FF FF FF");
  check (zone, "2024-02-28T23:59:00Z", 0, "Std");
  check (zone, "2024-02-29T00:00:00Z", -60, "Dst");
  check (zone, "2024-10-19T23:00:00Z", 0, "Std");
}

static void
test_without_daylight_time (void)
{
  g_autoptr (GByteArray) zone = make_zone ("B6 FE FF FF", "00 00", "00 00 00 00", "00 00", "C4 FF FF FF");
  check (zone, "2024-07-10T12:00:00Z", -330, "Std");
}

/* Dates that cannot be and biases beyond a day count as absent. */
static void
test_damage (void)
{
  static const char *const dates[] = {
    "00 00 0D 00 00 00 01 00 02 00", "00 00 03 00 07 00 01 00 02 00", "00 00 03 00 00 00 06 00 02 00",
    "00 00 03 00 00 00 00 00 02 00", "00 00 03 00 00 00 01 00 18 00", "00 00 03 00 00 00 01 00 02 00 3C 00",
    "E7 07 02 00 00 00 1D 00 02 00", "FF FF FF FF FF FF FF FF FF FF",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autoptr (GByteArray) zone = make_zone ("FF FF FF 7F", "00 00 0A 00 00 00 05 00 03 00", "00 00 00 80",
                                               dates[i], "FF FF FF 7F");
      check (zone, "2024-07-10T12:00:00Z", 0, "Std");
    }
  g_autoptr (GByteArray) zone = make_zone ("00 00 00 00", "00 00 0A 00 00 00 05 00 03 00", "00 00 00 00",
                                           "00 00 03 00 00 00 05 00 02 00", "C4 FF FF FF");
  check (zone, "9999-07-10T12:00:00Z", 0, "Std");
  check (zone, "1601-01-01T00:00:00Z", 0, "Std");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/etl-time-zone/central-europe", test_central_europe);
  g_test_add_func ("/etl-time-zone/pacific", test_pacific);
  g_test_add_func ("/etl-time-zone/southern", test_southern);
  g_test_add_func ("/etl-time-zone/fixed-dates", test_fixed_dates);
  g_test_add_func ("/etl-time-zone/without-daylight-time", test_without_daylight_time);
  g_test_add_func ("/etl-time-zone/damage", test_damage);
  return g_test_run ();
}
