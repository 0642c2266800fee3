#include "app/rows/row_node.h"

static guint
row_hash (gconstpointer data)
{
  const PoolTreeRow *row = data;
  return row->leaf * 2654435761u ^ row->depth * 2246822519u ^ (guint) row->types << 8 ^ row->level;
}

static gboolean
row_equal (gconstpointer a, gconstpointer b)
{
  return pool_tree_row_equal (*(const PoolTreeRow *) a, *(const PoolTreeRow *) b);
}

RowSet *
row_set_new (void)
{
  return g_hash_table_new_full (row_hash, row_equal, g_free, NULL);
}

void
row_set_add (RowSet *self, PoolTreeRow row)
{
  g_hash_table_add (self, g_memdup2 (&row, sizeof row));
}

gboolean
row_set_contains (RowSet *self, PoolTreeRow row)
{
  return g_hash_table_contains (self, &row);
}

static gboolean
is_stack_level (const PoolTree *tree, guint level)
{
  gsize n_levels;
  const Dimension *grouping = pool_tree_get_grouping (tree, &n_levels);
  return level > 0 && level <= n_levels && dimension_is_stack (grouping[level - 1]);
}

void
row_node_set_children (RowNode *self, const PoolTreeValues *values, const PoolTreeRow *rows, gsize n_rows)
{
  g_return_if_fail (self->children == NULL);
  const PoolTree *tree = pool_tree_values_get_tree (values);
  self->children = g_new0 (RowNode, n_rows);
  self->n_children = (guint32) n_rows;
  for (gsize i = 0; i < n_rows; i++)
    {
      RowNode *child = &self->children[i];
      gboolean same_stack = self->row.level == rows[i].level && is_stack_level (tree, rows[i].level);
      child->parent = self;
      child->row = rows[i];
      child->sums = pool_tree_values_get_sums (values, rows[i]);
      child->has_children = pool_tree_values_has_children (values, rows[i]) != FALSE;
      child->depth = (guint16) (self->parent == NULL ? 0 : MIN (self->depth + 1, G_MAXUINT16));
      child->indentation = (guint16) (same_stack ? MIN (self->indentation + (n_rows > 1), G_MAXUINT16) : 0);
    }
}

/* Opens @self and what is open below it. Iterative on purpose: stacks can be hundreds of frames deep. */
static gboolean
fill_open (RowNode *root, const PoolTreeValues *values, PoolTreeOrder order, RowSet *open,
           GCancellable *cancellable)
{
  g_autoptr (GPtrArray) pending = g_ptr_array_new ();
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  g_ptr_array_add (pending, root);
  while (pending->len > 0)
    {
      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;
      RowNode *node = g_ptr_array_steal_index_fast (pending, pending->len - 1);
      g_array_set_size (rows, 0);
      pool_tree_values_get_children (values, node->row, order, rows);
      row_node_set_children (node, values, (const PoolTreeRow *) (gpointer) rows->data, rows->len);
      node->is_open = TRUE;
      for (guint i = 0; open != NULL && i < node->n_children; i++)
        if (node->children[i].has_children && row_set_contains (open, node->children[i].row))
          g_ptr_array_add (pending, &node->children[i]);
    }
  return TRUE;
}

RowNode *
row_node_new_root (const PoolTreeValues *values, PoolTreeOrder order, RowSet *open, GCancellable *cancellable)
{
  RowNode *root = g_new0 (RowNode, 1);
  root->row = POOL_TREE_ROOT;
  root->sums = pool_tree_values_get_sums (values, root->row);
  root->has_children = TRUE;
  if (!fill_open (root, values, order, open, cancellable))
    g_clear_pointer (&root, row_node_free_root);
  return root;
}

void
row_node_free_root (RowNode *root)
{
  g_autoptr (GPtrArray) blocks = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) pending = g_ptr_array_new ();
  g_ptr_array_add (pending, root);
  while (pending->len > 0)
    {
      RowNode *node = g_ptr_array_steal_index_fast (pending, pending->len - 1);
      for (guint i = 0; i < node->n_children; i++)
        {
          g_free (node->children[i].details);
          if (node->children[i].children != NULL)
            g_ptr_array_add (pending, &node->children[i]);
        }
      if (node->children != NULL)
        g_ptr_array_add (blocks, node->children);
    }
  g_free (root->details);
  g_free (root);
}

gboolean
row_node_get_metric (const RowNode *self, Metric metric, gint64 *ret_value)
{
  if (!metric_needs_events (metric))
    {
      RowMetrics of_sums = { .sums = self->sums };
      return row_metrics_get (&of_sums, metric, ret_value);
    }
  return self->details != NULL && self->details->known & METRIC_BIT (metric)
         && row_metrics_get (&self->details->metrics, metric, ret_value);
}

const guint64 *
row_node_get_trend (const RowNode *self)
{
  return self->details != NULL && self->details->has_trend ? self->details->trend_bytes : NULL;
}

RowNode *
row_node_find (RowNode *root, const PoolTree *tree, PoolTreeRow row)
{
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  while (row.level > 0)
    {
      PoolTreeRow parent;
      g_array_append_val (path, row);
      if (!pool_tree_get_parent (tree, row, &parent))
        break;
      row = parent;
    }
  RowNode *node = root;
  for (guint i = path->len; i > 0 && node != NULL; i--)
    {
      RowNode *found = NULL;
      for (guint child = 0; child < node->n_children && found == NULL; child++)
        if (pool_tree_row_equal (node->children[child].row, g_array_index (path, PoolTreeRow, i - 1)))
          found = &node->children[child];
      node = found;
    }
  return node;
}

void
row_node_append_visible (RowNode *self, GPtrArray *ret_nodes)
{
  /* Pre-order without recursion: go to the first child, else to the next sibling of the nearest ancestor. */
  RowNode *node = self;
  for (;;)
    {
      if (node->is_open && node->n_children > 0)
        node = &node->children[0];
      else
        {
          while (node != self && node == &node->parent->children[node->parent->n_children - 1])
            node = node->parent;
          if (node == self)
            return;
          node++;
        }
      g_ptr_array_add (ret_nodes, node);
    }
}
