#include "app/table/table_view_private.h"

#include "app/settings/app_settings.h"
#include "app/test_log.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (TableView, table_view, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_MESSAGE,
  SIGNAL_CONTEXT_MENU,
  SIGNAL_LAYOUT_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

void
table_view_tell_layout_changed (TableView *self)
{
  g_signal_emit (self, signals[SIGNAL_LAYOUT_CHANGED], 0);
}

void
table_view_tell (TableView *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, text);
}

/* Session */

static void
show_page (TableView *self)
{
  RowModel *rows = self->session != NULL ? trace_session_get_rows (self->session) : NULL;
  gboolean is_empty
      = rows == NULL || (row_model_get_values (rows) != NULL && row_model_get_n_visible (rows) == 0);
  if (!is_empty)
    {
      gtk_stack_set_visible_child_name (self->stack, "table");
      return;
    }
  gboolean no_pool = self->session != NULL && trace_session_get_trace (self->session)->intervals.n == 0;
  gboolean is_filtered
      = self->session != NULL && pool_filter_get_n_conditions (trace_session_get_filter (self->session)) > 0;
  gtk_label_set_text (self->empty_title, no_pool       ? _ ("No pool events in this trace")
                                         : is_filtered ? _ ("Nothing passes the filters")
                                                       : _ ("Nothing in this range"));
  gtk_label_set_text (self->empty_text,
                      no_pool       ? _ ("Record again with the pool provider on: "
                                         "wpr -start GeneralProfile -start Pool")
                      : is_filtered ? _ ("No block of the range meets all conditions.")
                                    : _ ("No block was allocated, freed or held in the selected range."));
  gtk_button_set_label (self->empty_button, is_filtered ? _ ("Remove Range and Filters")
                                                        : _ ("Show the _Whole Trace"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->empty_button),
                                  is_filtered ? "win.clear-view" : "win.clear-range");
  gtk_widget_set_visible (GTK_WIDGET (self->empty_button), !no_pool);
  gtk_stack_set_visible_child_name (self->stack, self->session == NULL ? "table" : "empty");
}

static void
on_rows_refreshed (RowModel *rows, gpointer data)
{
  TableView *self = data;
  table_cells_refresh (self);
  if (self->seen_values != row_model_get_values (rows))
    table_details_restart (self);
  else
    table_details_queue (self);
  self->seen_values = row_model_get_values (rows);
  test_log_add_painted (GTK_WIDGET (self));
  show_page (self);
  table_keys_keep_focus (self);
}

static void
on_rows_rearranged (RowModel *rows, gpointer data)
{
  table_view_show_cursor (TABLE_VIEW (data));
}

static void
on_rows_replacing (RowModel *rows, gpointer data)
{
  gtk_column_view_set_model (TABLE_VIEW (data)->columns_view, NULL);
}

static void
on_rows_replaced (RowModel *rows, gpointer data)
{
  TableView *self = data;
  gtk_column_view_set_model (self->columns_view, GTK_SELECTION_MODEL (rows));
  table_view_show_cursor (self);
}

static void
on_tree_changed (TraceSession *session, gpointer data)
{
  table_view_show_cursor (TABLE_VIEW (data));
}

static void
on_order_changed (TraceSession *session, gpointer data)
{
  table_cells_refresh (TABLE_VIEW (data));
}

static void
on_walk_moved (TreeWalk *walk, gpointer data)
{
  table_view_focus_cursor (TABLE_VIEW (data));
}

static void
on_walk_limited (TreeWalk *walk, guint n_rows, gpointer data)
{
  g_autofree char *text = g_strdup_printf (
      _ ("Only the first %u rows below were opened; open further rows one by one."), n_rows);
  table_view_tell (TABLE_VIEW (data), text);
}

static void
drop_session (TableView *self)
{
  gtk_column_view_set_model (self->columns_view, NULL);
  table_details_stop (self);
  row_tooltip_forget (self->row_tooltip);
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (trace_session_get_rows (self->session), self);
      g_signal_handlers_disconnect_by_data (self->session, self);
    }
  g_clear_object (&self->walk);
  g_clear_object (&self->session);
}

PoolTreeOrder
table_view_get_remembered_order (TableView *self)
{
  return table_memory_load_order (&self->layout);
}

void
table_view_set_session (TableView *self, TraceSession *session)
{
  drop_session (self);
  if (session == NULL)
    return;
  self->session = g_object_ref (session);
  self->walk = tree_walk_new (session);
  g_signal_connect (self->walk, "moved", G_CALLBACK (on_walk_moved), self);
  g_signal_connect (self->walk, "limited", G_CALLBACK (on_walk_limited), self);
  RowModel *rows = trace_session_get_rows (session);
  g_signal_connect (rows, "refreshed", G_CALLBACK (on_rows_refreshed), self);
  g_signal_connect (rows, "rearranged", G_CALLBACK (on_rows_rearranged), self);
  g_signal_connect (rows, "replacing", G_CALLBACK (on_rows_replacing), self);
  g_signal_connect (rows, "replaced", G_CALLBACK (on_rows_replaced), self);
  g_signal_connect (session, "tree-changed", G_CALLBACK (on_tree_changed), self);
  g_signal_connect (session, "order-changed", G_CALLBACK (on_order_changed), self);
  gtk_column_view_set_model (self->columns_view, GTK_SELECTION_MODEL (rows));
  table_sort_show_order (self, trace_session_get_order (session));
  gtk_stack_set_visible_child_name (self->stack, "table");
}

const ColumnLayout *
table_view_get_layout (TableView *self)
{
  return &self->layout;
}

/* The headers are the first child of the column view. */
gboolean
table_view_has_headers (TableView *self)
{
  return gtk_widget_get_visible (gtk_widget_get_first_child (GTK_WIDGET (self->columns_view)));
}

void
table_view_set_headers (TableView *self, gboolean has_headers)
{
  gtk_widget_set_visible (gtk_widget_get_first_child (GTK_WIDGET (self->columns_view)), has_headers);
}

TreeWalk *
table_view_get_walk (TableView *self)
{
  return self->walk;
}

gboolean
table_view_get_pressed_column (TableView *self, TableColumn *ret_column)
{
  *ret_column = self->pressed_column;
  return self->has_pressed_column && column_layout_find (&self->layout, self->pressed_column, NULL);
}

/* Object */

static gboolean
table_view_grab_focus (GtkWidget *widget)
{
  table_view_focus_cursor (TABLE_VIEW (widget));
  return TRUE;
}

static void
table_view_dispose (GObject *object)
{
  TableView *self = TABLE_VIEW (object);
  if (self->columns_view != NULL)
    drop_session (self);
  /* Taking the columns apart is no change that the user made. */
  self->guard++;
  if (self->columns != NULL)
    table_memory_flush (self);
  g_clear_handle_id (&self->columns_idle, g_source_remove);
  g_clear_handle_id (&self->type_ahead_timer, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), TABLE_TYPE_VIEW);
  g_clear_pointer (&self->columns, g_hash_table_unref);
  g_clear_pointer (&self->bound, g_hash_table_unref);
  g_clear_object (&self->sort);
  G_OBJECT_CLASS (table_view_parent_class)->dispose (object);
}

static void
table_view_finalize (GObject *object)
{
  g_string_free (TABLE_VIEW (object)->typed, TRUE);
  g_free (TABLE_VIEW (object)->preset);
  row_tooltip_free (TABLE_VIEW (object)->row_tooltip);
  G_OBJECT_CLASS (table_view_parent_class)->finalize (object);
}

static void
table_view_class_init (TableViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = table_view_dispose;
  G_OBJECT_CLASS (class)->finalize = table_view_finalize;
  widget_class->grab_focus = table_view_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/poolscope/Poolscope/ui/table_view.ui");
  gtk_widget_class_bind_template_child (widget_class, TableView, stack);
  gtk_widget_class_bind_template_child (widget_class, TableView, scroller);
  gtk_widget_class_bind_template_child (widget_class, TableView, columns_view);
  gtk_widget_class_bind_template_child (widget_class, TableView, empty_title);
  gtk_widget_class_bind_template_child (widget_class, TableView, empty_text);
  gtk_widget_class_bind_template_child (widget_class, TableView, empty_button);
  gtk_widget_class_set_css_name (widget_class, "tableview");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_MESSAGE] = g_signal_new ("message", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CONTEXT_MENU]
      = g_signal_new ("context-menu", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[SIGNAL_LAYOUT_CHANGED] = g_signal_new ("layout-changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0,
                                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
table_view_init (TableView *self)
{
  self->columns = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->row_tooltip = row_tooltip_new ();
  self->bound = g_hash_table_new (NULL, NULL);
  self->typed = g_string_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  table_actions_install (self);
  table_sort_init (self);
  table_columns_load (self);
  self->preset = app_settings_get_string (app_settings_get (), "preset");
  table_columns_sync (self);
  table_columns_watch (self);
  table_cells_watch (self);
  table_keys_init (self);
  table_actions_update (self);
}
