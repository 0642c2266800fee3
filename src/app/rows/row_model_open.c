/* Rows that open and close. */
#include "app/rows/row_model_private.h"

void
row_opening_clear (gpointer opening)
{
  g_array_unref (((RowOpening *) opening)->children);
}

/* Shows the rows below @node, which became open; one change for all of them. */
static void
show_below (RowModel *self, RowNode *node, guint n_shown_before)
{
  g_autoptr (GPtrArray) below = g_ptr_array_new ();
  row_node_append_visible (node, below);
  guint position = node->parent == NULL ? 0 : node->position + 1;
  guint n_old = self->visible->len, n_kept = n_old - position - n_shown_before;
  g_autoptr (GPtrArray) visible = g_ptr_array_sized_new (n_old - n_shown_before + below->len);
  for (guint i = 0; i < position; i++)
    g_ptr_array_add (visible, g_ptr_array_index (self->visible, i));
  g_ptr_array_extend (visible, below, NULL, NULL);
  for (guint i = 0; i < n_kept; i++)
    g_ptr_array_add (visible, g_ptr_array_index (self->visible, position + n_shown_before + i));
  g_clear_pointer (&self->visible, g_ptr_array_unref);
  self->visible = g_steal_pointer (&visible);
  row_model_renumber (self, position);
  row_model_tell_changed (self, position, n_shown_before, below->len);
  row_model_emit_refreshed (self);
}

static guint
count_shown_below (RowNode *node)
{
  g_autoptr (GPtrArray) below = g_ptr_array_new ();
  if (node->is_open)
    row_node_append_visible (node, below);
  return below->len;
}

static gboolean
is_visible (RowNode *node)
{
  for (RowNode *ancestor = node->parent; ancestor != NULL; ancestor = ancestor->parent)
    if (!ancestor->is_open)
      return FALSE;
  return TRUE;
}

static gboolean
is_below (RowNode *node, RowNode *ancestor)
{
  while (node != NULL && node != ancestor)
    node = node->parent;
  return node != NULL;
}

void
row_model_open (RowModel *self, GArray *openings)
{
  if (self->root == NULL)
    return;
  row_model_tell_all (self);
  PoolTree *tree = pool_tree_values_get_tree (self->values);
  RowNode *topmost = NULL;
  guint n_shown = 0;
  for (guint i = 0; i < openings->len; i++)
    {
      RowOpening *opening = &g_array_index (openings, RowOpening, i);
      RowNode *node = row_node_find (self->root, tree, opening->row);
      if (node == NULL || node->is_open)
        continue;
      if (topmost == NULL && is_visible (node))
        {
          topmost = node;
          n_shown = count_shown_below (node);
        }
      else if (topmost != NULL && topmost != self->root && !is_below (node, topmost))
        {
          topmost = self->root;
          n_shown = self->visible->len;
        }
      if (node->children == NULL && opening->children->len > 0)
        row_node_set_children (node, self->values, (const PoolTreeRow *) (gpointer) opening->children->data,
                               opening->children->len);
      node->is_open = node->n_children > 0;
    }
  if (topmost == NULL)
    return;
  self->generation++;
  show_below (self, topmost, n_shown);
}

gboolean
row_model_reopen (RowModel *self, RowNode *node)
{
  if (node->n_children == 0 || node->is_open)
    return FALSE;
  row_model_tell_all (self);
  node->is_open = TRUE;
  self->generation++;
  show_below (self, node, 0);
  return TRUE;
}

void
row_model_close (RowModel *self, RowNode *node)
{
  if (!node->is_open)
    return;
  row_model_tell_all (self);
  guint n_shown = count_shown_below (node);
  gboolean takes_cursor = FALSE;
  for (guint i = 0; i < n_shown; i++)
    {
      RowNode *hidden = g_ptr_array_index (self->visible, node->position + 1 + i);
      takes_cursor = takes_cursor || hidden == self->cursor;
      hidden->is_selected = FALSE;
      row_model_orphan_item (hidden);
    }
  g_ptr_array_remove_range (self->visible, node->position + 1, n_shown);
  node->is_open = FALSE;
  self->generation++;
  row_model_renumber (self, node->position + 1);
  /* Without this the list would be left without a current row. */
  if (takes_cursor)
    self->cursor = NULL;
  row_model_tell_changed (self, node->position + 1, n_shown, 0);
  row_model_emit_refreshed (self);
  if (takes_cursor)
    row_model_select_only (self, node);
}
