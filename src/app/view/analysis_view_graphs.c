/* The graphs of the view, one below the other: the first one, by the groups of the table, and what the user added. All
 * over time show the same part of it and the same range. */
#include "app/view/analysis_view_private.h"

#include "app/graph/lifetime_view.h"
#include "app/settings/app_settings.h"
#include "app/test_log.h"

#include <glib/gi18n.h>

/* More than these nobody reads. */
#define MAX_GRAPHS 8

typedef struct
{
  const GraphKind *kind; /* (nullable): NULL for the first one */
  GtkWidget *box, *header, *content; /* content: a GraphView, or the LifetimeView */
  GtkLabel *caption;
} Pane;

static Pane *
get_pane (AnalysisView *self, guint index)
{
  return g_ptr_array_index (self->panes, index);
}

/* Returns: NULL for what is not over time. */
static GraphView *
get_graph (AnalysisView *self, guint index)
{
  GtkWidget *content = get_pane (self, index)->content;
  return GRAPH_IS_VIEW (content) ? GRAPH_VIEW (content) : NULL;
}

static char *
dup_caption (Pane *pane)
{
  if (pane->kind != NULL)
    return g_strdup (_ (pane->kind->title));
  const GraphKind *measure = graph_kind_of_measure (graph_view_get_measure (GRAPH_VIEW (pane->content)), GRAPH_IN_TOTAL);
  /* Translators: a graph as "Outstanding Size", one band for each group of the table. */
  return g_strdup_printf (_ ("%s by Group"), _ (measure->title));
}

/* A graph that is alone needs neither name nor cross, unless it is not the usual one. */
static void
update_headers (AnalysisView *self)
{
  for (guint i = 0; i < self->panes->len; i++)
    {
      Pane *pane = get_pane (self, i);
      g_autofree char *caption = dup_caption (pane);
      gtk_label_set_text (pane->caption, caption);
      gtk_widget_set_visible (pane->header, self->panes->len > 1);
    }
}

/* One graph does what the user did to another. */

static void
on_range_changed (GraphView *graph, gint64 start_ns, gint64 end_ns, gboolean is_final, gpointer data)
{
  AnalysisView *self = data;
  trace_session_set_range (self->session, (TimeRange){ start_ns, end_ns }, is_final);
}

void
analysis_view_graphs_set_visible_range (AnalysisView *self, TimeRange visible)
{
  for (guint i = 0; i < self->panes->len; i++)
    if (get_graph (self, i) != NULL)
      graph_view_set_visible_range (get_graph (self, i), visible);
}

static void
on_view_changed (GraphView *graph, gpointer data)
{
  analysis_view_graphs_set_visible_range (data, graph_view_get_visible_range (graph));
  analysis_view_emit_changed (data);
}

static void
on_focus_entered (GtkEventControllerFocus *controller, gpointer data)
{
  AnalysisView *self = data;
  self->graph = GRAPH_VIEW (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller)));
  analysis_view_emit_changed (self);
}

void
analysis_view_graphs_set_range (AnalysisView *self, TimeRange range)
{
  for (guint i = 0; i < self->panes->len; i++)
    if (get_graph (self, i) != NULL)
      graph_view_set_range (get_graph (self, i), range);
}

void
analysis_view_graphs_set_tree (AnalysisView *self, PoolTree *tree)
{
  for (guint i = 0; i < self->panes->len; i++)
    if (get_graph (self, i) != NULL)
      graph_view_set_tree (get_graph (self, i), tree);
}

void
analysis_view_graphs_set_row (AnalysisView *self, PoolTreeValues *values, const PoolTreeRow *row)
{
  for (guint i = 0; i < self->panes->len; i++)
    if (get_graph (self, i) != NULL)
      graph_view_set_selected_row (get_graph (self, i), values, row);
}

void
analysis_view_graphs_update_axis (AnalysisView *self)
{
  gboolean is_clock_axis = app_settings_has_string (app_settings_get (), "time-axis", "clock");
  for (guint i = 0; i < self->panes->len; i++)
    if (get_graph (self, i) != NULL)
      graph_view_set_clock_axis (get_graph (self, i), is_clock_axis);
}

gboolean
analysis_view_has_legend (AnalysisView *self)
{
  return !self->hides_legend;
}

/* What all graphs have in common. */
static void
update_marks (AnalysisView *self)
{
  for (guint i = 0; i < self->panes->len; i++)
    if (get_graph (self, i) != NULL)
      {
        graph_view_set_legend (get_graph (self, i), !self->hides_legend);
        graph_view_set_highlight (get_graph (self, i), self->highlight);
      }
}

void
analysis_view_set_legend (AnalysisView *self, gboolean has_legend)
{
  self->hides_legend = !has_legend;
  update_marks (self);
}

void
analysis_view_set_highlight (AnalysisView *self, TimeRange highlight)
{
  self->highlight = highlight;
  update_marks (self);
}

static void
set_pane_session (AnalysisView *self, Pane *pane)
{
  if (LIFETIME_IS_VIEW (pane->content))
    lifetime_view_set_session (LIFETIME_VIEW (pane->content), self->session);
  else
    {
      GraphView *graph = GRAPH_VIEW (pane->content);
      graph_view_set_selected_row (graph, NULL, NULL);
      graph_view_set_trace (graph, self->session != NULL ? trace_session_get_trace (self->session) : NULL);
      if (self->session == NULL)
        return;
      graph_view_set_range (graph, trace_session_get_range (self->session));
      graph_view_set_tree (graph, trace_session_get_tree (self->session));
      if (graph != self->graph)
        graph_view_set_visible_range (graph, graph_view_get_visible_range (self->graph));
    }
}

void
analysis_view_graphs_set_session (AnalysisView *self)
{
  for (guint i = 0; i < self->panes->len; i++)
    set_pane_session (self, get_pane (self, i));
}

/* Adding and removing */

static void
on_remove_clicked (GtkButton *button, gpointer data)
{
  AnalysisView *self = data;
  for (guint i = 0; i < self->panes->len; i++)
    if (gtk_widget_is_ancestor (GTK_WIDGET (button), get_pane (self, i)->box))
      {
        analysis_view_remove_graph (self, i);
        return;
      }
}

static void
create_header (AnalysisView *self, Pane *pane)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  pane->header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  pane->caption = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (pane->caption, 0);
  gtk_label_set_ellipsize (pane->caption, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (pane->caption), TRUE);
  gtk_widget_add_css_class (pane->header, "graph-header");
  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  gtk_widget_set_tooltip_text (button, _ ("Remove this graph"));
  g_autofree char *caption = dup_caption (pane);
  g_autofree char *name = g_strdup_printf (_ ("Remove the graph %s"), caption);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (on_remove_clicked), self);
  gtk_box_append (GTK_BOX (pane->header), GTK_WIDGET (pane->caption));
  gtk_box_append (GTK_BOX (pane->header), button);
}

static void
equip_graph (AnalysisView *self, Pane *pane)
{
  GraphView *graph = GRAPH_VIEW (pane->content);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect (focus, "enter", G_CALLBACK (on_focus_entered), self);
  gtk_widget_add_controller (pane->content, focus);
  g_signal_connect (graph, "range-changed", G_CALLBACK (on_range_changed), self);
  g_signal_connect (graph, "view-changed", G_CALLBACK (on_view_changed), self);
  if (pane->kind == NULL)
    return;
  graph_view_set_measure (graph, pane->kind->measure);
  graph_view_set_split (graph, pane->kind->split);
  graph_view_set_accessible_name (graph, _ (pane->kind->title));
}

static void
add_pane (AnalysisView *self, const GraphKind *kind)
{
  Pane *pane = g_new0 (Pane, 1);
  pane->kind = kind;
  pane->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  pane->content = kind != NULL && kind->is_of_lifetimes ? lifetime_view_new () : graph_view_new ();
  gtk_widget_set_hexpand (pane->content, TRUE);
  gtk_widget_set_vexpand (pane->content, TRUE);
  create_header (self, pane);
  gtk_box_append (GTK_BOX (pane->box), pane->header);
  gtk_box_append (GTK_BOX (pane->box), pane->content);
  gtk_box_append (self->graph_box, pane->box);
  g_ptr_array_add (self->panes, pane);
  if (GRAPH_IS_VIEW (pane->content))
    equip_graph (self, pane);
  update_headers (self);
}

/* A new graph is brought into view once it has its place. */
static gboolean
on_added_tick (GtkWidget *box, GdkFrameClock *clock, gpointer data)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (box, GTK_TYPE_SCROLLED_WINDOW);
  if (scroller == NULL)
    return G_SOURCE_REMOVE;
  if (gtk_widget_get_height (box) <= 1)
    return G_SOURCE_CONTINUE;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  return G_SOURCE_REMOVE;
}

gboolean
analysis_view_add_graph (AnalysisView *self, const char *name)
{
  const GraphKind *kind = graph_kind_find (name);
  if (kind == NULL)
    return FALSE;
  if (self->panes->len >= MAX_GRAPHS)
    {
      analysis_view_tell (self, _ ("There is no room for more graphs: remove one, or open another view."));
      return FALSE;
    }
  add_pane (self, kind);
  analysis_view_graphs_update_axis (self);
  update_marks (self);
  if (self->session != NULL)
    {
      set_pane_session (self, get_pane (self, self->panes->len - 1));
      analysis_view_update_row (self);
    }
  gtk_widget_add_tick_callback (get_pane (self, self->panes->len - 1)->box, on_added_tick, NULL, NULL);
  test_log_add ("graph added %s", name);
  return TRUE;
}

void
analysis_view_remove_graph (AnalysisView *self, guint index)
{
  g_return_if_fail (index < self->panes->len);
  Pane *pane = get_pane (self, index);
  GraphView *other = NULL;
  for (guint i = 0; i < self->panes->len && other == NULL; i++)
    if (i != index)
      other = get_graph (self, i);
  if (other == NULL)
    {
      analysis_view_tell (self, _ ("The view needs at least one graph over time."));
      return;
    }
  test_log_add ("graph removed %s", pane->kind != NULL ? pane->kind->name : "groups");
  if (pane->content == GTK_WIDGET (self->graph))
    self->graph = other;
  gtk_box_remove (self->graph_box, pane->box);
  g_ptr_array_remove_index (self->panes, index);
  update_headers (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->graph));
  analysis_view_emit_changed (self);
}

char **
analysis_view_dup_graph_names (AnalysisView *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < self->panes->len; i++)
    if (get_pane (self, i)->kind != NULL)
      g_strv_builder_add (builder, get_pane (self, i)->kind->name);
  return g_strv_builder_end (builder);
}

gboolean
analysis_view_has_group_graph (AnalysisView *self)
{
  for (guint i = 0; i < self->panes->len; i++)
    if (get_pane (self, i)->kind == NULL)
      return TRUE;
  return FALSE;
}

void
analysis_view_set_measure (AnalysisView *self, TimelineMeasure measure)
{
  graph_view_set_measure (self->graph, measure);
  for (guint i = 0; i < self->panes->len; i++)
    if (get_graph (self, i) == self->graph && get_pane (self, i)->kind != NULL)
      {
        get_pane (self, i)->kind = graph_kind_of_measure (measure, graph_view_get_split (self->graph));
        graph_view_set_split (self->graph, get_pane (self, i)->kind->split);
      }
  update_headers (self);
  analysis_view_emit_changed (self);
}

/* A thumbnail of the explorer, by its name. */
static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  return analysis_view_add_graph (ANALYSIS_VIEW (data), ((GraphKind *) g_value_get_pointer (value))->name);
}

void
analysis_view_graphs_init (AnalysisView *self)
{
  g_autofree char *measure_name = app_settings_get_string (app_settings_get (), "measure");
  TimelineMeasure measure;
  self->panes = g_ptr_array_new_with_free_func (g_free);
  add_pane (self, NULL);
  self->graph = get_graph (self, 0);
  if (graph_measure_from_name (measure_name, &measure))
    graph_view_set_measure (self->graph, measure);
  update_headers (self);
  analysis_view_graphs_update_axis (self);
  GtkDropTarget *drop = gtk_drop_target_new (GRAPH_TYPE_KIND, GDK_ACTION_COPY);
  g_signal_connect (drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}
