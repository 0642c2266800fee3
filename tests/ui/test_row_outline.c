/* Rows found again by their texts in another tree of the same trace. */
#include "analysis/random_trace.h"
#include "app/rows/row_outline.h"

#define N_TRACES 60
#define N_STEPS 40

static char *
dup_path_text (PoolTree *tree, PoolTreeRow row)
{
  g_auto (GStrv) path = pool_tree_dup_row_path (tree, row);
  return g_strjoinv ("\n", path);
}

/* The paths of the rows that are open in the table. */
static GHashTable *
dup_open_paths (RowModel *rows)
{
  GHashTable *paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  PoolTree *tree = pool_tree_values_get_tree (row_model_get_values (rows));
  for (guint i = 0; i < row_model_get_n_visible (rows); i++)
    {
      RowNode *node = row_model_get_visible (rows, i);
      if (node->is_open)
        g_hash_table_add (paths, dup_path_text (tree, node->row));
    }
  return paths;
}

static RowModel *
new_rows_opened_at_random (PoolTreeValues *values, GRand *random)
{
  RowModel *rows = row_model_new ();
  row_model_set_root (rows, row_node_new_root (values, POOL_TREE_ORDER_DEFAULT, NULL, NULL), values);
  for (guint n = 0; n < N_STEPS && row_model_get_n_visible (rows) > 0; n++)
    {
      guint position = (guint) g_rand_int_range (random, 0, (int) row_model_get_n_visible (rows));
      RowNode *node = row_model_get_visible (rows, position);
      RowOpening opening = { node->row, g_array_new (FALSE, FALSE, sizeof (PoolTreeRow)) };
      pool_tree_values_get_children (values, node->row, POOL_TREE_ORDER_DEFAULT, opening.children);
      g_autoptr (GArray) openings = g_array_new (FALSE, FALSE, sizeof (RowOpening));
      g_array_set_clear_func (openings, row_opening_clear);
      g_array_append_val (openings, opening);
      row_model_open (rows, openings);
      row_model_select_only (rows, node);
    }
  return rows;
}

static void
assert_found (RowModel *rows, RowOutline *outline, PoolTreeValues *values)
{
  g_autoptr (GArray) openings = g_array_new (FALSE, FALSE, sizeof (RowOpening));
  g_array_set_clear_func (openings, row_opening_clear);
  PoolTreeRow current;
  RowNode *cursor = row_model_get_cursor (rows);
  g_assert_true (row_outline_find (outline, values, POOL_TREE_ORDER_DEFAULT, openings, &current) == (cursor != NULL));
  g_autoptr (GHashTable) expected = dup_open_paths (rows);
  PoolTree *tree = pool_tree_values_get_tree (values);
  /* The root is always among them. */
  g_assert_cmpuint (openings->len, ==, g_hash_table_size (expected) + 1);
  for (guint i = 1; i < openings->len; i++)
    {
      g_autofree char *path = dup_path_text (tree, g_array_index (openings, RowOpening, i).row);
      g_assert_true (g_hash_table_contains (expected, path));
    }
  if (cursor == NULL)
    return;
  g_autofree char *path = dup_path_text (tree, current);
  g_autofree char *cursor_path
      = dup_path_text (pool_tree_values_get_tree (row_model_get_values (rows)), cursor->row);
  g_assert_cmpstr (path, ==, cursor_path);
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261123);
  for (guint i = 0; i < N_TRACES; i++)
    {
      g_autoptr (PoolTree) tree = random_tree_new (random);
      gsize n_levels;
      const Dimension *grouping = pool_tree_get_grouping (tree, &n_levels);
      TimeRange range = random_range (random);
      g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, range, NULL, NULL);
      g_autoptr (RowModel) rows = new_rows_opened_at_random (values, random);
      g_autoptr (GArray) outline = row_outline_new_shown (rows);
      g_autoptr (PoolTree) other_tree = pool_tree_new (pool_tree_get_trace (tree), pool_tree_get_names (tree), grouping,
                                                       n_levels, NULL, NULL, NULL);
      g_autoptr (PoolTreeValues) other_values = pool_tree_values_new (other_tree, range, NULL, NULL);
      assert_found (rows, outline, other_values);
    }
}

/* A frame that had a name is found by its place where no symbols are; where even that is missing, the row above
 * becomes the current one. */
static void
test_places (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  guint n_found = 0, n_missed = 0;
  for (guint i = 0; i < N_TRACES; i++)
    {
      g_autoptr (PoolTrace) trace = random_trace_new (random);
      g_autoptr (FrameNames) names = frame_names_new (trace);
      Dimension grouping[] = { DIMENSION_STACK };
      g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, 1, NULL, NULL, NULL);
      g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, TIME_RANGE_WHOLE, NULL, NULL);
      g_autoptr (GArray) roots = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
      pool_tree_values_get_children (values, POOL_TREE_ROOT, POOL_TREE_ORDER_DEFAULT, roots);
      for (guint n = 0; n < roots->len; n++)
        {
          PoolTreeRow root = g_array_index (roots, PoolTreeRow, n), current;
          g_autofree char *text = pool_tree_dup_row_text (tree, root);
          gboolean has_place = strstr (text, "+0x") != NULL;
          const char *const places[] = { "gone.sys+0x1", text, NULL };
          g_autoptr (GArray) outline = row_outline_new (), openings = g_array_new (FALSE, FALSE, sizeof (RowOpening));
          g_array_set_clear_func (openings, row_opening_clear);
          OutlineRow row = { 1, g_strdup ("driver.sys!Function"), g_strdupv ((char **) places), TRUE, FALSE };
          OutlineRow below = { 2, g_strdup ("driver.sys!NotThere"), NULL, TRUE, TRUE };
          g_assert_true (row_outline_add (outline, &row) && row_outline_add (outline, &below));
          g_assert_false (row_outline_find (outline, values, POOL_TREE_ORDER_DEFAULT, openings, &current));
          g_assert_true (pool_tree_row_equal (current, has_place ? root : POOL_TREE_ROOT));
          has_place ? n_found++ : n_missed++;
        }
    }
  g_assert_cmpuint (n_found, >, 0);
  g_assert_cmpuint (n_missed, >, 0);
}

static void
test_limits (void)
{
  g_autoptr (GArray) outline = row_outline_new ();
  OutlineRow orphan = { 2, (char *) "orphan", NULL, TRUE, FALSE }, none = { 0, (char *) "none", NULL, TRUE, FALSE };
  g_assert_false (row_outline_add (outline, &orphan));
  g_assert_false (row_outline_add (outline, &none));
  for (guint i = 0; i < ROW_OUTLINE_MAX_ROWS + 5; i++)
    {
      OutlineRow row = { i + 1, g_strdup ("frame"), NULL, TRUE, FALSE };
      gboolean is_added = row_outline_add (outline, &row);
      g_assert_true (is_added == (i < ROW_OUTLINE_MAX_ROWS));
      if (!is_added)
        g_free (row.text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row-outline/random", test_random);
  g_test_add_func ("/row-outline/places", test_places);
  g_test_add_func ("/row-outline/limits", test_limits);
  return g_test_run ();
}
