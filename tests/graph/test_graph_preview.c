#include "app/graph/graph_preview.h"

static void
test_empty (void)
{
  g_autoptr (LoadPreview) preview = load_preview_new ();
  g_assert_null (graph_preview_dup_timeline (preview));
}

static void
test_grows (void)
{
  g_autoptr (LoadPreview) preview = load_preview_new ();
  const TimelineBands *bands = graph_preview_get_bands ();
  load_preview_add (preview, 0, FALSE, 1000);
  load_preview_add (preview, 5000000, TRUE, 500);
  load_preview_add (preview, 900000000, FALSE, -200);
  g_autoptr (PoolTimeline) timeline = graph_preview_dup_timeline (preview);
  g_assert_nonnull (timeline);
  g_assert_cmpuint (timeline->n_bands, ==, bands->n_bands);
  guint last = timeline->n_bins - 1;
  g_assert_cmpint (timeline->total[0].last, ==, 1000);
  g_assert_cmpint (timeline->total[last].last, ==, 1500);
  g_assert_cmpint (timeline->bands[last].last, ==, 1000);
  g_assert_cmpint (timeline->bands[timeline->n_bins + last].last, ==, 500);
  g_assert_cmpint (timeline->end_ns, >, 0);
  g_assert_cmpint (timeline->end_ns, <=, 900000000);
  g_assert_cmpstr (bands->labels[0], ==, "NonPaged");
  g_assert_cmpstr (bands->labels[1], ==, "Paged");

  load_preview_add (preview, 60000000000, FALSE, 1);
  g_autoptr (PoolTimeline) longer = graph_preview_dup_timeline (preview);
  g_assert_cmpint (longer->end_ns, >, timeline->end_ns);
  g_assert_cmpint (longer->total[longer->n_bins - 1].last, ==, 1300);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph-preview/empty", test_empty);
  g_test_add_func ("/graph-preview/grows", test_grows);
  return g_test_run ();
}
