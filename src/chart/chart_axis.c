#include "chart/chart_axis.h"

#include "base/tick_clock.h"

#include <math.h>

#define NS_PER_MINUTE (60 * NS_PER_SECOND)
#define NS_PER_HOUR (60 * NS_PER_MINUTE)
#define NS_PER_DAY (24 * NS_PER_HOUR)

/* The smallest of 1, 2, 5 times a power of ten that is not below @raw. */
static double
round_up_to_nice (double raw)
{
  double power = pow (10, floor (log10 (raw)));
  static const double factors[] = { 1, 2, 5, 10 };
  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    if (factors[i] * power >= raw * (1 - 1e-9))
      return factors[i] * power;
  return 10 * power;
}

static ChartValueAxis
value_axis_make (double top, guint max_ticks, double unit, const char *unit_symbol)
{
  double step = round_up_to_nice (top / unit / MAX (max_ticks, 1));
  if (unit <= 1)
    step = MAX (step, 1); /* there is nothing between two bytes or two blocks */
  return (ChartValueAxis){ .step = step * unit,
                           .n_ticks = (guint) floor (top / (step * unit) * (1 + 1e-9)) + 1,
                           .unit = unit,
                           .unit_symbol = unit_symbol,
                           .n_decimals = step < 1 ? (int) ceil (-log10 (step) - 1e-9) : 0 };
}

ChartValueAxis
chart_value_axis_for_bytes (double top, guint max_ticks)
{
  static const char *const symbols[] = { " B", " KiB", " MiB", " GiB", " TiB", " PiB", " EiB" };
  if (!(top > 0) || !isfinite (top))
    top = 1;
  guint i = 0;
  double unit = 1;
  for (; i + 1 < G_N_ELEMENTS (symbols) && top >= unit * 1024; i++)
    unit *= 1024;
  return value_axis_make (top, max_ticks, unit, symbols[i]);
}

ChartValueAxis
chart_value_axis_for_counts (double top, guint max_ticks)
{
  static const char *const symbols[] = { "", " k", " M", " G", " T", " P", " E" };
  if (!(top > 0) || !isfinite (top))
    top = 1;
  guint i = 0;
  double unit = 1;
  /* Four digits are still read at a glance. */
  for (; i + 1 < G_N_ELEMENTS (symbols) && top >= unit * 10000; i++)
    unit *= 1000;
  return value_axis_make (top, max_ticks, unit, symbols[i]);
}

double
chart_value_axis_get_value (const ChartValueAxis *self, guint tick)
{
  return self->step * tick;
}

char *
chart_value_axis_dup_label (const ChartValueAxis *self, guint tick)
{
  if (tick == 0)
    return g_strdup ("0");
  /* Scaled to an integer first: printing a floating point number would follow the locale. */
  gint64 scale = 1;
  for (int i = 0; i < self->n_decimals; i++)
    scale *= 10;
  gint64 scaled = (gint64) llround (chart_value_axis_get_value (self, tick) / self->unit * (double) scale);
  if (self->n_decimals == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT "%s", scaled, self->unit_symbol);
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%0*" G_GINT64_FORMAT "%s", scaled / scale, self->n_decimals,
                          scaled % scale, self->unit_symbol);
}

static ChartTimeAxis
time_axis_make (TimeRange view, gint64 step_ns, gint64 clock_start_ns, gboolean is_clock)
{
  ChartTimeAxis self = { .step_ns = step_ns, .is_clock = is_clock, .clock_start_ns = clock_start_ns };
  /* Ticks are at multiples of the step of the axis' own zero: the trace's start, or local midnight. */
  __int128 origin = is_clock ? clock_start_ns : 0;
  __int128 start = view.start_ns + origin, end = view.end_ns + origin;
  __int128 first = start / step_ns * step_ns;
  if (first < start)
    first += step_ns;
  self.first_ns = (gint64) (first - origin);
  if (first < end)
    self.n_ticks = (guint) ((end - 1 - first) / step_ns) + 1;
  return self;
}

static gint64
span_of (TimeRange view)
{
  return view.end_ns > view.start_ns ? view.end_ns - view.start_ns : 1;
}

ChartTimeAxis
chart_time_axis_for_seconds (TimeRange view, guint max_ticks)
{
  double raw = (double) span_of (view) / MAX (max_ticks, 1);
  double step = raw <= 1 ? 1 : round_up_to_nice (raw);
  return time_axis_make (
      view, step < 4e18 ? (gint64) llround (step) : 4 * G_GINT64_CONSTANT (1000000000000000000), 0, FALSE);
}

ChartTimeAxis
chart_time_axis_for_clock (TimeRange view, gint64 clock_start_ns, guint max_ticks)
{
  static const gint64 steps[] = {
    1 * NS_PER_SECOND,  2 * NS_PER_SECOND,  5 * NS_PER_SECOND, 10 * NS_PER_SECOND, 15 * NS_PER_SECOND,
    30 * NS_PER_SECOND, 1 * NS_PER_MINUTE,  2 * NS_PER_MINUTE, 5 * NS_PER_MINUTE,  10 * NS_PER_MINUTE,
    15 * NS_PER_MINUTE, 30 * NS_PER_MINUTE, 1 * NS_PER_HOUR,   2 * NS_PER_HOUR,    3 * NS_PER_HOUR,
    6 * NS_PER_HOUR,    12 * NS_PER_HOUR,   1 * NS_PER_DAY,    2 * NS_PER_DAY,     5 * NS_PER_DAY,
    10 * NS_PER_DAY,    30 * NS_PER_DAY,    100 * NS_PER_DAY,  1000 * NS_PER_DAY,  10000 * NS_PER_DAY,
  };
  double raw = (double) span_of (view) / MAX (max_ticks, 1);
  gint64 step = steps[G_N_ELEMENTS (steps) - 1];
  if (raw <= (double) NS_PER_SECOND / 2)
    step = raw <= 1 ? 1 : llround (round_up_to_nice (raw));
  else
    for (guint i = G_N_ELEMENTS (steps); i-- > 0;)
      if ((double) steps[i] >= raw)
        step = steps[i];
  return time_axis_make (view, step, clock_start_ns, TRUE);
}

gint64
chart_time_axis_get_time (const ChartTimeAxis *self, guint tick)
{
  return self->first_ns + self->step_ns * tick;
}

char *
chart_time_axis_dup_label (const ChartTimeAxis *self, guint tick)
{
  return chart_time_dup_text (chart_time_axis_get_time (self, tick), self->step_ns, self->is_clock,
                              self->clock_start_ns);
}

/* Appends the part of @ns below a second with the digits that @resolution_ns needs. */
static void
append_fraction (GString *text, gint64 ns, gint64 resolution_ns)
{
  int n_decimals = 0;
  gint64 unit = NS_PER_SECOND;
  for (; unit > resolution_ns; unit /= 10)
    n_decimals++;
  if (n_decimals > 0)
    g_string_append_printf (text, ".%0*" G_GINT64_FORMAT, n_decimals, ns % NS_PER_SECOND / unit);
}

char *
chart_time_dup_text (gint64 time_ns, gint64 resolution_ns, gboolean is_clock, gint64 clock_start_ns)
{
  GString *text = g_string_new (NULL);
  resolution_ns = MAX (resolution_ns, 1);
  time_ns = MAX (time_ns, 0);
  if (!is_clock)
    {
      g_string_append_printf (text, "%" G_GINT64_FORMAT, time_ns / NS_PER_SECOND);
      append_fraction (text, time_ns, resolution_ns);
      g_string_append (text, " s");
      return g_string_free (text, FALSE);
    }
  gint64 of_day = (time_ns % NS_PER_DAY + clock_start_ns % NS_PER_DAY + NS_PER_DAY) % NS_PER_DAY;
  g_string_append_printf (text, "%02d:%02d", (int) (of_day / NS_PER_HOUR),
                          (int) (of_day / NS_PER_MINUTE % 60));
  if (resolution_ns % NS_PER_MINUTE != 0)
    {
      g_string_append_printf (text, ":%02d", (int) (of_day / NS_PER_SECOND % 60));
      append_fraction (text, of_day, resolution_ns);
    }
  return g_string_free (text, FALSE);
}
