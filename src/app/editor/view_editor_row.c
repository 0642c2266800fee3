#include "app/editor/view_editor_row.h"

#include <glib/gi18n.h>

struct _ViewEditorRow
{
  GtkListBoxRow parent_instance;
  TableColumn column;
  Metric aggregations[N_AGGREGATIONS]; /* by place in the drop-down */
  guint n_aggregations;
};

G_DEFINE_FINAL_TYPE (ViewEditorRow, view_editor_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  SIGNAL_TOGGLED,
  SIGNAL_AGGREGATION_CHOSEN,
  SIGNAL_DROPPED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

TableColumn
view_editor_row_get_column (ViewEditorRow *self)
{
  return self->column;
}

static void
view_editor_row_class_init (ViewEditorRowClass *class)
{
  GType type = G_TYPE_FROM_CLASS (class);
  signals[SIGNAL_TOGGLED]
      = g_signal_new ("toggled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_AGGREGATION_CHOSEN] = g_signal_new ("aggregation-chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                     NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_DROPPED] = g_signal_new ("dropped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                          G_TYPE_STRING, G_TYPE_BOOLEAN);
}

static void
view_editor_row_init (ViewEditorRow *self)
{
}

/* Aggregation */

static void
on_aggregation (GtkDropDown *drop_down, GParamSpec *pspec, gpointer data)
{
  ViewEditorRow *self = data;
  guint chosen = gtk_drop_down_get_selected (drop_down);
  if (chosen < self->n_aggregations && self->aggregations[chosen] != self->column.metric)
    g_signal_emit (self, signals[SIGNAL_AGGREGATION_CHOSEN], 0, (guint) self->aggregations[chosen]);
}

/* (nullable): NULL for what can be aggregated in one way only. */
static GtkWidget *
create_aggregations (ViewEditorRow *self)
{
  Dimension dimension;
  Aggregation current;
  if (self->column.kind != TABLE_COLUMN_VALUE || !metric_get_aggregation (self->column.metric, &dimension, &current))
    return NULL;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;
  for (Aggregation aggregation = 0; aggregation < N_AGGREGATIONS; aggregation++)
    {
      Metric metric;
      if (!metric_from_aggregation (dimension, aggregation, &metric))
        continue;
      if (aggregation == current)
        selected = self->n_aggregations;
      self->aggregations[self->n_aggregations++] = metric;
      gtk_string_list_append (names, _ (aggregation_get_name (aggregation)));
    }
  if (self->n_aggregations < 2)
    return NULL;
  GtkWidget *drop_down = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), selected);
  gtk_widget_set_tooltip_text (drop_down, _ ("How the values of all blocks of a row become one"));
  g_autofree char *label = g_strdup_printf (_ ("Aggregation of %s"), _ (dimension_get_display_name (dimension)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect (drop_down, "notify::selected", G_CALLBACK (on_aggregation), self);
  return drop_down;
}

/* Drag and drop */

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, gpointer data)
{
  ViewEditorRow *self = data;
  return gdk_content_provider_new_typed (G_TYPE_STRING, table_column_get_name (self->column));
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, gpointer data)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (data));
  gtk_drag_source_set_icon (source, picture, 0, 0);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  gboolean is_below = y > gtk_widget_get_height (GTK_WIDGET (data)) / 2.0;
  g_signal_emit (data, signals[SIGNAL_DROPPED], 0, g_value_get_string (value), is_below);
  return TRUE;
}

static void
enable_dragging (ViewEditorRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_MOVE);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* Parts */

static void
on_toggled (GtkCheckButton *check, gpointer data)
{
  g_signal_emit (data, signals[SIGNAL_TOGGLED], 0);
}

static const char *
get_role (TableColumn column, gboolean is_shown)
{
  if (!is_shown)
    return column.kind == TABLE_COLUMN_GROUP ? _ ("not shown") : _ ("not shown, a value");
  return column.kind == TABLE_COLUMN_GROUP ? _ ("group") : _ ("value");
}

static GtkWidget *
create_column_parts (ViewEditorRow *self, gboolean is_shown)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *handle = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");
  const char *title = table_column_get_title (self->column), *role = get_role (self->column, is_shown);
  GtkWidget *check = gtk_check_button_new_with_label (title), *role_label = gtk_label_new (role);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_shown);
  /* Between title and role a click only selects, and a drag begins. */
  GtkWidget *room = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_hexpand (room, TRUE);
  gtk_widget_add_css_class (role_label, "dim-label");
  gtk_box_append (GTK_BOX (box), handle);
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), room);
  GtkWidget *aggregations = is_shown ? create_aggregations (self) : NULL;
  if (aggregations != NULL)
    gtk_box_append (GTK_BOX (box), aggregations);
  gtk_box_append (GTK_BOX (box), role_label);
  g_signal_connect (check, "toggled", G_CALLBACK (on_toggled), self);
  g_autofree char *name = g_strdup_printf ("%s, %s", title, role);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return box;
}

static GtkWidget *
create_bar_parts (ViewEditorRow *self)
{
  GtkWidget *label = gtk_label_new (_ ("Gold bar: groups above, values below"));
  gtk_label_set_xalign (GTK_LABEL (label), 0.5F);
  gtk_widget_add_css_class (GTK_WIDGET (self), "gold-row");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _ ("Drag it, or press Alt+↑ or Alt+↓, to group by fewer or more columns"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Gold bar between groups and values"), -1);
  return label;
}

GtkWidget *
view_editor_row_new (TableColumn column, gboolean is_shown)
{
  ViewEditorRow *self = g_object_new (VIEW_TYPE_EDITOR_ROW, NULL);
  self->column = column;
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), column.kind == TABLE_COLUMN_MARKER
                                                           ? create_bar_parts (self)
                                                           : create_column_parts (self, is_shown));
  enable_dragging (self);
  return GTK_WIDGET (self);
}
