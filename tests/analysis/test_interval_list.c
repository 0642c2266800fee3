/* Lists of single allocations against a slow second implementation: members by the texts of their rows, order by
 * insertion. */
#include <math.h>
#include <string.h>

#include "analysis/interval_list.h"
#include "random_trace.h"
#include "slow_analysis.h"

#define N_ROUNDS 400

typedef struct
{
  PoolTrace *trace;
  SlowReading reading;
  FrameNames *names;
  PoolTree *tree;
  PoolTreeValues *values;
  TimeRange range;
  GHashTable *expected; /* path -> SlowRow */
} Round;

/* Makes equal addresses, sizes and ids, and the least and greatest there can be. */
static void
vary_numbers (PoolTrace *trace, GRand *random)
{
  static const guint64 numbers[] = { 0, 1, 255, 256, 0xfffff90000271730, G_MAXUINT64 - 1, G_MAXUINT64 };
  for (gsize i = 0; i < trace->intervals.n; i++)
    trace->intervals.address[i] = numbers[g_rand_int_range (random, 0, G_N_ELEMENTS (numbers))];
  for (gsize i = 0; i < trace->n_contexts; i++)
    if (trace->contexts[i].thread_id != POOL_INDEX_NONE && g_rand_boolean (random))
      trace->contexts[i].thread_id = g_rand_boolean (random) ? 0 : POOL_INDEX_NONE - 1;
}

static void
round_init (Round *self, GRand *random)
{
  g_autoptr (GError) error = NULL;
  self->trace = random_trace_new (random);
  vary_numbers (self->trace, random);
  g_autoptr (FrameNames) recorded = frame_names_new (self->trace);
  g_autoptr (StackOptions) options = random_reading (random, &self->reading);
  self->names = frame_names_new_read (recorded, self->trace, options);
  slow_set_reading (&self->reading);
  Dimension grouping[POOL_TREE_MAX_LEVELS];
  gsize n_levels = random_grouping (random, grouping);
  self->range = random_range (random);
  g_auto (GStrv) conditions = random_conditions (random, TRUE);
  g_autoptr (PoolFilter) filter = pool_filter_new ((const char *const *) conditions, &error);
  g_assert_no_error (error);
  self->tree
    = pool_tree_new_at_range (self->trace, self->names, grouping, n_levels, filter, self->range, NULL, &error);
  g_assert_no_error (error);
  self->values = pool_tree_values_new (self->tree, self->range, NULL, &error);
  g_assert_no_error (error);
  self->expected = slow_table (self->trace, grouping, n_levels, (const char *const *) conditions, self->range);
}

static void
round_clear (Round *self)
{
  g_hash_table_unref (self->expected);
  pool_tree_values_unref (self->values);
  pool_tree_unref (self->tree);
  frame_names_unref (self->names);
  pool_trace_unref (self->trace);
  slow_set_reading (NULL);
}

/* Chooses rows of the subtree of @row by chance, and marks the intervals that its path has in the slow table. */
static void
choose_rows (const Round *round, PoolTreeRow row, const char *path, GRand *random, GArray *rows, gboolean *is_expected)
{
  const SlowRow *slow = g_hash_table_lookup (round->expected, path);
  if (slow != NULL && g_rand_int_range (random, 0, 4) == 0)
    {
      g_array_append_val (rows, row);
      for (guint i = 0; i < slow->members->len; i++)
        is_expected[g_array_index (slow->members, gsize, i)] = TRUE;
    }
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  pool_tree_values_get_children (round->values, row, POOL_TREE_ORDER_DEFAULT, children);
  for (guint i = 0; i < children->len; i++)
    {
      PoolTreeRow child = g_array_index (children, PoolTreeRow, i);
      g_autofree char *text = pool_tree_dup_row_text (round->tree, child);
      g_autofree char *child_path = slow_path_append (path, pool_tree_row_get_column (child), text);
      choose_rows (round, child, child_path, random, rows, is_expected);
    }
}

static char *
dup_text (const Round *round, Dimension dimension, gsize interval)
{
  g_autoptr (GPtrArray) texts = slow_texts (round->trace, dimension, interval, POOL_TYPE_AIFO, round->range);
  return g_strdup (g_ptr_array_index (texts, 0));
}

static int
compare_numbers (long double a, long double b)
{
  return a < b ? -1 : a > b;
}

static int
compare_texts (const Round *round, Dimension dimension, gsize a, gsize b)
{
  g_autofree char *first = dup_text (round, dimension, a), *second = dup_text (round, dimension, b);
  return strcmp (first, second);
}

static int
compare_stacks (const Round *round, gsize a, gsize b)
{
  g_autoptr (GPtrArray) first = slow_texts (round->trace, DIMENSION_STACK, a, POOL_TYPE_AIFO, round->range);
  g_autoptr (GPtrArray) second = slow_texts (round->trace, DIMENSION_STACK, b, POOL_TYPE_AIFO, round->range);
  guint i = first->len, j = second->len;
  for (; i > 0 && j > 0; i--, j--)
    if (strcmp (first->pdata[i - 1], second->pdata[j - 1]) != 0)
      return strcmp (first->pdata[i - 1], second->pdata[j - 1]);
  return i > 0 ? 1 : j > 0 ? -1 : 0;
}

static long double
get_moment (gint64 time_ns)
{
  return time_ns == POOL_TIME_BEFORE ? -INFINITY : time_ns == POOL_TIME_NEVER ? INFINITY : (long double) time_ns;
}

static long double
get_age (const Round *round, gsize interval)
{
  gint64 end_ns = round->range.end_ns == G_MAXINT64 ? round->trace->info.last_event_ns + 1 : round->range.end_ns;
  return fminl (get_moment (round->trace->intervals.freed_ns[interval]), end_ns)
         - get_moment (round->trace->intervals.allocated_ns[interval]);
}

static int
get_type (const Round *round, gsize interval)
{
  PoolIntervalType type;
  const PoolIntervals *intervals = &round->trace->intervals;
  g_assert_true (slow_type (round->range, intervals->allocated_ns[interval], intervals->freed_ns[interval], &type));
  return (int) type;
}

/* Whether the column has nothing to tell of the interval. */
static gboolean
is_unknown (const Round *round, IntervalColumn column, gsize interval)
{
  Dimension dimension = column == INTERVAL_COLUMN_PROCESS  ? DIMENSION_PROCESS
                        : column == INTERVAL_COLUMN_THREAD ? DIMENSION_THREAD
                                                           : DIMENSION_CPU;
  if (column < INTERVAL_COLUMN_PROCESS || column > INTERVAL_COLUMN_CPU)
    return FALSE;
  g_autofree char *text = dup_text (round, dimension, interval);
  return strcmp (text, "[Unknown]") == 0;
}

static int
compare_ascending (const Round *round, IntervalColumn column, gsize a, gsize b)
{
  const PoolIntervals *intervals = &round->trace->intervals;
  switch (column)
    {
    case INTERVAL_COLUMN_ADDRESS:
      return compare_numbers (intervals->address[a], intervals->address[b]);
    case INTERVAL_COLUMN_SIZE:
      return compare_numbers (intervals->size_bytes[a], intervals->size_bytes[b]);
    case INTERVAL_COLUMN_POOL_TYPE:
      return compare_texts (round, DIMENSION_POOL_TYPE, a, b);
    case INTERVAL_COLUMN_TAG:
      return compare_texts (round, DIMENSION_TAG, a, b);
    case INTERVAL_COLUMN_TYPE:
      return compare_numbers (get_type (round, a), get_type (round, b));
    case INTERVAL_COLUMN_ALLOCATED:
      return compare_numbers (get_moment (intervals->allocated_ns[a]), get_moment (intervals->allocated_ns[b]));
    case INTERVAL_COLUMN_FREED:
      return compare_numbers (get_moment (intervals->freed_ns[a]), get_moment (intervals->freed_ns[b]));
    case INTERVAL_COLUMN_AGE:
      return compare_numbers (get_age (round, a), get_age (round, b));
    case INTERVAL_COLUMN_PROCESS:
      return compare_texts (round, DIMENSION_PROCESS, a, b);
    case INTERVAL_COLUMN_THREAD:
      return compare_numbers (round->trace->contexts[intervals->context[a]].thread_id,
                              round->trace->contexts[intervals->context[b]].thread_id);
    case INTERVAL_COLUMN_CPU:
      return compare_numbers (intervals->processor[a], intervals->processor[b]);
    default:
      return compare_stacks (round, a, b);
    }
}

static gboolean
comes_before (const Round *round, IntervalOrder order, gsize a, gsize b)
{
  gboolean a_is_unknown = is_unknown (round, order.column, a), b_is_unknown = is_unknown (round, order.column, b);
  if (a_is_unknown || b_is_unknown)
    return !a_is_unknown;
  int sign = compare_ascending (round, order.column, a, b);
  return order.is_descending ? sign > 0 : sign < 0;
}

/* Each interval is put before the last ones that come after it: those that are equal stay as they were. */
static GArray *
sort_slowly (const Round *round, const gboolean *is_expected, IntervalOrder order)
{
  GArray *sorted = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint32 interval = 0; interval < round->trace->intervals.n; interval++)
    {
      if (!is_expected[interval])
        continue;
      guint place = sorted->len;
      while (place > 0 && comes_before (round, order, interval, g_array_index (sorted, guint32, place - 1)))
        place--;
      g_array_insert_val (sorted, place, interval);
    }
  return sorted;
}

static void
assert_list (const Round *round, const IntervalList *list, const gboolean *is_expected, IntervalOrder order)
{
  g_autoptr (GArray) sorted = sort_slowly (round, is_expected, order);
  guint64 size_bytes = 0;
  g_autoptr (GHashTable) tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_assert_cmpuint (list->n, ==, sorted->len);
  for (guint i = 0; i < sorted->len; i++)
    {
      g_assert_cmpuint (list->intervals[i], ==, g_array_index (sorted, guint32, i));
      size_bytes += round->trace->intervals.size_bytes[list->intervals[i]];
      g_hash_table_add (tags, dup_text (round, DIMENSION_TAG, list->intervals[i]));
    }
  g_assert_cmpuint (list->size_bytes, ==, size_bytes);
  g_assert_cmpint (list->has_several_tags, ==, g_hash_table_size (tags) > 1);
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (40);
  guint64 n_listed[N_INTERVAL_COLUMNS] = { 0 };
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      Round round;
      round_init (&round, random);
      g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
      g_autofree gboolean *is_expected = g_new0 (gboolean, round.trace->intervals.n);
      choose_rows (&round, POOL_TREE_ROOT, "", random, rows, is_expected);
      g_autoptr (IntervalList) list = NULL;
      for (guint j = 0; j < 3; j++)
        {
          IntervalOrder order = { (IntervalColumn) ((i * 3 + j) % N_INTERVAL_COLUMNS), g_rand_boolean (random) };
          g_autoptr (IntervalList) old_list = g_steal_pointer (&list);
          g_autoptr (GError) error = NULL;
          list = old_list != NULL ? interval_list_new_sorted (old_list, order, NULL, &error)
                                  : interval_list_new (round.values, (const PoolTreeRow *) (gpointer) rows->data,
                                                       rows->len, order, NULL, &error);
          g_assert_no_error (error);
          assert_list (&round, list, is_expected, order);
          n_listed[order.column] += list->n;
        }
      round_clear (&round);
    }
  for (guint column = 0; column < N_INTERVAL_COLUMNS; column++)
    g_assert_cmpuint (n_listed[column], >, 100);
}

static void
test_cancelled (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (41);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  PoolTreeRow root = POOL_TREE_ROOT;
  Round round;
  round_init (&round, random);
  g_autoptr (IntervalList) whole = interval_list_new (round.values, &root, 1, INTERVAL_ORDER_DEFAULT, NULL, NULL);
  g_cancellable_cancel (cancelled);
  for (guint column = 0; column < N_INTERVAL_COLUMNS; column++)
    {
      g_autoptr (GError) error = NULL;
      IntervalOrder order = { (IntervalColumn) column, FALSE };
      g_assert_null (interval_list_new (round.values, &root, 1, order, cancelled, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      g_assert_null (interval_list_new_sorted (whole, order, cancelled, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  round_clear (&round);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/interval-list/random", test_random);
  g_test_add_func ("/analysis/interval-list/cancelled", test_cancelled);
  return g_test_run ();
}
