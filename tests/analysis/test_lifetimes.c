/* Lifetimes against a slow second count, on random traces; the edges of their classes. */
#include "analysis/lifetime_histogram.h"
#include "random_trace.h"
#include "slow_analysis.h"

#define N_ROUNDS 400

/* By the definition: the classes from a list of their edges. */
static guint
slow_class (gint64 lifetime_ns)
{
  static const gint64 edges_ns[] = { 1000, 2000, 5000, 10000, 20000, 50000, 100000, 200000, 500000, 1000000, 2000000,
                                     5000000, 10000000, 20000000, 50000000, 100000000, 200000000, 500000000,
                                     1000000000, 2000000000, 5000000000, 10000000000, 20000000000, 50000000000,
                                     100000000000, 200000000000, 500000000000, 1000000000000 };
  guint n_below = 0;
  G_STATIC_ASSERT (G_N_ELEMENTS (edges_ns) + 1 == LIFETIME_N_CLASSES);
  for (gsize i = 0; i < G_N_ELEMENTS (edges_ns); i++)
    n_below += lifetime_ns >= edges_ns[i];
  return n_below;
}

static void
test_classes (void)
{
  for (guint i = 0; i < LIFETIME_N_CLASSES; i++)
    {
      gint64 start_ns = lifetime_class_get_start (i);
      g_assert_cmpuint (lifetime_class_of (start_ns), ==, i);
      g_assert_cmpuint (slow_class (start_ns), ==, i);
      if (i > 0)
        g_assert_cmpuint (lifetime_class_of (start_ns - 1), ==, i - 1);
    }
  g_assert_cmpint (lifetime_class_get_start (LIFETIME_N_CLASSES), ==, G_MAXINT64);
  g_assert_cmpuint (lifetime_class_of (G_MAXINT64 - 1), ==, LIFETIME_N_CLASSES - 1);
}

static void
slow_fill (LifetimeHistogram *ret_histogram, const PoolTrace *trace, const char *const *conditions, TimeRange range)
{
  *ret_histogram = (LifetimeHistogram){ 0 };
  for (gsize row = 0; row < trace->intervals.n; row++)
    {
      gint64 allocated_ns = trace->intervals.allocated_ns[row], freed_ns = trace->intervals.freed_ns[row];
      PoolIntervalType type;
      if (!slow_type (range, allocated_ns, freed_ns, &type) || !slow_passes (trace, conditions, row, type, range))
        continue;
      guint32 stack = trace->sites[trace->intervals.site[row]].stack;
      gboolean is_unknown = allocated_ns == POOL_TIME_BEFORE || stack == POOL_STACK_ALLOCATION_LOST;
      gboolean is_alive = type == POOL_TYPE_AIFO || type == POOL_TYPE_AOFO;
      if (is_alive)
        ret_histogram->n_alive += !is_unknown;
      else if (is_unknown)
        ret_histogram->n_unknown++;
      else
        ret_histogram->counts[slow_class (freed_ns - allocated_ns)]++;
    }
}

/* The times of random traces are a few ns: stretched, so that they fall into all classes. */
static void
stretch (PoolTrace *trace, GRand *random, gint64 *ret_factor)
{
  gint64 factor = 1;
  for (int i = g_rand_int_range (random, 0, 13); i > 0; i--)
    factor *= 10;
  for (gsize row = 0; row < trace->intervals.n; row++)
    {
      if (trace->intervals.allocated_ns[row] != POOL_TIME_BEFORE)
        trace->intervals.allocated_ns[row] *= factor;
      if (trace->intervals.freed_ns[row] != POOL_TIME_NEVER)
        trace->intervals.freed_ns[row] *= factor;
    }
  *ret_factor = factor;
}

static void
test_random (void)
{
  static const Dimension grouping[] = { DIMENSION_TAG };
  g_autoptr (GRand) random = g_rand_new_with_seed (41);
  guint64 n_counted = 0;
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (PoolTrace) trace = random_trace_new (random);
      g_autoptr (FrameNames) names = frame_names_new (trace);
      g_auto (GStrv) texts = random_conditions (random, TRUE);
      gint64 factor;
      stretch (trace, random, &factor);
      TimeRange range = random_range (random);
      range.start_ns *= factor;
      if (range.end_ns != G_MAXINT64)
        range.end_ns *= factor;
      g_autoptr (PoolFilter) filter = pool_filter_new ((const char *const *) texts, NULL);
      g_autoptr (PoolTree) tree
          = pool_tree_new_at_range (trace, names, grouping, G_N_ELEMENTS (grouping), filter, range, NULL, NULL);
      LifetimeHistogram found, expected;
      g_assert_true (lifetime_histogram_fill (&found, tree, range, NULL, NULL));
      slow_fill (&expected, trace, (const char *const *) texts, range);
      g_assert_cmpmem (&found, sizeof found, &expected, sizeof expected);
      for (guint class = 0; class < LIFETIME_N_CLASSES; class++)
        n_counted += found.counts[class];
    }
  g_assert_cmpuint (n_counted, >, N_ROUNDS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lifetimes/classes", test_classes);
  g_test_add_func ("/lifetimes/random", test_random);
  return g_test_run ();
}
