#include "base/tick_clock.h"

/* By the definition, in 128 bits. */
static gint64
slow_to_ns (gint64 first_ticks, guint64 frequency, gint64 ticks)
{
  if (ticks <= first_ticks)
    return 0;
  unsigned __int128 elapsed = (unsigned __int128) ((__int128) ticks - first_ticks);
  unsigned __int128 ns = elapsed * (guint64) NS_PER_SECOND / frequency;
  return ns > (G_GUINT64_CONSTANT (1) << 62) ? G_GINT64_CONSTANT (1) << 62 : (gint64) ns;
}

static void
test_to_ns (void)
{
  static const guint64 frequencies[] = { 1, 1000, 10000000, 2596093000, 3000000000, 1000000000, G_MAXUINT64 };
  static const gint64 ticks[] = { G_MININT64, G_MININT64 + 1, -(G_GINT64_CONSTANT (1) << 62), -1, 0, 1, 12345678901,
                                  G_GINT64_CONSTANT (1) << 55, (G_GINT64_CONSTANT (1) << 62) - 1,
                                  G_GINT64_CONSTANT (1) << 62, G_MAXINT64 - 1, G_MAXINT64 };
  for (gsize i = 0; i < G_N_ELEMENTS (frequencies); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (ticks); j++)
      {
        TickClock clock = tick_clock_make (ticks[j], frequencies[i]);
        for (gsize k = 0; k < G_N_ELEMENTS (ticks); k++)
          g_assert_cmpint (tick_clock_to_ns (&clock, ticks[k]), ==, slow_to_ns (ticks[j], frequencies[i], ticks[k]));
        /* Around the end of the plain products. */
        for (gint64 near = -2; near <= 2 && clock.n_plain_ticks; near++)
          {
            gint64 other = (gint64) ((guint64) ticks[j] + clock.n_plain_ticks + (guint64) near);
            g_assert_cmpint (tick_clock_to_ns (&clock, other), ==, slow_to_ns (ticks[j], frequencies[i], other));
          }
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tick-clock/to-ns", test_to_ns);
  return g_test_run ();
}
