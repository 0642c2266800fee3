#include "app/table/row_model_private.h"

enum
{
  SIGNAL_REFRESHED,
  SIGNAL_REPLACING,
  SIGNAL_REPLACED,
  SIGNAL_CURSOR_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (RowModel, row_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, row_model_list_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, row_model_selection_init))

void
row_model_set_cursor (RowModel *self, RowNode *node)
{
  if (self->cursor == node)
    return;
  self->cursor = node;
  g_signal_emit (self, signals[SIGNAL_CURSOR_CHANGED], 0);
}

void
row_model_emit_replacing (RowModel *self)
{
  g_signal_emit (self, signals[SIGNAL_REPLACING], 0);
}

void
row_model_emit_replaced (RowModel *self)
{
  g_signal_emit (self, signals[SIGNAL_REPLACED], 0);
}

/* Object */

static void
free_root (RowModel *self)
{
  for (guint i = 0; i < self->visible->len; i++)
    row_model_orphan_item (g_ptr_array_index (self->visible, i));
  g_ptr_array_set_size (self->visible, 0);
  g_clear_pointer (&self->root, row_node_free_root);
  g_clear_pointer (&self->values, pool_tree_values_unref);
}

static void
row_model_finalize (GObject *object)
{
  RowModel *self = ROW_MODEL (object);
  row_model_stop_telling (self);
  free_root (self);
  g_clear_pointer (&self->visible, g_ptr_array_unref);
  G_OBJECT_CLASS (row_model_parent_class)->finalize (object);
}

static void
row_model_class_init (RowModelClass *class)
{
  G_OBJECT_CLASS (class)->finalize = row_model_finalize;
  static const char *const names[N_SIGNALS] = { "refreshed", "replacing", "replaced", "cursor-changed" };
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
}

static void
row_model_init (RowModel *self)
{
  self->visible = g_ptr_array_new ();
}

RowModel *
row_model_new (void)
{
  return g_object_new (ROW_TYPE_MODEL, NULL);
}

PoolTreeValues *
row_model_get_values (RowModel *self)
{
  return self->values;
}

RowNode *
row_model_get_root (RowModel *self)
{
  return self->root;
}

guint
row_model_get_n_visible (RowModel *self)
{
  return self->visible->len;
}

RowNode *
row_model_get_visible (RowModel *self, guint position)
{
  return position < self->visible->len ? g_ptr_array_index (self->visible, position) : NULL;
}

guint
row_model_get_generation (RowModel *self)
{
  return self->generation;
}

RowNode *
row_model_get_cursor (RowModel *self)
{
  return self->cursor;
}

GPtrArray *
row_model_dup_selected (RowModel *self)
{
  GPtrArray *result = g_ptr_array_new ();
  for (guint i = 0; i < self->visible->len; i++)
    {
      RowNode *node = g_ptr_array_index (self->visible, i);
      if (node->is_selected)
        g_ptr_array_add (result, node);
    }
  return result;
}

void
row_model_select_only (RowModel *self, RowNode *node)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self), node->position, TRUE);
}

RowSet *
row_model_dup_open_rows (RowModel *self)
{
  RowSet *open = row_set_new ();
  for (guint i = 0; i < self->visible->len; i++)
    {
      RowNode *node = g_ptr_array_index (self->visible, i);
      if (node->is_open)
        row_set_add (open, node->row);
    }
  return open;
}

/* Changes */

static void
renumber (RowModel *self, guint from)
{
  for (guint i = from; i < self->visible->len; i++)
    ((RowNode *) g_ptr_array_index (self->visible, i))->position = i;
}

/* The row in the new tree gets item and selection of the same row in the old one. */
static void
inherit (RowNode *new_node, RowNode *old_node)
{
  new_node->item = old_node->item;
  if (new_node->item != NULL)
    ROW_ITEM (new_node->item)->node = new_node;
  old_node->item = NULL;
  new_node->is_selected = old_node->is_selected;
}

static RowNode *
carry_selection (RowModel *self, RowNode *root, PoolTree *tree, guint first, guint last)
{
  for (guint i = first; i < last; i++)
    {
      RowNode *old_node = g_ptr_array_index (self->visible, i);
      RowNode *new_node = old_node->is_selected ? row_node_find (root, tree, old_node->row) : NULL;
      if (new_node != NULL)
        new_node->is_selected = TRUE;
    }
  if (self->cursor == NULL)
    return NULL;
  /* A row that has nothing in the new range leaves the place to the nearest row above it. */
  PoolTreeRow row = self->cursor->row, parent;
  RowNode *cursor = row_node_find (root, tree, row);
  while (cursor == NULL && row.level > 0 && pool_tree_get_parent (tree, row, &parent) && parent.level > 0)
    {
      row = parent;
      cursor = row_node_find (root, tree, row);
    }
  if (cursor != NULL)
    cursor->is_selected = TRUE;
  return cursor;
}

static gboolean
same_row (RowModel *self, guint old_position, GPtrArray *visible, guint new_position)
{
  RowNode *old_node = g_ptr_array_index (self->visible, old_position);
  RowNode *new_node = g_ptr_array_index (visible, new_position);
  return pool_tree_row_equal (old_node->row, new_node->row);
}

void
row_model_set_root (RowModel *self, RowNode *root, PoolTreeValues *values)
{
  g_autoptr (GPtrArray) visible = g_ptr_array_new ();
  if (root != NULL)
    row_node_append_visible (root, visible);
  gboolean same_tree = root != NULL && self->values != NULL
                       && pool_tree_values_get_tree (self->values) == pool_tree_values_get_tree (values);
  row_model_stop_telling (self);
  guint n_old = self->n_told, shared = same_tree ? MIN (n_old, visible->len) : 0;
  guint head = 0, tail = 0;
  while (head < shared && same_row (self, head, visible, head))
    head++;
  while (tail < shared - head && same_row (self, n_old - 1 - tail, visible, visible->len - 1 - tail))
    tail++;
  for (guint i = 0; i < head; i++)
    inherit (g_ptr_array_index (visible, i), g_ptr_array_index (self->visible, i));
  for (guint i = 0; i < tail; i++)
    inherit (g_ptr_array_index (visible, visible->len - 1 - i),
             g_ptr_array_index (self->visible, n_old - 1 - i));
  RowNode *cursor = NULL;
  if (same_tree)
    cursor = carry_selection (self, root, pool_tree_values_get_tree (values), head, self->visible->len);
  gboolean had_cursor = self->cursor != NULL;
  free_root (self);
  self->root = root;
  self->values = values != NULL ? pool_tree_values_ref (values) : NULL;
  g_ptr_array_extend (self->visible, visible, NULL, NULL);
  self->cursor = cursor;
  renumber (self, 0);
  row_model_tell_changed (self, head, n_old - head - tail, visible->len - head - tail, !same_tree);
  g_signal_emit (self, signals[SIGNAL_REFRESHED], 0);
  if (had_cursor && cursor == NULL)
    g_signal_emit (self, signals[SIGNAL_CURSOR_CHANGED], 0);
}

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
  renumber (self, position);
  row_model_tell_changed (self, position, n_shown_before, below->len, FALSE);
  g_signal_emit (self, signals[SIGNAL_REFRESHED], 0);
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
  renumber (self, node->position + 1);
  /* Without this the list would be left without a current row. */
  if (takes_cursor)
    self->cursor = NULL;
  row_model_tell_changed (self, node->position + 1, n_shown, 0, FALSE);
  g_signal_emit (self, signals[SIGNAL_REFRESHED], 0);
  if (takes_cursor)
    row_model_select_only (self, node);
}
