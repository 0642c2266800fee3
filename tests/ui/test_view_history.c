/* Undo and redo of ranges and filters in one history. */
#include "app/session/view_history.h"

static PoolFilter *
new_filter (const char *condition)
{
  const char *conditions[] = { condition, NULL };
  return pool_filter_new (conditions, NULL);
}

static void
push (ViewHistory *history, gint64 start_ns, const char *condition)
{
  g_autoptr (PoolFilter) filter = new_filter (condition);
  g_autoptr (StackOptions) stacks = stack_options_new (NULL, NULL, NULL);
  view_history_push (history, &(CountedView){ { start_ns, G_MAXINT64 }, filter, stacks });
}

static void
assert_view (const CountedView *view, gint64 start_ns, const char *condition)
{
  g_autoptr (PoolFilter) filter = new_filter (condition);
  g_assert_nonnull (view);
  g_assert_cmpint (view->range.start_ns, ==, start_ns);
  g_assert_true (pool_filter_equal (view->filter, filter));
}

static void
test_one_history (void)
{
  ViewHistory *history = view_history_new ();
  g_assert_false (view_history_can_undo (history));
  g_assert_null (view_history_undo (history));
  push (history, 1, NULL);
  push (history, 1, NULL); /* nothing new */
  push (history, 1, "tag=Leak");
  push (history, 1, "tag = Leak"); /* the same in other words */
  push (history, 3, "tag=Leak");
  assert_view (view_history_undo (history), 1, "tag=Leak");
  assert_view (view_history_undo (history), 1, NULL);
  assert_view (view_history_undo (history), 0, NULL);
  g_assert_null (view_history_undo (history));
  assert_view (view_history_redo (history), 1, NULL);
  g_assert_true (view_history_can_redo (history));
  push (history, 1, "size>5");
  g_assert_false (view_history_can_redo (history));
  g_assert_null (view_history_redo (history));
  assert_view (view_history_undo (history), 1, NULL);
  view_history_free (history);
}

/* How stacks are read is a step of its own, taken back like others. */
static void
test_stacks (void)
{
  static const char *const folds[] = { "a.sys!*", NULL };
  ViewHistory *history = view_history_new ();
  g_autoptr (PoolFilter) filter = new_filter (NULL);
  g_autoptr (StackOptions) folded = stack_options_new (NULL, folds, NULL);
  g_autoptr (StackOptions) same = stack_options_new (NULL, folds, NULL);
  view_history_push (history, &(CountedView){ TIME_RANGE_WHOLE, filter, folded });
  view_history_push (history, &(CountedView){ TIME_RANGE_WHOLE, filter, same });
  g_assert_true (stack_options_is_plain (view_history_undo (history)->stacks));
  g_assert_false (view_history_can_undo (history));
  g_assert_true (stack_options_equal (view_history_redo (history)->stacks, folded));
  view_history_free (history);
}

static void
test_bound (void)
{
  ViewHistory *history = view_history_new ();
  for (gint64 i = 1; i <= 1000; i++)
    push (history, i, i % 2 ? "tag=a" : NULL);
  guint n_steps = 0;
  while (view_history_undo (history))
    n_steps++;
  g_assert_cmpuint (n_steps, >=, 100);
  g_assert_cmpuint (n_steps, <, 1000);
  view_history_free (history);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/view-history/one-history", test_one_history);
  g_test_add_func ("/view-history/bound", test_bound);
  g_test_add_func ("/view-history/stacks", test_stacks);
  return g_test_run ();
}
