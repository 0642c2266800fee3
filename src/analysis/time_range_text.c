#include "analysis/time_range_text.h"

#include "base/number_format.h"
#include "base/tick_clock.h"

#include <string.h>

#define NS_PER_DAY (86400 * NS_PER_SECOND)
#define NS_PER_MINUTE (60 * NS_PER_SECOND)
#define FILETIME_UNIT_NS 100

/* Reads one or two digits below @limit. */
static gboolean
read_two_digits (const char **text, guint limit, guint *ret_value)
{
  guint value = 0, n_digits = 0;
  for (; g_ascii_isdigit (**text) && n_digits < 2; (*text)++, n_digits++)
    value = 10 * value + (guint) (**text - '0');
  *ret_value = value;
  return n_digits > 0 && value < limit;
}

/* "14:32:10" or "14:32:10.5" to the time of day; digits behind the ninth are dropped. */
static gboolean
parse_time_of_day (const char *text, gint64 *ret_ns)
{
  guint hours, minutes, seconds;
  if (!read_two_digits (&text, 24, &hours) || *text++ != ':' || !read_two_digits (&text, 60, &minutes)
      || *text++ != ':' || !read_two_digits (&text, 60, &seconds))
    return FALSE;
  gint64 ns = ((gint64) hours * 3600 + minutes * 60 + seconds) * NS_PER_SECOND;
  if (*text == '.')
    {
      if (!g_ascii_isdigit (*++text))
        return FALSE;
      for (gint64 digit_ns = NS_PER_SECOND / 10; g_ascii_isdigit (*text); text++, digit_ns /= 10)
        ns += (*text - '0') * digit_ns;
    }
  *ret_ns = ns;
  return *text == '\0';
}

/* When the clock of the recorded machine first shows @time_of_day_ns, from the trace's start on. */
static gint64
first_occurrence_ns (const PoolTraceInfo *info, gint64 time_of_day_ns)
{
  gint64 units_per_day = NS_PER_DAY / FILETIME_UNIT_NS;
  gint64 start_ns = info->start_filetime % units_per_day * FILETIME_UNIT_NS
                    - info->bias_minutes % (24 * 60) * NS_PER_MINUTE;
  gint64 distance_ns = (time_of_day_ns - start_ns) % NS_PER_DAY;
  return distance_ns < 0 ? distance_ns + NS_PER_DAY : distance_ns;
}

static gboolean
parse_end (const char *text, const PoolTraceInfo *info, gint64 *ret_ns, gboolean *ret_is_known,
           GError **error)
{
  gint64 time_of_day_ns;
  *ret_is_known = TRUE;
  if (!strchr (text, ':'))
    {
      if (parse_time (text, ret_ns) && *ret_ns >= 0)
        return TRUE;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "“%s” is no time: write seconds from the trace's start (1.5), a number with s, ms, us or "
                   "ns (20ms), or a clock time (14:32:10.5)",
                   text);
      return FALSE;
    }
  if (!parse_time_of_day (text, &time_of_day_ns))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "“%s” is no clock time: write hours, minutes and seconds as in 14:32:10 or 14:32:10.5",
                   text);
      return FALSE;
    }
  *ret_is_known = info != NULL;
  if (info && info->start_filetime <= 0)
    {
      g_set_error (
          error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
          "the clock time “%s” cannot be used: “%s” does not tell when it was recorded; write seconds from "
          "its start instead",
          text, info->display_name);
      return FALSE;
    }
  if (info)
    *ret_ns = first_occurrence_ns (info, time_of_day_ns);
  return TRUE;
}

/* Parses "A,B": the half-open range from A to B, either of which may be empty.
 *
 * An end is a number of seconds from the trace's start, a number with a unit, or a clock time in the
 * recorded machine's zone, which means its first occurrence from the start on. Without @info (nullable)
 * only the form is checked, and clock times are left as open ends.
 * Returns: FALSE with @error, G_IO_ERROR_INVALID_ARGUMENT for a wrong text, G_IO_ERROR_NOT_SUPPORTED for
 * clock times in a trace that does not tell its start.
 */
gboolean
time_range_text_parse (const char *text, const PoolTraceInfo *info, TimeRangeText *ret_range, GError **error)
{
  g_auto (GStrv) ends = g_strsplit (text, ",", 3);
  if (g_strv_length (ends) != 2)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "“%s” is no range: write its start and its end with a comma between, as in 10,60 or 1.5s,",
                   text);
      return FALSE;
    }
  TimeRangeText result = TIME_RANGE_TEXT_WHOLE;
  if (*ends[0] && !parse_end (ends[0], info, &result.range.start_ns, &result.has_start, error))
    return FALSE;
  if (*ends[1] && !parse_end (ends[1], info, &result.range.end_ns, &result.has_end, error))
    return FALSE;
  if (result.has_start && result.has_end && result.range.start_ns > result.range.end_ns)
    {
      g_set_error (
          error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "the range “%s” ends before it starts%s", text,
          strchr (text, ':') ? "; a clock time means its first occurrence after the trace's start" : "");
      return FALSE;
    }
  *ret_range = result;
  return TRUE;
}

/* The range with its open ends resolved for a timeline, never ending before it starts. */
TimeRange
time_range_text_resolve (const TimeRangeText *self, const PoolTrace *trace)
{
  TimeRange resolved = pool_timeline_resolve_range (trace, TIME_RANGE_WHOLE);
  if (self->has_start)
    resolved.start_ns = self->range.start_ns;
  if (self->has_end)
    resolved.end_ns = self->range.end_ns;
  if (resolved.start_ns > resolved.end_ns && self->has_start)
    resolved.end_ns = resolved.start_ns;
  else if (resolved.start_ns > resolved.end_ns)
    resolved.start_ns = resolved.end_ns;
  return resolved;
}
