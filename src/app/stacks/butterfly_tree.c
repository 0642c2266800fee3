#include "app/stacks/butterfly_tree.h"

#include "app/table/tree_cell.h"
#include "app/table/value_cell.h"
#include "base/number_format.h"
#include "export/metric_text.h"

#include <glib/gi18n.h>

static const Metric metrics[] = { METRIC_COUNT, METRIC_SIZE, METRIC_IMPACTING };
#define COLUMN_STEP G_N_ELEMENTS (metrics)

static gint64
get_value (PoolTreeSums sums, Metric metric)
{
  return metric == METRIC_COUNT  ? (gint64) sums.count
         : metric == METRIC_SIZE ? (gint64) sums.size_bytes
                                 : sums.impacting_bytes;
}

/* Rows */

/* What a table shows at first; kept with its rows. */
typedef struct
{
  ButterflyStart start;
  CallGraph *graph; /* (owned) */
  CallGraphSide side;
} Shown;

static void
shown_free (gpointer data)
{
  Shown *self = data;
  butterfly_start_clear (&self->start);
  call_graph_unref (self->graph);
  g_free (self);
}

static GListModel *
on_create_children (gpointer item, gpointer data)
{
  const Shown *shown = data;
  if (!butterfly_node_has_children (item))
    return NULL;
  guint depth = butterfly_start_find (&shown->start, item);
  return depth > 0 ? butterfly_rows_new_at_start (&shown->start, shown->graph, shown->side, depth)
                   : butterfly_rows_new (item);
}

static GtkTreeListRow *
dup_row (GtkColumnView *view, guint position)
{
  GtkSelectionModel *model = gtk_column_view_get_model (view);
  return model != NULL ? g_list_model_get_item (G_LIST_MODEL (model), position) : NULL;
}

ButterflyNode *
butterfly_tree_dup_node (GtkColumnView *view, guint position)
{
  g_autoptr (GtkTreeListRow) row = dup_row (view, position);
  return row != NULL ? gtk_tree_list_row_get_item (row) : NULL;
}

void
butterfly_tree_show (GtkColumnView *view, CallGraph *graph, CallGraphSide side, ButterflyStart *start)
{
  Shown *shown = g_new (Shown, 1);
  *shown = (Shown){ *start, call_graph_ref (graph), side };
  *start = (ButterflyStart){ 0 };
  GtkTreeListModel *rows
      = gtk_tree_list_model_new (butterfly_rows_new_at_start (&shown->start, graph, side, 0), FALSE, FALSE,
                                 on_create_children, shown, shown_free);
  for (guint i = 0; i < BUTTERFLY_MAX_OPENED; i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (rows, i);
      if (row == NULL || !gtk_tree_list_row_is_expandable (row))
        break;
      gtk_tree_list_row_set_expanded (row, TRUE);
    }
  g_autoptr (GtkSingleSelection) selection = gtk_single_selection_new (G_LIST_MODEL (rows));
  gtk_column_view_set_model (view, GTK_SELECTION_MODEL (selection));
}

/* Cells */

static void
show_step (TreeCell *cell, GtkTreeListRow *row, ButterflyNode *node)
{
  TreeCellState state = !gtk_tree_list_row_is_expandable (row) ? TREE_CELL_LEAF
                        : gtk_tree_list_row_get_expanded (row) ? TREE_CELL_OPEN
                                                               : TREE_CELL_CLOSED;
  const char *text = butterfly_node_get_text (node);
  tree_cell_show (cell, text, state, gtk_tree_list_row_get_depth (row));
  gtk_widget_set_tooltip_text (GTK_WIDGET (cell), text);
}

static char *
dup_value_text (ButterflyNode *node, Metric metric)
{
  return metric_format (metric, get_value (butterfly_node_get_sums (node), metric));
}

static void
show_value (ValueCell *cell, ButterflyNode *node, Metric metric)
{
  gint64 value = get_value (butterfly_node_get_sums (node), metric);
  gint64 whole = get_value (butterfly_node_get_center_sums (node), metric);
  g_autofree char *text = dup_value_text (node, metric);
  g_autofree char *exact = format_count (value);
  g_autofree char *tooltip
      = metric == METRIC_COUNT ? NULL : g_strdup_printf (ngettext ("%s byte", "%s bytes", (gulong) ABS (value)), exact);
  value_cell_show (cell, text, tooltip, whole != 0 ? (double) value / (double) ABS (whole) : 0);
}

/* The whole row as one sentence for assistive technology. */
static void
label_row (GtkWidget *cell, ButterflyNode *node)
{
  GtkWidget *row
      = gtk_widget_get_parent (cell) != NULL ? gtk_widget_get_parent (gtk_widget_get_parent (cell)) : NULL;
  if (row == NULL)
    return;
  g_autoptr (GString) label = g_string_new (butterfly_node_get_text (node));
  for (gsize i = 0; i < G_N_ELEMENTS (metrics); i++)
    {
      g_autofree char *text = dup_value_text (node, metrics[i]);
      g_string_append_printf (label, ", %s %s", _ (metric_get_display_name (metrics[i])), text);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str, -1);
}

static void
show_cell (GtkListItem *list_item)
{
  GtkTreeListRow *row = gtk_list_item_get_item (list_item);
  if (row == NULL)
    return;
  g_autoptr (ButterflyNode) node = gtk_tree_list_row_get_item (row);
  GtkWidget *child = gtk_list_item_get_child (list_item);
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (list_item), "column"));
  if (column < COLUMN_STEP)
    show_value (VALUE_CELL (child), node, metrics[column]);
  else
    {
      show_step (TREE_CELL (child), row, node);
      label_row (child, node);
    }
}

static void
on_toggled (TreeCell *cell, gpointer data)
{
  GtkTreeListRow *row = gtk_list_item_get_item (data);
  if (row != NULL)
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  GtkWidget *child = GPOINTER_TO_UINT (data) < COLUMN_STEP ? value_cell_new () : tree_cell_new ();
  g_object_set_data (G_OBJECT (list_item), "column", data);
  if (TREE_IS_CELL (child))
    g_signal_connect (child, "toggled", G_CALLBACK (on_toggled), list_item);
  gtk_list_item_set_child (list_item, child);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  g_signal_connect_swapped (gtk_list_item_get_item (list_item), "notify::expanded", G_CALLBACK (show_cell), list_item);
  show_cell (list_item);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (list_item), list_item);
}

/* Keys */

static gboolean
set_open (GtkColumnView *view, gboolean is_open)
{
  GtkSelectionModel *model = gtk_column_view_get_model (view);
  GtkTreeListRow *row = model != NULL ? gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (model)) : NULL;
  if (row == NULL)
    return FALSE;
  if (is_open || gtk_tree_list_row_get_expanded (row))
    {
      gtk_tree_list_row_set_expanded (row, is_open);
      return TRUE;
    }
  g_autoptr (GtkTreeListRow) parent = gtk_tree_list_row_get_parent (row);
  if (parent == NULL)
    return TRUE;
  GtkWidget *list = gtk_widget_get_last_child (GTK_WIDGET (view));
  guint position = gtk_tree_list_row_get_position (parent);
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (model), position);
  gtk_widget_activate_action (list, "list.scroll-to-item", "u", position);
  return TRUE;
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, gpointer data)
{
  if (state & (GDK_ALT_MASK | GDK_CONTROL_MASK))
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Right:
    case GDK_KEY_plus:
    case GDK_KEY_KP_Add:
      return set_open (data, TRUE);
    case GDK_KEY_Left:
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      return set_open (data, FALSE);
    default:
      return FALSE;
    }
}

static void
append_column (GtkColumnView *view, gsize column, const char *title, int width)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), GSIZE_TO_POINTER (column));
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  g_autoptr (GtkColumnViewColumn) view_column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  gtk_column_view_column_set_expand (view_column, column == COLUMN_STEP);
  gtk_column_view_column_set_fixed_width (view_column, width);
  gtk_column_view_append_column (view, view_column);
}

void
butterfly_tree_equip (GtkColumnView *view, const char *title)
{
  append_column (view, COLUMN_STEP, title, 320);
  for (gsize i = 0; i < G_N_ELEMENTS (metrics); i++)
    append_column (view, i, _ (metric_get_display_name (metrics[i])), 120);
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), view);
  gtk_widget_add_controller (GTK_WIDGET (view), keys);
}
