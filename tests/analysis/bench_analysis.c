/* bench-analysis [ALLOCATIONS]: how fast the table follows range, grouping and order, with five million allocations
 * unless told otherwise, beside one plain pass over the same columns. */
#include <stdio.h>
#include <stdlib.h>

#include "analysis/pool_timeline.h"
#include "bench_report.h"
#include "trace_fixture.h"

#define USUAL_INTERVALS 5000000u
#define N_STACKS 30000u
#define N_TAGS 300u
#define N_FREE_STACKS_OF_SITE 16u
#define N_MODULES 200u
#define LENGTH_NS (G_GINT64_CONSTANT (300) * 1000000000)

static guint32
pick (GRand *random, guint32 n)
{
  return (guint32) g_rand_int_range (random, 0, (gint32) n);
}

/* Stacks grow from a few roots and part on the way, as real ones do. */
static void
add_stacks (TraceFixture *fixture, GRand *random)
{
  guint64 stack[48] = { 0 };
  gsize n_frames = 0;
  for (guint32 i = 0; i < N_STACKS; i++)
    {
      gsize n_kept = n_frames ? pick (random, (guint32) n_frames) : 0;
      n_frames = MAX (n_kept, 12) + 1 + pick (random, 35);
      n_frames = MIN (n_frames, G_N_ELEMENTS (stack));
      for (gsize j = n_kept; j < n_frames; j++)
        stack[j] = 0x10000 + (guint64) pick (random, N_MODULES) * 0x1000 + pick (random, 12) * 0x10 + 1;
      trace_fixture_add_stack (fixture, stack, n_frames);
    }
}

static void
add_blocks (TraceFixture *fixture, GRand *random, guint32 n_blocks, guint32 n_sites)
{
  gint64 step_ns = LENGTH_NS / n_blocks;
  for (guint32 i = 0; i < n_blocks; i++)
    {
      gint64 allocated_ns = i * step_ns;
      guint32 fate = pick (random, 100);
      /* Most blocks live for a moment, some for a while, a few for ever. */
      gint64 life_ns = fate < 90 ? 1 + pick (random, 20000000) : (gint64) pick (random, 60000) * 1000000;
      gint64 freed_ns = allocated_ns + life_ns;
      if (fate >= 98 || freed_ns >= LENGTH_NS)
        freed_ns = POOL_TIME_NEVER;
      /* Few sites make most of the traffic. */
      guint32 site = (guint32) ((guint64) pick (random, n_sites) * pick (random, n_sites) / n_sites);
      /* What a site allocates is freed in some ways. */
      guint32 free_stack = POOL_N_SPECIAL_STACKS + (site * N_FREE_STACKS_OF_SITE + pick (random, N_FREE_STACKS_OF_SITE)) % N_STACKS;
      trace_fixture_add_block (
          fixture, (FixtureBlock){ allocated_ns, freed_ns, 16 + 16 * (guint64) pick (random, 250), site, pick (random, 300),
                                   freed_ns < POOL_TIME_NEVER ? free_stack : POOL_STACK_NONE, (guint16) pick (random, 8) });
    }
}

static PoolTrace *
make_trace (guint32 n_blocks)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  TraceFixture *fixture = trace_fixture_new ();
  for (guint32 i = 0; i < N_MODULES; i++)
    {
      g_autofree char *name = g_strdup_printf ("module%u.sys", i);
      trace_fixture_add_image (fixture, name, 0x10000 + i * 0x1000u, 0x1000);
    }
  add_stacks (fixture, random);
  guint32 n_sites = 0;
  for (guint32 i = 0; i < N_STACKS; i++)
    for (guint32 n = 1 + pick (random, 2); n > 0; n--)
      {
        guint32 number = pick (random, N_TAGS);
        guint32 tag = FIXTURE_TAG ('T', 'a', 'A' + number / 26, 'a' + number % 26);
        n_sites = 1 + trace_fixture_add_site (fixture, pick (random, 2), tag, POOL_SESSION_NONE,
                                              POOL_N_SPECIAL_STACKS + i);
      }
  for (guint32 i = 0; i < 300; i++)
    trace_fixture_add_context (fixture, trace_fixture_add_process (fixture, "process.exe", i / 3 * 4, 1),
                               i * 4);
  add_blocks (fixture, random, n_blocks, n_sites);
  return trace_fixture_finish (fixture, LENGTH_NS);
}

static double
elapsed_ms (gint64 start_us)
{
  return (double) (g_get_monotonic_time () - start_us) / 1000;
}

/* What a range cannot be faster than by much: one thread reads the three columns once. */
static double
measure_plain_pass (const PoolTrace *trace)
{
  gint64 start_us = g_get_monotonic_time ();
  guint64 sum = 0;
  for (gsize row = 0; row < trace->intervals.n; row++)
    sum += (guint64) trace->intervals.freed_ns[row] ^ trace->intervals.size_bytes[row]
           ^ trace->intervals.site[row];
  double ms = elapsed_ms (start_us);
  return sum == 1 ? 0 : ms; /* the sum is used, so the pass is not left out */
}

/* Ranges that have nothing to do with each other. */
static double
measure_ranges (PoolTree *tree)
{
  double worst_ms = 0;
  const guint n_ranges = 20;
  for (guint i = 0; i < n_ranges; i++)
    {
      TimeRange range = { LENGTH_NS / 100 * i, LENGTH_NS - LENGTH_NS / 200 * i };
      double turns_ms[3];
      for (guint turn = 0; turn < G_N_ELEMENTS (turns_ms); turn++)
        {
          gint64 start_us = g_get_monotonic_time ();
          g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, range, NULL, NULL);
          g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
          pool_tree_values_get_children (values, POOL_TREE_ROOT, POOL_TREE_ORDER_DEFAULT, rows);
          turns_ms[turn] = elapsed_ms (start_us);
        }
      worst_ms = MAX (worst_ms, bench_report_get_median (turns_ms, G_N_ELEMENTS (turns_ms)));
    }
  return worst_ms;
}

/* An edge dragged to and fro across a hundredth of the intervals in each step, the window holding the last values. */
static double
measure_drag (PoolTree *tree)
{
  enum { N_STEPS = 41 };
  double steps_ms[N_STEPS];
  TimeRange range = { LENGTH_NS / 10, LENGTH_NS / 2 };
  g_autoptr (PoolTreeValues) shown = pool_tree_values_new (tree, range, NULL, NULL);
  for (guint i = 0; i < N_STEPS; i++)
    {
      range.end_ns += i % 20 < 10 ? LENGTH_NS / 100 : -LENGTH_NS / 100;
      gint64 start_us = g_get_monotonic_time ();
      PoolTreeValues *values = pool_tree_values_new_near (shown, range, NULL, NULL);
      g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
      pool_tree_values_get_children (values, POOL_TREE_ROOT, POOL_TREE_ORDER_DEFAULT, rows);
      steps_ms[i] = elapsed_ms (start_us);
      pool_tree_values_unref (shown);
      shown = values;
    }
  return bench_report_get_median (steps_ms, N_STEPS);
}

static void
measure_grouping (PoolTrace *trace, FrameNames *names, const char *title, const Dimension *grouping,
                  gsize n_levels, double plain_ms)
{
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, n_levels, NULL, NULL, NULL);
  double ms = elapsed_ms (start_us);
  printf ("%s: skeleton: %.1f ms, %.1f plain passes\n", title, ms,
          ms / plain_ms);
  printf ("fresh range: %.1f ms at worst; an edge across 1 %% of the trace: %.2f ms\n", measure_ranges (tree),
          measure_drag (tree));

  g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, TIME_RANGE_WHOLE, NULL, NULL);
  start_us = g_get_monotonic_time ();
  g_autoptr (GArray) leaves = pool_tree_values_dup_leaves (values, POOL_TREE_ORDER_DEFAULT, 0, NULL);
  printf ("all levels opened and sorted, %u leaf groups: %.1f ms\n", leaves->len, elapsed_ms (start_us));
  start_us = g_get_monotonic_time ();
  g_autoptr (GArray) peaks = pool_tree_values_dup_leaves (values, POOL_TREE_ORDER_DEFAULT,
                                                           METRIC_BIT (METRIC_PEAK), NULL);
  printf ("the same with peaks: %.1f ms\n", elapsed_ms (start_us));
}

static void
measure_timeline (PoolTrace *trace, FrameNames *names)
{
  const Dimension grouping[] = { DIMENSION_TYPE, DIMENSION_PAGED, DIMENSION_TAG };
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, 3, NULL, NULL, NULL);
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (TimelineBands) bands = timeline_bands_new (tree, TIME_RANGE_WHOLE, 8);
  printf ("bands: %.1f ms\n", elapsed_ms (start_us));
  start_us = g_get_monotonic_time ();
  g_autoptr (PoolTimeline) timeline
      = pool_timeline_new (trace, NULL, TIME_RANGE_WHOLE, bands, TIMELINE_OUTSTANDING_SIZE,
                           pool_timeline_resolve_range (trace, TIME_RANGE_WHOLE), 2000, NULL, NULL);
  printf ("timeline of 2000 bins with %u bands: %.1f ms\n", timeline->n_bands, elapsed_ms (start_us));
}

/* A node with 100 000 children: one allocation site per child. */
static void
measure_wide_node (void)
{
  const guint32 n_children = 100000;
  TraceFixture *fixture = trace_fixture_new ();
  trace_fixture_add_context (fixture, POOL_INDEX_NONE, POOL_INDEX_NONE);
  for (guint32 i = 0; i < n_children; i++)
    {
      trace_fixture_add_site (fixture, 0, i * 2654435761u & 0x7fffffff, POOL_SESSION_NONE, POOL_STACK_NONE);
      trace_fixture_add_block (fixture,
                               (FixtureBlock){ i, POOL_TIME_NEVER, 16 + i % 7, i, 0, POOL_STACK_NONE, 0 });
    }
  g_autoptr (PoolTrace) trace = trace_fixture_finish (fixture, n_children);
  g_autoptr (FrameNames) names = frame_names_new (trace);
  const Dimension grouping[] = { DIMENSION_TAG, DIMENSION_STACK };
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, 2, NULL, NULL, NULL);
  g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, TIME_RANGE_WHOLE, NULL, NULL);
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  pool_tree_values_get_children (values, POOL_TREE_ROOT, POOL_TREE_ORDER_DEFAULT, rows);
  bench_report_add ("open a row of 100 000 children, sorted", elapsed_ms (start_us), "ms", 30);
  g_array_set_size (rows, 0);
  start_us = g_get_monotonic_time ();
  pool_tree_values_get_children (values, POOL_TREE_ROOT, (PoolTreeOrder){ METRIC_COUNT, TRUE, FALSE }, rows);
  bench_report_add ("sort 100 000 rows by another column", elapsed_ms (start_us), "ms", 30);
}

/* What the window needs to show a new grouping: its first rows, and those below the first one. */
static double
measure_regroup (PoolTrace *trace, FrameNames *names, const Dimension *grouping, gsize n_levels)
{
  double turns_ms[5];
  for (guint turn = 0; turn < G_N_ELEMENTS (turns_ms); turn++)
    {
      gint64 start_us = g_get_monotonic_time ();
      g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, n_levels, NULL, NULL, NULL);
      g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, TIME_RANGE_WHOLE, NULL, NULL);
      g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
      pool_tree_values_get_children (values, POOL_TREE_ROOT, POOL_TREE_ORDER_DEFAULT, rows);
      pool_tree_values_get_children (values, g_array_index (rows, PoolTreeRow, 0), POOL_TREE_ORDER_DEFAULT, rows);
      turns_ms[turn] = elapsed_ms (start_us);
    }
  return bench_report_get_median (turns_ms, G_N_ELEMENTS (turns_ms));
}

/* The slowest of all orders: only the first two dimensions count, for the others are looked at when rows of theirs are
 * opened. They are pairs of stacks, and what each interval has of its own above stacks. */
static void
report_regrouping (PoolTrace *trace, FrameNames *names)
{
  static const Dimension groupings[][4] = {
    { DIMENSION_TYPE, DIMENSION_PAGED, DIMENSION_TAG, DIMENSION_STACK },
    { DIMENSION_FREE_STACK, DIMENSION_FRAME_TAGS, DIMENSION_PROCESS, DIMENSION_THREAD },
    { DIMENSION_FREE_STACK, DIMENSION_STACK, DIMENSION_SIZE, DIMENSION_AGE },
    { DIMENSION_SIZE_CLASS, DIMENSION_STACK, DIMENSION_FREE_STACK, DIMENSION_DRIVER },
    { DIMENSION_SIZE_CLASS, DIMENSION_FRAME_TAGS, DIMENSION_MODULE, DIMENSION_THREAD },
    { DIMENSION_SIZE, DIMENSION_FREE_STACK, DIMENSION_STACK, DIMENSION_PROCESS },
    { DIMENSION_SIZE, DIMENSION_FRAME_TAGS, DIMENSION_PROCESS, DIMENSION_THREAD },
    { DIMENSION_CPU, DIMENSION_STACK, DIMENSION_TAG, DIMENSION_SIZE },
    { DIMENSION_AGE, DIMENSION_FREE_STACK, DIMENSION_MODULE, DIMENSION_PROCESS },
    { DIMENSION_THREAD, DIMENSION_FREE_STACK, DIMENSION_SIZE_CLASS, DIMENSION_DOUBT },
    { DIMENSION_PROCESS, DIMENSION_STACK, DIMENSION_SIZE_CLASS, DIMENSION_AGE },
  };
  double worst_ms = 0;
  for (guint i = 0; i < G_N_ELEMENTS (groupings); i++)
    {
      double ms = measure_regroup (trace, names, groupings[i], 4);
      printf ("group by %s, %s, %s, %s: %.1f ms\n", dimension_get_name (groupings[i][0]),
              dimension_get_name (groupings[i][1]), dimension_get_name (groupings[i][2]),
              dimension_get_name (groupings[i][3]), ms);
      worst_ms = MAX (worst_ms, ms);
    }
  bench_report_add ("another grouping of four dimensions, the slowest", worst_ms, "ms",
                    80 * (double) trace->intervals.n / USUAL_INTERVALS);
}

static void
report_ranges (PoolTrace *trace, FrameNames *names)
{
  static const Dimension grouping[] = { DIMENSION_TYPE, DIMENSION_PAGED, DIMENSION_TAG, DIMENSION_STACK };
  double scale = (double) trace->intervals.n / USUAL_INTERVALS;
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, G_N_ELEMENTS (grouping), NULL, NULL, NULL);
  bench_report_add ("move an edge of the range across 1 % of the allocations", measure_drag (tree), "ms", 4 * scale);
  bench_report_add ("another range, anywhere", measure_ranges (tree), "ms", 40 * scale);
}

int
main (int argc, char **argv)
{
  guint32 n_blocks = argc > 1 ? (guint32) strtoul (argv[1], NULL, 10) : USUAL_INTERVALS;
  g_autoptr (PoolTrace) trace = make_trace (n_blocks);
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (FrameNames) names = frame_names_new (trace);
  printf ("frame names, %u texts: %.1f ms\n", frame_names_get_count (names), elapsed_ms (start_us));
  report_ranges (trace, names);
  report_regrouping (trace, names);
  double plain_ms = measure_plain_pass (trace);
  printf ("one plain pass over %u intervals: %.1f ms\n", n_blocks, plain_ms);
  const Dimension usual[] = { DIMENSION_TYPE, DIMENSION_PAGED, DIMENSION_TAG, DIMENSION_STACK };
  const Dimension by_process[] = { DIMENSION_PAGED, DIMENSION_TAG, DIMENSION_PROCESS, DIMENSION_STACK };
  measure_grouping (trace, names, "type,paged,tag,stack", usual, G_N_ELEMENTS (usual), plain_ms);
  measure_grouping (trace, names, "paged,tag,process,stack", by_process, G_N_ELEMENTS (by_process), plain_ms);
  measure_timeline (trace, names);
  measure_wide_node ();
  return EXIT_SUCCESS;
}
