/* What the settings remember of the table besides its columns: their widths and the sort. */
#include "app/table/table_view_private.h"

#include "app/settings/app_settings.h"

/* A header that is being dragged changes its width with each motion. */
#define SAVE_DELAY_MS 400
#define MIN_WIDTH 24
#define MAX_WIDTH 4000
/* Rows in the order of their texts, not by a value. */
#define SORT_BY_TEXT "text"

static GVariant *
dup_widths (void)
{
  return app_settings_dup_value (app_settings_get (), "column-widths", G_VARIANT_TYPE ("a{si}"));
}

int
table_memory_get_width (TableColumn column, int default_width)
{
  g_autoptr (GVariant) widths = dup_widths ();
  int width = default_width;
  if (widths == NULL || !g_variant_lookup (widths, table_column_get_name (column), "i", &width))
    return default_width;
  return CLAMP (width, MIN_WIDTH, MAX_WIDTH);
}

/* Columns that are not shown now keep the width they had. */
static void
save_widths (TableView *self)
{
  g_autoptr (GVariant) old = dup_widths ();
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{si}"));
  for (guint i = 0; i < N_TABLE_COLUMNS; i++)
    {
      const char *name = table_column_get_name (table_column_get_nth (i));
      GtkColumnViewColumn *column = g_hash_table_lookup (self->columns, name);
      int width = -1;
      if (column != NULL && g_object_get_data (G_OBJECT (column), "was-resized") != NULL)
        width = gtk_column_view_column_get_fixed_width (column);
      else if (old != NULL)
        g_variant_lookup (old, name, "i", &width);
      if (width > 0)
        g_variant_builder_add (&builder, "{si}", name, width);
    }
  app_settings_set_value (app_settings_get (), "column-widths", g_variant_builder_end (&builder));
}

static gboolean
on_save (gpointer data)
{
  TableView *self = data;
  self->widths_timer = 0;
  save_widths (self);
  return G_SOURCE_REMOVE;
}

static void
on_width_changed (GObject *column, GParamSpec *pspec, gpointer data)
{
  TableView *self = data;
  if (self->guard > 0)
    return;
  g_object_set_data (column, "was-resized", GINT_TO_POINTER (TRUE));
  if (self->widths_timer == 0)
    self->widths_timer = g_timeout_add (SAVE_DELAY_MS, on_save, self);
}

int
table_view_get_width (TableView *self, TableColumn column)
{
  GtkColumnViewColumn *shown = g_hash_table_lookup (self->columns, table_column_get_name (column));
  int width_px = shown != NULL ? gtk_column_view_column_get_fixed_width (shown) : 0;
  return column.kind != TABLE_COLUMN_MARKER && width_px != table_columns_get_default_width (column) ? MAX (0, width_px) : 0;
}

void
table_view_set_width (TableView *self, TableColumn column, int width_px)
{
  if (column.kind != TABLE_COLUMN_MARKER)
    gtk_column_view_column_set_fixed_width (table_columns_get (self, column), CLAMP (width_px, MIN_WIDTH, MAX_WIDTH));
}

void
table_memory_watch (TableView *self, GtkColumnViewColumn *column)
{
  g_signal_connect_object (column, "notify::fixed-width", G_CALLBACK (on_width_changed), self, 0);
}

void
table_memory_forget (GtkColumnViewColumn *column)
{
  g_object_set_data (G_OBJECT (column), "was-resized", NULL);
}

void
table_memory_flush (TableView *self)
{
  if (self->widths_timer == 0)
    return;
  g_clear_handle_id (&self->widths_timer, g_source_remove);
  save_widths (self);
}

void
table_memory_save_order (PoolTreeOrder order)
{
  TableColumn column = { .kind = TABLE_COLUMN_VALUE, .metric = order.metric };
  AppSettings *settings = app_settings_get ();
  app_settings_set_string (settings, "sort-column",
                           order.by_text ? SORT_BY_TEXT : table_column_get_name (column));
  app_settings_set_boolean (settings, "sort-ascending", order.is_ascending);
}

PoolTreeOrder
table_memory_load_order (const ColumnLayout *layout)
{
  AppSettings *settings = app_settings_get ();
  g_autofree char *name = app_settings_get_string (settings, "sort-column");
  PoolTreeOrder order = POOL_TREE_ORDER_DEFAULT;
  TableColumn column;
  if (g_str_equal (name, SORT_BY_TEXT))
    order.by_text = TRUE;
  else if (table_column_from_name (name, &column) && column.kind == TABLE_COLUMN_VALUE
           && column_layout_find (layout, column, NULL))
    order.metric = column.metric;
  else
    return order;
  order.is_ascending = app_settings_get_boolean (settings, "sort-ascending");
  return order;
}
