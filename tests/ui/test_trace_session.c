/* Sessions over one trace: what is not shown computes nothing; a copy begins where the other one is. */
#include "analysis/random_trace.h"
#include "app/session/trace_session.h"

static const Dimension grouping[] = { DIMENSION_TYPE, DIMENSION_PAGED, DIMENSION_TAG, DIMENSION_STACK };

static void
wait_until_idle (TraceSession *session)
{
  while (trace_session_is_busy (session))
    g_main_context_iteration (NULL, TRUE);
}

static TraceSession *
new_shown_session (PoolTrace *trace, FrameNames *names)
{
  TraceSession *session = trace_session_new (trace, names, grouping, G_N_ELEMENTS (grouping));
  trace_session_set_paused (session, FALSE);
  wait_until_idle (session);
  g_assert_nonnull (trace_session_get_tree (session));
  return session;
}

static void
test_paused (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261123);
  g_autoptr (PoolTrace) trace = random_trace_new (random);
  g_autoptr (FrameNames) names = frame_names_new (trace);
  g_autoptr (TraceSession) session = trace_session_new (trace, names, grouping, G_N_ELEMENTS (grouping));
  g_assert_false (trace_session_is_busy (session));
  trace_session_set_range (session, (TimeRange){ 3, 17 }, TRUE);
  g_assert_false (trace_session_is_busy (session));
  g_assert_null (row_model_get_values (trace_session_get_rows (session)));

  trace_session_set_paused (session, FALSE);
  g_assert_true (trace_session_is_busy (session));
  wait_until_idle (session);
  PoolTreeValues *values = row_model_get_values (trace_session_get_rows (session));
  g_assert_cmpint (pool_tree_values_get_range (values).start_ns, ==, 3);

  trace_session_set_paused (session, TRUE);
  trace_session_set_range (session, TIME_RANGE_WHOLE, TRUE);
  g_assert_false (trace_session_is_busy (session));
  g_assert_true (row_model_get_values (trace_session_get_rows (session)) == values);
  trace_session_set_paused (session, FALSE);
  wait_until_idle (session);
  values = row_model_get_values (trace_session_get_rows (session));
  g_assert_cmpint (pool_tree_values_get_range (values).start_ns, ==, 0);
  trace_session_close (session);
}

static void
assert_same_rows (TraceSession *a, TraceSession *b)
{
  RowModel *a_rows = trace_session_get_rows (a), *b_rows = trace_session_get_rows (b);
  g_assert_cmpuint (row_model_get_n_visible (a_rows), ==, row_model_get_n_visible (b_rows));
  for (guint i = 0; i < row_model_get_n_visible (a_rows); i++)
    {
      RowNode *a_node = row_model_get_visible (a_rows, i), *b_node = row_model_get_visible (b_rows, i);
      g_assert_true (pool_tree_row_equal (a_node->row, b_node->row));
      g_assert_cmpint (a_node->sums.impacting_bytes, ==, b_node->sums.impacting_bytes);
      g_assert_cmpint (a_node->is_open, ==, b_node->is_open);
      g_assert_cmpint (a_node == row_model_get_cursor (a_rows), ==, b_node == row_model_get_cursor (b_rows));
    }
}

static void
test_copy (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261124);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (PoolTrace) trace = random_trace_new (random);
      g_autoptr (FrameNames) names = frame_names_new (trace);
      g_autoptr (TraceSession) session = new_shown_session (trace, names);
      RowModel *rows = trace_session_get_rows (session);
      g_auto (GStrv) texts = g_strsplit ("paged=Paged", ",", 0);
      g_autoptr (PoolFilter) filter = pool_filter_new ((const char *const *) texts, NULL);
      g_assert_nonnull (filter);
      if (i % 2 == 0)
        trace_session_set_filter (session, filter);
      trace_session_set_range (session, random_range (random), TRUE);
      wait_until_idle (session);
      guint n_visible = row_model_get_n_visible (rows);
      if (n_visible > 1)
        row_model_select_only (rows, row_model_get_visible (rows, n_visible - 1));

      g_autoptr (TraceSession) copy = trace_session_new_copy (session);
      g_autoptr (TraceSession) copy_of_unshown = trace_session_new_copy (copy);
      TraceSession *const copies[] = { copy, copy_of_unshown };
      for (guint c = 0; c < G_N_ELEMENTS (copies); c++)
        {
          g_assert_null (trace_session_get_tree (copies[c]));
          trace_session_set_paused (copies[c], FALSE);
          wait_until_idle (copies[c]);
          assert_same_rows (session, copies[c]);
          g_assert_true (trace_session_get_tree (copies[c]) == trace_session_get_tree (session));
          g_assert_true (
              time_range_equal (trace_session_get_range (copies[c]), trace_session_get_range (session)));
          g_assert_true (
              pool_filter_equal (trace_session_get_filter (copies[c]), trace_session_get_filter (session)));
        }
      TimeRange range = trace_session_get_range (session);
      trace_session_clear_view (copy);
      wait_until_idle (copy);
      g_assert_true (time_range_equal (trace_session_get_range (session), range));
      trace_session_close (session);
      trace_session_close (copy);
      trace_session_close (copy_of_unshown);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trace-session/paused", test_paused);
  g_test_add_func ("/trace-session/copy", test_copy);
  return g_test_run ();
}
