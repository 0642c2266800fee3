/* The tree against the slow second implementation, on random traces. */
#include <string.h>

#include "random_table.h"
#include "slow_aggregates.h"

#define N_ROUNDS 400

static gint64
scale (gint64 time_ns, gint64 factor)
{
  return time_ns == POOL_TIME_BEFORE || time_ns == POOL_TIME_NEVER ? time_ns : time_ns * factor;
}

/* Makes a trace of some ns one of seconds or minutes, so that its blocks have all ages. */
static void
scale_times (PoolTrace *trace, TimeRange *range, gint64 factor)
{
  for (gsize row = 0; row < trace->intervals.n; row++)
    {
      trace->intervals.allocated_ns[row] = scale (trace->intervals.allocated_ns[row], factor);
      trace->intervals.freed_ns[row] = scale (trace->intervals.freed_ns[row], factor);
    }
  trace->info.last_event_ns = scale (trace->info.last_event_ns, factor);
  trace->info.first_pool_event_ns = scale (trace->info.first_pool_event_ns, factor);
  *range = (TimeRange){ scale (range->start_ns, factor), scale (range->end_ns, factor) };
}

static void
table_init (RandomTable *self, GRand *random)
{
  static const gint64 factors[] = { 1, 1, 500000000, 30000000000 };
  random_table_begin (self, random, g_rand_boolean (random));
  scale_times (self->trace, &self->range, factors[g_rand_int_range (random, 0, G_N_ELEMENTS (factors))]);
  random_table_finish (self);
}

/* A row found in the tree, with the text of its path as the slow table has it. */
typedef struct
{
  PoolTreeRow row;
  char *path;
} FoundRow;

static void
found_row_clear (gpointer data)
{
  g_free (((FoundRow *) data)->path);
}

/* What the order compares: without a value a row comes last. */
static gint64
get_key (RandomTable *table, PoolTreeRow row, PoolTreeOrder order)
{
  RowMetrics metrics;
  gint64 value;
  g_assert_true (
      pool_tree_values_get_metrics (table->values, &row, 1, METRIC_BIT (order.metric), &metrics, NULL, NULL));
  gboolean has_value = row_metrics_get (&metrics, order.metric, &value);
  if (order.is_ascending)
    return has_value ? value : G_MAXINT64;
  return has_value ? -value : G_MAXINT64;
}

static void
assert_ordered (RandomTable *table, PoolTreeOrder order, const GArray *rows)
{
  for (guint i = 1; i < rows->len; i++)
    {
      PoolTreeRow before = g_array_index (rows, PoolTreeRow, i - 1),
                  after = g_array_index (rows, PoolTreeRow, i);
      PoolTreeSums a = pool_tree_values_get_sums (table->values, before);
      PoolTreeSums b = pool_tree_values_get_sums (table->values, after);
      g_autofree char *text_a = pool_tree_dup_row_text (table->tree, before);
      g_autofree char *text_b = pool_tree_dup_row_text (table->tree, after);
      if (order.by_text)
        {
          g_assert_cmpint (order.is_ascending ? strcmp (text_a, text_b) : strcmp (text_b, text_a), <=, 0);
          continue;
        }
      gint64 key_a = get_key (table, before, order), key_b = get_key (table, after, order);
      g_assert_cmpint (key_a, <=, key_b);
      if (key_a < key_b)
        continue;
      g_assert_cmpuint (a.size_bytes, >=, b.size_bytes);
      if (a.size_bytes == b.size_bytes)
        g_assert_cmpstr (text_a, <=, text_b);
    }
}

static void
assert_row (RandomTable *table, const FoundRow *found)
{
  const PoolTreeValues *values = table->values;
  const SlowRow *expected = g_hash_table_lookup (table->expected, found->path);
  g_assert_nonnull (expected);
  PoolTreeSums sums = pool_tree_values_get_sums (values, found->row);
  PoolTreeSums slow = slow_sums (table->trace, table->range, expected->members);
  g_assert_cmpuint (sums.count, ==, slow.count);
  g_assert_cmpuint (sums.size_bytes, ==, slow.size_bytes);
  g_assert_cmpint (sums.impacting_bytes, ==, slow.impacting_bytes);
  PoolTreeSums own = pool_tree_values_get_own_sums (values, found->row);
  g_assert_cmpuint (own.count, ==, expected->own_count);
  g_assert_cmpuint (own.size_bytes, ==, expected->own_size);

  guint place = 0;
  for (gsize row = 0; row < table->trace->intervals.n; row++)
    {
      gboolean is_member
          = place < expected->members->len && g_array_index (expected->members, gsize, place) == row;
      place += is_member ? 1 : 0;
      g_assert_cmpint (pool_tree_values_row_has_interval (values, found->row, row), ==, is_member);
    }
}

/* Walks the whole tree, checks siblings' order, parents and paths, and lists all rows. */
static GArray *
find_rows (RandomTable *table, PoolTreeOrder order)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (FoundRow));
  g_array_set_clear_func (found, found_row_clear);
  FoundRow root = { POOL_TREE_ROOT, g_strdup ("") };
  g_array_append_val (found, root);
  for (guint i = 0; i < found->len; i++)
    {
      FoundRow at = g_array_index (found, FoundRow, i);
      g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
      pool_tree_values_get_children (table->values, at.row, order, children);
      g_assert_cmpint (pool_tree_values_has_children (table->values, at.row), ==, children->len > 0);
      assert_ordered (table, order, children);
      for (guint j = 0; j < children->len; j++)
        {
          PoolTreeRow child = g_array_index (children, PoolTreeRow, j), parent;
          g_assert_true (pool_tree_get_parent (table->tree, child, &parent));
          g_assert_true (pool_tree_row_equal (parent, at.row));
          g_autofree char *text = pool_tree_dup_row_text (table->tree, child);
          FoundRow next = { child, slow_path_append (at.path, pool_tree_row_get_column (child), text) };
          g_array_append_val (found, next);
        }
    }
  return found;
}

/* The outstanding size of @members at the end of each part of the range. */
static void
assert_trend (RandomTable *table, const GArray *members, const guint64 *trend)
{
  TimeRange span = slow_span (table->trace, table->range);
  gint64 length_ns = span.end_ns - span.start_ns;
  for (gint64 i = 0; i < POOL_TREE_TREND_BINS; i++)
    {
      gint64 end_ns = span.start_ns + (i + 1) * length_ns / POOL_TREE_TREND_BINS;
      g_assert_cmpuint (trend[i], ==, (guint64) slow_outstanding_before (table->trace, members, end_ns));
    }
}

/* Aggregations are compared for some rows each, so that all come to be compared with rows of all kinds. */
#define ROWS_PER_AGGREGATE 5

static void
assert_aggregates (RandomTable *table, guint place, const GArray *members, const RowMetrics *metrics)
{
  for (Metric metric = N_BASIC_METRICS; metric < N_METRICS; metric++)
    {
      gint64 value = 0, expected = 0;
      if (place > 0 && (place + metric) % ROWS_PER_AGGREGATE != 0)
        continue;
      gboolean has_value = slow_aggregate (table->trace, table->range, members, metric, &expected);
      g_assert_cmpint (row_metrics_get (metrics, metric, &value), ==, has_value);
      if (has_value)
        g_assert_cmpint (value, ==, expected);
    }
}

static void
assert_metrics (RandomTable *table, const GArray *found)
{
  g_autofree PoolTreeRow *rows = g_new (PoolTreeRow, found->len);
  g_autofree RowMetrics *metrics = g_new (RowMetrics, found->len);
  g_autofree RowMetrics *with_trends = g_new (RowMetrics, found->len);
  g_autofree guint64 *trends = g_new (guint64, found->len * (gsize) POOL_TREE_TREND_BINS);
  for (guint i = 0; i < found->len; i++)
    rows[i] = g_array_index (found, FoundRow, i).row;
  g_assert_true (pool_tree_values_get_metrics (table->values, rows, found->len, METRIC_SET_ALL, metrics, NULL, NULL));
  g_assert_true (
      pool_tree_values_get_metrics (table->values, rows, found->len, METRIC_SET_ALL, with_trends, trends, NULL));
  for (guint i = 0; i < found->len; i++)
    {
      const SlowRow *expected
          = g_hash_table_lookup (table->expected, g_array_index (found, FoundRow, i).path);
      RowMetrics slow = slow_metrics (table->trace, table->range, expected->members), alone, peak;
      assert_same_metrics (&metrics[i], &slow);
      assert_same_metrics (&with_trends[i], &slow);
      assert_aggregates (table, i, expected->members, &metrics[i]);
      assert_trend (table, expected->members, &trends[i * POOL_TREE_TREND_BINS]);
      /* Alone, a small row is computed another way; and so is the peak alone. */
      g_assert_true (pool_tree_values_get_metrics (table->values, &rows[i], 1, METRIC_SET_ALL, &alone, NULL, NULL));
      assert_same_metrics (&alone, &slow);
      assert_aggregates (table, i, expected->members, &alone);
      g_assert_true (pool_tree_values_get_metrics (table->values, &rows[i], 1, METRIC_BIT (METRIC_PEAK), &peak,
                                                   NULL, NULL));
      g_assert_cmpuint (peak.peak_bytes, ==, slow.peak_bytes);
    }
}

static void
test_rows (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      RandomTable table;
      table_init (&table, random);
      PoolTreeOrder order = { (Metric) g_rand_int_range (random, 0, N_METRICS), g_rand_boolean (random),
                              g_rand_int_range (random, 0, 4) == 0 };
      g_autoptr (GArray) found = find_rows (&table, i % 2 ? order : POOL_TREE_ORDER_DEFAULT);
      if (g_hash_table_size (table.expected) == 0)
        {
          g_assert_cmpuint (found->len, ==, 1);
          g_assert_cmpuint (pool_tree_values_get_sums (table.values, POOL_TREE_ROOT).count, ==, 0);
        }
      else
        {
          g_assert_cmpuint (found->len, ==, g_hash_table_size (table.expected));
          for (guint j = 0; j < found->len; j++)
            assert_row (&table, &g_array_index (found, FoundRow, j));
          assert_metrics (&table, found);
        }
      random_table_clear (&table);
    }
}

/* Rows are opened in any order, so that the sums of their leaves come to be there in any order. */
static void
test_openings (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (24);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      RandomTable table;
      table_init (&table, random);
      g_autoptr (GArray) pending = g_array_new (FALSE, FALSE, sizeof (FoundRow));
      guint n_opened = 0;
      g_array_set_clear_func (pending, found_row_clear);
      FoundRow root = { POOL_TREE_ROOT, g_strdup ("") };
      g_array_append_val (pending, root);
      while (pending->len > 0)
        {
          guint chosen = (guint) g_rand_int_range (random, 0, (int) pending->len);
          FoundRow at = g_array_index (pending, FoundRow, chosen);
          g_autofree char *path = g_strdup (at.path);
          g_array_remove_index_fast (pending, chosen);
          g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
          pool_tree_values_get_children (table.values, at.row, POOL_TREE_ORDER_DEFAULT, children);
          n_opened++;
          for (guint j = 0; j < children->len; j++)
            {
              PoolTreeRow child = g_array_index (children, PoolTreeRow, j);
              g_autofree char *text = pool_tree_dup_row_text (table.tree, child);
              FoundRow next = { child, slow_path_append (path, pool_tree_row_get_column (child), text) };
              const SlowRow *expected = g_hash_table_lookup (table.expected, next.path);
              g_assert_nonnull (expected);
              PoolTreeSums sums = pool_tree_values_get_sums (table.values, child);
              PoolTreeSums slow = slow_sums (table.trace, table.range, expected->members);
              g_assert_cmpuint (sums.count, ==, slow.count);
              g_assert_cmpuint (sums.size_bytes, ==, slow.size_bytes);
              g_assert_cmpint (sums.impacting_bytes, ==, slow.impacting_bytes);
              g_array_append_val (pending, next);
            }
        }
      g_assert_cmpuint (n_opened, ==, MAX (1, g_hash_table_size (table.expected)));
      random_table_clear (&table);
    }
}

static void
test_paths (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (21);
  for (guint i = 0; i < N_ROUNDS / 4; i++)
    {
      RandomTable table;
      table_init (&table, random);
      g_autoptr (GArray) found = find_rows (&table, POOL_TREE_ORDER_DEFAULT);
      for (guint j = 0; j < found->len; j++)
        {
          PoolTreeRow row = g_array_index (found, FoundRow, j).row, again;
          g_auto (GStrv) path = pool_tree_dup_row_path (table.tree, row);
          g_assert_true (pool_tree_values_find_path (table.values, (const char *const *) path, &again));
          g_auto (GStrv) path_again = pool_tree_dup_row_path (table.tree, again);
          g_assert_true (g_strv_equal ((const char *const *) path, (const char *const *) path_again));
        }
      const char *missing[] = { "no such text", NULL };
      PoolTreeRow row;
      g_assert_false (pool_tree_values_find_path (table.values, missing, &row));
      random_table_clear (&table);
    }
}

/* The path in the slow table of a leaf, made from its key. */
static char *
path_from_key (char **key)
{
  char *path = g_strdup ("");
  for (guint level = 0; key[level]; level++)
    {
      g_auto (GStrv) texts = g_strsplit (key[level], ";", -1);
      for (guint i = 0; i == 0 || texts[i]; i++)
        {
          char *longer = slow_path_append (path, level, *key[level] ? texts[i] : "");
          g_free (path);
          path = longer;
          if (!*key[level])
            break; /* a text that is empty is split into none */
        }
    }
  return path;
}

static void
test_leaves (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (22);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      RandomTable table;
      table_init (&table, random);
      PoolTreeOrder order = { (Metric) (i % N_METRICS), FALSE, FALSE };
      g_autoptr (GArray) leaves = pool_tree_values_dup_leaves (table.values, order, METRIC_SET_ALL, NULL);
      guint n_expected = 0;
      GHashTableIter iterator;
      gpointer path, record;
      g_hash_table_iter_init (&iterator, table.expected);
      while (g_hash_table_iter_next (&iterator, &path, &record))
        n_expected += ((SlowRow *) record)->own_count > 0 ? 1 : 0;
      g_assert_cmpuint (leaves->len, ==, n_expected);
      for (guint j = 0; j < leaves->len; j++)
        {
          const PoolTreeLeaf *leaf = &g_array_index (leaves, PoolTreeLeaf, j);
          g_auto (GStrv) key = pool_tree_dup_row_key (table.tree, leaf->row);
          g_assert_cmpuint (g_strv_length (key), ==, table.n_levels);
          g_autofree char *leaf_path = path_from_key (key);
          const SlowRow *expected = g_hash_table_lookup (table.expected, leaf_path);
          g_assert_nonnull (expected);
          /* Of the group alone: of the members that go no deeper. */
          g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (gsize));
          for (guint k = 0; k < expected->members->len; k++)
            {
              gsize row = g_array_index (expected->members, gsize, k);
              PoolIntervalType type;
              slow_type (table.range, table.trace->intervals.allocated_ns[row],
                         table.trace->intervals.freed_ns[row], &type);
              g_autoptr (GPtrArray) paths
                  = slow_path (table.trace, table.grouping, table.n_levels, row, type, table.range);
              if (strcmp (paths->pdata[paths->len - 1], leaf_path) == 0)
                g_array_append_val (own, row);
            }
          RowMetrics slow = slow_metrics (table.trace, table.range, own);
          assert_same_metrics (&leaf->metrics, &slow);
        }
      random_table_clear (&table);
    }
}

/* Σ Impacting Size over the range is the change of the outstanding size. */
static void
test_invariant (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (23);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (PoolTrace) trace = random_trace_new (random);
      g_autoptr (FrameNames) names = frame_names_new (trace);
      g_auto (GStrv) conditions = random_conditions (random, FALSE);
      g_autoptr (PoolFilter) filter = pool_filter_new ((const char *const *) conditions, NULL);
      Dimension grouping[POOL_TREE_MAX_LEVELS];
      gsize n_levels = random_grouping (random, grouping);
      TimeRange range = random_range (random);
      g_autoptr (PoolTree) tree
          = pool_tree_new_at_range (trace, names, grouping, n_levels, filter, range, NULL, NULL);
      g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, range, NULL, NULL);
      g_autoptr (GArray) passing = g_array_new (FALSE, FALSE, sizeof (gsize));
      for (gsize row = 0; row < trace->intervals.n; row++)
        if (slow_passes (trace, (const char *const *) conditions, row, POOL_TYPE_AIFO, range))
          g_array_append_val (passing, row);
      gint64 end_ns = MIN (range.end_ns, RANDOM_TRACE_LAST_NS + 100);
      g_assert_cmpint (pool_tree_values_get_sums (values, POOL_TREE_ROOT).impacting_bytes, ==,
                       slow_outstanding_before (trace, passing, end_ns)
                           - slow_outstanding_before (trace, passing, range.start_ns));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/tree-random/rows", test_rows);
  g_test_add_func ("/analysis/tree-random/openings", test_openings);
  g_test_add_func ("/analysis/tree-random/paths", test_paths);
  g_test_add_func ("/analysis/tree-random/leaves", test_leaves);
  g_test_add_func ("/analysis/tree-random/invariant", test_invariant);
  return g_test_run ();
}
