#include "app/rows/row_model_private.h"

enum
{
  SIGNAL_REFRESHED,
  SIGNAL_REARRANGED,
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
row_model_emit_cursor_changed (RowModel *self)
{
  g_signal_emit (self, signals[SIGNAL_CURSOR_CHANGED], 0);
}

void
row_model_set_cursor (RowModel *self, RowNode *node)
{
  if (self->cursor == node)
    return;
  self->cursor = node;
  row_model_emit_cursor_changed (self);
}

void
row_model_emit_refreshed (RowModel *self)
{
  g_signal_emit (self, signals[SIGNAL_REFRESHED], 0);
}

void
row_model_emit_rearranged (RowModel *self)
{
  g_signal_emit (self, signals[SIGNAL_REARRANGED], 0);
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

void
row_model_free_root (RowModel *self)
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
  g_clear_handle_id (&self->telling, g_source_remove);
  row_model_free_root (self);
  g_clear_pointer (&self->visible, g_ptr_array_unref);
  G_OBJECT_CLASS (row_model_parent_class)->finalize (object);
}

static void
row_model_class_init (RowModelClass *class)
{
  G_OBJECT_CLASS (class)->finalize = row_model_finalize;
  static const char *const names[N_SIGNALS] = { "refreshed", "rearranged", "replacing", "replaced", "cursor-changed" };
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
