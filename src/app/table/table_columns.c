#include "app/table/table_view_private.h"

#include "app/settings/app_settings.h"

#include <glib/gi18n.h>

#define MARKER_WIDTH 14

/* The title of an aggregation tells what it is of. */
static int
get_value_width (TableColumn column)
{
  switch (column.metric)
    {
    case METRIC_COUNT:
      return 80;
    case METRIC_IMPACTING:
      return 138;
    case METRIC_RECENT:
      return 124;
    default:
      return column.metric < N_BASIC_METRICS ? 92 : 138;
    }
}

int
table_columns_get_default_width (TableColumn column)
{
  if (column.kind == TABLE_COLUMN_MARKER)
    return MARKER_WIDTH;
  if (column.kind == TABLE_COLUMN_TREND)
    return 110;
  if (column.kind == TABLE_COLUMN_VALUE)
    return get_value_width (column);
  if (dimension_is_stack (column.dimension))
    return 250;
  switch (column.dimension)
    {
    case DIMENSION_PROCESS:
      return 150;
    case DIMENSION_POOL_TYPE:
      return 130;
    case DIMENSION_TYPE:
    case DIMENSION_THREAD:
    case DIMENSION_CPU:
      return 76;
    default:
      return 92;
    }
}

TableColumn
table_columns_identify (GtkColumnViewColumn *column)
{
  TableColumn identity = { .kind = TABLE_COLUMN_MARKER };
  const char *name = g_object_get_data (G_OBJECT (column), "table-column");
  if (name != NULL)
    table_column_from_name (name, &identity);
  return identity;
}

/* Header menu */

static void
append_column_item (GMenu *menu, const char *label, const char *action, TableColumn column)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);
  g_menu_item_set_action_and_target (item, action, "s", table_column_get_name (column));
  g_menu_append_item (menu, item);
}

static GMenuModel *
create_header_menu (TableColumn column)
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

GtkColumnViewColumn *
table_columns_get (TableView *self, TableColumn identity)
{
  const char *name = g_intern_string (table_column_get_name (identity));
  GtkColumnViewColumn *column = g_hash_table_lookup (self->columns, name);
  if (column != NULL)
    return column;
  column = gtk_column_view_column_new (table_column_get_title (identity), NULL);
  g_object_set_data (G_OBJECT (column), "table-column", (gpointer) name);
  int width = table_columns_get_default_width (identity);
  gtk_column_view_column_set_fixed_width (
      column, identity.kind == TABLE_COLUMN_MARKER ? width : table_memory_get_width (identity, width));
  gtk_column_view_column_set_resizable (column, identity.kind != TABLE_COLUMN_MARKER);
  gtk_column_view_column_set_expand (column, identity.kind == TABLE_COLUMN_GROUP
                                                 && dimension_is_stack (identity.dimension));
  g_autoptr (GMenuModel) menu = create_header_menu (identity);
  gtk_column_view_column_set_header_menu (column, menu);
  table_cells_equip (self, column, identity);
  table_sort_equip (self, column, identity);
  if (identity.kind != TABLE_COLUMN_MARKER)
    table_memory_watch (self, column);
  g_hash_table_insert (self->columns, (gpointer) name, column);
  return column;
}

/* Some column has to take up the room that is left: a stack, else the last group. */
static void
choose_expanding (TableView *self)
{
  guint bar = column_layout_get_marker (&self->layout), chosen = bar > 0 ? bar - 1 : 0;
  for (guint i = 0; i < bar; i++)
    if (dimension_is_stack (self->layout.columns[i].dimension))
      chosen = i;
  for (guint i = 0; i < self->layout.n_columns; i++)
    gtk_column_view_column_set_expand (table_columns_get (self, self->layout.columns[i]), i == chosen);
}

void
table_columns_sync (TableView *self)
{
  GListModel *list = gtk_column_view_get_columns (self->columns_view);
  self->guard++;
  for (guint i = g_list_model_get_n_items (list); i > 0; i--)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (list, i - 1);
      if (!column_layout_find (&self->layout, table_columns_identify (column), NULL))
        gtk_column_view_remove_column (self->columns_view, column);
    }
  for (guint i = 0; i < self->layout.n_columns; i++)
    {
      GtkColumnViewColumn *column = table_columns_get (self, self->layout.columns[i]);
      if (gtk_column_view_column_get_column_view (column) == NULL)
        gtk_column_view_append_column (self->columns_view, column);
    }
  /* From first to last: a column only moves forwards, and takes its cells along. */
  for (guint i = 0; i < self->layout.n_columns; i++)
    {
      g_autoptr (GtkColumnViewColumn) shown = g_list_model_get_item (list, i);
      GtkColumnViewColumn *column = table_columns_get (self, self->layout.columns[i]);
      if (shown != column)
        gtk_column_view_insert_column (self->columns_view, i, column);
    }
  choose_expanding (self);
  self->guard--;
  table_columns_dress_headers (self);
  /* The names of the rows tell the columns. */
  table_cells_refresh (self);
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
table_columns_dress_headers (TableView *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->columns_view));
  /* The buttons do not stand in the order of the columns: only their titles tell which is which. */
  for (GtkWidget *button = gtk_widget_get_first_child (header); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    for (guint i = 0; i < self->layout.n_columns; i++)
      if (g_strcmp0 (get_header_title (button), table_column_get_title (self->layout.columns[i])) == 0)
        dress_header (button, self->layout.columns[i]);
}

/* Settings */

void
table_columns_load (TableView *self)
{
  AppSettings *settings = app_settings_get ();
  g_auto (GStrv) grouping = app_settings_get_strv (settings, "grouping");
  g_auto (GStrv) values = app_settings_get_strv (settings, "value-columns");
  column_layout_init (&self->layout, (const char *const *) grouping, (const char *const *) values);
}

void
table_columns_save (TableView *self)
{
  AppSettings *settings = app_settings_get ();
  g_auto (GStrv) grouping = column_layout_dup_group_names (&self->layout);
  g_auto (GStrv) values = column_layout_dup_value_names (&self->layout);
  app_settings_set_strv (settings, "grouping", (const char *const *) grouping);
  app_settings_set_strv (settings, "value-columns", (const char *const *) values);
}

/* Dragging */

static void
tell_left_groups (TableView *self, const ColumnLayout *before)
{
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < before->n_columns; i++)
    if (before->columns[i].kind == TABLE_COLUMN_GROUP && !column_layout_find (&self->layout, before->columns[i], NULL))
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              table_column_get_title (before->columns[i]));
  if (names->len == 0)
    return;
  g_autofree char *text = g_strdup_printf (
      _ ("No longer grouped by %s: its different values are counted instead. A right click on a header brings it back."), names->str);
  g_signal_emit_by_name (self, "message", text);
}

/* Brings the cells into the order of the columns, which GTK 4.8 leaves behind where a header was dragged, for the focus
 * and for assistive technology: each column is put first, from last to first. */
static void
restore_cell_order (TableView *self)
{
  self->guard++;
  for (guint i = self->layout.n_columns; i > 0; i--)
    gtk_column_view_insert_column (self->columns_view, 0, table_columns_get (self, self->layout.columns[i - 1]));
  self->guard--;
}

static gboolean
take_over_order (gpointer data)
{
  TableView *self = data;
  GListModel *list = gtk_column_view_get_columns (self->columns_view);
  TableColumn columns[COLUMN_LAYOUT_MAX];
  guint n_columns = MIN (g_list_model_get_n_items (list), COLUMN_LAYOUT_MAX);
  self->columns_idle = 0;
  for (guint i = 0; i < n_columns; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (list, i);
      columns[i] = table_columns_identify (column);
    }
  ColumnLayout before = self->layout;
  gboolean changed = column_layout_reorder (&self->layout, columns, n_columns);
  table_columns_sync (self);
  restore_cell_order (self);
  if (!changed)
    return G_SOURCE_REMOVE;
  tell_left_groups (self, &before);
  table_columns_save (self);
  table_view_follow_layout (self, NULL);
  return G_SOURCE_REMOVE;
}

static void
on_columns_changed (GListModel *list, guint position, guint n_removed, guint n_added, gpointer data)
{
  TableView *self = data;
  if (self->guard == 0 && self->columns_idle == 0)
    self->columns_idle = g_idle_add (take_over_order, self);
}

void
table_columns_watch (TableView *self)
{
  g_signal_connect_object (gtk_column_view_get_columns (self->columns_view), "items-changed",
                           G_CALLBACK (on_columns_changed), self, 0);
}
