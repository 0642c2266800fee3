#include "app/view/analysis_view_private.h"

#include "app/find/filter_text.h"
#include "app/settings/app_settings.h"
#include "app/test_log.h"

#include <glib/gi18n.h>

/* Where a menu opens below the top of the table: over its headers. */
#define MENU_Y 24

G_DEFINE_FINAL_TYPE (AnalysisView, analysis_view, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_TITLE
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_MESSAGE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];
static GParamSpec *title_property;

void
analysis_view_tell (AnalysisView *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, text);
}

void
analysis_view_emit_changed (AnalysisView *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Signals of the session, the graph and the table */

static void
on_range_changed (TraceSession *session, gpointer data)
{
  AnalysisView *self = data;
  analysis_view_graphs_set_range (self, trace_session_get_range (session));
  analysis_view_emit_changed (self);
}

static void
on_filter_changed (TraceSession *session, gpointer data)
{
  analysis_view_emit_changed (ANALYSIS_VIEW (data));
  g_autofree char *text = filter_text_dup_typed (trace_session_get_filter (session));
  test_log_add ("filter %s", text);
}

static void
on_values_changed (TraceSession *session, gpointer data)
{
  AnalysisView *self = data;
  analysis_view_queue_update_row (self);
  analysis_view_restore_rows (self);
  analysis_view_emit_changed (self);
  TimeRange range = trace_session_get_range (session);
  test_log_add ("values range=%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT " rows=%u", range.start_ns,
                range.end_ns, row_model_get_n_visible (trace_session_get_rows (session)));
  test_log_add_painted (GTK_WIDGET (self));
}

static void
on_tree_changed (TraceSession *session, gpointer data)
{
  AnalysisView *self = data;
  analysis_view_graphs_set_tree (self, trace_session_get_tree (session));
  g_auto (GStrv) names = column_layout_dup_group_names (table_view_get_layout (self->table));
  g_autofree char *grouping = g_strjoinv (",", names);
  test_log_add ("grouping %s", grouping);
}

static void
on_cursor_changed (RowModel *rows, gpointer data)
{
  AnalysisView *self = data;
  self->hides_row_line = FALSE;
  analysis_view_update_row (self);
  analysis_view_emit_changed (self);
  RowNode *cursor = row_model_get_cursor (rows);
  if (cursor == NULL || !test_log_is_on ())
    return;
  g_auto (GStrv) path
      = pool_tree_dup_row_path (pool_tree_values_get_tree (row_model_get_values (rows)), cursor->row);
  g_autofree char *text = g_strjoinv (" > ", path);
  test_log_add ("cursor %s", text);
}

static void
on_table_message (TableView *table, const char *text, gpointer data)
{
  analysis_view_tell (ANALYSIS_VIEW (data), text);
}

static void
on_walk_moved (TreeWalk *walk, gpointer data)
{
  analysis_view_note_restored (ANALYSIS_VIEW (data));
}

static void
on_row_missed (TreeWalk *walk, gpointer data)
{
  analysis_view_tell (data, _ ("The table has no such row now: remove range and filters, or group by Pool Tag."));
}

void
analysis_view_go_to_row (AnalysisView *self, const char *const *path)
{
  tree_walk_to (table_view_get_walk (self->table), path);
}

/* Menus */

static void
on_menu_closed (GtkPopover *popover, gpointer data)
{
  table_view_focus_cursor (ANALYSIS_VIEW (data)->table);
}

static GtkWidget *
create_menu (AnalysisView *self, GMenuModel *model)
{
  GtkWidget *popover = gtk_popover_menu_new_from_model (model);
  g_signal_connect (popover, "closed", G_CALLBACK (on_menu_closed), self);
  gtk_widget_set_parent (popover, GTK_WIDGET (self->table));
  return popover;
}

static void
popup_at (GtkWidget *popover, int x, int y)
{
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle){ x, y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
on_context_menu (TableView *table, double x, double y, gpointer data)
{
  AnalysisView *self = data;
  if (self->row_popover == NULL)
    {
      self->row_popover = create_menu (self, self->row_menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->row_popover), FALSE);
      gtk_widget_set_halign (self->row_popover, GTK_ALIGN_START);
    }
  popup_at (self->row_popover, (int) x, (int) y);
}

void
analysis_view_popup_menu (AnalysisView *self, GMenuModel *menu)
{
  if (self->menu_popover == NULL)
    {
      self->menu_popover = create_menu (self, menu);
      gtk_popover_set_position (GTK_POPOVER (self->menu_popover), GTK_POS_BOTTOM);
    }
  else
    gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu_popover), menu);
  popup_at (self->menu_popover, gtk_widget_get_width (GTK_WIDGET (self->table)) / 2, MENU_Y);
}

/* Parts */

TraceSession *
analysis_view_get_session (AnalysisView *self)
{
  return self->session;
}

GraphView *
analysis_view_get_graph (AnalysisView *self)
{
  return self->graph;
}

TableView *
analysis_view_get_table (AnalysisView *self)
{
  return self->table;
}

FlamePage *
analysis_view_get_flames (AnalysisView *self)
{
  return self->flames;
}

FindBar *
analysis_view_get_find_bar (AnalysisView *self)
{
  return self->find_bar;
}

const char *
analysis_view_get_title (AnalysisView *self)
{
  return self->title;
}

void
analysis_view_set_title (AnalysisView *self, const char *title)
{
  g_free (self->title);
  self->title = g_strdup (title);
  g_object_notify_by_pspec (G_OBJECT (self), title_property);
}

void
analysis_view_set_names (AnalysisView *self, FrameNames *names)
{
  analysis_view_restore_rows_again (self);
  trace_session_set_names (self->session, names);
}

static void
on_axis_changed (AppSettings *settings, const char *key, gpointer data)
{
  analysis_view_graphs_update_axis (ANALYSIS_VIEW (data));
  analysis_view_emit_changed (ANALYSIS_VIEW (data));
}

/* Object */

void
analysis_view_close (AnalysisView *self)
{
  if (self->session == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_signal_handlers_disconnect_by_data (trace_session_get_rows (self->session), self);
  g_clear_handle_id (&self->row_timer, g_source_remove);
  find_bar_set_session (self->find_bar, NULL);
  flame_page_set_session (self->flames, NULL, NULL);
  table_view_set_session (self->table, NULL);
  allocation_pane_set_session (self->allocations, NULL);
  trace_session_close (self->session);
  g_clear_object (&self->session);
  analysis_view_graphs_set_session (self);
}

static void
analysis_view_dispose (GObject *object)
{
  AnalysisView *self = ANALYSIS_VIEW (object);
  analysis_view_close (self);
  g_clear_pointer (&self->row_popover, gtk_widget_unparent);
  g_clear_pointer (&self->menu_popover, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANALYSIS_TYPE_VIEW);
  G_OBJECT_CLASS (analysis_view_parent_class)->dispose (object);
}

static void
analysis_view_finalize (GObject *object)
{
  g_free (ANALYSIS_VIEW (object)->title);
  g_ptr_array_unref (ANALYSIS_VIEW (object)->panes);
  G_OBJECT_CLASS (analysis_view_parent_class)->finalize (object);
}

static void
analysis_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, ANALYSIS_VIEW (object)->title);
}

/* Only what is on screen is computed, and found by assistive technology. */
static void
set_on_screen (AnalysisView *self, gboolean is_on_screen)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN, !is_on_screen, -1);
  if (self->session != NULL)
    trace_session_set_paused (self->session, !is_on_screen);
}

static void
analysis_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (analysis_view_parent_class)->map (widget);
  set_on_screen (ANALYSIS_VIEW (widget), TRUE);
}

static void
analysis_view_unmap (GtkWidget *widget)
{
  set_on_screen (ANALYSIS_VIEW (widget), FALSE);
  GTK_WIDGET_CLASS (analysis_view_parent_class)->unmap (widget);
}

static gboolean
analysis_view_grab_focus (GtkWidget *widget)
{
  AnalysisView *self = ANALYSIS_VIEW (widget);
  gboolean is_table = g_str_equal (gtk_stack_get_visible_child_name (self->table_pages), "table");
  return gtk_widget_grab_focus (is_table ? GTK_WIDGET (self->table) : GTK_WIDGET (self->flames));
}

static void
analysis_view_class_init (AnalysisViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = analysis_view_dispose;
  G_OBJECT_CLASS (class)->finalize = analysis_view_finalize;
  G_OBJECT_CLASS (class)->get_property = analysis_view_get_property;
  widget_class->map = analysis_view_map;
  widget_class->unmap = analysis_view_unmap;
  widget_class->grab_focus = analysis_view_grab_focus;
  g_type_ensure (ALLOCATION_TYPE_PANE);
  g_type_ensure (FIND_TYPE_BAR);
  g_type_ensure (FLAME_TYPE_PAGE);
  g_type_ensure (TABLE_TYPE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/poolscope/Poolscope/ui/analysis_view.ui");
  gtk_widget_class_set_css_name (widget_class, "analysisview");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, AnalysisView, paned);
  gtk_widget_class_bind_template_child (widget_class, AnalysisView, graph_box);
  gtk_widget_class_bind_template_child (widget_class, AnalysisView, find_bar);
  gtk_widget_class_bind_template_child (widget_class, AnalysisView, table_paned);
  gtk_widget_class_bind_template_child (widget_class, AnalysisView, table_pages);
  gtk_widget_class_bind_template_child (widget_class, AnalysisView, table);
  gtk_widget_class_bind_template_child (widget_class, AnalysisView, flames);
  gtk_widget_class_bind_template_child (widget_class, AnalysisView, allocations);
  gtk_widget_class_bind_template_child (widget_class, AnalysisView, row_menu);
  GType type = G_TYPE_FROM_CLASS (class);
  title_property = g_param_spec_string ("title", NULL, NULL, NULL,
                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_property (G_OBJECT_CLASS (class), PROP_TITLE, title_property);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MESSAGE]
      = g_signal_new ("message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
analysis_view_init (AnalysisView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  analysis_view_graphs_init (self);
  g_signal_connect (self->table, "message", G_CALLBACK (on_table_message), self);
  g_signal_connect (self->table, "context-menu", G_CALLBACK (on_context_menu), self);
  find_bar_set_table (self->find_bar, self->table);
  analysis_view_page_init (self);
  analysis_view_layout_init (self);
  analysis_view_allocations_init (self);
  g_signal_connect_object (app_settings_get (), "changed::time-axis", G_CALLBACK (on_axis_changed), self, 0);
}

static void
show_session (AnalysisView *self)
{
  TraceSession *session = self->session;
  g_signal_connect_swapped (self->table, "layout-changed", G_CALLBACK (analysis_view_emit_changed), self);
  g_signal_connect (session, "range-changed", G_CALLBACK (on_range_changed), self);
  g_signal_connect (session, "filter-changed", G_CALLBACK (on_filter_changed), self);
  g_signal_connect_swapped (session, "stacks-changed", G_CALLBACK (analysis_view_emit_changed), self);
  g_signal_connect (session, "values-changed", G_CALLBACK (on_values_changed), self);
  g_signal_connect (session, "tree-changed", G_CALLBACK (on_tree_changed), self);
  g_signal_connect (trace_session_get_rows (session), "cursor-changed", G_CALLBACK (on_cursor_changed), self);
  analysis_view_graphs_set_session (self);
  table_view_set_session (self->table, session);
  allocation_pane_set_session (self->allocations, session);
  find_bar_set_session (self->find_bar, session);
  flame_page_set_session (self->flames, session, table_view_get_walk (self->table));
  g_signal_connect_object (table_view_get_walk (self->table), "missed", G_CALLBACK (on_row_missed), self, 0);
  g_signal_connect_object (table_view_get_walk (self->table), "moved", G_CALLBACK (on_walk_moved), self, 0);
}

AnalysisView *
analysis_view_new (PoolTrace *trace, FrameNames *names)
{
  AnalysisView *self = g_object_new (ANALYSIS_TYPE_VIEW, NULL);
  Dimension grouping[POOL_TREE_MAX_LEVELS];
  gsize n_levels = column_layout_get_grouping (table_view_get_layout (self->table), grouping);
  self->session = trace_session_new (trace, names, grouping, n_levels);
  trace_session_set_order (self->session, table_view_get_remembered_order (self->table));
  show_session (self);
  return self;
}

AnalysisView *
analysis_view_new_copy (AnalysisView *other)
{
  AnalysisView *self = g_object_new (ANALYSIS_TYPE_VIEW, NULL);
  self->session = trace_session_new_copy (other->session);
  table_view_set_layout (self->table, table_view_get_layout (other->table), trace_session_get_order (self->session));
  show_session (self);
  g_auto (GStrv) graphs = analysis_view_dup_graph_names (other);
  for (char **name = graphs; *name != NULL; name++)
    analysis_view_add_graph (self, *name);
  if (!analysis_view_has_group_graph (other))
    analysis_view_remove_graph (self, 0);
  g_auto (GStrv) hidden = graph_view_dup_hidden_labels (other->graph);
  graph_view_set_hidden_labels (self->graph, (const char *const *) hidden);
  analysis_view_show_page (self, other->page);
  analysis_view_graphs_set_visible_range (self, graph_view_get_visible_range (other->graph));
  return self;
}
