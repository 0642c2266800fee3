#include "app/graph/graph_explorer.h"

#include "app/graph/graph_thumbnails.h"
#include "app/test_log.h"
#include "app/widgets/chart_style.h"

#include <glib/gi18n.h>

#define PICTURE_WIDTH 188
#define PICTURE_HEIGHT 56

struct _GraphExplorer
{
  GtkWidget parent_instance;
  GtkWidget *box;
  GtkStack *pages;
  GtkListBox *list;
  GtkLabel *message;
  GtkWidget *pictures[16]; /* in the rows, by kind */
  TraceSession *session;   /* (owned) (nullable) */
  GraphThumbnails *thumbnails; /* (owned) */
  TimeRange seen_range;
};

G_DEFINE_FINAL_TYPE (GraphExplorer, graph_explorer, GTK_TYPE_WIDGET)

static guint activated_signal;

static gboolean
has_pool_events (GraphExplorer *self)
{
  return trace_session_get_trace (self->session)->intervals.n > 0;
}

static void
update (GraphExplorer *self)
{
  PoolTree *tree = self->session != NULL ? trace_session_get_tree (self->session) : NULL;
  if (self->session != NULL && !has_pool_events (self))
    gtk_label_set_text (self->message, _ ("This trace has no pool events, so there are no graphs."));
  gtk_stack_set_visible_child_name (self->pages,
                                    self->session != NULL && has_pool_events (self) ? "list" : "message");
  if (tree == NULL || !has_pool_events (self) || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  ChartPalette palette = chart_style_get_palette (GTK_WIDGET (self));
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  self->seen_range = trace_session_get_range (self->session);
  graph_thumbnails_request (self->thumbnails, tree, self->seen_range, &palette, PICTURE_WIDTH * scale,
                            PICTURE_HEIGHT * scale);
}

/* Only lifetimes, and types in the filter, depend on the range: the pictures wait until it rests. */
static void
on_values_changed (TraceSession *session, gpointer data)
{
  GraphExplorer *self = data;
  if (!time_range_equal (self->seen_range, trace_session_get_range (session)) && !trace_session_is_busy (session))
    update (self);
}

static void
on_thumbnails_changed (GraphThumbnails *thumbnails, gpointer data)
{
  GraphExplorer *self = data;
  for (guint i = 0; i < n_graph_kinds; i++)
    gtk_picture_set_paintable (GTK_PICTURE (self->pictures[i]), GDK_PAINTABLE (graph_thumbnails_get (thumbnails, i)));
  if (graph_thumbnails_get (thumbnails, 0) != NULL)
    test_log_add ("thumbnails range=%" G_GINT64_FORMAT, self->seen_range.start_ns);
}

void
graph_explorer_set_session (GraphExplorer *self, TraceSession *session)
{
  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session == NULL)
    graph_thumbnails_clear (self->thumbnails);
  else
    {
      g_signal_connect_swapped (session, "tree-changed", G_CALLBACK (update), self);
      g_signal_connect (session, "values-changed", G_CALLBACK (on_values_changed), self);
    }
  update (self);
}

void
graph_explorer_set_message (GraphExplorer *self, const char *text)
{
  gtk_label_set_text (self->message, text);
}

/* The list */

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  g_signal_emit (data, activated_signal, 0, graph_kinds[gtk_list_box_row_get_index (row)].name);
}

/* What is dragged onto an analysis is a kind of graph. */
static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, gpointer data)
{
  GtkWidget *picture = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (picture);
  gtk_drag_source_set_icon (source, paintable, (int) x, (int) y);
  return gdk_content_provider_new_typed (GRAPH_TYPE_KIND, data);
}

static GtkWidget *
create_row (GraphExplorer *self, guint index)
{
  const GraphKind *kind = &graph_kinds[index];
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *label = gtk_label_new (_ (kind->title)), *picture = gtk_picture_new ();
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_FILL);
  gtk_widget_set_size_request (picture, PICTURE_WIDTH, PICTURE_HEIGHT);
  gtk_widget_add_css_class (picture, "thumbnail");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), picture);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, _ ("Double click, Enter or a drag onto the analysis adds this graph to it"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (kind->title), -1);
  GtkDragSource *drag = gtk_drag_source_new ();
  g_signal_connect (drag, "prepare", G_CALLBACK (on_drag_prepare), (gpointer) kind);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (drag));
  self->pictures[index] = picture;
  return row;
}

/* Object */

static gboolean
graph_explorer_grab_focus (GtkWidget *widget)
{
  GraphExplorer *self = GRAPH_EXPLORER (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  gtk_list_box_select_row (self->list, row);
  return gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
graph_explorer_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (graph_explorer_parent_class)->map (widget);
  update (GRAPH_EXPLORER (widget));
}

static void
graph_explorer_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (graph_explorer_parent_class)->css_changed (widget, change);
  if (GRAPH_EXPLORER (widget)->session != NULL)
    update (GRAPH_EXPLORER (widget));
}

static void
graph_explorer_dispose (GObject *object)
{
  GraphExplorer *self = GRAPH_EXPLORER (object);
  if (self->thumbnails != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->thumbnails, self);
      if (self->session != NULL)
        g_signal_handlers_disconnect_by_data (self->session, self);
      graph_thumbnails_clear (self->thumbnails);
    }
  g_clear_object (&self->session);
  g_clear_object (&self->thumbnails);
  gtk_widget_dispose_template (GTK_WIDGET (self), GRAPH_TYPE_EXPLORER);
  G_OBJECT_CLASS (graph_explorer_parent_class)->dispose (object);
}

static void
graph_explorer_class_init (GraphExplorerClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = graph_explorer_dispose;
  widget_class->grab_focus = graph_explorer_grab_focus;
  widget_class->map = graph_explorer_map;
  widget_class->css_changed = graph_explorer_css_changed;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/poolscope/Poolscope/ui/graph_explorer.ui");
  gtk_widget_class_set_css_name (widget_class, "graphexplorer");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, GraphExplorer, box);
  gtk_widget_class_bind_template_child (widget_class, GraphExplorer, pages);
  gtk_widget_class_bind_template_child (widget_class, GraphExplorer, list);
  gtk_widget_class_bind_template_child (widget_class, GraphExplorer, message);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  activated_signal = g_signal_new ("activated", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
graph_explorer_init (GraphExplorer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->thumbnails = graph_thumbnails_new ();
  g_signal_connect (self->thumbnails, "changed", G_CALLBACK (on_thumbnails_changed), self);
  for (guint i = 0; i < n_graph_kinds; i++)
    gtk_list_box_append (self->list, create_row (self, i));
  g_signal_connect_swapped (self, "notify::scale-factor", G_CALLBACK (update), self);
}
