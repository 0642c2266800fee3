/* The movement of rows by all ways to find it: against the slow implementation on random traces, and on a trace with many
 * leaves against each other. The parts of a sweep are gone through by threads, for ThreadSanitizer. */
#include "analysis/pool_tree_movement.h"
#include "random_table.h"
#include "trace_fixture.h"

#define N_ROUNDS 120
#define MOST_PARTS 6 /* more than there are processors here and there */
#define N_BLOCKS 20000
#define N_TAGS 500

/* A row, and what the slow table says it holds. */
typedef struct
{
  GArray *rows;      /* of PoolTreeRow */
  GPtrArray *expected; /* of SlowRow (transfer none) */
} FoundRows;

static void
find_rows_below (RandomTable *table, PoolTreeRow row, const char *path, FoundRows *found)
{
  const SlowRow *expected = g_hash_table_lookup (table->expected, path);
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  if (expected == NULL)
    return;
  g_array_append_val (found->rows, row);
  g_ptr_array_add (found->expected, (gpointer) expected);
  pool_tree_values_get_children (table->values, row, POOL_TREE_ORDER_DEFAULT, children);
  for (guint i = 0; i < children->len; i++)
    {
      PoolTreeRow child = g_array_index (children, PoolTreeRow, i);
      g_autofree char *text = pool_tree_dup_row_text (table->tree, child);
      g_autofree char *below = slow_path_append (path, pool_tree_row_get_column (child), text);
      find_rows_below (table, child, below, found);
    }
}

static void
assert_row (const RandomTable *table, const PoolMovement *movement, guint place, const GArray *members)
{
  TimeRange span = slow_span (table->trace, table->range);
  gint64 length_ns = span.end_ns - span.start_ns;
  g_assert_cmpuint (movement->peak_bytes[place], ==, slow_peak (table->trace, table->range, members));
  for (guint i = 0; i < movement->n_bins; i++)
    {
      const MovementBin *bin = &movement->bins[place * movement->n_bins + i];
      gint64 start_ns = span.start_ns + i * length_ns / movement->n_bins;
      gint64 end_ns = span.start_ns + (i + 1) * length_ns / movement->n_bins;
      g_assert_cmpint ((gint64) bin->minimum_bytes, ==, slow_bin (table->trace, members, start_ns, end_ns).minimum);
      g_assert_cmpint ((gint64) bin->last_bytes, ==, slow_outstanding_before (table->trace, members, end_ns));
    }
}

/* The movement of @rows, the range gone through in @n_parts or row by row for 0 of them. Returns: FALSE when cancelled. */
static gboolean
find_movement (PoolMovement *movement, const PoolTreeValues *values, const PoolTreeRow *rows, gsize n_rows, guint n_bins,
               guint n_parts, GCancellable *cancellable)
{
  g_autofree PoolRowSums *sums = pool_row_sums_new (values, rows, n_rows);
  g_autofree const PoolRowSums **asked = g_new (const PoolRowSums *, n_rows);
  for (gsize i = 0; i < n_rows; i++)
    asked[i] = &sums[i];
  return pool_movement_init_in_parts (movement, values, asked, n_rows, n_bins, n_parts, cancellable);
}

static void
test_ways (void)
{
  static const guint bins[] = { 0, METRIC_N_BINS, 5 };
  g_autoptr (GRand) random = g_rand_new_with_seed (30);
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      RandomTable table;
      random_table_begin (&table, random, FALSE);
      random_table_finish (&table);
      g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
      g_autoptr (GPtrArray) expected = g_ptr_array_new ();
      find_rows_below (&table, POOL_TREE_ROOT, "", &(FoundRows){ rows, expected });
      for (guint n_parts = 0; n_parts <= MOST_PARTS; n_parts++)
        {
          PoolMovement movement;
          g_assert_true (find_movement (&movement, table.values, (const PoolTreeRow *) rows->data, rows->len,
                                        bins[round % G_N_ELEMENTS (bins)], n_parts, NULL));
          for (guint i = 0; i < rows->len; i++)
            assert_row (&table, &movement, i, ((const SlowRow *) expected->pdata[i])->members);
          pool_movement_clear (&movement);
        }
      random_table_clear (&table);
    }
}

static void
append_rows_below (const PoolTreeValues *values, PoolTreeRow row, GArray *rows)
{
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  pool_tree_values_get_children (values, row, POOL_TREE_ORDER_DEFAULT, children);
  for (guint i = 0; i < children->len; i++)
    {
      PoolTreeRow child = g_array_index (children, PoolTreeRow, i);
      g_array_append_val (rows, child);
      append_rows_below (values, child, rows);
    }
}

static void
assert_same_movement (const PoolMovement *actual, const PoolMovement *expected, guint n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      g_assert_cmpuint (actual->peak_bytes[i], ==, expected->peak_bytes[i]);
      for (guint bin = i * actual->n_bins; bin < (i + 1) * actual->n_bins; bin++)
        {
          g_assert_cmpuint (actual->bins[bin].minimum_bytes, ==, expected->bins[bin].minimum_bytes);
          g_assert_cmpuint (actual->bins[bin].last_bytes, ==, expected->bins[bin].last_bytes);
        }
    }
}

/* So many leaves that a sweep makes groups of them, and so many events that it divides the range. */
static void
test_groups (void)
{
  static const Dimension grouping[] = { DIMENSION_TYPE, DIMENSION_PAGED, DIMENSION_TAG, DIMENSION_SIZE_CLASS };
  static const TimeRange ranges[] = { { 0, G_MAXINT64 }, { N_BLOCKS / 3, N_BLOCKS / 2 } };
  g_autoptr (PoolTrace) trace = trace_fixture_make_even (N_BLOCKS, N_TAGS);
  g_autoptr (FrameNames) names = frame_names_new (trace);
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, G_N_ELEMENTS (grouping), NULL, NULL, NULL);
  for (guint round = 0; round < 2 * G_N_ELEMENTS (ranges); round++)
    {
      g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, ranges[round / 2], NULL, NULL);
      g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
      append_rows_below (values, POOL_TREE_ROOT, rows);
      g_assert_cmpuint (rows->len, >, 4 * N_TAGS);
      PoolMovement alone, swept;
      guint n_bins = round % 2 * METRIC_N_BINS;
      const PoolTreeRow *asked = (const PoolTreeRow *) rows->data;
      g_assert_true (find_movement (&alone, values, asked, rows->len, n_bins, 0, NULL));
      for (guint n_parts = 1; n_parts <= MOST_PARTS; n_parts++)
        {
          g_assert_true (find_movement (&swept, values, asked, rows->len, n_bins, n_parts, NULL));
          assert_same_movement (&swept, &alone, rows->len);
          pool_movement_clear (&swept);
        }
      pool_movement_clear (&alone);
    }
}

static void
test_cancelled (void)
{
  const Dimension grouping[] = { DIMENSION_TAG };
  g_autoptr (PoolTrace) trace = trace_fixture_make_even (N_BLOCKS, N_TAGS);
  g_autoptr (FrameNames) names = frame_names_new (trace);
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, 1, NULL, NULL, NULL);
  g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, TIME_RANGE_WHOLE, NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const PoolTreeRow root = POOL_TREE_ROOT;
  g_cancellable_cancel (cancellable);
  for (guint n_parts = 0; n_parts <= MOST_PARTS; n_parts++)
    {
      PoolMovement movement;
      g_assert_false (find_movement (&movement, values, &root, 1, METRIC_N_BINS, n_parts, cancellable));
      pool_movement_clear (&movement);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/movement/ways", test_ways);
  g_test_add_func ("/analysis/movement/groups", test_groups);
  g_test_add_func ("/analysis/movement/cancelled", test_cancelled);
  return g_test_run ();
}
