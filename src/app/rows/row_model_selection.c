/* The selection of the rows, which each node keeps. */
#include "app/rows/row_model_private.h"

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
    row_model_set_cursor (self, last);
  else if (self->cursor != NULL && !self->cursor->is_selected)
    {
      g_autoptr (GPtrArray) rest = row_model_dup_selected (self);
      row_model_set_cursor (self, rest->len > 0 ? g_ptr_array_index (rest, 0) : NULL);
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
  /* Nobody hears of the selection of rows that they do not know. */
  if (!gtk_bitset_is_empty (mask))
    row_model_tell_until (self, gtk_bitset_get_maximum (mask) + 1);
  return row_model_set_selection (GTK_SELECTION_MODEL (self), selected, mask);
}

static gboolean
row_model_select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  RowModel *self = ROW_MODEL (model);
  gboolean done = change_range (self, position, 1, TRUE, unselect_rest);
  RowNode *node = row_model_get_visible (self, position);
  if (node != NULL)
    row_model_set_cursor (self, node);
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

void
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
