#include "app/editor/view_editor_private.h"

#include <glib/gi18n.h>

static gboolean
can_sort (TableColumn column)
{
  return column.kind == TABLE_COLUMN_VALUE;
}

void
view_editor_fill_sort (ViewEditor *self)
{
  const ColumnLayout *layout = table_view_get_layout (self->table);
  PoolTreeOrder order = table_view_get_order (self->table);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  guint n_titles = 0, selected = 0;
  gtk_string_list_append (titles, _ ("Names of the groups"));
  for (guint i = 0; i < layout->n_columns; i++)
    if (can_sort (layout->columns[i]))
      {
        gtk_string_list_append (titles, table_column_get_title (layout->columns[i]));
        n_titles++;
        if (!order.by_text && layout->columns[i].metric == order.metric)
          selected = n_titles;
      }
  self->is_filling_sort = TRUE;
  gtk_drop_down_set_model (self->sort_drop_down, G_LIST_MODEL (titles));
  gtk_drop_down_set_selected (self->sort_drop_down, selected);
  gtk_drop_down_set_selected (self->direction_drop_down, order.is_ascending ? 1 : 0);
  self->is_filling_sort = FALSE;
}

static void
on_sort_chosen (GtkDropDown *drop_down, GParamSpec *pspec, gpointer data)
{
  ViewEditor *self = data;
  if (self->is_filling_sort || self->table == NULL)
    return;
  const ColumnLayout *layout = table_view_get_layout (self->table);
  guint chosen = gtk_drop_down_get_selected (self->sort_drop_down), n_titles = 0;
  PoolTreeOrder order = POOL_TREE_ORDER_DEFAULT;
  order.by_text = chosen == 0;
  order.is_ascending = gtk_drop_down_get_selected (self->direction_drop_down) == 1;
  for (guint i = 0; i < layout->n_columns; i++)
    if (can_sort (layout->columns[i]) && ++n_titles == chosen)
      order.metric = layout->columns[i].metric;
  ColumnLayout same = *layout;
  table_view_set_layout (self->table, &same, order);
}

void
view_editor_sort_init (ViewEditor *self)
{
  g_signal_connect (self->sort_drop_down, "notify::selected", G_CALLBACK (on_sort_chosen), self);
  g_signal_connect (self->direction_drop_down, "notify::selected", G_CALLBACK (on_sort_chosen), self);
}
