/* Ranges that follow each other, as when an edge is dragged: the numbers are those of a fresh computation and of the
 * slow second implementation. */
#include "random_table.h"

#include "analysis/pool_tree_private.h"

#define N_WALKS 60
#define N_STEPS 25
#define STEPS_PER_SLOW_CHECK 5

typedef struct
{
  PoolTrace *trace;
  FrameNames *names;
  PoolTree *tree;
  Dimension grouping[POOL_TREE_MAX_LEVELS];
  gsize n_levels;
  char **conditions;
} Walk;

static void
walk_init (Walk *self, GRand *random)
{
  g_autoptr (GError) error = NULL;
  self->trace = random_trace_new (random);
  self->names = frame_names_new (self->trace);
  self->n_levels = random_grouping (random, self->grouping);
  self->conditions = random_conditions (random, TRUE);
  g_autoptr (PoolFilter) filter = pool_filter_new ((const char *const *) self->conditions, &error);
  g_assert_no_error (error);
  /* Ages are taken at the end of the trace, for all steps. */
  self->tree = pool_tree_new (self->trace, self->names, self->grouping, self->n_levels, filter, NULL, &error);
  g_assert_no_error (error);
  self->tree->window_bits = (guint) g_rand_int_range (random, 0, 8);
}

static void
walk_clear (Walk *self)
{
  pool_tree_unref (self->tree);
  frame_names_unref (self->names);
  pool_trace_unref (self->trace);
  g_strfreev (self->conditions);
}

/* One edge by a little, both, one over the other, or somewhere else. */
static TimeRange
move_range (GRand *random, TimeRange range)
{
  gint64 by_ns = g_rand_int_range (random, -3, 4);
  gboolean is_open = range.end_ns == G_MAXINT64;
  switch (g_rand_int_range (random, 0, 5))
    {
    case 0:
      range.start_ns = CLAMP (range.start_ns + by_ns, 0, range.end_ns);
      return range;
    case 1:
      range.end_ns = is_open ? RANDOM_TRACE_LAST_NS : MAX (range.end_ns + by_ns, range.start_ns);
      return range;
    case 2:
      range.start_ns = MAX (range.start_ns + by_ns, 0);
      range.end_ns = is_open ? G_MAXINT64 : MAX (range.end_ns + by_ns, range.start_ns);
      return range;
    case 3:
      if (is_open)
        return random_range (random);
      return (TimeRange){ range.end_ns, range.end_ns + g_rand_int_range (random, 0, 5) };
    default:
      return random_range (random);
    }
}

/* Every row of @moved is one of @fresh, in the same order, with the same numbers. */
static void
assert_same_values (const PoolTreeValues *moved, const PoolTreeValues *fresh)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  g_array_append_val (rows, POOL_TREE_ROOT);
  for (guint i = 0; i < rows->len; i++)
    {
      PoolTreeRow row = g_array_index (rows, PoolTreeRow, i);
      RowMetrics of_moved, of_fresh;
      g_assert_true (pool_tree_values_get_metrics (moved, &row, 1, METRIC_SET_ALL, &of_moved, NULL, NULL));
      g_assert_true (pool_tree_values_get_metrics (fresh, &row, 1, METRIC_SET_ALL, &of_fresh, NULL, NULL));
      assert_same_metrics (&of_moved, &of_fresh);
      PoolTreeSums own_moved = pool_tree_values_get_own_sums (moved, row),
                   own_fresh = pool_tree_values_get_own_sums (fresh, row);
      g_assert_cmpuint (own_moved.count, ==, own_fresh.count);
      g_assert_cmpuint (own_moved.size_bytes, ==, own_fresh.size_bytes);
      guint first = rows->len;
      g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
      pool_tree_values_get_children (moved, row, POOL_TREE_ORDER_DEFAULT, rows);
      pool_tree_values_get_children (fresh, row, POOL_TREE_ORDER_DEFAULT, children);
      g_assert_cmpuint (rows->len - first, ==, children->len);
      for (guint j = 0; j < children->len; j++)
        g_assert_true (pool_tree_row_equal (g_array_index (rows, PoolTreeRow, first + j),
                                            g_array_index (children, PoolTreeRow, j)));
    }
}

static void
assert_slow_rows (const Walk *self, const PoolTreeValues *values, PoolTreeRow row, const char *path, TimeRange range,
                  GHashTable *expected, guint *n_found)
{
  const SlowRow *slow_row = g_hash_table_lookup (expected, path);
  g_assert_nonnull (slow_row);
  RowMetrics metrics, slow = slow_metrics (self->trace, range, slow_row->members);
  g_assert_true (pool_tree_values_get_metrics (values, &row, 1, METRIC_SET_ALL, &metrics, NULL, NULL));
  assert_same_metrics (&metrics, &slow);
  ++*n_found;
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  pool_tree_values_get_children (values, row, POOL_TREE_ORDER_DEFAULT, children);
  for (guint i = 0; i < children->len; i++)
    {
      PoolTreeRow child = g_array_index (children, PoolTreeRow, i);
      g_autofree char *text = pool_tree_dup_row_text (self->tree, child);
      g_autofree char *child_path = slow_path_append (path, pool_tree_row_get_column (child), text);
      assert_slow_rows (self, values, child, child_path, range, expected, n_found);
    }
}

static void
assert_slow_values (const Walk *self, const PoolTreeValues *values, TimeRange range)
{
  g_autoptr (GHashTable) expected = slow_table (self->trace, self->grouping, self->n_levels,
                                                (const char *const *) self->conditions, range);
  guint n_found = 0;
  if (g_hash_table_size (expected) == 0)
    g_assert_cmpuint (pool_tree_values_get_sums (values, POOL_TREE_ROOT).count, ==, 0);
  else
    assert_slow_rows (self, values, POOL_TREE_ROOT, "", range, expected, &n_found);
  g_assert_cmpuint (n_found, ==, g_hash_table_size (expected));
}

/* Whether ages, which the slow table takes at the end of each range, have no part in it. */
static gboolean
is_without_ages (const Walk *self, TimeRange range)
{
  return pool_tree_fits_range (self->tree, range);
}

static void
test_walks (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (30);
  guint n_slow = 0;
  for (guint i = 0; i < N_WALKS; i++)
    {
      Walk walk;
      walk_init (&walk, random);
      TimeRange range = random_range (random);
      g_autoptr (PoolTreeValues) values = pool_tree_values_new (walk.tree, range, NULL, NULL);
      /* Kept by somebody else: what is computed later must leave it as it is. */
      g_autoptr (PoolTreeValues) first = pool_tree_values_ref (values);
      TimeRange first_range = range;
      for (guint step = 1; step <= N_STEPS; step++)
        {
          range = move_range (random, range);
          PoolTreeValues *moved = pool_tree_values_new_near (values, range, NULL, NULL);
          pool_tree_values_unref (values);
          values = moved;
          g_autoptr (PoolTreeValues) fresh = pool_tree_values_new (walk.tree, range, NULL, NULL);
          assert_same_values (values, fresh);
          if (step % STEPS_PER_SLOW_CHECK == 0 && is_without_ages (&walk, range))
            {
              assert_slow_values (&walk, values, range);
              n_slow++;
            }
        }
      g_autoptr (PoolTreeValues) again = pool_tree_values_new (walk.tree, first_range, NULL, NULL);
      assert_same_values (first, again);
      walk_clear (&walk);
    }
  g_assert_cmpuint (n_slow, >, N_WALKS);
}

static void
test_cancelled (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (31);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_cancellable_cancel (cancelled);
  Walk walk;
  walk_init (&walk, random);
  g_autoptr (PoolTreeValues) values = pool_tree_values_new (walk.tree, TIME_RANGE_WHOLE, NULL, NULL);
  TimeRange range = { 2, RANDOM_TRACE_LAST_NS - 2 };
  g_autoptr (GError) error = NULL;
  g_assert_null (pool_tree_values_new_near (values, range, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_autoptr (PoolTreeValues) moved = pool_tree_values_new_near (values, range, NULL, NULL);
  g_autoptr (PoolTreeValues) fresh = pool_tree_values_new (walk.tree, range, NULL, NULL);
  assert_same_values (moved, fresh);
  walk_clear (&walk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/range-moves/walks", test_walks);
  g_test_add_func ("/analysis/range-moves/cancelled", test_cancelled);
  return g_test_run ();
}
