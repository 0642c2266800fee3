/* The summary of random traces against the slow second computation. */
#include "analysis/trace_summary.h"
#include "random_trace.h"
#include "slow_analysis.h"

#define N_TRACES 300

/* Rows of @trace by the texts of Paged alone, or of Paged and Pool Tag. */
static GHashTable *
group (const PoolTrace *trace, gsize n_levels)
{
  const Dimension grouping[] = { DIMENSION_PAGED, DIMENSION_TAG };
  return slow_table (trace, grouping, n_levels, NULL, TIME_RANGE_WHOLE);
}

static void
check_pool (const PoolTrace *trace, GHashTable *rows, SummaryPool pool, const PoolCourse *course)
{
  g_autofree char *path = slow_path_append ("", 0, summary_pool_get_name (pool));
  const SlowRow *row = g_hash_table_lookup (rows, path);
  TimeRange span = slow_span (trace, TIME_RANGE_WHOLE);
  if (row == NULL)
    {
      g_assert_cmpint (course->start_bytes | course->end_bytes | course->peak_bytes | course->net_bytes, ==, 0);
      return;
    }
  g_assert_cmpint (course->start_bytes, ==, slow_outstanding_before (trace, row->members, 0));
  g_assert_cmpint (course->end_bytes, ==, slow_outstanding (trace, row->members, span.end_ns - 1));
  g_assert_cmpint (course->net_bytes, ==, course->end_bytes - course->start_bytes);
  g_assert_cmpint (course->peak_bytes, ==, (gint64) slow_peak (trace, TIME_RANGE_WHOLE, row->members));
  double hours = (double) (span.end_ns - span.start_ns) / 3600e9;
  g_assert_cmpfloat_with_epsilon (course->net_bytes_per_hour * hours, (double) course->net_bytes, 1e-3);
}

/* Every tag that grew and is not the recorder's is there or comes after those that are. */
static void
check_growers (const PoolTrace *trace, GHashTable *rows, const LeakRanking *growers)
{
  guint n_grown = 0;
  GHashTableIter iter;
  gpointer slow_row;
  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, NULL, &slow_row))
    {
      const SlowRow *row = slow_row;
      guint32 site = trace->intervals.site[g_array_index (row->members, gsize, 0)];
      RowMetrics metrics = slow_metrics (trace, TIME_RANGE_WHOLE, row->members);
      if (row->own_count > 0 && metrics.growth_bytes > 0 && !pool_tag_is_recorders (trace->sites[site].tag))
        n_grown++;
    }
  g_assert_cmpuint (growers->rows->len, ==, MIN (n_grown, TRACE_SUMMARY_N_GROWERS));
  gboolean was_growing = TRUE;
  gint64 last_growth = G_MAXINT64;
  for (guint i = 0; i < growers->rows->len; i++)
    {
      const LeakRow *row = &g_array_index (growers->rows, LeakRow, i);
      g_autofree char *pool = slow_path_append ("", 0, row->key[0]);
      g_autofree char *path = slow_path_append (pool, 1, row->key[1]);
      const SlowRow *expected = g_hash_table_lookup (rows, path);
      g_assert_nonnull (expected);
      RowMetrics metrics = slow_metrics (trace, TIME_RANGE_WHOLE, expected->members);
      g_assert_cmpint (row->metrics.growth_bytes, ==, metrics.growth_bytes);
      g_assert_cmpint (row->metrics.sums.impacting_bytes, ==, metrics.sums.impacting_bytes);
      gboolean is_growing = g_str_equal (slow_verdict (&metrics), "growing");
      g_assert_true (was_growing || !is_growing);
      if (was_growing == is_growing)
        g_assert_cmpint (metrics.growth_bytes, <=, last_growth);
      was_growing = is_growing;
      last_growth = metrics.growth_bytes;
    }
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4711);
  for (guint i = 0; i < N_TRACES; i++)
    {
      g_autoptr (PoolTrace) trace = random_trace_new (random);
      g_autoptr (FrameNames) names = frame_names_new (trace);
      g_autoptr (GError) error = NULL;
      g_autoptr (TraceSummary) summary = trace_summary_new (trace, names, NULL, &error);
      g_assert_no_error (error);
      g_autoptr (GHashTable) pools = group (trace, 1), tags = group (trace, 2);
      for (SummaryPool pool = 0; pool < SUMMARY_N_POOLS; pool++)
        check_pool (trace, pools, pool, &summary->pools[pool]);
      check_growers (trace, tags, summary->growers);
      TimeRange span = slow_span (trace, TIME_RANGE_WHOLE);
      g_assert_cmpint (summary->length_ns, ==, span.end_ns - span.start_ns);
    }
}

static void
test_cancelled (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (PoolTrace) trace = random_trace_new (random);
  g_autoptr (FrameNames) names = frame_names_new (trace);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_cancellable_cancel (cancellable);
  g_assert_null (trace_summary_new (trace, names, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trace-summary/random", test_random);
  g_test_add_func ("/trace-summary/cancelled", test_cancelled);
  return g_test_run ();
}
