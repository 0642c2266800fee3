#include "app/editor/view_editor_private.h"

#include "app/editor/view_editor_row.h"

#include <glib/gi18n.h>

/* Shows @layout; @moved is the column that has the focus after it, in this or the other role. */
static void
show_layout (ViewEditor *self, const ColumnLayout *layout, TableColumn moved)
{
  TableColumn twin;
  self->current = moved;
  if (!column_layout_find (layout, moved, NULL) && table_column_get_twin (moved, &twin)
      && column_layout_find (layout, twin, NULL))
    self->current = twin;
  view_editor_tell (self, "");
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
      view_editor_tell (self, _ ("The table needs at least one group and one value."));
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
    view_editor_tell (self, _ ("It cannot stand there: only dimensions group, and the table needs at least one group and one value."));
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
      view_editor_tell (self, "");
      table_view_set_layout (self->table, &layout, order);
      return;
    }
  g_autofree char *text = g_strdup_printf (_ ("%s is shown already."), table_column_get_title (chosen));
  view_editor_tell (self, text);
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

GtkWidget *
view_editor_fill_columns (ViewEditor *self)
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

void
view_editor_columns_init (ViewEditor *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
}
