/* The cells of the table: made, bound, refreshed; peaks of the rows on screen. */
#include "app/table_view_private.h"

#include "app/tree_cell.h"
#include "app/value_cell.h"
#include "base/number_format.h"

#include <glib/gi18n.h>
#include <math.h>

#define DETAILS_DELAY_MS 40
/* Peaks cost as much as everything else together: while a range is dragged, new values come faster than this
 * and the peaks wait until it rests. */
#define NEW_VALUES_DELAY_MS 200

typedef struct
{
  TableView *view;
  TableColumn column;
} CellContext;

static RowNode *
get_node (GtkListItem *list_item)
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
  switch (column.metric)
    {
    case METRIC_COUNT:
      return is_exact ? g_strdup_printf ("%" G_GUINT64_FORMAT, node->sums.count)
                      : format_count ((gint64) node->sums.count);
    case METRIC_SIZE:
      return is_exact ? g_strdup_printf ("%" G_GUINT64_FORMAT, node->sums.size_bytes)
                      : format_bytes ((gint64) node->sums.size_bytes);
    case METRIC_IMPACTING:
      return is_exact ? g_strdup_printf ("%" G_GINT64_FORMAT, node->sums.impacting_bytes)
                      : format_bytes (node->sums.impacting_bytes);
    case METRIC_PEAK:
      if (!node->has_peak)
        return g_strdup ("");
      return is_exact ? g_strdup_printf ("%" G_GUINT64_FORMAT, node->peak_bytes)
                      : format_bytes ((gint64) node->peak_bytes);
    case N_METRICS:
    default:
      return g_strdup ("");
    }
}

static double
get_metric (const RowNode *node, Metric metric)
{
  switch (metric)
    {
    case METRIC_COUNT:
      return (double) node->sums.count;
    case METRIC_SIZE:
      return (double) node->sums.size_bytes;
    case METRIC_IMPACTING:
      return (double) node->sums.impacting_bytes;
    case METRIC_PEAK:
      return node->has_peak ? (double) node->peak_bytes : 0;
    case N_METRICS:
    default:
      return 0;
    }
}

/* The part of the parent row; of the largest child where children of different signs make the sum useless. */
static double
get_share (TableView *self, const RowNode *node, TableColumn column)
{
  PoolTreeOrder order = trace_session_get_order (self->session);
  if (order.by_text || column.metric != order.metric || node->parent == NULL)
    return 0;
  double whole = fabs (get_metric (node->parent, column.metric)), largest = 0;
  const RowNode *siblings = node->parent->children;
  guint last = node->parent->n_children - 1;
  /* The children are sorted by this metric: the extremes stand at the ends. */
  largest = MAX (fabs (get_metric (&siblings[0], column.metric)),
                 fabs (get_metric (&siblings[last], column.metric)));
  whole = MAX (whole, largest);
  return whole > 0 ? get_metric (node, column.metric) / whole : 0;
}

static void
show_value (TableView *self, ValueCell *cell, const RowNode *node, TableColumn column)
{
  g_autofree char *text = table_view_dup_cell_text (self, node, column, FALSE);
  g_autofree char *tooltip = NULL;
  if (column.metric == METRIC_SIZE || column.metric == METRIC_IMPACTING || column.metric == METRIC_PEAK)
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
show_group (TableView *self, TreeCell *cell, const RowNode *node, TableColumn column)
{
  g_autofree char *text = table_view_dup_cell_text (self, node, column, FALSE);
  TreeCellState state = !node->has_children ? TREE_CELL_LEAF
                        : node->is_open     ? TREE_CELL_OPEN
                                            : TREE_CELL_CLOSED;
  gboolean is_here = *text != '\0';
  tree_cell_show (cell, is_here ? text : NULL, state, is_here ? node->indentation : 0);
}

/* The whole row as one sentence for assistive technology. */
static void
label_row (TableView *self, GtkWidget *cell, const RowNode *node)
{
  GtkWidget *row
      = gtk_widget_get_parent (cell) != NULL ? gtk_widget_get_parent (gtk_widget_get_parent (cell)) : NULL;
  if (row == NULL)
    return;
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
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str, -1);
}

static void
show_cell (TableView *self, GtkListItem *list_item, TableColumn column)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);
  RowNode *node = get_node (list_item);
  if (node == NULL || child == NULL)
    return;
  if (column.kind == TABLE_COLUMN_GROUP)
    show_group (self, TREE_CELL (child), node, column);
  else if (column.kind == TABLE_COLUMN_VALUE)
    show_value (self, VALUE_CELL (child), node, column);
  else
    label_row (self, child, node);
}

/* Factory */

static void
on_cell_toggled (TreeCell *cell, gpointer data)
{
  GtkListItem *list_item = data;
  CellContext *context = g_object_get_data (G_OBJECT (list_item), "cell-context");
  RowNode *node = get_node (list_item);
  if (node != NULL && context->view->walk != NULL)
    tree_walk_toggle (context->view->walk, node);
}

static gboolean
on_query_tooltip (GtkWidget *cell, int x, int y, gboolean is_by_keyboard, GtkTooltip *tooltip, gpointer data)
{
  GtkListItem *list_item = data;
  CellContext *context = g_object_get_data (G_OBJECT (list_item), "cell-context");
  RowNode *node = get_node (list_item);
  if (node == NULL || context->view->session == NULL)
    return FALSE;
  g_autofree char *text = table_view_dup_cell_text (context->view, node, context->column, FALSE);
  PoolTreeValues *values = row_model_get_values (trace_session_get_rows (context->view->session));
  return *text != '\0' && row_tooltip_query (context->view->row_tooltip, values, node->row, cell, tooltip);
}

static void
on_cell_pressed (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  CellContext *context = data;
  context->view->pressed_column = context->column;
  context->view->has_pressed_column = TRUE;
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
  else
    {
      child = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
      g_signal_connect (child, "notify::parent", G_CALLBACK (on_marker_parented), NULL);
    }
  g_object_set_data (G_OBJECT (list_item), "cell-context", context);
  GtkGesture *click = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (on_cell_pressed), context);
  gtk_widget_add_controller (child, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (list_item, child);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  CellContext *context = data;
  g_hash_table_add (context->view->bound, list_item);
  show_cell (context->view, list_item, context->column);
  RowNode *node = get_node (list_item);
  if (context->column.kind == TABLE_COLUMN_VALUE && context->column.metric == METRIC_PEAK && node != NULL
      && !node->has_peak)
    table_cells_queue_details (context->view);
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

/* Peaks */

typedef struct
{
  PoolTreeValues *values; /* (owned) */
  GArray *rows;           /* (owned): of PoolTreeRow */
  guint64 *peaks;         /* (owned) */
} Details;

static void
details_free (gpointer data)
{
  Details *details = data;
  pool_tree_values_unref (details->values);
  g_array_unref (details->rows);
  g_free (details->peaks);
  g_free (details);
}

static void
run_details (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Details *details = data;
  pool_tree_values_get_peaks (details->values, (const PoolTreeRow *) (gpointer) details->rows->data,
                              details->rows->len, details->peaks, cancellable);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
}

static void
on_details (GObject *source, GAsyncResult *result, gpointer data)
{
  TableView *self = TABLE_VIEW (source);
  Details *details = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return;
  g_clear_object (&self->details_cancellable);
  RowModel *rows = self->session != NULL ? trace_session_get_rows (self->session) : NULL;
  if (rows == NULL || row_model_get_values (rows) != details->values)
    return;
  for (guint i = 0; i < details->rows->len; i++)
    {
      RowNode *node = row_node_find (row_model_get_root (rows), pool_tree_values_get_tree (details->values),
                                     g_array_index (details->rows, PoolTreeRow, i));
      if (node != NULL)
        {
          node->peak_bytes = details->peaks[i];
          node->has_peak = TRUE;
        }
    }
  table_cells_refresh (self);
  table_cells_queue_details (self);
}

static gboolean
start_details (gpointer data)
{
  TableView *self = data;
  self->details_idle = 0;
  TableColumn peak = { .kind = TABLE_COLUMN_VALUE, .metric = METRIC_PEAK };
  RowModel *model = self->session != NULL ? trace_session_get_rows (self->session) : NULL;
  if (model == NULL || row_model_get_values (model) == NULL
      || !column_layout_find (&self->layout, peak, NULL))
    return G_SOURCE_REMOVE;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  GHashTableIter iter;
  gpointer list_item;
  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &list_item, NULL))
    {
      CellContext *context = g_object_get_data (list_item, "cell-context");
      RowNode *node = table_column_equal (context->column, peak) ? get_node (list_item) : NULL;
      if (node != NULL && !node->has_peak)
        g_array_append_val (rows, node->row);
    }
  if (rows->len == 0)
    return G_SOURCE_REMOVE;
  if (self->details_cancellable != NULL)
    g_cancellable_cancel (self->details_cancellable);
  g_clear_object (&self->details_cancellable);
  self->details_cancellable = g_cancellable_new ();
  Details *details = g_new0 (Details, 1);
  details->values = pool_tree_values_ref (row_model_get_values (model));
  details->peaks = g_new0 (guint64, rows->len);
  details->rows = g_steal_pointer (&rows);
  g_autoptr (GTask) task = g_task_new (self, self->details_cancellable, on_details, NULL);
  g_task_set_task_data (task, details, details_free);
  g_task_run_in_thread (task, run_details);
  return G_SOURCE_REMOVE;
}

void
table_cells_queue_details (TableView *self)
{
  if (self->details_idle == 0)
    self->details_idle = g_timeout_add (DETAILS_DELAY_MS, start_details, self);
}

void
table_cells_values_changed (TableView *self)
{
  if (self->details_cancellable != NULL)
    g_cancellable_cancel (self->details_cancellable);
  g_clear_object (&self->details_cancellable);
  g_clear_handle_id (&self->details_idle, g_source_remove);
  self->details_idle = g_timeout_add (NEW_VALUES_DELAY_MS, start_details, self);
}
