/* GTK 4.8 does not tell the sorted column, so two probe objects are compared: the sorter that is asked notes its
 * column, and the sign of the result is the direction. */
#include "app/table/column_sort.h"

struct _ColumnSort
{
  GObject parent_instance;
  GtkColumnView *view;         /* (weak) (nullable) */
  GObject *probes[2];          /* (owned) */
  GtkColumnViewColumn *probed; /* result of a probe */
  gboolean is_marking;         /* the sorter is changed by us */
};

G_DEFINE_FINAL_TYPE (ColumnSort, column_sort, G_TYPE_OBJECT)

static guint sorted_signal;

typedef struct
{
  ColumnSort *sort; /* (owned) */
  GtkColumnViewColumn *column;
} Marker;

static void
marker_free (gpointer data)
{
  Marker *self = data;
  g_object_unref (self->sort);
  g_free (self);
}

static int
compare_probes (gconstpointer a, gconstpointer b, gpointer data)
{
  const Marker *marker = data;
  GObject **probes = marker->sort->probes;
  if (a == probes[0] && b == probes[1])
    {
      if (marker->sort->probed == NULL)
        marker->sort->probed = marker->column;
      return -1;
    }
  return a == probes[1] && b == probes[0] ? 1 : 0;
}

void
column_sort_equip (ColumnSort *self, GtkColumnViewColumn *column)
{
  Marker *marker = g_new (Marker, 1);
  *marker = (Marker){ g_object_ref (self), column };
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_probes, marker, marker_free));
  gtk_column_view_column_set_sorter (column, sorter);
}

/* Without the first call GTK goes on marking the columns sorted before. */
void
column_sort_mark (ColumnSort *self, GtkColumnViewColumn *column, gboolean is_ascending)
{
  self->is_marking = TRUE;
  gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
  gtk_column_view_sort_by_column (self->view, column, is_ascending ? GTK_SORT_ASCENDING : GTK_SORT_DESCENDING);
  self->is_marking = FALSE;
}

static void
on_sorter_changed (GtkSorter *sorter, GtkSorterChange change, gpointer data)
{
  ColumnSort *self = data;
  if (self->is_marking)
    return;
  self->probed = NULL;
  GtkOrdering ordering = gtk_sorter_compare (sorter, self->probes[0], self->probes[1]);
  if (self->probed != NULL)
    g_signal_emit (self, sorted_signal, 0, self->probed, ordering == GTK_ORDERING_SMALLER);
}

static void
column_sort_dispose (GObject *object)
{
  ColumnSort *self = COLUMN_SORT (object);
  for (guint i = 0; i < G_N_ELEMENTS (self->probes); i++)
    g_clear_object (&self->probes[i]);
  g_clear_weak_pointer (&self->view);
  G_OBJECT_CLASS (column_sort_parent_class)->dispose (object);
}

static void
column_sort_class_init (ColumnSortClass *class)
{
  G_OBJECT_CLASS (class)->dispose = column_sort_dispose;
  sorted_signal = g_signal_new ("sorted", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                2, GTK_TYPE_COLUMN_VIEW_COLUMN, G_TYPE_BOOLEAN);
}

static void
column_sort_init (ColumnSort *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->probes); i++)
    self->probes[i] = g_object_new (G_TYPE_OBJECT, NULL);
}

ColumnSort *
column_sort_new (GtkColumnView *view)
{
  ColumnSort *self = g_object_new (COLUMN_TYPE_SORT, NULL);
  g_set_weak_pointer (&self->view, view);
  g_signal_connect_object (gtk_column_view_get_sorter (view), "changed", G_CALLBACK (on_sorter_changed), self, 0);
  return self;
}
