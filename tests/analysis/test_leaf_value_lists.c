/* The values below each leaf, against a look at every pair of leaf and value. */
#include "analysis/leaf_value_lists.h"

typedef struct
{
  guint32 *leaves, *values; /* (array length=items) (owned): G_MAXUINT32 for the leaf of one that is left out */
} Items;

/* Most values of a leaf come again and again. Every tenth leaf has none, every fifth has few; of the last one there is none
 * at all. */
static Items
make_items (GRand *random, gsize n_items, guint32 n_leaves, guint32 n_values)
{
  Items items = { g_new (guint32, n_items + 1), g_new (guint32, n_items + 1) };
  for (gsize i = 0; i < n_items; i++)
    {
      guint32 leaf = (guint32) g_rand_int_range (random, 0, (gint32) n_leaves);
      gboolean is_left_out = leaf % 10 == 3 || (leaf % 5 == 1 && i % 1024 != 0) || leaf + 1 == n_leaves;
      items.leaves[i] = is_left_out ? G_MAXUINT32 : leaf;
      items.values[i] = (guint32) g_rand_int_range (random, 0, (gint32) n_values);
      if (i % 4 != 0)
        items.values[i] = (items.values[i] % 7 + leaf * 977) % n_values;
    }
  return items;
}

static void
read_items (gpointer data, gsize begin, gsize n, guint32 *ret_leaves, guint32 *ret_values)
{
  const Items *items = data;
  g_assert_cmpuint (n, <=, LEAF_VALUE_BLOCK);
  for (gsize i = 0; i < n; i++)
    {
      ret_leaves[i] = items->leaves[begin + i];
      ret_values[i] = items->values[begin + i];
    }
}

/* @data: how many items, leaves and values there are. */
static void
test_lists (gconstpointer data)
{
  const guint32 *numbers = data;
  guint32 n_items = numbers[0], n_leaves = numbers[1], n_values = numbers[2];
  g_autoptr (GRand) random = g_rand_new_with_seed (n_items + n_values);
  Items items = make_items (random, n_items, n_leaves, n_values);
  g_autofree guint8 *occurs = g_new0 (guint8, (gsize) n_leaves * n_values + 1);
  for (guint32 i = 0; i < n_items; i++)
    if (items.leaves[i] != G_MAXUINT32)
      occurs[(gsize) items.leaves[i] * n_values + items.values[i]] = 1;
  LeafValueLists lists;
  leaf_value_lists_init (&lists, n_items, n_leaves, n_values, read_items, &items);
  guint32 place = 0;
  for (guint32 leaf = 0; leaf < n_leaves; leaf++)
    {
      g_assert_cmpuint (lists.starts[leaf], ==, place);
      for (guint32 value = 0; value < n_values; value++)
        if (occurs[(gsize) leaf * n_values + value])
          {
            g_assert_cmpuint (place, <, lists.starts[leaf + 1]);
            g_assert_cmpuint (lists.values[place], ==, value);
            g_assert_cmpuint (leaf_value_lists_find (lists.starts, lists.values, leaf, value), ==, place);
            place++;
          }
    }
  g_assert_cmpuint (lists.starts[n_leaves], ==, place);
  g_free (lists.starts);
  g_free (lists.values);
  g_free (items.leaves);
  g_free (items.values);
}

int
main (int argc, char **argv)
{
  static const guint32 none[] = { 0, 3, 5 }, few[] = { 400, 40, 90 };
  static const guint32 marked[] = { 700000, 100, 9000 };  /* several threads; many words of marks */
  static const guint32 sorted[] = { 600, 12, 120000 };    /* too few for so many marks */
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/analysis/leaf-value-lists/none", none, test_lists);
  g_test_add_data_func ("/analysis/leaf-value-lists/few", few, test_lists);
  g_test_add_data_func ("/analysis/leaf-value-lists/marked", marked, test_lists);
  g_test_add_data_func ("/analysis/leaf-value-lists/sorted", sorted, test_lists);
  return g_test_run ();
}
