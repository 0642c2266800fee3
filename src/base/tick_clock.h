/* From the raw time stamps of a trace to nanoseconds since its start. */
#pragma once

#include <glib.h>

#define NS_PER_SECOND G_GINT64_CONSTANT (1000000000)

typedef struct
{
  gint64 first_ticks;    /* the raw time stamp of the file's first event */
  guint64 frequency;     /* ticks per second, never 0 */
  guint64 ns_per_tick;   /* when a tick is a whole number of nanoseconds, else 0 */
  guint64 n_plain_ticks; /* of fewer since the first, the time is a plain product */
} TickClock;

#define TICK_CLOCK_MAXIMUM_NS (G_GUINT64_CONSTANT (1) << 62)

static inline TickClock
tick_clock_make (gint64 first_ticks, guint64 frequency)
{
  if (frequency == 0)
    frequency = 1;
  guint64 ns_per_tick = (guint64) NS_PER_SECOND % frequency == 0 ? (guint64) NS_PER_SECOND / frequency : 0;
  /* From a later start than this, earlier ticks might wrap round to few. */
  gboolean can_be_plain = ns_per_tick && first_ticks <= G_GINT64_CONSTANT (1) << 62;
  return (TickClock){ first_ticks, frequency, ns_per_tick, can_be_plain ? TICK_CLOCK_MAXIMUM_NS / ns_per_tick : 0 };
}

/* t = floor ((ticks - first) * 10^9 / frequency) in 128 bits. Earlier ticks count as 0, and what
 * exceeds 2^62 ns (146 years, a damaged stamp) as 2^62 ns. */
static inline gint64
tick_clock_to_ns (const TickClock *self, gint64 ticks)
{
  guint64 elapsed = (guint64) ticks - (guint64) self->first_ticks;
  unsigned __int128 ns;
  if (G_LIKELY (elapsed < self->n_plain_ticks)) /* not if @ticks is earlier: that makes an enormous number */
    return (gint64) (elapsed * self->ns_per_tick);
  if (ticks <= self->first_ticks)
    return 0;
  if (self->ns_per_tick)
    ns = (unsigned __int128) elapsed * self->ns_per_tick;
  else if (G_LIKELY (self->frequency <= G_GUINT64_CONSTANT (1) << 34))
    /* Whole seconds and the rest by themselves: the rest times 10^9 fits 64 bits, and dividing those is fast. */
    ns = (unsigned __int128) (elapsed / self->frequency) * (guint64) NS_PER_SECOND
         + elapsed % self->frequency * (guint64) NS_PER_SECOND / self->frequency;
  else
    ns = (unsigned __int128) elapsed * (guint64) NS_PER_SECOND / self->frequency;
  return ns > TICK_CLOCK_MAXIMUM_NS ? (gint64) TICK_CLOCK_MAXIMUM_NS : (gint64) ns;
}
