#include "export/tree_leaves.h"

#include <stdlib.h>
#include <string.h>

static int
compare_by_numbers (gconstpointer a, gconstpointer b, gpointer data)
{
  const RowMetrics *left = &((const PoolTreeLeaf *) a)->metrics, *right = &((const PoolTreeLeaf *) b)->metrics;
  Metric metric = (Metric) GPOINTER_TO_INT (data);
  gint64 left_value, right_value;
  if (!row_metrics_get (left, metric, &left_value))
    left_value = G_MININT64; /* leaves without a value come last */
  if (!row_metrics_get (right, metric, &right_value))
    right_value = G_MININT64;
  if (left_value != right_value)
    return left_value < right_value ? 1 : -1;
  if (left->sums.size_bytes != right->sums.size_bytes)
    return left->sums.size_bytes < right->sums.size_bytes ? 1 : -1;
  return 0;
}

typedef struct
{
  char **key; /* (owned) */
  PoolTreeLeaf leaf;
} KeyedLeaf;

static int
compare_by_key (const void *a, const void *b)
{
  char **left = ((const KeyedLeaf *) a)->key, **right = ((const KeyedLeaf *) b)->key;
  for (; *left && *right; left++, right++)
    {
      int difference = strcmp (*left, *right);
      if (difference != 0)
        return difference;
    }
  return 0;
}

/* Orders @n leaves with equal numbers by the texts of their keys, which live only meanwhile. */
static void
sort_equals_by_key (const PoolTree *tree, PoolTreeLeaf *leaves, gsize n)
{
  g_autofree KeyedLeaf *keyed = g_new (KeyedLeaf, n);
  for (gsize i = 0; i < n; i++)
    keyed[i] = (KeyedLeaf){ pool_tree_dup_row_key (tree, leaves[i].row), leaves[i] };
  qsort (keyed, n, sizeof *keyed, compare_by_key);
  for (gsize i = 0; i < n; i++)
    {
      leaves[i] = keyed[i].leaf;
      g_strfreev (keyed[i].key);
    }
}

GArray *
tree_leaves_new (const TreeExport *self)
{
  MetricSet metrics = tree_export_get_columns (self) | METRIC_BIT (self->sort);
  GArray *leaves = pool_tree_values_dup_leaves (self->values, POOL_TREE_ORDER_DEFAULT, metrics, NULL);
  g_array_sort_with_data (leaves, compare_by_numbers, GINT_TO_POINTER (self->sort));
  const PoolTree *tree = pool_tree_values_get_tree (self->values);
  PoolTreeLeaf *values = (PoolTreeLeaf *) leaves->data;
  for (gsize start = 0, end; start < leaves->len && start < self->limit; start = end)
    {
      for (end = start + 1; end < leaves->len; end++)
        if (compare_by_numbers (&values[start], &values[end], GINT_TO_POINTER (self->sort)) != 0)
          break;
      if (end - start > 1)
        sort_equals_by_key (tree, values + start, end - start);
    }
  g_array_set_size (leaves, (guint) MIN ((gsize) leaves->len, self->limit));
  return leaves;
}
