/* Lists of single allocations against a slow second implementation: members by the texts of their rows, order by
 * insertion. */
#include <math.h>
#include <string.h>

#include "analysis/interval_list.h"
#include "random_table.h"

#define N_ROUNDS 400

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
table_init (RandomTable *self, GRand *random)
{
  random_table_begin (self, random, TRUE);
  vary_numbers (self->trace, random);
  random_table_finish (self);
}

/* Chooses rows of the subtree of @row by chance, and marks the intervals that its path has in the slow table. */
static void
choose_rows (const RandomTable *table, PoolTreeRow row, const char *path, GRand *random, GArray *rows, gboolean *is_expected)
{
  const SlowRow *slow = g_hash_table_lookup (table->expected, path);
  if (slow != NULL && g_rand_int_range (random, 0, 4) == 0)
    {
      g_array_append_val (rows, row);
      for (guint i = 0; i < slow->members->len; i++)
        is_expected[g_array_index (slow->members, gsize, i)] = TRUE;
    }
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  pool_tree_values_get_children (table->values, row, POOL_TREE_ORDER_DEFAULT, children);
  for (guint i = 0; i < children->len; i++)
    {
      PoolTreeRow child = g_array_index (children, PoolTreeRow, i);
      g_autofree char *text = pool_tree_dup_row_text (table->tree, child);
      g_autofree char *child_path = slow_path_append (path, pool_tree_row_get_column (child), text);
      choose_rows (table, child, child_path, random, rows, is_expected);
    }
}

static char *
dup_text (const RandomTable *table, Dimension dimension, gsize interval)
{
  g_autoptr (GPtrArray) texts = slow_texts (table->trace, dimension, interval, POOL_TYPE_AIFO, table->range);
  return g_strdup (g_ptr_array_index (texts, 0));
}

static int
compare_numbers (long double a, long double b)
{
  return a < b ? -1 : a > b;
}

static int
compare_texts (const RandomTable *table, Dimension dimension, gsize a, gsize b)
{
  g_autofree char *first = dup_text (table, dimension, a), *second = dup_text (table, dimension, b);
  return strcmp (first, second);
}

static int
compare_stacks (const RandomTable *table, gsize a, gsize b)
{
  g_autoptr (GPtrArray) first = slow_texts (table->trace, DIMENSION_STACK, a, POOL_TYPE_AIFO, table->range);
  g_autoptr (GPtrArray) second = slow_texts (table->trace, DIMENSION_STACK, b, POOL_TYPE_AIFO, table->range);
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
get_age (const RandomTable *table, gsize interval)
{
  gint64 end_ns = table->range.end_ns == G_MAXINT64 ? table->trace->info.last_event_ns + 1 : table->range.end_ns;
  return fminl (get_moment (table->trace->intervals.freed_ns[interval]), end_ns)
         - get_moment (table->trace->intervals.allocated_ns[interval]);
}

static int
get_type (const RandomTable *table, gsize interval)
{
  PoolIntervalType type;
  const PoolIntervals *intervals = &table->trace->intervals;
  g_assert_true (slow_type (table->range, intervals->allocated_ns[interval], intervals->freed_ns[interval], &type));
  return (int) type;
}

/* Whether the column has nothing to tell of the interval. */
static gboolean
is_unknown (const RandomTable *table, IntervalColumn column, gsize interval)
{
  Dimension dimension = column == INTERVAL_COLUMN_PROCESS  ? DIMENSION_PROCESS
                        : column == INTERVAL_COLUMN_THREAD ? DIMENSION_THREAD
                                                           : DIMENSION_CPU;
  if (column < INTERVAL_COLUMN_PROCESS || column > INTERVAL_COLUMN_CPU)
    return FALSE;
  g_autofree char *text = dup_text (table, dimension, interval);
  return strcmp (text, "[Unknown]") == 0;
}

static int
compare_ascending (const RandomTable *table, IntervalColumn column, gsize a, gsize b)
{
  const PoolIntervals *intervals = &table->trace->intervals;
  switch (column)
    {
    case INTERVAL_COLUMN_ADDRESS:
      return compare_numbers (intervals->address[a], intervals->address[b]);
    case INTERVAL_COLUMN_SIZE:
      return compare_numbers (intervals->size_bytes[a], intervals->size_bytes[b]);
    case INTERVAL_COLUMN_POOL_TYPE:
      return compare_texts (table, DIMENSION_POOL_TYPE, a, b);
    case INTERVAL_COLUMN_TAG:
      return compare_texts (table, DIMENSION_TAG, a, b);
    case INTERVAL_COLUMN_TYPE:
      return compare_numbers (get_type (table, a), get_type (table, b));
    case INTERVAL_COLUMN_ALLOCATED:
      return compare_numbers (get_moment (intervals->allocated_ns[a]), get_moment (intervals->allocated_ns[b]));
    case INTERVAL_COLUMN_FREED:
      return compare_numbers (get_moment (intervals->freed_ns[a]), get_moment (intervals->freed_ns[b]));
    case INTERVAL_COLUMN_AGE:
      return compare_numbers (get_age (table, a), get_age (table, b));
    case INTERVAL_COLUMN_PROCESS:
      return compare_texts (table, DIMENSION_PROCESS, a, b);
    case INTERVAL_COLUMN_THREAD:
      return compare_numbers (table->trace->contexts[intervals->context[a]].thread_id,
                              table->trace->contexts[intervals->context[b]].thread_id);
    case INTERVAL_COLUMN_CPU:
      return compare_numbers (intervals->processor[a], intervals->processor[b]);
    default:
      return compare_stacks (table, a, b);
    }
}

static gboolean
comes_before (const RandomTable *table, IntervalOrder order, gsize a, gsize b)
{
  gboolean a_is_unknown = is_unknown (table, order.column, a), b_is_unknown = is_unknown (table, order.column, b);
  if (a_is_unknown || b_is_unknown)
    return !a_is_unknown;
  int sign = compare_ascending (table, order.column, a, b);
  return order.is_descending ? sign > 0 : sign < 0;
}

/* Each interval is put before the last ones that come after it: those that are equal stay as they were. */
static GArray *
sort_slowly (const RandomTable *table, const gboolean *is_expected, IntervalOrder order)
{
  GArray *sorted = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint32 interval = 0; interval < table->trace->intervals.n; interval++)
    {
      if (!is_expected[interval])
        continue;
      guint place = sorted->len;
      while (place > 0 && comes_before (table, order, interval, g_array_index (sorted, guint32, place - 1)))
        place--;
      g_array_insert_val (sorted, place, interval);
    }
  return sorted;
}

static void
assert_list (const RandomTable *table, const IntervalList *list, const gboolean *is_expected, IntervalOrder order)
{
  g_autoptr (GArray) sorted = sort_slowly (table, is_expected, order);
  guint64 size_bytes = 0;
  g_autoptr (GHashTable) tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_assert_cmpuint (list->n, ==, sorted->len);
  for (guint i = 0; i < sorted->len; i++)
    {
      g_assert_cmpuint (list->intervals[i], ==, g_array_index (sorted, guint32, i));
      size_bytes += table->trace->intervals.size_bytes[list->intervals[i]];
      g_hash_table_add (tags, dup_text (table, DIMENSION_TAG, list->intervals[i]));
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
      RandomTable table;
      table_init (&table, random);
      g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
      g_autofree gboolean *is_expected = g_new0 (gboolean, table.trace->intervals.n);
      choose_rows (&table, POOL_TREE_ROOT, "", random, rows, is_expected);
      g_autoptr (IntervalList) list = NULL;
      for (guint j = 0; j < 3; j++)
        {
          IntervalOrder order = { (IntervalColumn) ((i * 3 + j) % N_INTERVAL_COLUMNS), g_rand_boolean (random) };
          g_autoptr (IntervalList) old_list = g_steal_pointer (&list);
          g_autoptr (GError) error = NULL;
          list = old_list != NULL ? interval_list_new_sorted (old_list, order, NULL, &error)
                                  : interval_list_new (table.values, (const PoolTreeRow *) (gpointer) rows->data,
                                                       rows->len, order, NULL, &error);
          g_assert_no_error (error);
          assert_list (&table, list, is_expected, order);
          n_listed[order.column] += list->n;
        }
      random_table_clear (&table);
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
  RandomTable table;
  table_init (&table, random);
  g_autoptr (IntervalList) whole = interval_list_new (table.values, &root, 1, INTERVAL_ORDER_DEFAULT, NULL, NULL);
  g_cancellable_cancel (cancelled);
  for (guint column = 0; column < N_INTERVAL_COLUMNS; column++)
    {
      g_autoptr (GError) error = NULL;
      IntervalOrder order = { (IntervalColumn) column, FALSE };
      g_assert_null (interval_list_new (table.values, &root, 1, order, cancelled, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      g_assert_null (interval_list_new_sorted (whole, order, cancelled, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  random_table_clear (&table);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/interval-list/random", test_random);
  g_test_add_func ("/analysis/interval-list/cancelled", test_cancelled);
  return g_test_run ();
}
