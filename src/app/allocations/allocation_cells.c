/* The columns of the list of single allocations, their headers and cells. */
#include "app/allocations/allocation_pane_private.h"

#include "app/allocations/allocation_text.h"

/* In logical pixels: for what is usual; columns can be made wider. */
static const int widths[N_INTERVAL_COLUMNS] = {
  [INTERVAL_COLUMN_ADDRESS] = 150,  [INTERVAL_COLUMN_SIZE] = 76,   [INTERVAL_COLUMN_POOL_TYPE] = 92,
  [INTERVAL_COLUMN_TAG] = 70,       [INTERVAL_COLUMN_TYPE] = 50,   [INTERVAL_COLUMN_ALLOCATED] = 92,
  [INTERVAL_COLUMN_FREED] = 88,     [INTERVAL_COLUMN_AGE] = 80,    [INTERVAL_COLUMN_PROCESS] = 150,
  [INTERVAL_COLUMN_THREAD] = 62,    [INTERVAL_COLUMN_CPU] = 44,    [INTERVAL_COLUMN_STACK] = 220,
};

typedef struct
{
  AllocationPane *pane;
  IntervalColumn column;
} CellContext;

static const IntervalList *
get_list (AllocationPane *self)
{
  return self->model != NULL ? allocation_model_get_list (self->model) : NULL;
}

/* The whole row as one sentence for assistive technology. */
static void
label_row (const IntervalList *list, GtkListItem *item, guint32 interval)
{
  GtkWidget *cell = gtk_widget_get_parent (gtk_list_item_get_child (item));
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  if (row == NULL)
    return;
  g_autoptr (GString) label = g_string_new (NULL);
  for (IntervalColumn column = 0; column < N_INTERVAL_COLUMNS; column++)
    {
      g_autofree char *text = allocation_text_dup (list, column, interval);
      g_string_append_printf (label, "%s%s %s", column > 0 ? ", " : "", allocation_column_get_title (column), text);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str, -1);
}

static gboolean
on_query_tooltip (GtkWidget *cell, int x, int y, gboolean is_by_keyboard, GtkTooltip *tooltip, gpointer data)
{
  GtkListItem *item = data;
  const CellContext *context = g_object_get_data (G_OBJECT (item), "cell-context");
  AllocationItem *allocation = gtk_list_item_get_item (item);
  const IntervalList *list = get_list (context->pane);
  if (allocation == NULL || list == NULL)
    return FALSE;
  g_autofree char *text
    = allocation_text_dup_tooltip (list, context->column, allocation_item_get_interval (allocation));
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  CellContext *context = data;
  GtkWidget *child = gtk_inscription_new (NULL);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (child), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  /* A shortened text is taller than others: centred it would stand higher. */
  gtk_inscription_set_yalign (GTK_INSCRIPTION (child), 0);
  gtk_widget_set_valign (child, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (child, "numeric");
  if (allocation_column_is_number (context->column))
    gtk_inscription_set_xalign (GTK_INSCRIPTION (child), 1);
  gtk_widget_set_has_tooltip (child, TRUE);
  g_signal_connect (child, "query-tooltip", G_CALLBACK (on_query_tooltip), item);
  g_object_set_data (G_OBJECT (item), "cell-context", context);
  gtk_list_item_set_child (item, child);
}

static void
show_cell (const CellContext *context, GtkListItem *item)
{
  const IntervalList *list = get_list (context->pane);
  AllocationItem *allocation = gtk_list_item_get_item (item);
  if (list == NULL || allocation == NULL)
    return;
  guint32 interval = allocation_item_get_interval (allocation);
  g_autofree char *text = allocation_text_dup (list, context->column, interval);
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), text);
  if (context->column == INTERVAL_COLUMN_ADDRESS)
    label_row (list, item, interval);
}

void
allocation_cells_refresh (AllocationPane *self)
{
  GHashTableIter iter;
  gpointer item;
  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    show_cell (g_object_get_data (G_OBJECT (item), "cell-context"), item);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  CellContext *context = data;
  g_hash_table_add (context->pane->bound, item);
  show_cell (context, item);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  CellContext *context = data;
  g_hash_table_remove (context->pane->bound, item);
}

static void
free_context (gpointer data, GClosure *closure)
{
  g_free (data);
}

static GtkColumnViewColumn *
create_column (AllocationPane *self, IntervalColumn column)
{
  CellContext *context = g_new (CellContext, 1);
  *context = (CellContext){ self, column };
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect_data (factory, "setup", G_CALLBACK (on_setup), context, free_context, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), context);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), context);
  GtkColumnViewColumn *view_column = gtk_column_view_column_new (allocation_column_get_title (column), factory);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  gtk_column_view_column_set_fixed_width (view_column, widths[column]);
  gtk_column_view_column_set_expand (view_column, column == INTERVAL_COLUMN_STACK);
  column_sort_equip (self->sort, view_column);
  gtk_column_view_append_column (self->view, view_column);
  return view_column;
}

/* Tooltips and names of the header buttons, which stand in the order of the columns. */
static void
dress_headers (AllocationPane *self)
{
  GtkWidget *button = gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (self->view)));
  for (IntervalColumn column = 0; button != NULL && column < N_INTERVAL_COLUMNS; column++)
    {
      gtk_widget_set_tooltip_text (button, allocation_column_get_meaning (column));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      allocation_column_get_title (column), -1);
      button = gtk_widget_get_next_sibling (button);
    }
}

static void
on_sorted (ColumnSort *sort, GtkColumnViewColumn *column, gboolean is_ascending, gpointer data)
{
  AllocationPane *self = data;
  IntervalOrder order = { INTERVAL_COLUMN_ADDRESS, !is_ascending };
  while (self->columns[order.column] != column)
    order.column++;
  /* The first click on a number shows the largest first. */
  if (order.column != self->order.column)
    order.is_descending = allocation_column_is_number (order.column);
  allocation_pane_sort (self, order);
}

/* GTK 4.8 counts the width of a column that is not shown. */
static void
set_shown (GtkColumnViewColumn *column, gboolean is_shown, int width)
{
  if (gtk_column_view_column_get_visible (column) == is_shown)
    return;
  gtk_column_view_column_set_visible (column, is_shown);
  gtk_column_view_column_set_fixed_width (column, is_shown ? width : -1);
}

void
allocation_cells_show_list (AllocationPane *self, const IntervalList *list)
{
  column_sort_mark (self->sort, self->columns[list->order.column], !list->order.is_descending);
  set_shown (self->columns[INTERVAL_COLUMN_TAG], list->has_several_tags, widths[INTERVAL_COLUMN_TAG]);
}

void
allocation_cells_init (AllocationPane *self)
{
  self->sort = column_sort_new (self->view);
  for (IntervalColumn column = 0; column < N_INTERVAL_COLUMNS; column++)
    self->columns[column] = create_column (self, column);
  dress_headers (self);
  g_signal_connect_object (self->sort, "sorted", G_CALLBACK (on_sorted), self, 0);
}
