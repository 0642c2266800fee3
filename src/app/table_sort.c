/* Which column is sorted, and how.
 *
 * The sorters of the columns never sort anything: the core does. GTK 4.8 does not tell the sorted column, so
 * two probe objects are compared: the sorter that is asked notes its column, and the sign of the result is
 * the direction.
 */
#include "app/table_view_private.h"

typedef struct
{
  TableView *view;
  GtkColumnViewColumn *column;
} Marker;

static int
compare_probes (gconstpointer a, gconstpointer b, gpointer data)
{
  const Marker *marker = data;
  GObject **probes = marker->view->probes;
  if (a == probes[0] && b == probes[1])
    {
      if (marker->view->probed == NULL)
        marker->view->probed = marker->column;
      return -1;
    }
  return a == probes[1] && b == probes[0] ? 1 : 0;
}

void
table_sort_equip (TableView *self, GtkColumnViewColumn *column, TableColumn identity)
{
  if (identity.kind == TABLE_COLUMN_MARKER || identity.kind == TABLE_COLUMN_TREND)
    return;
  Marker *marker = g_new (Marker, 1);
  marker->view = self;
  marker->column = column;
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_probes, marker, g_free));
  gtk_column_view_column_set_sorter (column, sorter);
}

static GtkColumnViewColumn *
find_sorted (TableView *self, gboolean *ret_is_ascending)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (self->columns_view);
  self->probed = NULL;
  GtkOrdering ordering = gtk_sorter_compare (sorter, self->probes[0], self->probes[1]);
  *ret_is_ascending = ordering == GTK_ORDERING_SMALLER;
  return g_steal_pointer (&self->probed);
}

/* Marks the header of @column (nullable) as the one sorted; without the first call GTK goes on marking those before. */
static void
mark_sorted (TableView *self, GtkColumnViewColumn *column, gboolean is_ascending)
{
  self->guard++;
  gtk_column_view_sort_by_column (self->columns_view, NULL, GTK_SORT_ASCENDING);
  gtk_column_view_sort_by_column (self->columns_view, column, is_ascending ? GTK_SORT_ASCENDING : GTK_SORT_DESCENDING);
  self->guard--;
}

void
table_sort_show_order (TableView *self, PoolTreeOrder order)
{
  TableColumn column = { .kind = TABLE_COLUMN_VALUE, .metric = order.metric };
  if (order.by_text)
    column = self->layout.columns[0];
  mark_sorted (self, column_layout_find (&self->layout, column, NULL) ? table_columns_get (self, column) : NULL,
               order.is_ascending);
}

static void
on_sorter_changed (GtkSorter *sorter, GtkSorterChange change, gpointer data)
{
  TableView *self = data;
  gboolean is_ascending;
  if (self->guard > 0 || self->session == NULL)
    return;
  GtkColumnViewColumn *sorted = find_sorted (self, &is_ascending);
  if (sorted == NULL)
    return;
  TableColumn identity = table_columns_identify (sorted);
  PoolTreeOrder old_order = trace_session_get_order (self->session);
  PoolTreeOrder order = { identity.metric, is_ascending, identity.kind == TABLE_COLUMN_GROUP };
  /* The first click on a number shows the largest first. */
  gboolean is_new
      = old_order.by_text != order.by_text || (!order.by_text && old_order.metric != order.metric);
  if (is_new && !order.by_text)
    order.is_ascending = FALSE;
  if (is_new)
    mark_sorted (self, sorted, order.is_ascending);
  trace_session_set_order (self->session, order);
  table_memory_save_order (order);
}

void
table_sort_init (TableView *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->probes); i++)
    self->probes[i] = g_object_new (G_TYPE_OBJECT, NULL);
  g_signal_connect_object (gtk_column_view_get_sorter (self->columns_view), "changed",
                           G_CALLBACK (on_sorter_changed), self, 0);
}
