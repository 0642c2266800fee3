#include "app/allocations/allocation_model.h"

/* More selected rows are not looked for one by one in another order. */
#define MAX_CARRIED_ROWS 10000

struct _AllocationItem
{
  GObject parent_instance;
  guint32 interval;
};
G_DEFINE_FINAL_TYPE (AllocationItem, allocation_item, G_TYPE_OBJECT)

struct _AllocationModel
{
  GObject parent_instance;
  IntervalList *list;  /* (owned) */
  GtkBitset *selected; /* (owned): positions */
  guint cursor;        /* GTK_INVALID_LIST_POSITION for none */
};

static void allocation_model_list_init (GListModelInterface *interface);
static void allocation_model_selection_init (GtkSelectionModelInterface *interface);
G_DEFINE_FINAL_TYPE_WITH_CODE (AllocationModel, allocation_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, allocation_model_list_init)
                                 G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, allocation_model_selection_init))

/* Items */

static void
allocation_item_class_init (AllocationItemClass *class)
{
}

static void
allocation_item_init (AllocationItem *self)
{
}

guint32
allocation_item_get_interval (AllocationItem *self)
{
  return self->interval;
}

/* List */

static GType
allocation_model_get_item_type (GListModel *list)
{
  return ALLOCATION_TYPE_ITEM;
}

static guint
allocation_model_get_n_items (GListModel *list)
{
  return (guint) ALLOCATION_MODEL (list)->list->n;
}

static gpointer
allocation_model_get_item (GListModel *list, guint position)
{
  AllocationModel *self = ALLOCATION_MODEL (list);
  if (position >= self->list->n)
    return NULL;
  AllocationItem *item = g_object_new (ALLOCATION_TYPE_ITEM, NULL);
  item->interval = self->list->intervals[position];
  return item;
}

static void
allocation_model_list_init (GListModelInterface *interface)
{
  interface->get_item_type = allocation_model_get_item_type;
  interface->get_n_items = allocation_model_get_n_items;
  interface->get_item = allocation_model_get_item;
}

/* Selection */

static gboolean
allocation_model_is_selected (GtkSelectionModel *model, guint position)
{
  return gtk_bitset_contains (ALLOCATION_MODEL (model)->selected, position);
}

static GtkBitset *
allocation_model_get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return gtk_bitset_ref (ALLOCATION_MODEL (model)->selected);
}

/* As the interface asks: the bits of @selected where @mask is set. The cursor goes to the last new row. */
static gboolean
allocation_model_set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  AllocationModel *self = ALLOCATION_MODEL (model);
  g_autoptr (GtkBitset) changes = gtk_bitset_copy (self->selected);
  gtk_bitset_difference (changes, selected);
  gtk_bitset_intersect (changes, mask);
  if (self->list->n > 0)
    gtk_bitset_remove_range_closed (changes, (guint) self->list->n, G_MAXUINT);
  if (gtk_bitset_is_empty (changes))
    return TRUE;
  g_autoptr (GtkBitset) added = gtk_bitset_copy (changes);
  gtk_bitset_intersect (added, selected);
  gtk_bitset_difference (self->selected, changes);
  if (!gtk_bitset_is_empty (added))
    self->cursor = gtk_bitset_get_maximum (added);
  else if (!gtk_bitset_contains (self->selected, self->cursor))
    self->cursor = gtk_bitset_is_empty (self->selected) ? GTK_INVALID_LIST_POSITION
                                                        : gtk_bitset_get_minimum (self->selected);
  guint first = gtk_bitset_get_minimum (changes);
  gtk_selection_model_selection_changed (model, first, gtk_bitset_get_maximum (changes) - first + 1);
  return TRUE;
}

static gboolean
change_range (AllocationModel *self, guint position, guint n_items, gboolean is_selected, gboolean unselect_rest)
{
  g_autoptr (GtkBitset) selected = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) mask = unselect_rest ? gtk_bitset_copy (self->selected) : gtk_bitset_new_empty ();
  if (position < self->list->n)
    {
      n_items = MIN (n_items, (guint) self->list->n - position);
      gtk_bitset_add_range (mask, position, n_items);
      if (is_selected)
        gtk_bitset_add_range (selected, position, n_items);
    }
  return allocation_model_set_selection (GTK_SELECTION_MODEL (self), selected, mask);
}

static gboolean
allocation_model_select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  AllocationModel *self = ALLOCATION_MODEL (model);
  if (position < self->list->n)
    self->cursor = position;
  return change_range (self, position, 1, TRUE, unselect_rest);
}

static gboolean
allocation_model_unselect_item (GtkSelectionModel *model, guint position)
{
  return change_range (ALLOCATION_MODEL (model), position, 1, FALSE, FALSE);
}

static gboolean
allocation_model_select_range (GtkSelectionModel *model, guint position, guint n_items, gboolean unselect_rest)
{
  return change_range (ALLOCATION_MODEL (model), position, n_items, TRUE, unselect_rest);
}

static gboolean
allocation_model_unselect_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return change_range (ALLOCATION_MODEL (model), position, n_items, FALSE, FALSE);
}

static gboolean
allocation_model_select_all (GtkSelectionModel *model)
{
  return change_range (ALLOCATION_MODEL (model), 0, G_MAXUINT, TRUE, FALSE);
}

static gboolean
allocation_model_unselect_all (GtkSelectionModel *model)
{
  return change_range (ALLOCATION_MODEL (model), 0, G_MAXUINT, FALSE, FALSE);
}

static void
allocation_model_selection_init (GtkSelectionModelInterface *interface)
{
  interface->is_selected = allocation_model_is_selected;
  interface->get_selection_in_range = allocation_model_get_selection_in_range;
  interface->set_selection = allocation_model_set_selection;
  interface->select_item = allocation_model_select_item;
  interface->unselect_item = allocation_model_unselect_item;
  interface->select_range = allocation_model_select_range;
  interface->unselect_range = allocation_model_unselect_range;
  interface->select_all = allocation_model_select_all;
  interface->unselect_all = allocation_model_unselect_all;
}

const GtkBitset *
allocation_model_get_selected (AllocationModel *self)
{
  return self->selected;
}

gboolean
allocation_model_get_cursor (AllocationModel *self, guint *ret_position)
{
  *ret_position = self->cursor;
  return self->cursor != GTK_INVALID_LIST_POSITION;
}

/* The positions whose intervals stay selected: (transfer full) */
static GtkBitset *
dup_carried (AllocationModel *old)
{
  if (gtk_bitset_get_size (old->selected) <= MAX_CARRIED_ROWS)
    return gtk_bitset_ref (old->selected);
  return gtk_bitset_new_range (old->cursor, 1);
}

/* One bit for each interval: (transfer full) */
static guint64 *
dup_bits (const IntervalList *list, const GtkBitset *positions)
{
  guint64 *bits = g_new0 (guint64, interval_list_get_source (list).trace->intervals.n / 64 + 1);
  GtkBitsetIter iter;
  guint position;
  for (gboolean is_valid = gtk_bitset_iter_init_first (&iter, positions, &position); is_valid;
       is_valid = gtk_bitset_iter_next (&iter, &position))
    bits[list->intervals[position] / 64] |= (guint64) 1 << list->intervals[position] % 64;
  return bits;
}

void
allocation_model_take_selection (AllocationModel *self, AllocationModel *old)
{
  if (old->cursor == GTK_INVALID_LIST_POSITION)
    return;
  g_autoptr (GtkBitset) carried = dup_carried (old);
  g_autofree guint64 *is_carried = dup_bits (old->list, carried);
  guint64 n_missing = gtk_bitset_get_size (carried);
  guint32 cursor = old->list->intervals[old->cursor];
  for (guint i = 0; n_missing > 0 && i < self->list->n; i++)
    {
      guint32 interval = self->list->intervals[i];
      if (!(is_carried[interval / 64] >> interval % 64 & 1))
        continue;
      gtk_bitset_add (self->selected, i);
      if (interval == cursor)
        self->cursor = i;
      n_missing--;
    }
}

/* Object */

static void
allocation_model_finalize (GObject *object)
{
  AllocationModel *self = ALLOCATION_MODEL (object);
  g_clear_pointer (&self->list, interval_list_unref);
  g_clear_pointer (&self->selected, gtk_bitset_unref);
  G_OBJECT_CLASS (allocation_model_parent_class)->finalize (object);
}

static void
allocation_model_class_init (AllocationModelClass *class)
{
  G_OBJECT_CLASS (class)->finalize = allocation_model_finalize;
}

static void
allocation_model_init (AllocationModel *self)
{
  self->selected = gtk_bitset_new_empty ();
  self->cursor = GTK_INVALID_LIST_POSITION;
}

AllocationModel *
allocation_model_new (IntervalList *list)
{
  AllocationModel *self = g_object_new (ALLOCATION_TYPE_MODEL, NULL);
  self->list = interval_list_ref (list);
  return self;
}

IntervalList *
allocation_model_get_list (AllocationModel *self)
{
  return self->list;
}

gboolean
allocation_model_replace_list (AllocationModel *self, IntervalList *list)
{
  if (self->list->n != list->n
      || memcmp (self->list->intervals, list->intervals, list->n * sizeof *list->intervals) != 0)
    return FALSE;
  interval_list_ref (list);
  interval_list_unref (self->list);
  self->list = list;
  return TRUE;
}
