/* The order of the rows by the header that is clicked: the core sorts. */
#include "app/table/table_view_private.h"

void
table_sort_equip (TableView *self, GtkColumnViewColumn *column, TableColumn identity)
{
  if (identity.kind != TABLE_COLUMN_MARKER && identity.kind != TABLE_COLUMN_TREND)
    column_sort_equip (self->sort, column);
}

void
table_sort_show_order (TableView *self, PoolTreeOrder order)
{
  TableColumn column = { .kind = TABLE_COLUMN_VALUE, .metric = order.metric };
  if (order.by_text)
    column = self->layout.columns[0];
  column_sort_mark (self->sort,
                    column_layout_find (&self->layout, column, NULL) ? table_columns_get (self, column) : NULL,
                    order.is_ascending);
}

static void
on_sorted (ColumnSort *sort, GtkColumnViewColumn *column, gboolean is_ascending, gpointer data)
{
  TableView *self = data;
  if (self->guard > 0 || self->session == NULL)
    return;
  TableColumn identity = table_columns_identify (column);
  PoolTreeOrder old_order = trace_session_get_order (self->session);
  PoolTreeOrder order = { identity.metric, is_ascending, identity.kind == TABLE_COLUMN_GROUP };
  /* The first click on a number shows the largest first. */
  gboolean is_new
      = old_order.by_text != order.by_text || (!order.by_text && old_order.metric != order.metric);
  if (is_new && !order.by_text)
    order.is_ascending = FALSE;
  if (is_new)
    column_sort_mark (sort, column, order.is_ascending);
  trace_session_set_order (self->session, order);
  table_memory_save_order (order);
  table_view_tell_layout_changed (self);
}

void
table_sort_init (TableView *self)
{
  self->sort = column_sort_new (self->columns_view);
  g_signal_connect_object (self->sort, "sorted", G_CALLBACK (on_sorted), self, 0);
}
