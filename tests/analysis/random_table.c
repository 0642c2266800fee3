#include "random_table.h"

#include "analysis/pool_tree_private.h"

void
random_table_begin (RandomTable *self, GRand *random, gboolean reads_stacks)
{
  *self = (RandomTable){ .trace = random_trace_new (random) };
  self->names = frame_names_new (self->trace);
  if (reads_stacks)
    {
      g_autoptr (FrameNames) recorded = self->names;
      g_autoptr (StackOptions) options = random_reading (random, &self->reading);
      self->names = frame_names_new_read (recorded, self->trace, options);
    }
  slow_set_reading (&self->reading);
  self->n_levels = random_grouping (random, self->grouping);
  self->conditions = random_conditions (random, TRUE);
  self->range = random_range (random);
  self->window_bits = (guint) g_rand_int_range (random, 0, 4);
}

void
random_table_finish (RandomTable *self)
{
  g_autoptr (GError) error = NULL;
  const char *const *conditions = (const char *const *) self->conditions;
  g_autoptr (PoolFilter) filter = pool_filter_new (conditions, &error);
  g_assert_no_error (error);
  self->tree = pool_tree_new_at_range (self->trace, self->names, self->grouping, self->n_levels, filter, self->range,
                                       NULL, &error);
  g_assert_no_error (error);
  self->tree->window_bits = self->window_bits;
  self->values = pool_tree_values_new (self->tree, self->range, NULL, &error);
  g_assert_no_error (error);
  self->expected = slow_table (self->trace, self->grouping, self->n_levels, conditions, self->range);
}

void
random_table_clear (RandomTable *self)
{
  g_hash_table_unref (self->expected);
  pool_tree_values_unref (self->values);
  pool_tree_unref (self->tree);
  frame_names_unref (self->names);
  pool_trace_unref (self->trace);
  g_strfreev (self->conditions);
  slow_set_reading (NULL);
}

void
assert_same_metrics (const RowMetrics *actual, const RowMetrics *expected)
{
  g_assert_cmpuint (actual->sums.count, ==, expected->sums.count);
  g_assert_cmpuint (actual->sums.size_bytes, ==, expected->sums.size_bytes);
  g_assert_cmpint (actual->sums.impacting_bytes, ==, expected->sums.impacting_bytes);
  g_assert_cmpuint (actual->n_allocs, ==, expected->n_allocs);
  g_assert_cmpuint (actual->n_frees, ==, expected->n_frees);
  g_assert_cmpuint (actual->n_freed, ==, expected->n_freed);
  g_assert_cmpuint (actual->peak_bytes, ==, expected->peak_bytes);
  g_assert_cmpint (actual->growth_bytes, ==, expected->growth_bytes);
  g_assert_cmpint (actual->recent_bytes, ==, expected->recent_bytes);
  g_assert_cmpuint (actual->n_steps_up, ==, expected->n_steps_up);
  g_assert_cmpstr (verdict_get_name (row_metrics_get_verdict (actual)), ==, slow_verdict (expected));
}
