#include "app/session/range_text.h"

#include "analysis/time_range_text.h"
#include "base/number_format.h"
#include "base/tick_clock.h"

#include <glib/gi18n.h>

/* Clocks of events tick about every 100 ns; more digits would only look exact. */
#define EVENT_RESOLUTION_NS 1000
#define DAY_NS (24 * 3600 * NS_PER_SECOND)

static gint64
get_resolution (const PoolTrace *trace)
{
  gint64 length_ns = pool_trace_get_end_ns (trace), resolution_ns = 1;
  while (resolution_ns * 20000 < length_ns)
    resolution_ns *= 10;
  return resolution_ns;
}

/* Nanoseconds since local midnight of the day on which the trace starts. */
static gint64
get_start_of_clock (const PoolTrace *trace)
{
  gint64 local = trace->info.start_filetime - (gint64) trace->info.bias_minutes * 60 * 10000000;
  return local % (DAY_NS / 100) * 100;
}

static char *
dup_time (const PoolTrace *trace, gint64 time_ns, gint64 resolution_ns, gboolean is_clock)
{
  if (!is_clock || trace->info.start_filetime == 0)
    return format_time (time_ns, resolution_ns);
  gint64 clock_ns = (get_start_of_clock (trace) + time_ns) % DAY_NS;
  gint64 seconds = clock_ns / NS_PER_SECOND;
  g_autofree char *clock = g_strdup_printf ("%02d:%02d:%02d", (int) (seconds / 3600),
                                            (int) (seconds / 60 % 60), (int) (seconds % 60));
  int n_decimals = 0;
  for (gint64 step = resolution_ns; step < NS_PER_SECOND; step *= 10)
    n_decimals++;
  if (n_decimals == 0)
    return g_steal_pointer (&clock);
  g_autofree char *fraction = g_strdup_printf ("%09d", (int) (clock_ns % NS_PER_SECOND));
  fraction[n_decimals] = '\0';
  return g_strconcat (clock, ".", fraction, NULL);
}

char *
range_text_dup_time (const PoolTrace *trace, gint64 time_ns, gboolean is_clock)
{
  return dup_time (trace, time_ns, get_resolution (trace), is_clock);
}

char *
range_text_dup_event_time (const PoolTrace *trace, gint64 time_ns, gboolean is_clock)
{
  return dup_time (trace, time_ns, MIN (get_resolution (trace), EVENT_RESOLUTION_NS), is_clock);
}

char *
range_text_dup (const PoolTrace *trace, TimeRange range, gboolean is_clock)
{
  if (range.start_ns <= 0 && range.end_ns == G_MAXINT64)
    return g_strdup (_ ("Whole trace"));
  gint64 end_ns = range.end_ns == G_MAXINT64 ? pool_trace_get_end_ns (trace) : range.end_ns;
  g_autofree char *start = range_text_dup_time (trace, range.start_ns, is_clock);
  g_autofree char *end = range_text_dup_time (trace, end_ns, is_clock);
  return g_strdup_printf ("%s – %s", start, end);
}

char *
range_text_dup_length (const PoolTrace *trace, TimeRange range)
{
  gint64 end_ns = range.end_ns == G_MAXINT64 ? pool_trace_get_end_ns (trace) : range.end_ns;
  return format_duration (MAX (end_ns - range.start_ns, 0));
}

gboolean
range_text_parse (const PoolTrace *trace, const char *start, const char *end, TimeRange *ret_range,
                  GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  /* What is shown with a space before its unit can be typed so too. */
  for (const char *c = start; *c != '\0'; c++)
    if (!g_ascii_isspace (*c))
      g_string_append_c (text, *c);
  g_string_append_c (text, ',');
  for (const char *c = end; *c != '\0'; c++)
    if (!g_ascii_isspace (*c))
      g_string_append_c (text, *c);
  TimeRangeText range;
  if (!time_range_text_parse (text->str, &trace->info, &range, error))
    return FALSE;
  *ret_range = range.range;
  return TRUE;
}
