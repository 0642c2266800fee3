#include "analysis/leak_ranking.h"

#include <stdlib.h>
#include <string.h>

static const char *const recorder_tags[] = { "EtwB", "EtwD", "EtwR" };
static const char *const recorder_expressions[] = { "tag!=EtwB", "tag!=EtwD", "tag!=EtwR" };
static const char *const origin_dimensions[LEAK_N_ORIGINS] = { [LEAK_ORIGIN_MODULE] = "module",
                                                               [LEAK_ORIGIN_DRIVER] = "driver",
                                                               [LEAK_ORIGIN_PROCESS] = "process",
                                                               [LEAK_ORIGIN_SERVICE] = "service" };

gboolean
pool_tag_is_recorders (guint32 tag)
{
  const guint32 bytes = GUINT32_TO_LE (tag);
  for (guint i = 0; i < G_N_ELEMENTS (recorder_tags); i++)
    if (memcmp (&bytes, recorder_tags[i], sizeof bytes) == 0)
      return TRUE;
  return FALSE;
}

gboolean
leak_origin_get_dimension (LeakOrigin self, Dimension *ret_dimension)
{
  return dimension_from_name (origin_dimensions[self], ret_dimension);
}

static PoolFilter *
create_filter (const LeakQuery *query, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < G_N_ELEMENTS (recorder_expressions); i++)
    g_strv_builder_add (builder, recorder_expressions[i]);
  if (query->expressions != NULL)
    g_strv_builder_addv (builder, (const char **) query->expressions);
  g_auto (GStrv) expressions = g_strv_builder_end (builder);
  return pool_filter_new ((const char *const *) expressions, error);
}

static void
leak_row_clear (gpointer data)
{
  LeakRow *row = data;
  g_strfreev (row->key);
  for (guint i = 0; i < LEAK_N_ORIGINS; i++)
    g_free (row->origins[i]);
}

static int
compare_keys (char **a, char **b)
{
  for (; *a != NULL && *b != NULL; a++, b++)
    {
      int difference = strcmp (*a, *b);
      if (difference != 0)
        return difference;
    }
  return 0;
}

static gboolean
is_growing (const LeakRow *row)
{
  return row_metrics_get_verdict (&row->metrics) == VERDICT_GROWING;
}

/* What goes on growing first, then most growth, then the larger, then by text: all rows have the same time. */
static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const LeakRow *left = a, *right = b;
  if (is_growing (left) != is_growing (right))
    return is_growing (left) ? -1 : 1;
  if (left->metrics.growth_bytes != right->metrics.growth_bytes)
    return left->metrics.growth_bytes < right->metrics.growth_bytes ? 1 : -1;
  if (left->metrics.sums.size_bytes != right->metrics.sums.size_bytes)
    return left->metrics.sums.size_bytes < right->metrics.sums.size_bytes ? 1 : -1;
  return compare_keys (left->key, right->key);
}

static gboolean
is_suspect (const LeakQuery *query, const RowMetrics *metrics)
{
  return metrics->growth_bytes > 0 && (guint64) metrics->growth_bytes >= query->minimum_bytes
         && (!query->only_growing || row_metrics_get_verdict (metrics) == VERDICT_GROWING);
}

/* FALSE when cancelled. */
static gboolean
rank (LeakRanking *self, const PoolTreeValues *values, const LeakQuery *query, GCancellable *cancellable)
{
  PoolTree *tree = pool_tree_values_get_tree (values);
  g_autoptr (GArray) leaves
      = pool_tree_values_dup_leaves (values, POOL_TREE_ORDER_DEFAULT, METRIC_SET_BASIC, cancellable);
  if (leaves == NULL)
    return FALSE;
  double seconds = pool_tree_values_get_growth_seconds (values);
  self->growth_seconds = seconds;
  for (guint i = 0; i < leaves->len; i++)
    {
      const PoolTreeLeaf *leaf = &g_array_index (leaves, PoolTreeLeaf, i);
      if (!is_suspect (query, &leaf->metrics))
        continue;
      LeakRow row = { .key = pool_tree_dup_row_key (tree, leaf->row), .metrics = leaf->metrics };
      row.bytes_per_second = seconds > 0 ? (double) leaf->metrics.growth_bytes / seconds : 0;
      g_array_append_val (self->rows, row);
    }
  g_array_sort (self->rows, compare_rows);
  if (query->n_most > 0 && self->rows->len > query->n_most)
    g_array_set_size (self->rows, query->n_most);
  return TRUE;
}

/* The text in the last dimension of the part of a row's blocks that changed the most. @leaves: of a tree that divides
 * the rows further. */
static void
take_heaviest (GArray *leaves, const PoolTree *tree, gsize n_levels, GHashTable *rows, LeakOrigin origin)
{
  g_autoptr (GHashTable) heaviest = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  for (guint i = 0; i < leaves->len; i++)
    {
      const PoolTreeLeaf *leaf = &g_array_index (leaves, PoolTreeLeaf, i);
      g_auto (GStrv) key = pool_tree_dup_row_key (tree, leaf->row);
      g_autofree char *text = g_steal_pointer (&key[n_levels]);
      g_autofree char *joined = g_strjoinv ("\x1f", key);
      LeakRow *row = g_hash_table_lookup (rows, joined);
      if (row == NULL)
        continue;
      gint64 *most = g_hash_table_lookup (heaviest, row);
      if (most != NULL && *most >= leaf->metrics.sums.impacting_bytes)
        continue;
      g_hash_table_replace (heaviest, row, g_memdup2 (&leaf->metrics.sums.impacting_bytes, sizeof (gint64)));
      g_free (row->origins[origin]);
      row->origins[origin] = g_steal_pointer (&text);
    }
}

/* FALSE with @error when cancelled. */
static gboolean
find_origin (LeakRanking *self, PoolTrace *trace, FrameNames *names, PoolFilter *filter, LeakOrigin origin,
             GHashTable *rows, GCancellable *cancellable, GError **error)
{
  Dimension dimension, grouping[POOL_TREE_MAX_LEVELS];
  if (!leak_origin_get_dimension (origin, &dimension))
    return TRUE;
  for (gsize i = 0; i < self->n_levels; i++)
    {
      grouping[i] = self->grouping[i];
      if (grouping[i] != dimension)
        continue;
      for (guint row = 0; row < self->rows->len; row++)
        {
          LeakRow *leak = &g_array_index (self->rows, LeakRow, row);
          leak->origins[origin] = g_strdup (leak->key[i]);
        }
      return TRUE;
    }
  grouping[self->n_levels] = dimension;
  g_autoptr (PoolTree) tree
      = pool_tree_new (trace, names, grouping, self->n_levels + 1, filter, cancellable, error);
  g_autoptr (PoolTreeValues) values
      = tree != NULL ? pool_tree_values_new (tree, TIME_RANGE_WHOLE, cancellable, error) : NULL;
  if (values == NULL)
    return FALSE;
  g_autoptr (GArray) leaves = pool_tree_values_dup_leaves (values, POOL_TREE_ORDER_DEFAULT, 0, cancellable);
  if (leaves == NULL)
    return !g_cancellable_set_error_if_cancelled (cancellable, error);
  take_heaviest (leaves, tree, self->n_levels, rows, origin);
  return TRUE;
}

static gboolean
find_origins (LeakRanking *self, PoolTrace *trace, FrameNames *names, PoolFilter *filter,
              GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < self->rows->len; i++)
    {
      LeakRow *row = &g_array_index (self->rows, LeakRow, i);
      g_hash_table_insert (rows, g_strjoinv ("\x1f", row->key), row);
    }
  for (LeakOrigin origin = 0; origin < LEAK_N_ORIGINS && self->rows->len > 0; origin++)
    if (!find_origin (self, trace, names, filter, origin, rows, cancellable, error))
      return FALSE;
  return TRUE;
}

LeakRanking *
leak_ranking_new (PoolTrace *trace, FrameNames *names, const LeakQuery *query, GCancellable *cancellable,
                  GError **error)
{
  g_return_val_if_fail (query->n_levels <= POOL_TREE_MAX_LEVELS, NULL);
  g_autoptr (PoolFilter) filter = create_filter (query, error);
  if (filter == NULL)
    return NULL;
  g_autoptr (PoolTree) tree
      = pool_tree_new (trace, names, query->grouping, query->n_levels, filter, cancellable, error);
  g_autoptr (PoolTreeValues) values
      = tree != NULL ? pool_tree_values_new (tree, TIME_RANGE_WHOLE, cancellable, error) : NULL;
  if (values == NULL)
    return NULL;
  g_autoptr (LeakRanking) self = g_new0 (LeakRanking, 1);
  self->grouping = g_memdup2 (query->grouping, query->n_levels * sizeof (Dimension));
  self->n_levels = query->n_levels;
  self->rows = g_array_new (FALSE, FALSE, sizeof (LeakRow));
  g_array_set_clear_func (self->rows, leak_row_clear);
  if (!rank (self, values, query, cancellable)
      || !find_origins (self, trace, names, filter, cancellable, error))
    {
      if (error != NULL && *error == NULL)
        g_cancellable_set_error_if_cancelled (cancellable, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
leak_ranking_free (LeakRanking *self)
{
  g_free (self->grouping);
  g_array_unref (self->rows);
  g_free (self);
}
