#include "app/editor/view_editor.h"

#include "app/editor/preset_pane.h"
#include "app/editor/view_editor_row.h"
#include "app/test_log.h"

#include <glib/gi18n.h>

#define VIEW_TYPE_EDITOR (view_editor_get_type ())
G_DECLARE_FINAL_TYPE (ViewEditor, view_editor, VIEW, EDITOR, GtkWindow)

struct _ViewEditor
{
  GtkWindow parent_instance;
  /* Template */
  GtkListBox *list;
  GtkDropDown *sort_drop_down, *direction_drop_down;
  GtkLabel *message_label;
  PresetPane *presets;

  TableView *table;        /* (weak) (nullable): until it goes */
  ColumnLayout old_layout; /* when the editor was opened */
  PoolTreeOrder old_order;
  char *old_preset;        /* (owned) (nullable) */
  TableColumn current;     /* the row that has the focus */
  guint guard;             /* > 0: drop-downs are set by us */
  guint refresh_idle;
};

G_DEFINE_FINAL_TYPE (ViewEditor, view_editor, GTK_TYPE_WINDOW)

/* Changes */

static void
tell (ViewEditor *self, const char *text)
{
  gtk_label_set_text (self->message_label, text);
}

/* Shows @layout; @moved is the column that has the focus after it, in this or the other role. */
static void
show_layout (ViewEditor *self, const ColumnLayout *layout, TableColumn moved)
{
  TableColumn twin;
  self->current = moved;
  if (!column_layout_find (layout, moved, NULL) && table_column_get_twin (moved, &twin)
      && column_layout_find (layout, twin, NULL))
    self->current = twin;
  tell (self, "");
  table_view_set_layout (self->table, layout, table_view_get_order (self->table));
}

static void
toggle (ViewEditor *self, TableColumn column)
{
  ColumnLayout layout = *table_view_get_layout (self->table);
  gboolean is_shown = column_layout_find (&layout, column, NULL);
  if (is_shown ? column_layout_hide (&layout, column) : column_layout_show (&layout, column))
    show_layout (self, &layout, column);
  else
    {
      tell (self, _ ("The table needs at least one group and one value."));
      self->current = column;
    }
}

static void
place (ViewEditor *self, TableColumn column, guint index)
{
  ColumnLayout layout = *table_view_get_layout (self->table);
  if (column_layout_place (&layout, column, index))
    show_layout (self, &layout, column);
  else
    tell (self, _ ("It cannot stand there: only dimensions group, and the table needs at least one group and one value."));
}

static void
move (ViewEditor *self, TableColumn column, int steps)
{
  const ColumnLayout *layout = table_view_get_layout (self->table);
  guint index;
  if (!column_layout_find (layout, column, &index))
    {
      /* What is not shown stands below all that is. */
      if (steps < 0)
        place (self, column, layout->n_columns);
    }
  else if ((int) index + steps >= 0 && (int) index + steps < (int) layout->n_columns)
    place (self, column, (guint) ((int) index + steps));
}

/* Rows */

static void
on_row_toggled (ViewEditorRow *row, gpointer data)
{
  toggle (VIEW_EDITOR (data), view_editor_row_get_column (row));
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  TableColumn column = view_editor_row_get_column (VIEW_EDITOR_ROW (row));
  if (column.kind != TABLE_COLUMN_MARKER)
    toggle (VIEW_EDITOR (data), column);
}

static void
on_aggregation_chosen (ViewEditorRow *row, guint metric, gpointer data)
{
  ViewEditor *self = data;
  ColumnLayout layout = *table_view_get_layout (self->table);
  TableColumn chosen = { .kind = TABLE_COLUMN_VALUE, .metric = (Metric) metric };
  if (column_layout_exchange (&layout, view_editor_row_get_column (row), chosen))
    {
      PoolTreeOrder order = table_view_get_order (self->table);
      if (!order.by_text && order.metric == view_editor_row_get_column (row).metric)
        order.metric = chosen.metric;
      self->current = chosen;
      tell (self, "");
      table_view_set_layout (self->table, &layout, order);
      return;
    }
  g_autofree char *text = g_strdup_printf (_ ("%s is shown already."), table_column_get_title (chosen));
  tell (self, text);
  table_view_set_layout (self->table, &layout, table_view_get_order (self->table));
}

static void
on_dropped (ViewEditorRow *row, const char *name, gboolean is_below, gpointer data)
{
  ViewEditor *self = data;
  const ColumnLayout *layout = table_view_get_layout (self->table);
  TableColumn dragged;
  guint target, from;
  if (!table_column_from_name (name, &dragged))
    return;
  gboolean was_shown = column_layout_find (layout, dragged, &from);
  if (!column_layout_find (layout, view_editor_row_get_column (row), &target))
    {
      if (was_shown && dragged.kind != TABLE_COLUMN_MARKER)
        toggle (self, dragged);
      return;
    }
  target += is_below ? 1 : 0;
  place (self, dragged, was_shown && from < target ? target - 1 : target);
}

static GtkWidget *
append_row (ViewEditor *self, TableColumn column, gboolean is_shown)
{
  GtkWidget *row = view_editor_row_new (column, is_shown);
  g_signal_connect (row, "toggled", G_CALLBACK (on_row_toggled), self);
  g_signal_connect (row, "aggregation-chosen", G_CALLBACK (on_aggregation_chosen), self);
  g_signal_connect (row, "dropped", G_CALLBACK (on_dropped), self);
  gtk_list_box_append (self->list, row);
  return row;
}

/* Aggregations are chosen where the dimension is shown. */
static gboolean
is_listed_hidden (const ColumnLayout *layout, TableColumn column)
{
  TableColumn twin;
  if (column_layout_find (layout, column, NULL) || (column.kind == TABLE_COLUMN_VALUE && column.metric >= N_BASIC_METRICS))
    return FALSE;
  return !table_column_get_twin (column, &twin) || !column_layout_find (layout, twin, NULL);
}

static GtkWidget *
fill_list (ViewEditor *self)
{
  const ColumnLayout *layout = table_view_get_layout (self->table);
  GtkWidget *focused = NULL, *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < layout->n_columns; i++)
    {
      GtkWidget *row = append_row (self, layout->columns[i], TRUE);
      if (table_column_equal (layout->columns[i], self->current))
        focused = row;
    }
  for (guint i = 0; i < N_TABLE_COLUMNS; i++)
    {
      TableColumn column = table_column_get_nth (i);
      if (!is_listed_hidden (layout, column))
        continue;
      GtkWidget *row = append_row (self, column, FALSE);
      if (table_column_equal (column, self->current))
        focused = row;
    }
  return focused;
}

/* Sort */

static gboolean
can_sort (TableColumn column)
{
  return column.kind == TABLE_COLUMN_VALUE;
}

static void
fill_sort (ViewEditor *self)
{
  const ColumnLayout *layout = table_view_get_layout (self->table);
  PoolTreeOrder order = table_view_get_order (self->table);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  guint n_titles = 0, selected = 0;
  gtk_string_list_append (titles, _ ("Names of the groups"));
  for (guint i = 0; i < layout->n_columns; i++)
    if (can_sort (layout->columns[i]))
      {
        gtk_string_list_append (titles, table_column_get_title (layout->columns[i]));
        n_titles++;
        if (!order.by_text && layout->columns[i].metric == order.metric)
          selected = n_titles;
      }
  self->guard++;
  gtk_drop_down_set_model (self->sort_drop_down, G_LIST_MODEL (titles));
  gtk_drop_down_set_selected (self->sort_drop_down, selected);
  gtk_drop_down_set_selected (self->direction_drop_down, order.is_ascending ? 1 : 0);
  self->guard--;
}

static void
on_sort_chosen (GtkDropDown *drop_down, GParamSpec *pspec, gpointer data)
{
  ViewEditor *self = data;
  if (self->guard > 0 || self->table == NULL)
    return;
  const ColumnLayout *layout = table_view_get_layout (self->table);
  guint chosen = gtk_drop_down_get_selected (self->sort_drop_down), n_titles = 0;
  PoolTreeOrder order = POOL_TREE_ORDER_DEFAULT;
  order.by_text = chosen == 0;
  order.is_ascending = gtk_drop_down_get_selected (self->direction_drop_down) == 1;
  for (guint i = 0; i < layout->n_columns; i++)
    if (can_sort (layout->columns[i]) && ++n_titles == chosen)
      order.metric = layout->columns[i].metric;
  ColumnLayout same = *layout;
  table_view_set_layout (self->table, &same, order);
}

/* Following the table */

static gboolean
refresh (gpointer data)
{
  ViewEditor *self = data;
  self->refresh_idle = 0;
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  gboolean takes_focus = focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
  GtkWidget *row = fill_list (self);
  if (row != NULL)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  if (row != NULL && takes_focus)
    gtk_widget_grab_focus (row);
  fill_sort (self);
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
  tell (self, "");
  table_view_set_layout (self->table, &layout, self->old_order);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, gpointer data)
{
  ViewEditor *self = data;
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  GtkWidget *row = focus == NULL                     ? NULL
                   : VIEW_IS_EDITOR_ROW (focus)      ? focus
                                                     : gtk_widget_get_ancestor (focus, VIEW_TYPE_EDITOR_ROW);
  if (row == NULL)
    return FALSE;
  TableColumn column = view_editor_row_get_column (VIEW_EDITOR_ROW (row));
  gboolean has_alt = (state & gtk_accelerator_get_default_mod_mask ()) == GDK_ALT_MASK;
  if (has_alt && (key == GDK_KEY_Up || key == GDK_KEY_KP_Up))
    move (self, column, -1);
  else if (has_alt && (key == GDK_KEY_Down || key == GDK_KEY_KP_Down))
    move (self, column, 1);
  else if (key == GDK_KEY_space && row == focus && column.kind != TABLE_COLUMN_MARKER)
    toggle (self, column);
  else
    return FALSE;
  return TRUE;
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
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_sort_chosen);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
view_editor_init (ViewEditor *self)
{
  self->guard++; /* the drop-downs are still empty */
  gtk_widget_init_template (GTK_WIDGET (self));
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  g_signal_connect_swapped (self->presets, "message", G_CALLBACK (tell), self);
  self->guard--;
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
