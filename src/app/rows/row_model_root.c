/* Another root: rows of new values, or of a new tree. */
#include "app/rows/row_model_private.h"

void
row_model_renumber (RowModel *self, guint from)
{
  for (guint i = from; i < self->visible->len; i++)
    ((RowNode *) g_ptr_array_index (self->visible, i))->position = i;
}

static void
take_item (RowNode *new_node, RowNode *old_node)
{
  new_node->item = g_steal_pointer (&old_node->item);
  if (new_node->item != NULL)
    ROW_ITEM (new_node->item)->node = new_node;
}

/* The row in the new list gets item and selection of the same row in the old one. */
static void
inherit (RowNode *new_node, RowNode *old_node)
{
  take_item (new_node, old_node);
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

/* How a list follows from the one before: @n_head rows stay, and either others stand in the place of @n_reused, and
 * nothing in that of @n_gone, or what is behind them is told to have changed, up to @n_tail rows that stay. */
typedef struct
{
  guint n_head, n_reused, n_gone, n_tail;
} Succession;

static gboolean
has_item (RowModel *self, guint position)
{
  return ((RowNode *) g_ptr_array_index (self->visible, position))->item != NULL;
}

/* The list view holds the items of the rows that it has made. GTK 4.8 removes others than it is told to where a change
 * begins within rows that it has not made: it begins before them instead. */
static guint
get_safe_beginning (RowModel *self, guint position)
{
  while (position > 0 && !has_item (self, position - 1))
    position--;
  return position;
}

/* Whether the list view has made the first rows and no others. */
static gboolean
get_n_made (RowModel *self, guint *ret_n_made)
{
  guint n_made = 0;
  while (n_made < self->n_told && has_item (self, n_made))
    n_made++;
  *ret_n_made = n_made;
  for (guint i = n_made; i < self->n_told; i++)
    if (has_item (self, i))
      return FALSE;
  return TRUE;
}

/* FALSE where the list view has to make the rows anew. */
static gboolean
plan_reuse (RowModel *self, GPtrArray *visible, guint n_head, Succession *ret_plan)
{
  guint n_kept = MIN (self->n_told, visible->len), n_made = 0;
  if (self->n_told > n_kept && !get_n_made (self, &n_made))
    return FALSE;
  /* Rows that are not made are gone at once: there is nothing to take apart. */
  *ret_plan = (Succession){ .n_head = n_head, .n_reused = n_kept - n_head, .n_gone = MAX (n_made, n_kept) - n_kept };
  return TRUE;
}

/* To put other rows in place of those on screen is many times cheaper than to let the list view make them anew, or look
 * for where each of very many went; but only what stays the same row keeps the place on screen and the focus. */
static Succession
plan_succession (RowModel *self, GPtrArray *visible, gboolean same_tree)
{
  Succession plan = { 0 };
  guint n_old = self->n_told, n_shared = MIN (n_old, visible->len);
  if (!same_tree)
    {
      plan_reuse (self, visible, 0, &plan);
      return plan;
    }
  while (plan.n_head < n_shared && same_row (self, plan.n_head, visible, plan.n_head))
    plan.n_head++;
  if (plan.n_head < n_old)
    plan.n_head = get_safe_beginning (self, plan.n_head);
  while (plan.n_tail < n_shared - plan.n_head
         && same_row (self, n_old - 1 - plan.n_tail, visible, visible->len - 1 - plan.n_tail))
    plan.n_tail++;
  if (MAX (n_old, visible->len) - plan.n_head - plan.n_tail > ROW_MODEL_MAX_CHANGED_ROWS)
    plan_reuse (self, visible, plan.n_head, &plan);
  return plan;
}

static void
hand_over_items (RowModel *self, GPtrArray *visible, Succession plan)
{
  for (guint i = 0; i < plan.n_head; i++)
    inherit (g_ptr_array_index (visible, i), g_ptr_array_index (self->visible, i));
  for (guint i = plan.n_head; i < plan.n_head + plan.n_reused; i++)
    take_item (g_ptr_array_index (visible, i), g_ptr_array_index (self->visible, i));
  for (guint i = 1; i <= plan.n_tail; i++)
    inherit (g_ptr_array_index (visible, visible->len - i), g_ptr_array_index (self->visible, self->n_told - i));
}

static void
tell_succession (RowModel *self, guint n_old, Succession plan, gboolean is_new)
{
  guint n_stay = plan.n_head + plan.n_tail, n_kept = plan.n_head + plan.n_reused;
  if (is_new || plan.n_reused + plan.n_gone > 0)
    row_model_tell_new (self, n_kept, plan.n_gone, n_old - n_kept - plan.n_gone);
  else
    row_model_tell_changed (self, plan.n_head, n_old - n_stay, self->visible->len - n_stay);
  if (plan.n_reused == 0)
    return;
  gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), plan.n_head, plan.n_reused);
  row_model_emit_rearranged (self);
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
  guint n_old = self->n_told;
  Succession plan = plan_succession (self, visible, same_tree);
  hand_over_items (self, visible, plan);
  RowNode *cursor = NULL;
  if (same_tree)
    cursor = carry_selection (self, root, pool_tree_values_get_tree (values), plan.n_head, self->visible->len);
  gboolean had_cursor = self->cursor != NULL;
  row_model_free_root (self);
  self->root = root;
  self->values = values != NULL ? pool_tree_values_ref (values) : NULL;
  g_ptr_array_extend (self->visible, visible, NULL, NULL);
  self->cursor = cursor;
  row_model_renumber (self, 0);
  tell_succession (self, n_old, plan, !same_tree);
  row_model_emit_refreshed (self);
  if (had_cursor && cursor == NULL)
    row_model_emit_cursor_changed (self);
}
