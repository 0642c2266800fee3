/* The headers of the table: their menus, tooltips, classes and names. */
#include "app/table/table_view_private.h"

#include <glib/gi18n.h>

static void
append_column_item (GMenu *menu, const char *label, const char *action, TableColumn column)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);
  g_menu_item_set_action_and_target (item, action, "s", table_column_get_name (column));
  g_menu_append_item (menu, item);
}

GMenuModel *
table_headers_create_menu (TableColumn column)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) own = g_menu_new ();
  append_column_item (own, _ ("Move Left"), "table.move-left", column);
  append_column_item (own, _ ("Move Right"), "table.move-right", column);
  if (column.kind != TABLE_COLUMN_MARKER)
    append_column_item (own,
                        column.kind == TABLE_COLUMN_GROUP ? _ ("Do Not Group by This") : _ ("Hide Column"),
                        "table.hide", column);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (own));
  g_autoptr (GMenu) groups = g_menu_new ();
  g_autoptr (GMenu) values = g_menu_new ();
  g_autoptr (GMenu) aggregations = g_menu_new ();
  for (guint i = 0; i < N_TABLE_COLUMNS; i++)
    {
      TableColumn shown = table_column_get_nth (i);
      gboolean is_aggregation = shown.kind == TABLE_COLUMN_VALUE && shown.metric >= N_BASIC_METRICS;
      g_autofree char *action = g_strdup_printf ("table.show-%s", table_column_get_name (shown));
      g_menu_append (shown.kind == TABLE_COLUMN_GROUP ? groups : is_aggregation ? aggregations : values,
                     table_column_get_title (shown), action);
    }
  g_menu_append_section (menu, _ ("Group by"), G_MENU_MODEL (groups));
  g_menu_append_submenu (values, _ ("Min, Max and Unique Values"), G_MENU_MODEL (aggregations));
  g_menu_append_section (menu, _ ("Values"), G_MENU_MODEL (values));
  g_autoptr (GMenu) reset = g_menu_new ();
  g_menu_append (reset, _ ("Default Columns"), "table.reset-columns");
  g_menu_append (reset, _ ("View Editor…"), "win.view-editor");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (reset));
  return G_MENU_MODEL (menu);
}

static const char *
get_header_title (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  const char *title = NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && title == NULL;
       child = gtk_widget_get_next_sibling (child))
    title = get_header_title (child);
  return title;
}

static const char *
get_explanation (TableColumn column)
{
  switch (column.kind)
    {
    case TABLE_COLUMN_MARKER:
      return _ ("Columns left of this bar group the rows. Drag it, or drag "
                "a header across it, to group otherwise.");
    case TABLE_COLUMN_VALUE:
      return _ (metric_get_meaning (column.metric));
    case TABLE_COLUMN_TREND:
      return _ ("The course of the outstanding size over the range; each row has a scale of its own");
    case TABLE_COLUMN_GROUP:
    default:
      return NULL;
    }
}

static void
dress_header (GtkWidget *button, TableColumn column)
{
  gboolean is_marker = column.kind == TABLE_COLUMN_MARKER;
  if (is_marker)
    gtk_widget_add_css_class (button, "golden");
  else
    gtk_widget_remove_css_class (button, "golden");
  /* Titles stand over their numbers. */
  GtkWidget *content = gtk_widget_get_first_child (button);
  if (content != NULL)
    gtk_widget_set_halign (content, column.kind == TABLE_COLUMN_VALUE ? GTK_ALIGN_END : GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, get_explanation (column));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
      is_marker ? _ ("Gold bar between groups and values") : table_column_get_title (column), -1);
}

void
table_headers_dress (TableView *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->columns_view));
  /* The buttons do not stand in the order of the columns: only their titles tell which is which. */
  for (GtkWidget *button = gtk_widget_get_first_child (header); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    for (guint i = 0; i < self->layout.n_columns; i++)
      if (g_strcmp0 (get_header_title (button), table_column_get_title (self->layout.columns[i])) == 0)
        dress_header (button, self->layout.columns[i]);
}
