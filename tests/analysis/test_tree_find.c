/* Rows found by their text, against a look at every row. */
#include <string.h>

#include "analysis/caseless.h"
#include "analysis/glob.h"
#include "analysis/pool_tree_find.h"
#include "random_trace.h"

#define N_ROUNDS 300

static void
test_caseless (void)
{
  static const struct
  {
    const char *text, *part;
    int start, end; /* -1: not there */
  } cases[] = {
    { "Leak", "leak", 0, 4 },     { "myfault.sys", "FAULT", 2, 7 }, { "aab", "ab", 1, 3 }, { "abc", "", 0, 0 },
    { "", "", 0, 0 },             { "", "a", -1, -1 },              { "abc", "abcd", -1, -1 },
    { "Größe ÄB", "äb", 8, 11 },  { "x\xc3\x84", "\xc3\xa4", 1, 3 }, { "I", "ı", -1, -1 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *end = NULL, *found = caseless_find (cases[i].text, cases[i].part, &end);
      g_assert_cmpint (found ? (int) (found - cases[i].text) : -1, ==, cases[i].start);
      g_assert_cmpint (found ? (int) (end - cases[i].text) : -1, ==, cases[i].end);
    }
}

/* Every row from top to bottom, each with all below it. */
static void
append_rows (const PoolTreeValues *values, PoolTreeRow row, PoolTreeOrder order, GArray *rows)
{
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  pool_tree_values_get_children (values, row, order, children);
  for (guint i = 0; i < children->len; i++)
    {
      PoolTreeRow child = g_array_index (children, PoolTreeRow, i);
      g_array_append_val (rows, child);
      append_rows (values, child, order, rows);
    }
}

static gboolean
slow_matches (const PoolTree *tree, const PoolTreeSearch *search, PoolTreeRow row)
{
  g_autofree char *text = pool_tree_dup_row_text (tree, row);
  g_autofree char *folded = g_utf8_strdown (text, -1), *part = g_utf8_strdown (search->text, -1);
  return (search->column < 0 || pool_tree_row_get_column (row) == (guint) search->column)
         && strstr (folded, part) != NULL;
}

/* The pattern matches the texts found, and no other text of the column with more than it found. */
static void
check_pattern (const PoolTree *tree, const PoolTreeSearch *search, const PoolTreeMatches *matches, const GArray *all)
{
  if (search->column < 0 || matches->rows->len == 0)
    return;
  g_autofree char *pattern
      = pool_tree_matches_dup_pattern (matches, tree, (guint) search->column, search->text);
  for (guint i = 0; i < all->len; i++)
    {
      PoolTreeRow row = g_array_index (all, PoolTreeRow, i);
      g_autofree char *text = pool_tree_dup_row_text (tree, row);
      if (pool_tree_row_get_column (row) == (guint) search->column)
        g_assert_cmpint (glob_match (pattern, text), ==, slow_matches (tree, search, row));
    }
}

static void
check_search (const PoolTreeValues *values, const PoolTreeSearch *search, const GArray *all)
{
  const PoolTree *tree = pool_tree_values_get_tree (values);
  g_autoptr (PoolTreeMatches) matches = pool_tree_values_find (values, search, NULL);
  guint n = 0, n_before = 0;
  gboolean has_passed = search->from.level == 0, has_from = FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      PoolTreeRow row = g_array_index (all, PoolTreeRow, i);
      gboolean is_match = slow_matches (tree, search, row);
      if (pool_tree_row_equal (row, search->from))
        {
          has_passed = TRUE;
          has_from = is_match;
        }
      if (!is_match)
        continue;
      g_assert_cmpuint (n, <, matches->rows->len);
      g_assert_true (pool_tree_row_equal (g_array_index (matches->rows, PoolTreeRow, n), row));
      n_before += has_passed ? 0 : 1;
      n++;
    }
  g_assert_cmpuint (matches->rows->len, ==, n);
  g_assert_cmpuint (matches->n_before_from, ==, n_before);
  g_assert_cmpint (matches->has_from, ==, has_from);
  g_assert_false (matches->is_limited);
  check_pattern (tree, search, matches, all);
}

static void
test_random (void)
{
  static const char *const texts[] = { "a", "IRP", "sys+0x", "o", "AIF", "transient", ".EXE (", "#2", "before", "nothing" };
  g_autoptr (GRand) random = g_rand_new_with_seed (77);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (PoolTree) tree = random_tree_new (random);
      gsize n_levels;
      pool_tree_get_grouping (tree, &n_levels);
      g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, random_range (random), NULL, NULL);
      PoolTreeSearch search = { .text = texts[g_rand_int_range (random, 0, G_N_ELEMENTS (texts))],
                                .column = g_rand_int_range (random, -1, (gint) n_levels),
                                .order = { METRIC_SIZE, g_rand_boolean (random), g_rand_boolean (random) } };
      g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
      append_rows (values, POOL_TREE_ROOT, search.order, all);
      if (all->len > 0 && g_rand_boolean (random))
        search.from = g_array_index (all, PoolTreeRow, g_rand_int_range (random, 0, (gint) all->len));
      check_search (values, &search, all);
    }
}

static void
test_cancel (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (78);
  g_autoptr (PoolTrace) trace = random_trace_new (random);
  g_autoptr (FrameNames) names = frame_names_new (trace);
  const Dimension grouping[] = { DIMENSION_TAG };
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, 1, NULL, NULL, NULL);
  g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, TIME_RANGE_WHOLE, NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_cancellable_cancel (cancellable);
  PoolTreeSearch search = { .text = "a", .column = -1, .order = POOL_TREE_ORDER_DEFAULT };
  g_assert_null (pool_tree_values_find (values, &search, cancellable));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/find/caseless", test_caseless);
  g_test_add_func ("/analysis/find/random", test_random);
  g_test_add_func ("/analysis/find/cancel", test_cancel);
  return g_test_run ();
}
