#include "app/graph/graph_data.h"

#include "analysis/trace_fixture.h"

#define SECOND G_GINT64_CONSTANT (1000000000)

/* Two tags: "Aaaa" has 10 blocks that stay, "Bbbb" 10 that are freed soon. */
static PoolTrace *
make_trace (void)
{
  TraceFixture *fixture = trace_fixture_new ();
  guint32 context = trace_fixture_add_context (fixture, POOL_INDEX_NONE, POOL_INDEX_NONE);
  guint32 sites[] = { trace_fixture_add_site (fixture, 0, FIXTURE_TAG ('A', 'a', 'a', 'a'), G_MAXUINT32, 0),
                      trace_fixture_add_site (fixture, 1, FIXTURE_TAG ('B', 'b', 'b', 'b'), G_MAXUINT32, 0) };
  for (guint i = 0; i < 20; i++)
    {
      gint64 time = (gint64) i * SECOND / 2;
      FixtureBlock block = { .allocated_ns = time,
                             .freed_ns = i % 2 ? time + SECOND / 4 : POOL_TIME_NEVER,
                             .size_bytes = 100,
                             .site = sites[i % 2],
                             .context = context };
      trace_fixture_add_block (fixture, block);
    }
  return trace_fixture_finish (fixture, 10 * SECOND);
}

typedef struct
{
  PoolTrace *trace;
  PoolTree *tree;
  PoolTree *by_tag;
  GraphData *data;
  guint n_changes;
} Fixture;

static void
count_change (Fixture *self)
{
  self->n_changes++;
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  static const Dimension by_paged[] = { DIMENSION_PAGED }, by_tag[] = { DIMENSION_TAG };
  self->trace = make_trace ();
  g_autoptr (FrameNames) names = frame_names_new (self->trace);
  self->tree = pool_tree_new (self->trace, names, by_paged, 1, NULL, NULL, NULL);
  self->by_tag = pool_tree_new (self->trace, names, by_tag, 1, NULL, NULL, NULL);
  self->data = graph_data_new ();
  g_signal_connect_swapped (self->data, "changed", G_CALLBACK (count_change), self);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_object_unref (self->data);
  pool_tree_unref (self->tree);
  pool_tree_unref (self->by_tag);
  pool_trace_unref (self->trace);
}

static void
request (Fixture *self, guint n_bins)
{
  GraphRequest request = { .view = { 0, 10 * SECOND }, .range = TIME_RANGE_WHOLE, .n_bins = n_bins };
  graph_data_request (self->data, &request);
}

/* Until the timeline has @n_bins; the test's own time limit ends a wait in vain. */
static const PoolTimeline *
wait_for_bins (Fixture *self, guint n_bins)
{
  for (;;)
    {
      const PoolTimeline *timeline = graph_data_get_timeline (self->data);
      if (timeline && timeline->n_bins == n_bins)
        return timeline;
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
test_timeline (Fixture *self, gconstpointer unused)
{
  graph_data_set_trace (self->data, self->trace);
  graph_data_set_tree (self->data, self->tree);
  g_assert_null (graph_data_get_timeline (self->data));
  request (self, 10);
  const PoolTimeline *timeline = wait_for_bins (self, 10);
  g_assert_cmpuint (timeline->n_bands, ==, 2);
  g_assert_cmpuint (graph_data_get_bands (self->data)->n_bands, ==, 2);
  g_assert_cmpint (timeline->total[9].last, ==, 1000);
}

/* Of many requests at once the last one is answered, and not each one is computed. */
static void
test_latest_wins (Fixture *self, gconstpointer unused)
{
  graph_data_set_trace (self->data, self->trace);
  graph_data_set_tree (self->data, self->tree);
  self->n_changes = 0;
  for (guint n_bins = 1; n_bins <= 200; n_bins++)
    request (self, n_bins);
  wait_for_bins (self, 200);
  g_assert_cmpuint (self->n_changes, ==, 2);
}

static void
test_other_tree (Fixture *self, gconstpointer unused)
{
  graph_data_set_trace (self->data, self->trace);
  graph_data_set_tree (self->data, self->tree);
  request (self, 10);
  wait_for_bins (self, 10);
  g_assert_cmpstr (graph_data_get_bands (self->data)->labels[0], ==, "NonPaged");
  guint n_changes = self->n_changes;
  graph_data_set_tree (self->data, self->by_tag);
  /* The old picture stays until the new one is there. */
  g_assert_nonnull (graph_data_get_timeline (self->data));
  while (self->n_changes == n_changes)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (graph_data_get_bands (self->data)->labels[0], ==, "Aaaa");
}

/* A trace that goes away while it is worked on: nothing of it comes later. */
static void
test_trace_goes_away (Fixture *self, gconstpointer unused)
{
  graph_data_set_trace (self->data, self->trace);
  graph_data_set_tree (self->data, self->tree);
  request (self, 10);
  graph_data_set_trace (self->data, NULL);
  guint n_changes = self->n_changes;
  /* The task that was abandoned holds the object until its end, which may come on its own thread. */
  while (g_atomic_int_get ((gint *) &G_OBJECT (self->data)->ref_count) > 1)
    {
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
  g_assert_null (graph_data_get_timeline (self->data));
  g_assert_cmpuint (self->n_changes, ==, n_changes);
}

static const PoolTimeline *
wait_for_row (Fixture *self)
{
  while (graph_data_get_row_timeline (self->data) == NULL)
    g_main_context_iteration (NULL, TRUE);
  return graph_data_get_row_timeline (self->data);
}

static void
test_row (Fixture *self, gconstpointer unused)
{
  g_autoptr (PoolTreeValues) values = pool_tree_values_new (self->by_tag, TIME_RANGE_WHOLE, NULL, NULL);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  pool_tree_values_get_children (values, POOL_TREE_ROOT, POOL_TREE_ORDER_DEFAULT, rows);
  g_assert_cmpuint (rows->len, ==, 2);
  graph_data_set_trace (self->data, self->trace);
  graph_data_set_tree (self->data, self->by_tag);
  request (self, 10);
  graph_data_set_row (self->data, values, &g_array_index (rows, PoolTreeRow, 0));
  g_assert_cmpint (wait_for_row (self)->total[9].last, ==, 1000);
  g_assert_cmpstr (graph_data_get_row_label (self->data), ==, "Aaaa");
  /* Another row: the line of the first one must not stand under its name. */
  graph_data_set_row (self->data, values, &g_array_index (rows, PoolTreeRow, 1));
  g_assert_null (graph_data_get_row_timeline (self->data));
  g_assert_cmpint (wait_for_row (self)->total[9].last, ==, 0);
  graph_data_set_row (self->data, NULL, NULL);
  g_assert_null (graph_data_get_row_timeline (self->data));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/graph-data/timeline", Fixture, NULL, set_up, test_timeline, tear_down);
  g_test_add ("/graph-data/latest-wins", Fixture, NULL, set_up, test_latest_wins, tear_down);
  g_test_add ("/graph-data/other-tree", Fixture, NULL, set_up, test_other_tree, tear_down);
  g_test_add ("/graph-data/trace-goes-away", Fixture, NULL, set_up, test_trace_goes_away, tear_down);
  g_test_add ("/graph-data/row", Fixture, NULL, set_up, test_row, tear_down);
  return g_test_run ();
}
