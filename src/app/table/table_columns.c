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

static int
get_width (TableView *self, TableColumn identity)
{
  GtkColumnViewColumn *column = g_hash_table_lookup (self->columns, table_column_get_name (identity));
  int width = table_columns_get_default_width (identity);
  if (column != NULL)
    return gtk_column_view_column_get_fixed_width (column);
  return identity.kind == TABLE_COLUMN_MARKER ? width : table_memory_get_width (identity, width);
}

/* Makes @column that of @identity, all but its cells. */
static void
dress (GtkColumnViewColumn *column, TableColumn identity, int width)
{
  g_object_set_data (G_OBJECT (column), "table-column", (gpointer) table_column_get_name (identity));
  gtk_column_view_column_set_title (column, table_column_get_title (identity));
  gtk_column_view_column_set_fixed_width (column, width);
  g_autoptr (GMenuModel) menu = table_headers_create_menu (identity);
  gtk_column_view_column_set_header_menu (column, menu);
}

GtkColumnViewColumn *
table_columns_get (TableView *self, TableColumn identity)
{
  GtkColumnViewColumn *column = g_hash_table_lookup (self->columns, table_column_get_name (identity));
  if (column != NULL)
    return column;
  column = gtk_column_view_column_new (NULL, NULL);
  dress (column, identity, get_width (self, identity));
  gtk_column_view_column_set_resizable (column, identity.kind != TABLE_COLUMN_MARKER);
  table_cells_equip (self, column, identity);
  table_sort_equip (self, column, identity);
  if (identity.kind != TABLE_COLUMN_MARKER)
    table_memory_watch (self, column);
  g_hash_table_insert (self->columns, (gpointer) table_column_get_name (identity), column);
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

/* The columns of one kind that the view shows. (transfer full) */
static GPtrArray *
list_shown (TableView *self, TableColumnKind kind)
{
  GListModel *list = gtk_column_view_get_columns (self->columns_view);
  GPtrArray *columns = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (list, i);
      if (table_columns_identify (column).kind == kind)
        g_ptr_array_add (columns, g_steal_pointer (&column));
    }
  return columns;
}

/* Where columns leave and others come, those on screen become the columns of the layout one after the other: new ones
 * would have to make a cell for each row. */
static void
reuse_columns (TableView *self, TableColumnKind kind)
{
  g_autoptr (GPtrArray) shown = list_shown (self, kind);
  TableColumn wanted[COLUMN_LAYOUT_MAX];
  int widths[COLUMN_LAYOUT_MAX];
  guint n_wanted = 0, n_leaving = 0, n_staying = 0;
  for (guint i = 0; i < self->layout.n_columns; i++)
    if (self->layout.columns[i].kind == kind)
      wanted[n_wanted++] = self->layout.columns[i];
  for (guint i = 0; i < shown->len; i++)
    if (column_layout_find (&self->layout, table_columns_identify (shown->pdata[i]), NULL))
      n_staying++;
    else
      n_leaving++;
  if (n_leaving == 0 || n_staying == n_wanted)
    return;
  guint n_reused = MIN (n_wanted, shown->len);
  for (guint i = 0; i < n_wanted; i++)
    widths[i] = get_width (self, wanted[i]);
  for (guint i = 0; i < shown->len; i++)
    g_hash_table_remove (self->columns, table_column_get_name (table_columns_identify (shown->pdata[i])));
  for (guint i = 0; i < n_reused; i++)
    {
      dress (shown->pdata[i], wanted[i], widths[i]);
      table_cells_identify (shown->pdata[i], wanted[i]);
      table_memory_forget (shown->pdata[i]);
      g_hash_table_replace (self->columns, (gpointer) table_column_get_name (wanted[i]), g_object_ref (shown->pdata[i]));
    }
  for (guint i = n_reused; i < shown->len; i++)
    gtk_column_view_remove_column (self->columns_view, shown->pdata[i]);
}

/* Takes columns out that the layout does not have, and adds those that are not there. */
static void
replace_columns (TableView *self)
{
  GListModel *list = gtk_column_view_get_columns (self->columns_view);
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
}

/* From first to last: a column only moves forwards, and takes its cells along. */
static void
put_in_order (TableView *self)
{
  GListModel *list = gtk_column_view_get_columns (self->columns_view);
  for (guint i = 0; i < self->layout.n_columns; i++)
    {
      g_autoptr (GtkColumnViewColumn) shown = g_list_model_get_item (list, i);
      GtkColumnViewColumn *column = table_columns_get (self, self->layout.columns[i]);
      if (shown != column)
        gtk_column_view_insert_column (self->columns_view, i, column);
    }
}

void
table_columns_sync (TableView *self)
{
  table_memory_flush (self);
  self->guard++;
  reuse_columns (self, TABLE_COLUMN_GROUP);
  reuse_columns (self, TABLE_COLUMN_VALUE);
  replace_columns (self);
  put_in_order (self);
  choose_expanding (self);
  self->guard--;
  table_headers_dress (self);
  /* The names of the rows tell the columns. */
  table_cells_refresh (self);
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
  table_view_tell (self, text);
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
  if (changed)
    table_view_follow_layout (self, NULL);
  else
    table_columns_sync (self);
  restore_cell_order (self);
  if (changed)
    tell_left_groups (self, &before);
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
