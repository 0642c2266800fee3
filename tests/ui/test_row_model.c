/* The flat list of rows against a naive one: whoever follows items-changed must see the same rows. */
#include "analysis/random_trace.h"
#include "analysis/trace_fixture.h"
#include "app/rows/row_model.h"

#define N_TRACES 60
#define N_STEPS 60
#define N_MANY_ROWS 20010 /* more than are told one by one */

typedef struct
{
  RowModel *model;
  GPtrArray *followed; /* (owned): of RowItem, kept by items-changed alone */
  PoolTree *tree;
  PoolTreeValues *values;
  RowSet *open; /* what should be open */
  guint n_replaced;
} Fixture;

static void
on_items_changed (GListModel *list, guint position, guint n_removed, guint n_added, gpointer data)
{
  Fixture *self = data;
  g_assert_cmpuint (position + n_removed, <=, self->followed->len);
  if (n_removed > 0)
    g_ptr_array_remove_range (self->followed, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (self->followed, (int) (position + i), g_list_model_get_item (list, position + i));
  g_assert_cmpuint (self->followed->len, ==, g_list_model_get_n_items (list));
}

/* As a list view that lets go of the model: of as many rows as it knows. */
static void
on_replacing (RowModel *model, gpointer data)
{
  Fixture *self = data;
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, self->followed->len);
  g_ptr_array_set_size (self->followed, 0);
}

static void
on_replaced (RowModel *model, gpointer data)
{
  Fixture *self = data;
  g_assert_cmpuint (self->followed->len, ==, 0);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    g_ptr_array_add (self->followed, g_list_model_get_item (G_LIST_MODEL (model), i));
  self->n_replaced++;
}

static void
append_naive (Fixture *self, PoolTreeRow row, GArray *ret_rows)
{
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  pool_tree_values_get_children (self->values, row, POOL_TREE_ORDER_DEFAULT, children);
  for (guint i = 0; i < children->len; i++)
    {
      PoolTreeRow child = g_array_index (children, PoolTreeRow, i);
      g_array_append_val (ret_rows, child);
      if (row_set_contains (self->open, child))
        append_naive (self, child, ret_rows);
    }
}

static void
assert_same (Fixture *self)
{
  g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  append_naive (self, POOL_TREE_ROOT, expected);
  g_assert_cmpuint (row_model_get_n_visible (self->model), ==, expected->len);
  g_assert_cmpuint (self->followed->len, ==, expected->len);
  for (guint i = 0; i < expected->len; i++)
    {
      RowNode *node = row_model_get_visible (self->model, i);
      g_autoptr (RowItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), i);
      PoolTreeSums sums = pool_tree_values_get_sums (self->values, node->row);
      g_assert_true (pool_tree_row_equal (node->row, g_array_index (expected, PoolTreeRow, i)));
      g_assert_cmpuint (node->position, ==, i);
      g_assert_true (g_ptr_array_index (self->followed, i) == item);
      g_assert_true (row_item_get_node (item) == node);
      g_assert_cmpuint (node->sums.count, ==, sums.count);
    }
}

static void
open_row (Fixture *self, RowNode *node)
{
  g_autoptr (GArray) openings = g_array_new (FALSE, FALSE, sizeof (RowOpening));
  g_array_set_clear_func (openings, row_opening_clear);
  RowOpening opening = { node->row, g_array_new (FALSE, FALSE, sizeof (PoolTreeRow)) };
  pool_tree_values_get_children (self->values, node->row, POOL_TREE_ORDER_DEFAULT, opening.children);
  g_array_append_val (openings, opening);
  row_set_add (self->open, node->row);
  if (!row_model_reopen (self->model, node))
    row_model_open (self->model, openings);
}

static void
change_range (Fixture *self, GRand *random)
{
  PoolTreeValues *values = pool_tree_values_new (self->tree, random_range (random), NULL, NULL);
  RowSet *shown = row_model_dup_open_rows (self->model);
  g_clear_pointer (&self->values, pool_tree_values_unref);
  self->values = values;
  row_model_set_root (self->model, row_node_new_root (values, POOL_TREE_ORDER_DEFAULT, shown, NULL), values);
  /* What is closed within closed rows is forgotten with the values. */
  g_hash_table_unref (self->open);
  self->open = shown;
}

static void
step (Fixture *self, GRand *random)
{
  guint n_rows = row_model_get_n_visible (self->model);
  RowNode *node
      = n_rows > 0 ? row_model_get_visible (self->model, (guint) g_rand_int_range (random, 0, (int) n_rows))
                   : NULL;
  int choice = g_rand_int_range (random, 0, 10);
  if (choice == 0 || node == NULL)
    change_range (self, random);
  else if (choice < 3)
    {
      row_model_select_only (self->model, node);
      g_assert_true (row_model_get_cursor (self->model) == node);
    }
  else if (node->is_open)
    {
      PoolTreeRow row = node->row;
      row_model_close (self->model, node);
      g_hash_table_remove (self->open, &row);
    }
  else if (node->has_children)
    open_row (self, node);
}

/* Takes @tree over. */
static void
set_up (Fixture *self, PoolTree *tree, GRand *random)
{
  *self = (Fixture){ .model = row_model_new (), .open = row_set_new (), .tree = tree };
  self->followed = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (self->model, "items-changed", G_CALLBACK (on_items_changed), self);
  g_signal_connect (self->model, "replacing", G_CALLBACK (on_replacing), self);
  g_signal_connect (self->model, "replaced", G_CALLBACK (on_replaced), self);
  change_range (self, random);
}

static void
tear_down (Fixture *self)
{
  g_object_unref (self->model);
  g_ptr_array_unref (self->followed);
  g_hash_table_unref (self->open);
  pool_tree_values_unref (self->values);
  pool_tree_unref (self->tree);
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261123);
  for (guint i = 0; i < N_TRACES; i++)
    {
      Fixture self;
      set_up (&self, random_tree_new (random), random);
      for (guint n = 0; n < N_STEPS; n++)
        {
          step (&self, random);
          assert_same (&self);
          RowNode *cursor = row_model_get_cursor (self.model);
          g_assert_true (
              cursor == NULL
              || (cursor->is_selected && row_model_get_visible (self.model, cursor->position) == cursor));
        }
      tear_down (&self);
    }
}

/* @n_blocks of one tag, each of a size of its own, and one of another. */
static PoolTree *
make_wide_tree (guint n_blocks, const Dimension *grouping, gsize n_levels)
{
  TraceFixture *fixture = trace_fixture_new ();
  trace_fixture_add_context (fixture, POOL_INDEX_NONE, POOL_INDEX_NONE);
  for (guint32 tag = 0; tag < 2; tag++)
    trace_fixture_add_site (fixture, 0, FIXTURE_TAG ('T', 'a', 'g', '0' + tag), POOL_SESSION_NONE, 0);
  for (guint i = 0; i < n_blocks; i++)
    trace_fixture_add_block (fixture, (FixtureBlock){ .freed_ns = POOL_TIME_NEVER, .size_bytes = i });
  trace_fixture_add_block (fixture, (FixtureBlock){ .freed_ns = POOL_TIME_NEVER, .size_bytes = 1, .site = 1 });
  g_autoptr (PoolTrace) trace = trace_fixture_finish (fixture, 1);
  g_autoptr (FrameNames) names = frame_names_new (trace);
  return pool_tree_new (trace, names, grouping, n_levels, NULL, NULL, NULL);
}

/* Until all rows are told of, and no others. */
static void
follow_all (Fixture *self)
{
  while (self->followed->len != row_model_get_n_visible (self->model))
    g_main_context_iteration (NULL, TRUE);
}

/* Very many rows are not told one by one; who follows is told the old number first, then the new one. */
static void
test_many_rows (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  const Dimension grouping[] = { DIMENSION_TAG, DIMENSION_SIZE };
  Fixture self;
  set_up (&self, make_wide_tree (N_MANY_ROWS, grouping, G_N_ELEMENTS (grouping)), random);
  g_assert_cmpuint (self.followed->len, ==, 2);
  open_row (&self, row_model_get_visible (self.model, 0));
  g_assert_cmpuint (self.n_replaced, ==, 1);
  g_assert_cmpuint (self.followed->len, <, N_MANY_ROWS);
  follow_all (&self);
  g_assert_cmpuint (self.n_replaced, ==, 1);
  assert_same (&self);
  RowNode *first = row_model_get_visible (self.model, 0);
  PoolTreeRow row = first->row;
  row_model_close (self.model, first);
  g_hash_table_remove (self.open, &row);
  g_assert_cmpuint (self.n_replaced, ==, 2);
  assert_same (&self);
  g_assert_true (row_model_reopen (self.model, first));
  row_model_tell_all (self.model);
  row_model_set_root (self.model, NULL, NULL);
  row_model_tell_all (self.model);
  g_assert_cmpuint (self.n_replaced, ==, 3);
  g_assert_cmpuint (self.followed->len, ==, 0);
  tear_down (&self);
}

/* A new list begins with its first rows; whoever selects one behind them gets to know it. */
static void
test_first_rows (void)
{
  const guint n_rows = 500;
  const Dimension grouping[] = { DIMENSION_SIZE };
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  Fixture self;
  set_up (&self, make_wide_tree (n_rows, grouping, G_N_ELEMENTS (grouping)), random);
  g_assert_cmpuint (self.followed->len, <, 100);
  row_model_select_only (self.model, row_model_get_visible (self.model, 200));
  g_assert_cmpuint (self.followed->len, ==, 201);
  follow_all (&self);
  assert_same (&self);
  g_assert_cmpuint (self.n_replaced, ==, 0);
  /* The same rows again are told of at once, and another list ends the telling. */
  change_range (&self, random);
  assert_same (&self);
  row_model_set_root (self.model, NULL, NULL);
  row_model_tell_all (self.model);
  change_range (&self, random);
  g_assert_cmpuint (self.followed->len, <, 100);
  row_model_set_root (self.model, NULL, NULL);
  row_model_tell_all (self.model);
  g_assert_cmpuint (self.followed->len, ==, 0);
  tear_down (&self);
}

/* The list of another tree hands out the same items for other rows; those that it has no rows for have none, and go. */
static void
test_reused_items (void)
{
  const guint n_rows = 100, n_fewer_rows = 10;
  const Dimension grouping[] = { DIMENSION_SIZE };
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  Fixture self;
  set_up (&self, make_wide_tree (n_rows, grouping, G_N_ELEMENTS (grouping)), random);
  follow_all (&self);
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self.followed->len; i++)
    g_ptr_array_add (before, g_object_ref (g_ptr_array_index (self.followed, i)));
  row_model_select_only (self.model, row_model_get_visible (self.model, 3));
  pool_tree_unref (self.tree);
  self.tree = make_wide_tree (n_fewer_rows, grouping, G_N_ELEMENTS (grouping));
  change_range (&self, random);
  guint n_visible = row_model_get_n_visible (self.model);
  g_assert_cmpuint (n_visible, >, 0);
  g_assert_cmpuint (n_visible, <=, n_fewer_rows);
  g_assert_cmpuint (self.followed->len, ==, before->len);
  for (guint i = 0; i < before->len; i++)
    {
      g_assert_true (g_ptr_array_index (self.followed, i) == g_ptr_array_index (before, i));
      g_assert_true (row_item_get_node (g_ptr_array_index (before, i)) == row_model_get_visible (self.model, i));
      g_assert_false (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self.model), i));
    }
  follow_all (&self);
  assert_same (&self);
  tear_down (&self);
}

/* Very many rows in another order are told of by what their items are, not by items-changed. */
static void
test_rearranged (void)
{
  const Dimension grouping[] = { DIMENSION_SIZE };
  const PoolTreeOrder order = { METRIC_SIZE, TRUE, FALSE };
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  Fixture self;
  set_up (&self, make_wide_tree (N_MANY_ROWS, grouping, G_N_ELEMENTS (grouping)), random);
  row_model_tell_all (self.model);
  guint n_visible = row_model_get_n_visible (self.model);
  g_assert_cmpuint (n_visible, >=, N_MANY_ROWS - 10);
  RowNode *selected = row_model_get_visible (self.model, 5);
  PoolTreeRow row = selected->row;
  row_model_select_only (self.model, selected);
  g_autoptr (GHashTable) open = row_set_new ();
  row_model_set_root (self.model, row_node_new_root (self.values, order, open, NULL), self.values);
  g_assert_cmpuint (self.n_replaced, ==, 0);
  g_assert_cmpuint (self.followed->len, ==, n_visible);
  for (guint i = 0; i < n_visible; i++)
    g_assert_true (row_item_get_node (g_ptr_array_index (self.followed, i)) == row_model_get_visible (self.model, i));
  RowNode *cursor = row_model_get_cursor (self.model);
  g_assert_nonnull (cursor);
  g_assert_true (pool_tree_row_equal (cursor->row, row) && cursor->is_selected && cursor->position != 5);
  tear_down (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row-model/random", test_random);
  g_test_add_func ("/row-model/many-rows", test_many_rows);
  g_test_add_func ("/row-model/first-rows", test_first_rows);
  g_test_add_func ("/row-model/reused-items", test_reused_items);
  g_test_add_func ("/row-model/rearranged", test_rearranged);
  return g_test_run ();
}
