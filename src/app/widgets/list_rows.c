#include "app/widgets/list_rows.h"

GtkWidget *
list_rows_get_list (GtkColumnView *view)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view));
  while (child != NULL && !GTK_IS_LIST_VIEW (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static GtkWidget *
get_cell (GtkListItem *item)
{
  GtkWidget *child = gtk_list_item_get_child (item);
  return child != NULL ? gtk_widget_get_parent (child) : NULL;
}

GtkWidget *
list_rows_find_widget (GHashTable *bound, guint position)
{
  GHashTableIter iter;
  gpointer item;
  g_hash_table_iter_init (&iter, bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    if (gtk_list_item_get_position (item) == position)
      {
        GtkWidget *cell = get_cell (item);
        return cell != NULL ? gtk_widget_get_parent (cell) : NULL;
      }
  return NULL;
}

GtkListItem *
list_rows_find_item (GHashTable *bound, GtkWidget *picked)
{
  GHashTableIter iter;
  gpointer item;
  g_hash_table_iter_init (&iter, bound);
  while (picked != NULL && g_hash_table_iter_next (&iter, &item, NULL))
    {
      GtkWidget *cell = get_cell (item);
      if (cell != NULL && (picked == cell || gtk_widget_is_ancestor (picked, cell)))
        return item;
    }
  return NULL;
}
