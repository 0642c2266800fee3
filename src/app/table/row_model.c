#include "app/table/row_model.h"

/* Above this many rows the list view is better told to start anew: it asks for every row that changed. */
#define MAX_CHANGED_ROWS 20000

struct _RowItem
{
  GObject parent_instance;
  RowNode *node;
};
G_DEFINE_FINAL_TYPE (RowItem, row_item, G_TYPE_OBJECT)

struct _RowModel
{
  GObject parent_instance;
  PoolTreeValues *values; /* (owned) (nullable) */
  RowNode *root;          /* (owned) (nullable) */
  GPtrArray *visible;     /* (owned): of RowNode in root */
  RowNode *cursor;        /* (nullable): in root */
  guint generation;
  gboolean is_replacing;
  guint n_replaced; /* while it is: as many rows as were there before */
};

enum
{
  SIGNAL_REFRESHED,
  SIGNAL_REPLACING,
  SIGNAL_REPLACED,
  SIGNAL_CURSOR_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void row_model_list_init (GListModelInterface *interface);
static void row_model_selection_init (GtkSelectionModelInterface *interface);
G_DEFINE_FINAL_TYPE_WITH_CODE (RowModel, row_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, row_model_list_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, row_model_selection_init))

/* Items */

static void
row_item_finalize (GObject *object)
{
  RowItem *self = ROW_ITEM (object);
  if (self->node != NULL)
    self->node->item = NULL;
  G_OBJECT_CLASS (row_item_parent_class)->finalize (object);
}

static void
row_item_class_init (RowItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = row_item_finalize;
}

static void
row_item_init (RowItem *self)
{
}

RowNode *
row_item_get_node (RowItem *self)
{
  return self->node;
}

/* Lets go of the item of @node: the item may outlive it. */
static void
orphan_item (RowNode *node)
{
  if (node->item != NULL)
    ROW_ITEM (node->item)->node = NULL;
  node->item = NULL;
}

/* List */

static GType
row_model_get_item_type (GListModel *list)
{
  return ROW_TYPE_ITEM;
}

static guint
row_model_get_n_items (GListModel *list)
{
  const RowModel *self = ROW_MODEL (list);
  return self->is_replacing ? self->n_replaced : self->visible->len;
}

static gpointer
row_model_get_item (GListModel *list, guint position)
{
  RowModel *self = ROW_MODEL (list);
  if (position >= self->visible->len)
    return NULL;
  RowNode *node = g_ptr_array_index (self->visible, position);
  if (node->item != NULL)
    return g_object_ref (node->item);
  RowItem *item = g_object_new (ROW_TYPE_ITEM, NULL);
  item->node = node;
  node->item = item;
  return item;
}

static void
row_model_list_init (GListModelInterface *interface)
{
  interface->get_item_type = row_model_get_item_type;
  interface->get_n_items = row_model_get_n_items;
  interface->get_item = row_model_get_item;
}

/* Selection */

static void
set_cursor (RowModel *self, RowNode *node)
{
  if (self->cursor == node)
    return;
  self->cursor = node;
  g_signal_emit (self, signals[SIGNAL_CURSOR_CHANGED], 0);
}

static gboolean
row_model_is_selected (GtkSelectionModel *model, guint position)
{
  RowNode *node = row_model_get_visible (ROW_MODEL (model), position);
  return node != NULL && node->is_selected;
}

static GtkBitset *
row_model_get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  RowModel *self = ROW_MODEL (model);
  GtkBitset *result = gtk_bitset_new_empty ();
  guint end = n_items < self->visible->len - MIN (position, self->visible->len) ? position + n_items
                                                                                : self->visible->len;
  for (guint i = position; i < end; i++)
    if (((RowNode *) g_ptr_array_index (self->visible, i))->is_selected)
      gtk_bitset_add (result, i);
  return result;
}

/* Sets the bits of @selected where @mask is set, as the interface asks; the cursor goes to the last new row.
 */
static gboolean
row_model_set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  RowModel *self = ROW_MODEL (model);
  RowNode *last = NULL;
  GtkBitsetIter iter;
  guint position;
  if (!gtk_bitset_iter_init_first (&iter, mask, &position))
    return TRUE;
  guint first_position = position, last_position = position;
  do
    {
      RowNode *node = row_model_get_visible (self, position);
      if (node == NULL)
        break;
      gboolean is_selected = gtk_bitset_contains (selected, position);
      if (is_selected && !node->is_selected)
        last = node;
      node->is_selected = is_selected != FALSE;
      last_position = position;
    }
  while (gtk_bitset_iter_next (&iter, &position));
  gtk_selection_model_selection_changed (model, first_position, last_position - first_position + 1);
  if (last != NULL)
    set_cursor (self, last);
  else if (self->cursor != NULL && !self->cursor->is_selected)
    {
      g_autoptr (GPtrArray) rest = row_model_dup_selected (self);
      set_cursor (self, rest->len > 0 ? g_ptr_array_index (rest, 0) : NULL);
    }
  return TRUE;
}

static gboolean
change_range (RowModel *self, guint position, guint n_items, gboolean is_selected, gboolean unselect_rest)
{
  g_autoptr (GtkBitset) selected = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) mask = gtk_bitset_new_empty ();
  if (position < self->visible->len)
    n_items = MIN (n_items, self->visible->len - position);
  else
    n_items = 0;
  gtk_bitset_add_range (mask, position, n_items);
  if (is_selected)
    gtk_bitset_add_range (selected, position, n_items);
  if (unselect_rest)
    {
      g_autoptr (GPtrArray) old = row_model_dup_selected (self);
      for (guint i = 0; i < old->len; i++)
        gtk_bitset_add (mask, ((RowNode *) g_ptr_array_index (old, i))->position);
    }
  return row_model_set_selection (GTK_SELECTION_MODEL (self), selected, mask);
}

static gboolean
row_model_select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  RowModel *self = ROW_MODEL (model);
  gboolean done = change_range (self, position, 1, TRUE, unselect_rest);
  RowNode *node = row_model_get_visible (self, position);
  if (node != NULL)
    set_cursor (self, node);
  return done;
}

static gboolean
row_model_unselect_item (GtkSelectionModel *model, guint position)
{
  return change_range (ROW_MODEL (model), position, 1, FALSE, FALSE);
}

static gboolean
row_model_select_range (GtkSelectionModel *model, guint position, guint n_items, gboolean unselect_rest)
{
  return change_range (ROW_MODEL (model), position, n_items, TRUE, unselect_rest);
}

static gboolean
row_model_unselect_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return change_range (ROW_MODEL (model), position, n_items, FALSE, FALSE);
}

static gboolean
row_model_select_all (GtkSelectionModel *model)
{
  return change_range (ROW_MODEL (model), 0, G_MAXUINT, TRUE, FALSE);
}

static gboolean
row_model_unselect_all (GtkSelectionModel *model)
{
  return change_range (ROW_MODEL (model), 0, G_MAXUINT, FALSE, FALSE);
}

static void
row_model_selection_init (GtkSelectionModelInterface *interface)
{
  interface->is_selected = row_model_is_selected;
  interface->get_selection_in_range = row_model_get_selection_in_range;
  interface->set_selection = row_model_set_selection;
  interface->select_item = row_model_select_item;
  interface->unselect_item = row_model_unselect_item;
  interface->select_range = row_model_select_range;
  interface->unselect_range = row_model_unselect_range;
  interface->select_all = row_model_select_all;
  interface->unselect_all = row_model_unselect_all;
}

/* Object */

static void
free_root (RowModel *self)
{
  for (guint i = 0; i < self->visible->len; i++)
    orphan_item (g_ptr_array_index (self->visible, i));
  g_ptr_array_set_size (self->visible, 0);
  g_clear_pointer (&self->root, row_node_free_root);
  g_clear_pointer (&self->values, pool_tree_values_unref);
}

static void
row_model_finalize (GObject *object)
{
  RowModel *self = ROW_MODEL (object);
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

/* A list view that lets go of its model asks how many rows there are to let go of. */
static void
emit_replaced (RowModel *self, guint n_before)
{
  self->is_replacing = TRUE;
  self->n_replaced = n_before;
  g_signal_emit (self, signals[SIGNAL_REPLACING], 0);
  self->is_replacing = FALSE;
  g_signal_emit (self, signals[SIGNAL_REPLACED], 0);
}

static void
emit_items_changed (RowModel *self, guint position, guint n_removed, guint n_added)
{
  if (MAX (n_removed, n_added) > MAX_CHANGED_ROWS)
    emit_replaced (self, self->visible->len - n_added + n_removed);
  else if (n_removed > 0 || n_added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
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
  guint n_old = self->visible->len, shared = same_tree ? MIN (n_old, visible->len) : 0;
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
    cursor = carry_selection (self, root, pool_tree_values_get_tree (values), head, n_old - tail);
  gboolean had_cursor = self->cursor != NULL;
  free_root (self);
  self->root = root;
  self->values = values != NULL ? pool_tree_values_ref (values) : NULL;
  g_ptr_array_extend (self->visible, visible, NULL, NULL);
  self->cursor = cursor;
  renumber (self, 0);
  emit_items_changed (self, head, n_old - head - tail, visible->len - head - tail);
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
  emit_items_changed (self, position, n_shown_before, below->len);
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
  guint n_shown = count_shown_below (node);
  gboolean takes_cursor = FALSE;
  for (guint i = 0; i < n_shown; i++)
    {
      RowNode *hidden = g_ptr_array_index (self->visible, node->position + 1 + i);
      takes_cursor = takes_cursor || hidden == self->cursor;
      hidden->is_selected = FALSE;
      orphan_item (hidden);
    }
  g_ptr_array_remove_range (self->visible, node->position + 1, n_shown);
  node->is_open = FALSE;
  self->generation++;
  renumber (self, node->position + 1);
  /* Without this the list would be left without a current row. */
  if (takes_cursor)
    self->cursor = NULL;
  emit_items_changed (self, node->position + 1, n_shown, 0);
  g_signal_emit (self, signals[SIGNAL_REFRESHED], 0);
  if (takes_cursor)
    row_model_select_only (self, node);
}
