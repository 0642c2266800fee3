#include "app/table/table_view_private.h"

void
table_actions_update (TableView *self)
{
  GActionGroup *group = g_object_get_data (G_OBJECT (self), "table-actions");
  for (guint i = 0; i < N_TABLE_COLUMNS; i++)
    {
      TableColumn column = table_column_get_nth (i);
      g_autofree char *name = g_strdup_printf ("show-%s", table_column_get_name (column));
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (group), name);
      g_simple_action_set_state (G_SIMPLE_ACTION (action),
                                 g_variant_new_boolean (column_layout_find (&self->layout, column, NULL)));
    }
}

static void
on_show_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TableColumn column;
  if (table_column_from_name (g_action_get_name (G_ACTION (action)) + strlen ("show-"), &column))
    table_view_toggle_column (TABLE_VIEW (data), column);
}

static void
on_move_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TableColumn column;
  gboolean is_left = g_str_equal (g_action_get_name (G_ACTION (action)), "move-left");
  if (table_column_from_name (g_variant_get_string (parameter, NULL), &column))
    table_view_move_column (TABLE_VIEW (data), column, is_left ? -1 : 1);
}

static void
on_hide_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TableColumn column;
  if (table_column_from_name (g_variant_get_string (parameter, NULL), &column))
    table_view_toggle_column (TABLE_VIEW (data), column);
}

static void
on_reset_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  table_view_reset_columns (TABLE_VIEW (data));
}

void
table_actions_install (TableView *self)
{
  static const GActionEntry entries[] = {
    { "move-left", on_move_action, "s", NULL, NULL, { 0 } },
    { "move-right", on_move_action, "s", NULL, NULL, { 0 } },
    { "hide", on_hide_action, "s", NULL, NULL, { 0 } },
    { "reset-columns", on_reset_action, NULL, NULL, NULL, { 0 } },
  };
  GSimpleActionGroup *group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < N_TABLE_COLUMNS; i++)
    {
      TableColumn column = table_column_get_nth (i);
      g_autofree char *name = g_strdup_printf ("show-%s", table_column_get_name (column));
      g_autoptr (GSimpleAction) action
          = g_simple_action_new_stateful (name, NULL, g_variant_new_boolean (FALSE));
      g_signal_connect (action, "activate", G_CALLBACK (on_show_action), self);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "table", G_ACTION_GROUP (group));
  g_object_set_data_full (G_OBJECT (self), "table-actions", group, g_object_unref);
}
