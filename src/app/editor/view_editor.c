#include "app/editor/view_editor.h"

#include "app/editor/view_editor_private.h"
#include "app/test_log.h"

G_DEFINE_FINAL_TYPE (ViewEditor, view_editor, GTK_TYPE_WINDOW)

void
view_editor_tell (ViewEditor *self, const char *text)
{
  gtk_label_set_text (self->message_label, text);
}

/* Following the table */

static gboolean
refresh (gpointer data)
{
  ViewEditor *self = data;
  self->refresh_idle = 0;
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  gboolean takes_focus = focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
  GtkWidget *row = view_editor_fill_columns (self);
  if (row != NULL)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  if (row != NULL && takes_focus)
    gtk_widget_grab_focus (row);
  view_editor_fill_sort (self);
  const ColumnLayout *layout = table_view_get_layout (self->table);
  g_auto (GStrv) groups = column_layout_dup_group_names (layout);
  g_auto (GStrv) values = column_layout_dup_value_names (layout);
  g_autofree char *left = g_strjoinv (",", groups), *right = g_strjoinv (",", values);
  test_log_add ("editor %s|%s", left, right);
  return G_SOURCE_REMOVE;
}

/* In an idle: the row or drop-down that the user is in is made anew. */
static void
queue_refresh (ViewEditor *self)
{
  if (self->refresh_idle == 0)
    self->refresh_idle = g_idle_add (refresh, self);
}

static void
on_reset (GtkButton *button, gpointer data)
{
  ViewEditor *self = data;
  ColumnLayout layout = self->old_layout;
  if (self->old_preset != NULL)
    table_view_set_preset (self->table, self->old_preset);
  view_editor_tell (self, "");
  table_view_set_layout (self->table, &layout, self->old_order);
}

static void
on_table_gone (GtkWidget *table, gpointer data)
{
  gtk_window_destroy (GTK_WINDOW (data));
}

/* Object */

static void
view_editor_dispose (GObject *object)
{
  ViewEditor *self = VIEW_EDITOR (object);
  g_clear_handle_id (&self->refresh_idle, g_source_remove);
  if (self->table != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->table, self);
      g_object_set_data (G_OBJECT (self->table), "view-editor", NULL);
    }
  g_clear_weak_pointer (&self->table);
  g_clear_pointer (&self->old_preset, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), VIEW_TYPE_EDITOR);
  G_OBJECT_CLASS (view_editor_parent_class)->dispose (object);
}

static void
view_editor_class_init (ViewEditorClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = view_editor_dispose;
  g_type_ensure (PRESET_TYPE_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/poolscope/Poolscope/ui/view_editor.ui");
  gtk_widget_class_bind_template_child (widget_class, ViewEditor, list);
  gtk_widget_class_bind_template_child (widget_class, ViewEditor, sort_drop_down);
  gtk_widget_class_bind_template_child (widget_class, ViewEditor, direction_drop_down);
  gtk_widget_class_bind_template_child (widget_class, ViewEditor, message_label);
  gtk_widget_class_bind_template_child (widget_class, ViewEditor, presets);
  gtk_widget_class_bind_template_callback (widget_class, on_reset);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
view_editor_init (ViewEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  view_editor_columns_init (self);
  view_editor_sort_init (self);
  g_signal_connect_swapped (self->presets, "message", G_CALLBACK (view_editor_tell), self);
}

static void
set_table (ViewEditor *self, TableView *table)
{
  gboolean is_modified;
  g_set_weak_pointer (&self->table, table);
  g_object_set_data (G_OBJECT (table), "view-editor", self);
  self->old_layout = *table_view_get_layout (table);
  self->old_order = table_view_get_order (table);
  self->old_preset = g_strdup (table_view_get_preset (table, &is_modified));
  self->current = self->old_layout.columns[0];
  g_signal_connect_swapped (table, "layout-changed", G_CALLBACK (queue_refresh), self);
  g_signal_connect (table, "destroy", G_CALLBACK (on_table_gone), self);
  preset_pane_set_table (self->presets, table);
  refresh (self);
}

void
view_editor_show (GtkWindow *parent, TableView *table)
{
  ViewEditor *self = g_object_get_data (G_OBJECT (table), "view-editor");
  if (self == NULL)
    {
      self = g_object_new (VIEW_TYPE_EDITOR, "transient-for", parent, NULL);
      set_table (self, table);
    }
  gtk_window_present (GTK_WINDOW (self));
}
