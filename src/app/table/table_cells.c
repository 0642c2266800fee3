/* The cells of the table: made, bound, refreshed. */
#include "app/table/table_view_private.h"

#include "app/table/row_copy.h"
#include "app/table/tree_cell.h"
#include "app/table/trend_cell.h"
#include "app/table/value_cell.h"
#include "app/table/value_meaning.h"
#include "base/number_format.h"
#include "export/metric_text.h"

#include <glib/gi18n.h>
#include <math.h>

typedef struct
{
  TableView *view;
  TableColumn column;
} CellContext;

RowNode *
table_cells_get_node (GtkListItem *list_item)
{
  gpointer item = gtk_list_item_get_item (list_item);
  return item != NULL ? row_item_get_node (ROW_ITEM (item)) : NULL;
}

char *
table_view_dup_cell_text (TableView *self, const RowNode *node, TableColumn column, gboolean is_exact)
{
  PoolTreeValues *values
      = self->session != NULL ? row_model_get_values (trace_session_get_rows (self->session)) : NULL;
  if (values == NULL || column.kind == TABLE_COLUMN_MARKER)
    return g_strdup ("");
  if (column.kind == TABLE_COLUMN_GROUP)
    {
      PoolTree *tree = pool_tree_values_get_tree (values);
      gsize n_levels;
      const Dimension *grouping = pool_tree_get_grouping (tree, &n_levels);
      guint level = pool_tree_row_get_column (node->row);
      return level < n_levels && grouping[level] == column.dimension
                 ? pool_tree_dup_row_text (tree, node->row)
                 : g_strdup ("");
    }
  if (column.kind == TABLE_COLUMN_TREND)
    return row_trend_dup_text (row_node_get_trend (node));
  gint64 value;
  if (!row_node_get_metric (node, column.metric, &value))
    return g_strdup ("");
  if (metric_get_unit (column.metric) == METRIC_UNIT_VERDICT)
    return g_strdup (_ (verdict_get_name ((Verdict) value)));
  return is_exact ? metric_format_plain (column.metric, value) : metric_format (column.metric, value);
}

/* Shares make sense of what is counted, not of what is told from it. */
static double
get_amount (const RowNode *node, Metric metric)
{
  gint64 value;
  Dimension dimension;
  Aggregation aggregation = AGGREGATION_SUM;
  MetricUnit unit = metric_get_unit (metric);
  metric_get_aggregation (metric, &dimension, &aggregation);
  gboolean is_amount = (aggregation == AGGREGATION_SUM || aggregation == AGGREGATION_PEAK)
                       && (unit == METRIC_UNIT_BYTES || unit == METRIC_UNIT_BLOCKS || unit == METRIC_UNIT_EVENTS);
  return is_amount && row_node_get_metric (node, metric, &value) ? (double) value : 0;
}

/* The part of the parent row; of the largest child where children of different signs make the sum useless. */
static double
get_share (TableView *self, const RowNode *node, TableColumn column)
{
  PoolTreeOrder order = trace_session_get_order (self->session);
  if (order.by_text || column.metric != order.metric || node->parent == NULL)
    return 0;
  double whole = fabs (get_amount (node->parent, column.metric)), largest = 0;
  const RowNode *siblings = node->parent->children;
  guint last = node->parent->n_children - 1;
  /* The children are sorted by this metric: the extremes stand at the ends. */
  largest = MAX (fabs (get_amount (&siblings[0], column.metric)),
                 fabs (get_amount (&siblings[last], column.metric)));
  whole = MAX (whole, largest);
  return whole > 0 ? get_amount (node, column.metric) / whole : 0;
}

static void
show_value (TableView *self, ValueCell *cell, const RowNode *node, TableColumn column)
{
  g_autofree char *text = table_view_dup_cell_text (self, node, column, FALSE);
  g_autofree char *tooltip = NULL;
  if (metric_get_unit (column.metric) == METRIC_UNIT_BYTES)
    {
      g_autofree char *exact = table_view_dup_cell_text (self, node, column, TRUE);
      gint64 n_bytes = g_ascii_strtoll (exact, NULL, 10);
      g_autofree char *grouped = format_count (n_bytes);
      if (*exact != '\0')
        tooltip = g_strdup_printf (ngettext ("%s byte", "%s bytes", (gulong) ABS (n_bytes)), grouped);
    }
  value_cell_show (cell, text, tooltip, get_share (self, node, column));
}

static void
show_trend (TableView *self, TrendCell *cell, const RowNode *node, TableColumn column)
{
  g_autofree char *text = table_view_dup_cell_text (self, node, column, FALSE);
  trend_cell_show (cell, row_node_get_trend (node), POOL_TREE_TREND_BINS, text);
}

static void
show_group (TableView *self, TreeCell *cell, const RowNode *node, TableColumn column)
{
  g_autofree char *text = table_view_dup_cell_text (self, node, column, FALSE);
  TreeCellState state = !node->has_children ? TREE_CELL_LEAF
                        : node->is_open     ? TREE_CELL_OPEN
                                            : TREE_CELL_CLOSED;
  gboolean is_here = *text != '\0';
  tree_cell_show (cell, is_here ? text : NULL, state, is_here ? node->indentation : 0);
  tree_cell_set_muted (cell, value_is_recorders_tag (column.dimension, text));
}

/* The whole row as one sentence for assistive technology. */
static void
label_row (TableView *self, GtkWidget *row, const RowNode *node)
{
  g_autoptr (GString) label = g_string_new (NULL);
  for (guint i = 0; i < self->layout.n_columns; i++)
    {
      TableColumn column = self->layout.columns[i];
      g_autofree char *text = table_view_dup_cell_text (self, node, column, FALSE);
      if (*text == '\0')
        continue;
      if (label->len > 0)
        g_string_append (label, ", ");
      g_string_append_printf (label, "%s %s", table_column_get_title (column), text);
    }
  if (g_strcmp0 (label->str, g_object_get_data (G_OBJECT (row), "told-label")) == 0)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str, -1);
  g_object_set_data_full (G_OBJECT (row), "told-label", g_strdup (label->str), g_free);
}

/* The row around the cell of the gold bar, which every row has. @node (nullable): a row of nothing is about to go. */
static void
show_row (TableView *self, GtkWidget *cell, const RowNode *node)
{
  GtkWidget *row
      = gtk_widget_get_parent (cell) != NULL ? gtk_widget_get_parent (gtk_widget_get_parent (cell)) : NULL;
  if (row == NULL)
    return;
  gtk_widget_set_visible (row, node != NULL);
  if (node != NULL)
    label_row (self, row, node);
}

static void
show_cell (TableView *self, GtkListItem *list_item, TableColumn column)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);
  RowNode *node = table_cells_get_node (list_item);
  if (child != NULL && column.kind == TABLE_COLUMN_MARKER)
    show_row (self, child, node);
  if (node == NULL || child == NULL)
    return;
  if (column.kind == TABLE_COLUMN_GROUP)
    show_group (self, TREE_CELL (child), node, column);
  else if (column.kind == TABLE_COLUMN_VALUE)
    show_value (self, VALUE_CELL (child), node, column);
  else if (column.kind == TABLE_COLUMN_TREND)
    show_trend (self, TREND_CELL (child), node, column);
}

/* Factory */

static void
on_cell_toggled (TreeCell *cell, gpointer data)
{
  GtkListItem *list_item = data;
  CellContext *context = g_object_get_data (G_OBJECT (list_item), "cell-context");
  RowNode *node = table_cells_get_node (list_item);
  if (node != NULL && context->view->walk != NULL)
    tree_walk_toggle (context->view->walk, node);
}

static gboolean
on_query_tooltip (GtkWidget *cell, int x, int y, gboolean is_by_keyboard, GtkTooltip *tooltip, gpointer data)
{
  GtkListItem *list_item = data;
  CellContext *context = g_object_get_data (G_OBJECT (list_item), "cell-context");
  RowNode *node = table_cells_get_node (list_item);
  if (node == NULL || context->view->session == NULL)
    return FALSE;
  g_autofree char *text = table_view_dup_cell_text (context->view, node, context->column, FALSE);
  PoolTreeValues *values = row_model_get_values (trace_session_get_rows (context->view->session));
  return *text != '\0' && row_tooltip_query (context->view->row_tooltip, values, node->row, cell, tooltip);
}

static void
on_marker_parented (GtkWidget *cell, GParamSpec *pspec, gpointer data)
{
  GtkWidget *parent = gtk_widget_get_parent (cell);
  if (parent != NULL)
    gtk_widget_add_css_class (parent, "golden");
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  CellContext *context = data;
  GtkWidget *child;
  if (context->column.kind == TABLE_COLUMN_GROUP)
    {
      child = tree_cell_new ();
      g_signal_connect (child, "toggled", G_CALLBACK (on_cell_toggled), list_item);
      gtk_widget_set_has_tooltip (child, TRUE);
      g_signal_connect (child, "query-tooltip", G_CALLBACK (on_query_tooltip), list_item);
    }
  else if (context->column.kind == TABLE_COLUMN_VALUE)
    child = value_cell_new ();
  else if (context->column.kind == TABLE_COLUMN_TREND)
    child = trend_cell_new ();
  else
    {
      child = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
      g_signal_connect (child, "notify::parent", G_CALLBACK (on_marker_parented), NULL);
    }
  g_object_set_data (G_OBJECT (list_item), "cell-context", context);
  g_object_set_data (G_OBJECT (child), "cell-context", context);
  gtk_list_item_set_child (list_item, child);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  CellContext *context = data;
  g_hash_table_add (context->view->bound, list_item);
  show_cell (context->view, list_item, context->column);
  table_details_want (context->view, context->column, table_cells_get_node (list_item));
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  CellContext *context = data;
  g_hash_table_remove (context->view->bound, list_item);
}

static void
free_context (gpointer data, GClosure *closure)
{
  g_free (data);
}

void
table_cells_equip (TableView *self, GtkColumnViewColumn *column, TableColumn identity)
{
  CellContext *context = g_new (CellContext, 1);
  *context = (CellContext){ self, identity };
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_signal_connect_data (factory, "setup", G_CALLBACK (on_setup), context, free_context, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), context);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), context);
  gtk_column_view_column_set_factory (column, factory);
  g_object_set_data (G_OBJECT (column), "cell-context", context);
}

void
table_cells_identify (GtkColumnViewColumn *column, TableColumn identity)
{
  ((CellContext *) g_object_get_data (G_OBJECT (column), "cell-context"))->column = identity;
}

/* One gesture for all cells: there are thousands. */
static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  TableView *self = data;
  GtkWidget *view = GTK_WIDGET (self->columns_view), *widget = gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);
  const CellContext *context = NULL;
  for (; widget != NULL && widget != view && context == NULL; widget = gtk_widget_get_parent (widget))
    context = g_object_get_data (G_OBJECT (widget), "cell-context");
  if (context == NULL)
    return;
  self->pressed_column = context->column;
  self->has_pressed_column = TRUE;
}

void
table_cells_watch (TableView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self->columns_view), GTK_EVENT_CONTROLLER (click));
}

void
table_cells_refresh (TableView *self)
{
  GHashTableIter iter;
  gpointer list_item;
  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &list_item, NULL))
    {
      CellContext *context = g_object_get_data (list_item, "cell-context");
      show_cell (self, list_item, context->column);
    }
}
