/* The rows as a list: the objects that it hands out, and how whoever looks at it is told of changes.
 *
 * A list view makes some two hundred rows whatever it can show, and that takes longer than all else about a new table;
 * so does taking them apart. So a list that is new begins with as many rows as a window shows, and the others follow when
 * these are painted. Where it is shorter than the one before, rows of nothing stand behind its rows until then.
 */
#include "app/rows/row_model_private.h"

/* A window shows about so many. */
#define N_FIRST_ROWS 40
/* So many follow at a time, until there are as many as a list view makes. */
#define N_NEXT_ROWS 40
#define N_MADE_ROWS 240
/* Longer than to the next frame, which comes first because it matters more. */
#define NEXT_ROWS_MS 25

G_DEFINE_FINAL_TYPE (RowItem, row_item, G_TYPE_OBJECT)

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

void
row_model_orphan_item (RowNode *node)
{
  if (node->item != NULL)
    ROW_ITEM (node->item)->node = NULL;
  node->item = NULL;
}

static GType
row_model_get_item_type (GListModel *list)
{
  return ROW_TYPE_ITEM;
}

static guint
row_model_get_n_items (GListModel *list)
{
  const RowModel *self = ROW_MODEL (list);
  return self->is_replacing ? self->n_replaced : self->n_told + self->n_gone;
}

static gpointer
row_model_get_item (GListModel *list, guint position)
{
  RowModel *self = ROW_MODEL (list);
  if (position >= self->n_told)
    return position < self->n_told + self->n_gone ? g_object_new (ROW_TYPE_ITEM, NULL) : NULL;
  RowNode *node = g_ptr_array_index (self->visible, position);
  if (node->item != NULL)
    return g_object_ref (node->item);
  RowItem *item = g_object_new (ROW_TYPE_ITEM, NULL);
  item->node = node;
  node->item = item;
  return item;
}

void
row_model_list_init (GListModelInterface *interface)
{
  interface->get_item_type = row_model_get_item_type;
  interface->get_n_items = row_model_get_n_items;
  interface->get_item = row_model_get_item;
}

/* Tells that there are @n_told rows. */
static void
tell_more (RowModel *self, guint n_told)
{
  guint n_before = self->n_told;
  self->n_told = n_told;
  g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, n_told - n_before);
}

/* Tells of up to @n_rows rows that are gone. */
static void
tell_gone (RowModel *self, guint n_rows)
{
  n_rows = MIN (n_rows, self->n_gone);
  self->n_gone -= n_rows;
  if (n_rows > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), self->n_told + self->n_gone, n_rows, 0);
}

static gboolean
tell_next (gpointer data)
{
  RowModel *self = data;
  guint n_visible = self->visible->len, step = self->n_told < N_MADE_ROWS ? N_NEXT_ROWS : ROW_MODEL_MAX_CHANGED_ROWS;
  guint n_told = MIN (n_visible, self->n_told + step);
  gboolean goes_on = n_told < n_visible || self->n_gone > N_NEXT_ROWS;
  if (!goes_on)
    self->telling = 0;
  if (n_told > self->n_told)
    tell_more (self, n_told);
  else
    tell_gone (self, N_NEXT_ROWS);
  return goes_on ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
row_model_stop_telling (RowModel *self)
{
  g_clear_handle_id (&self->telling, g_source_remove);
  tell_gone (self, self->n_gone);
}

void
row_model_tell_until (RowModel *self, guint end)
{
  end = MIN (end, self->visible->len);
  while (self->n_told < end)
    tell_more (self, self->n_told + MIN (end - self->n_told, ROW_MODEL_MAX_CHANGED_ROWS));
}

void
row_model_tell_all (RowModel *self)
{
  row_model_stop_telling (self);
  row_model_tell_until (self, self->visible->len);
}

/* A list view that lets go of its model asks how many rows there are to let go of. */
static void
replace (RowModel *self, guint n_before)
{
  self->is_replacing = TRUE;
  self->n_replaced = n_before;
  row_model_emit_replacing (self);
  self->is_replacing = FALSE;
  row_model_emit_replaced (self);
}

/* Before all rows are told of, there are as many as a window shows. */
static guint
count_first_rows (RowModel *self)
{
  return MIN (self->visible->len, N_FIRST_ROWS + (self->cursor != NULL ? self->cursor->position : 0));
}

static void
start_telling (RowModel *self)
{
  if (self->n_told < self->visible->len || self->n_gone > 0)
    self->telling = g_timeout_add_full (G_PRIORITY_LOW, NEXT_ROWS_MS, tell_next, self, NULL);
}

void
row_model_tell_changed (RowModel *self, guint position, guint n_removed, guint n_added)
{
  gboolean is_replaced = MAX (n_removed, n_added) > ROW_MODEL_MAX_CHANGED_ROWS;
  guint n_visible = self->visible->len;
  row_model_stop_telling (self);
  self->n_told = is_replaced ? count_first_rows (self) : n_visible;
  if (is_replaced)
    replace (self, n_visible - n_added + n_removed);
  else if (n_removed > 0 || n_added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
  start_telling (self);
}

void
row_model_tell_new (RowModel *self, guint n_kept, guint n_gone, guint n_removed)
{
  row_model_stop_telling (self);
  self->n_told = MAX (n_kept, count_first_rows (self));
  self->n_gone = n_gone;
  if (n_removed > 0 || self->n_told > n_kept)
    g_list_model_items_changed (G_LIST_MODEL (self), n_kept + n_gone, n_removed, self->n_told - n_kept);
  start_telling (self);
}
