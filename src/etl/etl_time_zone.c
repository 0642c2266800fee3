#include "etl/etl_time_zone.h"

#include "etl/etl_layouts.h"

#define FILETIME_PER_MINUTE (G_GINT64_CONSTANT (10000000) * 60)
#define MINUTES_PER_DAY (24 * 60)
#define BIAS_MAXIMUM (24 * 60) /* minutes; what exceeds it is damage */

/* The day of @date in @year as GLib counts days (1 is 0001-01-01), 0 when @date is not one. */
static guint32
day_of_transition (const guint8 *date, guint year)
{
  guint month = etl_system_time_get_month (date), day = etl_system_time_get_day (date);
  guint absolute_year = etl_system_time_get_year (date);
  if (month < 1 || month > 12 || day < 1)
    return 0;
  GDate result;
  g_date_clear (&result, 1);
  if (absolute_year)
    {
      if (!g_date_valid_dmy ((GDateDay)MIN (day, 99), (GDateMonth)month, (GDateYear)absolute_year))
        return 0;
      g_date_set_dmy (&result, (GDateDay)day, (GDateMonth)month, (GDateYear)absolute_year);
      return g_date_get_julian (&result);
    }
  guint day_of_week = etl_system_time_get_day_of_week (date);
  if (day > 5 || day_of_week > 6)
    return 0;
  g_date_set_dmy (&result, 1, (GDateMonth)month, (GDateYear)year);
  guint first_day_of_week = (guint)g_date_get_weekday (&result) % 7;
  guint day_of_month = 1 + (day_of_week + 7 - first_day_of_week) % 7 + 7 * (day - 1);
  while (day_of_month > g_date_get_days_in_month ((GDateMonth)month, (GDateYear)year))
    day_of_month -= 7;
  return g_date_get_julian (&result) + day_of_month - 1;
}

/* When the clock is changed in @year, in FILETIME UTC minutes; @bias is in effect before. FALSE when it is
 * not. */
static gboolean
transition_minutes (const guint8 *date, guint year, gint32 bias, gint64 *ret_minutes)
{
  guint32 day = day_of_transition (date, year);
  guint hour = etl_system_time_get_hour (date), minute = etl_system_time_get_minute (date);
  if (day == 0 || hour > 23 || minute > 59)
    return FALSE;
  GDate epoch;
  g_date_clear (&epoch, 1);
  g_date_set_dmy (&epoch, 1, G_DATE_JANUARY, 1601);
  *ret_minutes
      = ((gint64)day - (gint64)g_date_get_julian (&epoch)) * MINUTES_PER_DAY + hour * 60 + minute + bias;
  return TRUE;
}

static gint32
clean_bias (guint32 bias)
{
  gint32 minutes = (gint32)bias;
  return minutes >= -BIAS_MAXIMUM && minutes <= BIAS_MAXIMUM ? minutes : 0;
}

static gboolean
is_daylight_time (const guint8 *zone, gint64 filetime, gint32 standard_bias, gint32 daylight_bias)
{
  gint64 now = filetime / FILETIME_PER_MINUTE, daylight_start, standard_start;
  /* Days since 1601-01-01; a year more or less matters only within hours of New Year, where no zone changes.
   */
  gint64 day = (now - standard_bias) / MINUTES_PER_DAY;
  GDate date;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, G_DATE_JANUARY, 1601);
  if (day <= 0 || day > 366 * 2000)
    return FALSE;
  g_date_add_days (&date, (guint)day);
  guint year = g_date_get_year (&date);
  if (!transition_minutes (zone + ETL_TIME_ZONE_DAYLIGHT_DATE, year, standard_bias, &daylight_start)
      || !transition_minutes (zone + ETL_TIME_ZONE_STANDARD_DATE, year, daylight_bias, &standard_start))
    return FALSE;
  if (daylight_start < standard_start)
    return now >= daylight_start && now < standard_start;
  return now >= daylight_start || now < standard_start;
}

/* What applies at @filetime (100 ns since 1601, UTC) in @zone, etl_time_zone_SIZE bytes.
 *
 * @ret_bias_minutes receives the bias with local time = UTC - bias; 0 for a damaged one.
 * Returns: (transfer full): the name of the standard or the daylight time, as recorded.
 */
char *
etl_time_zone_resolve (const guint8 *zone, gint64 filetime, gint32 *ret_bias_minutes)
{
  gint32 bias = clean_bias (etl_time_zone_get_bias (zone));
  gint32 standard_bias = bias + clean_bias (etl_time_zone_get_standard_bias (zone));
  gint32 daylight_bias = bias + clean_bias (etl_time_zone_get_daylight_bias (zone));
  gboolean is_daylight = is_daylight_time (zone, filetime, standard_bias, daylight_bias);
  gsize name_offset = is_daylight ? ETL_TIME_ZONE_DAYLIGHT_NAME : ETL_TIME_ZONE_STANDARD_NAME;
  *ret_bias_minutes = is_daylight ? daylight_bias : standard_bias;
  return byte_span_dup_utf16 ((ByteSpan){ zone + name_offset, ETL_TIME_ZONE_NAME_BYTES }, NULL);
}
