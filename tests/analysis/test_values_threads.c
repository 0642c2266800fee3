/* Values of several ranges computed at once from one tree, each by threads of its own, for ThreadSanitizer;
 * and that dividing the work changes no number. */
#include "analysis/pool_timeline.h"
#include "trace_fixture.h"

#define N_BLOCKS 450000 /* enough for the pass to be divided */
#define N_TAGS 40
#define N_WORKERS 3

static PoolTrace *
make_trace (void)
{
  TraceFixture *fixture = trace_fixture_new ();
  trace_fixture_add_context (fixture, POOL_INDEX_NONE, POOL_INDEX_NONE);
  for (guint32 i = 0; i < N_TAGS; i++)
    trace_fixture_add_site (fixture, i % 2, i, POOL_SESSION_NONE, POOL_STACK_NONE);
  for (guint32 i = 0; i < N_BLOCKS; i++)
    trace_fixture_add_block (fixture, (FixtureBlock){ .allocated_ns = i,
                                                      .freed_ns = i % 3 ? i + i % 1000 : POOL_TIME_NEVER,
                                                      .size_bytes = 1 + i % 13,
                                                      .site = i % N_TAGS });
  return trace_fixture_finish (fixture, N_BLOCKS + 1000);
}

typedef struct
{
  PoolTree *tree;
  TimeRange range;
  PoolTreeSums by_type[POOL_N_TYPES];
} Worker;

static gpointer
worker_run (gpointer data)
{
  Worker *self = data;
  g_autoptr (PoolTreeValues) values = pool_tree_values_new (self->tree, self->range, NULL, NULL);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  PoolTreeRow root = POOL_TREE_ROOT;
  pool_tree_values_get_children (values, root, POOL_TREE_ORDER_DEFAULT, rows);
  for (guint type = 0; type < POOL_N_TYPES; type++)
    self->by_type[type] = pool_tree_values_get_sums (
        values, (PoolTreeRow){ root.node, (PoolTypeMask) (1 << type), root.level });
  return NULL;
}

static void
assert_worker (const Worker *self, const PoolTrace *trace)
{
  PoolTreeSums expected[POOL_N_TYPES] = { { 0, 0, 0 } };
  for (gsize row = 0; row < trace->intervals.n; row++)
    {
      gint64 allocated_ns = trace->intervals.allocated_ns[row], freed_ns = trace->intervals.freed_ns[row];
      if (!time_range_touches (self->range, allocated_ns, freed_ns))
        continue;
      PoolTreeSums *sums = &expected[time_range_classify (self->range, allocated_ns, freed_ns)];
      sums->count++;
      sums->size_bytes += trace->intervals.size_bytes[row];
    }
  for (guint type = 0; type < POOL_N_TYPES; type++)
    {
      g_assert_cmpuint (self->by_type[type].count, ==, expected[type].count);
      g_assert_cmpuint (self->by_type[type].size_bytes, ==, expected[type].size_bytes);
    }
}

static void
test_several_ranges (void)
{
  g_autoptr (PoolTrace) trace = make_trace ();
  g_autoptr (FrameNames) names = frame_names_new (trace);
  const Dimension grouping[] = { DIMENSION_TAG, DIMENSION_STACK };
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, 2, NULL, NULL, NULL);
  Worker workers[N_WORKERS];
  GThread *threads[N_WORKERS];
  for (guint i = 0; i < N_WORKERS; i++)
    {
      workers[i] = (Worker){ .tree = tree, .range = { 1000 * i, N_BLOCKS - 500 * i } };
      threads[i] = g_thread_new ("range", worker_run, &workers[i]);
    }
  for (guint i = 0; i < N_WORKERS; i++)
    {
      g_thread_join (threads[i]);
      assert_worker (&workers[i], trace);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/values-threads/several-ranges", test_several_ranges);
  return g_test_run ();
}
