#include "app/allocations/allocation_pane_private.h"

#include "app/test_log.h"
#include "base/number_format.h"

#include <glib/gi18n.h>

/* While keys are held down or a range is dragged nothing is listed. */
#define REST_MS 120
/* Only what takes longer is worth a word. */
#define BUSY_MS 300

G_DEFINE_FINAL_TYPE (AllocationPane, allocation_pane, GTK_TYPE_WIDGET)

static guint message_signal;

void
allocation_pane_tell (AllocationPane *self, const char *text)
{
  g_signal_emit (self, message_signal, 0, text);
}

/* What is shown */

static void
show_message (AllocationPane *self, const char *text)
{
  gtk_label_set_text (self->message_label, text);
  gtk_stack_set_visible_child_name (self->pages, "message");
}

static gboolean
on_still_busy (gpointer data)
{
  AllocationPane *self = data;
  self->busy_timer = 0;
  gtk_spinner_start (self->spinner);
  gtk_label_set_text (self->summary_label, _ ("Listing the allocations…"));
  return G_SOURCE_REMOVE;
}

static void
set_busy (AllocationPane *self, gboolean is_busy)
{
  g_clear_handle_id (&self->busy_timer, g_source_remove);
  if (is_busy)
    self->busy_timer = g_timeout_add (BUSY_MS, on_still_busy, self);
  else
    gtk_spinner_stop (self->spinner);
}

/* The rows that the list is of: the text of one, else how many. */
static char *
dup_rows_text (AllocationPane *self)
{
  if (self->rows->len != 1)
    return g_strdup_printf (ngettext ("%u row", "%u rows", self->rows->len), self->rows->len);
  return pool_tree_dup_row_text (pool_tree_values_get_tree (self->values),
                                 g_array_index (self->rows, PoolTreeRow, 0));
}

static void
show_summary (AllocationPane *self, const IntervalList *list)
{
  g_autofree char *rows = dup_rows_text (self), *count = format_count ((gint64) list->n);
  g_autofree char *size = format_bytes ((gint64) MIN (list->size_bytes, (guint64) G_MAXINT64));
  /* Translators: the row of the table, how many allocations it has, their size in all. */
  g_autofree char *text = g_strdup_printf (ngettext ("%s: %s allocation, %s", "%s: %s allocations, %s", list->n), rows,
                                           count, size);
  gtk_label_set_text (self->summary_label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->summary_label), text);
}

static void
clear_list (AllocationPane *self)
{
  allocation_query_cancel (self->query);
  set_busy (self, FALSE);
  gtk_column_view_set_model (self->view, NULL);
  g_clear_object (&self->model);
  g_clear_pointer (&self->values, pool_tree_values_unref);
  g_clear_pointer (&self->rows, g_array_unref);
  gtk_label_set_text (self->summary_label, "");
}

static void
show_new_model (AllocationPane *self, IntervalList *list)
{
  g_autoptr (AllocationModel) old_model = g_steal_pointer (&self->model);
  gboolean has_focus = allocation_keys_has_focus (self);
  self->model = allocation_model_new (list);
  if (old_model != NULL && allocation_model_get_list (old_model)->n == list->n)
    allocation_model_take_selection (self->model, old_model);
  gtk_column_view_set_model (self->view, NULL);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->model));
  allocation_keys_go_to_cursor (self, has_focus);
}

static void
on_listed (IntervalList *owned_list, gpointer data)
{
  AllocationPane *self = data;
  g_autoptr (IntervalList) list = owned_list;
  set_busy (self, FALSE);
  show_summary (self, list);
  allocation_cells_show_list (self, list);
  if (self->model != NULL && allocation_model_replace_list (self->model, list))
    allocation_cells_refresh (self);
  else
    show_new_model (self, list);
  if (list->n > 0)
    gtk_stack_set_visible_child_name (self->pages, "list");
  else
    show_message (self, _ ("The row has no allocation in this range."));
  test_log_add ("allocations n=%" G_GSIZE_FORMAT " size=%" G_GUINT64_FORMAT " by=%d%s", list->n, list->size_bytes,
                (int) list->order.column, list->order.is_descending ? " descending" : "");
}

/* What is to be listed */

/* The selected rows of the table: (transfer full), of PoolTreeRow. */
static GArray *
dup_selected_rows (TraceSession *session)
{
  g_autoptr (GPtrArray) nodes = row_model_dup_selected (trace_session_get_rows (session));
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  for (guint i = 0; i < nodes->len; i++)
    g_array_append_val (rows, ((RowNode *) g_ptr_array_index (nodes, i))->row);
  return rows;
}

static gboolean
is_listed (AllocationPane *self, const PoolTreeValues *values, const GArray *rows)
{
  if (self->values != values || self->rows->len != rows->len)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!pool_tree_row_equal (g_array_index (rows, PoolTreeRow, i), g_array_index (self->rows, PoolTreeRow, i)))
      return FALSE;
  return TRUE;
}

static gboolean
update (gpointer data)
{
  AllocationPane *self = data;
  self->update_timer = 0;
  PoolTreeValues *values
    = self->session != NULL ? row_model_get_values (trace_session_get_rows (self->session)) : NULL;
  if (values == NULL)
    return G_SOURCE_REMOVE;
  g_autoptr (GArray) rows = dup_selected_rows (self->session);
  if (rows->len == 0)
    {
      clear_list (self);
      show_message (self, _ ("Select a row of the table to see its allocations one by one."));
      return G_SOURCE_REMOVE;
    }
  if (is_listed (self, values, rows))
    return G_SOURCE_REMOVE;
  pool_tree_values_ref (values);
  g_clear_pointer (&self->values, pool_tree_values_unref);
  g_clear_pointer (&self->rows, g_array_unref);
  self->values = values;
  self->rows = g_steal_pointer (&rows);
  allocation_query_list (self->query, values, self->rows, self->order);
  set_busy (self, TRUE);
  return G_SOURCE_REMOVE;
}

static void
queue_update (AllocationPane *self)
{
  g_clear_handle_id (&self->update_timer, g_source_remove);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->update_timer = g_timeout_add (REST_MS, update, self);
}

void
allocation_pane_sort (AllocationPane *self, IntervalOrder order)
{
  self->order = order;
  if (self->values == NULL)
    return;
  /* What is being listed was asked for in the old order. */
  if (self->model != NULL && !allocation_query_is_busy (self->query))
    allocation_query_sort (self->query, allocation_model_get_list (self->model), order);
  else
    allocation_query_list (self->query, self->values, self->rows, order);
  set_busy (self, TRUE);
}

static void
on_selection_changed (GtkSelectionModel *rows, guint position, guint n_items, gpointer data)
{
  queue_update (ALLOCATION_PANE (data));
}

static void
on_rows_changed (gpointer source, gpointer data)
{
  queue_update (ALLOCATION_PANE (data));
}

void
allocation_pane_set_session (AllocationPane *self, TraceSession *session)
{
  g_clear_handle_id (&self->update_timer, g_source_remove);
  clear_list (self);
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (trace_session_get_rows (self->session), self);
      g_signal_handlers_disconnect_by_data (self->session, self);
    }
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  RowModel *rows = trace_session_get_rows (session);
  g_signal_connect (rows, "selection-changed", G_CALLBACK (on_selection_changed), self);
  g_signal_connect (rows, "cursor-changed", G_CALLBACK (on_rows_changed), self);
  g_signal_connect (session, "values-changed", G_CALLBACK (on_rows_changed), self);
  queue_update (self);
}

/* Object */

static void
allocation_pane_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (allocation_pane_parent_class)->map (widget);
  queue_update (ALLOCATION_PANE (widget));
}

/* What nobody sees needs no memory. */
static void
allocation_pane_unmap (GtkWidget *widget)
{
  AllocationPane *self = ALLOCATION_PANE (widget);
  g_clear_handle_id (&self->update_timer, g_source_remove);
  clear_list (self);
  GTK_WIDGET_CLASS (allocation_pane_parent_class)->unmap (widget);
}

static gboolean
allocation_pane_grab_focus (GtkWidget *widget)
{
  allocation_keys_go_to_cursor (ALLOCATION_PANE (widget), TRUE);
  return TRUE;
}

static void
allocation_pane_dispose (GObject *object)
{
  AllocationPane *self = ALLOCATION_PANE (object);
  if (self->view != NULL)
    allocation_pane_set_session (self, NULL);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->query, allocation_query_free);
  g_clear_object (&self->sort);
  gtk_widget_dispose_template (GTK_WIDGET (self), ALLOCATION_TYPE_PANE);
  GtkWidget *box = gtk_widget_get_first_child (GTK_WIDGET (self)); /* the template has no name for it */
  g_clear_pointer (&box, gtk_widget_unparent);
  for (guint i = 0; i < N_INTERVAL_COLUMNS; i++)
    g_clear_object (&self->columns[i]);
  g_clear_pointer (&self->bound, g_hash_table_unref);
  G_OBJECT_CLASS (allocation_pane_parent_class)->dispose (object);
}

static void
allocation_pane_class_init (AllocationPaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = allocation_pane_dispose;
  widget_class->map = allocation_pane_map;
  widget_class->unmap = allocation_pane_unmap;
  widget_class->grab_focus = allocation_pane_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/poolscope/Poolscope/ui/allocation_pane.ui");
  gtk_widget_class_set_css_name (widget_class, "allocationpane");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, AllocationPane, summary_label);
  gtk_widget_class_bind_template_child (widget_class, AllocationPane, message_label);
  gtk_widget_class_bind_template_child (widget_class, AllocationPane, spinner);
  gtk_widget_class_bind_template_child (widget_class, AllocationPane, pages);
  gtk_widget_class_bind_template_child (widget_class, AllocationPane, view);
  gtk_widget_class_bind_template_child (widget_class, AllocationPane, menu);
  message_signal = g_signal_new ("message", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
allocation_pane_init (AllocationPane *self)
{
  self->query = allocation_query_new (on_listed, self);
  self->order = INTERVAL_ORDER_DEFAULT;
  self->bound = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  allocation_cells_init (self);
  allocation_keys_init (self);
  allocation_copy_install (self);
}
