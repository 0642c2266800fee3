/* Values of several ranges computed at once from one tree, each by threads of its own, and levels of the tree made
 * meanwhile, for ThreadSanitizer; and that dividing the work changes no number. */
#include <string.h>

#include "analysis/pool_timeline.h"
#include "trace_fixture.h"

#define N_BLOCKS 450000 /* enough for the pass to be divided */
#define N_TAGS 40
#define N_WORKERS 3

typedef struct
{
  PoolTree *tree;
  TimeRange range;
  PoolTreeSums by_type[POOL_N_TYPES];
} Worker;

static void
take_sums (Worker *self, const PoolTreeValues *values)
{
  PoolTreeRow root = POOL_TREE_ROOT;
  for (guint type = 0; type < POOL_N_TYPES; type++)
    self->by_type[type] = pool_tree_values_get_sums (
        values, (PoolTreeRow){ root.leaf, (PoolTypeMask) (1 << type), root.level, 0 });
}

static gpointer
worker_run (gpointer data)
{
  Worker *self = data;
  g_autoptr (PoolTreeValues) values = pool_tree_values_new (self->tree, self->range, NULL, NULL);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  pool_tree_values_get_children (values, POOL_TREE_ROOT, POOL_TREE_ORDER_DEFAULT, rows);
  /* The first one to get here makes the next level, for all. */
  for (guint i = 0; i < rows->len && rows->len < 2 * N_TAGS; i++)
    pool_tree_values_get_children (values, g_array_index (rows, PoolTreeRow, i), POOL_TREE_ORDER_DEFAULT, rows);
  g_assert_cmpuint (rows->len, ==, 2 * N_TAGS);
  take_sums (self, values);
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
  g_autoptr (PoolTrace) trace = trace_fixture_make_even (N_BLOCKS, N_TAGS);
  g_autoptr (FrameNames) names = frame_names_new (trace);
  const Dimension grouping[] = { DIMENSION_TAG, DIMENSION_SIZE_CLASS, DIMENSION_STACK };
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, G_N_ELEMENTS (grouping), NULL, NULL, NULL);
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

/* One of several that drag an edge of the same tree's range, some of it in vain. */
typedef struct
{
  PoolTreeValues *first; /* shared by all */
  gint64 step_ns;
  PoolTreeValues *last;  /* (owned) */
} Dragger;

static gpointer
cancel_soon (gpointer cancellable)
{
  g_thread_yield ();
  g_cancellable_cancel (cancellable);
  return NULL;
}

static gpointer
dragger_run (gpointer data)
{
  Dragger *self = data;
  TimeRange range = pool_tree_values_get_range (self->first);
  self->last = pool_tree_values_ref (self->first);
  for (guint i = 0; i < 12; i++)
    {
      range.end_ns -= self->step_ns * (i % 4 == 3 ? -2 : 1);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      GThread *canceller = i % 3 == 1 ? g_thread_new ("cancel", cancel_soon, cancellable) : NULL;
      PoolTreeValues *values = pool_tree_values_new_near (self->last, range, cancellable, NULL);
      if (canceller != NULL)
        g_thread_join (canceller);
      if (values == NULL)
        values = pool_tree_values_new_near (self->last, range, NULL, NULL);
      pool_tree_values_unref (self->last);
      self->last = values;
    }
  return NULL;
}

/* What is left over of one's values is taken by another. */
static void
test_dragged_ranges (void)
{
  g_autoptr (PoolTrace) trace = trace_fixture_make_even (N_BLOCKS, N_TAGS);
  g_autoptr (FrameNames) names = frame_names_new (trace);
  const Dimension grouping[] = { DIMENSION_TAG, DIMENSION_SIZE_CLASS, DIMENSION_STACK };
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, G_N_ELEMENTS (grouping), NULL, NULL, NULL);
  g_autoptr (PoolTreeValues) first = pool_tree_values_new (tree, (TimeRange){ 5000, N_BLOCKS / 2 }, NULL, NULL);
  Dragger draggers[N_WORKERS];
  GThread *threads[N_WORKERS];
  for (guint i = 0; i < N_WORKERS; i++)
    {
      draggers[i] = (Dragger){ .first = first, .step_ns = 700 + 400 * i };
      threads[i] = g_thread_new ("drag", dragger_run, &draggers[i]);
    }
  for (guint i = 0; i < N_WORKERS; i++)
    {
      g_thread_join (threads[i]);
      Worker seen = { .tree = tree, .range = pool_tree_values_get_range (draggers[i].last) };
      take_sums (&seen, draggers[i].last);
      assert_worker (&seen, trace);
      pool_tree_values_unref (draggers[i].last);
    }
}

#define N_FRAMES 7000 /* enough for their texts to be ranked by a thread */

static gpointer
assert_ranks (gpointer data)
{
  FrameNames *names = data;
  guint32 n_texts = frame_names_get_count (names);
  g_autofree const char **by_rank = g_new0 (const char *, n_texts);
  g_assert_cmpuint (n_texts, >=, N_FRAMES);
  for (guint32 text = 0; text < n_texts; text++)
    {
      guint32 rank = frame_names_get_rank (names, text);
      g_assert_cmpuint (rank, <, n_texts);
      g_assert_null (by_rank[rank]);
      by_rank[rank] = frame_names_get_text (names, text);
    }
  for (guint32 rank = 1; rank < n_texts; rank++)
    g_assert_cmpint (strcmp (by_rank[rank - 1], by_rank[rank]), <, 0);
  return NULL;
}

/* Several ask for the ranks of texts as soon as there are names; or nobody does. */
static void
test_ranks (void)
{
  TraceFixture *fixture = trace_fixture_new ();
  g_autofree guint64 *addresses = g_new (guint64, N_FRAMES);
  for (guint i = 0; i < N_FRAMES; i++)
    addresses[i] = 0x1000 + 7919 * (guint64) i;
  trace_fixture_add_stack (fixture, addresses, N_FRAMES);
  g_autoptr (PoolTrace) trace = trace_fixture_finish (fixture, 10);
  frame_names_unref (frame_names_new (trace));
  g_autoptr (FrameNames) names = frame_names_new (trace);
  GThread *threads[N_WORKERS];
  for (guint i = 0; i < N_WORKERS; i++)
    threads[i] = g_thread_new ("ranks", assert_ranks, names);
  for (guint i = 0; i < N_WORKERS; i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/values-threads/several-ranges", test_several_ranges);
  g_test_add_func ("/analysis/values-threads/dragged-ranges", test_dragged_ranges);
  g_test_add_func ("/analysis/values-threads/ranks", test_ranks);
  return g_test_run ();
}
