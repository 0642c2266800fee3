#include "app/graph/graph_view_private.h"

#include "app/graph/graph_preview.h"
#include "base/tick_clock.h"

#include <glib/gi18n.h>

#define PREVIEW_INTERVAL_MS 100

G_DEFINE_FINAL_TYPE (GraphView, graph_view, GTK_TYPE_WIDGET)

enum
{
  RANGE_CHANGED,
  VIEW_CHANGED,
  BAND_ACTIVATED,
  BANDS_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

GtkWidget *
graph_view_new (void)
{
  return g_object_new (GRAPH_TYPE_VIEW, NULL);
}

const PoolTimeline *
graph_view_get_timeline (GraphView *self)
{
  return self->preview ? self->preview_timeline : graph_data_get_timeline (self->data);
}

const TimelineBands *
graph_view_get_bands (GraphView *self)
{
  if (self->preview)
    return self->preview_timeline ? graph_preview_get_bands () : NULL;
  return graph_data_get_bands (self->data);
}

/* Both layers are drawn again. */
static void
queue_layers (GraphView *self)
{
  gtk_widget_queue_draw (self->canvas);
  gtk_widget_queue_draw (self->overlay);
}

void
graph_view_request_data (GraphView *self)
{
  if (self->trace == NULL || self->geometry.plot.width <= 1)
    return;
  double scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  if (timeline_chart_measure_is_rate (self->measure))
    scale /= CHART_RATE_BIN_WIDTH;
  GraphRequest request = { .measure = self->measure,
                               .view = self->view,
                               .range = self->range,
                               .n_bins = timeline_chart_get_n_bins (self->geometry.plot.width * scale) };
  graph_data_request (self->data, &request);
}

void
graph_view_results_changed (GraphView *self)
{
  const TimelineBands *bands = graph_view_get_bands (self);
  g_clear_pointer (&self->band_slots, g_free);
  if (bands)
    self->band_slots = timeline_chart_dup_slots (bands, self->preview ? NULL : self->color_memory);
  graph_view_update_hidden_bands (self);
  self->highlighted_band = 0;
  graph_view_lay_out (self, gtk_widget_get_width (self->canvas), gtk_widget_get_height (self->canvas));
  queue_layers (self);
  graph_view_update_description (self);
  g_signal_emit (self, signals[BANDS_CHANGED], 0);
}

void
graph_view_set_trace (GraphView *self, PoolTrace *trace)
{
  PoolTrace *new_trace = trace ? pool_trace_ref (trace) : NULL;
  graph_view_input_cancel (self);
  g_clear_pointer (&self->trace, pool_trace_unref);
  g_hash_table_remove_all (self->color_memory);
  g_hash_table_remove_all (self->hidden_labels);
  self->trace = new_trace;
  self->range = TIME_RANGE_WHOLE;
  self->whole = (TimeRange){ 0, 10 * NS_PER_SECOND };
  if (trace)
    self->whole = pool_timeline_resolve_range (trace, TIME_RANGE_WHOLE);
  if (self->whole.end_ns <= self->whole.start_ns)
    self->whole.end_ns = self->whole.start_ns + 1;
  self->view = self->whole;
  graph_data_set_trace (self->data, trace);
  graph_view_request_data (self);
}

void
graph_view_set_tree (GraphView *self, PoolTree *tree)
{
  graph_data_set_tree (self->data, tree);
}

static gboolean
update_preview (gpointer user_data)
{
  GraphView *self = user_data;
  g_clear_pointer (&self->preview_timeline, pool_timeline_free);
  self->preview_timeline = graph_preview_dup_timeline (self->preview);
  graph_view_results_changed (self);
  return G_SOURCE_CONTINUE;
}

void
graph_view_set_preview (GraphView *self, LoadPreview *preview)
{
  g_clear_handle_id (&self->preview_timer, g_source_remove);
  g_clear_pointer (&self->preview_timeline, pool_timeline_free);
  self->preview = preview;
  if (preview)
    self->preview_timer = g_timeout_add (PREVIEW_INTERVAL_MS, update_preview, self);
  graph_view_results_changed (self);
}

void
graph_view_set_range (GraphView *self, TimeRange range)
{
  if (range.start_ns < 0)
    range.start_ns = 0;
  if (range.end_ns <= range.start_ns)
    range = TIME_RANGE_WHOLE;
  self->range = range;
  graph_view_request_data (self);
  gtk_widget_queue_draw (self->overlay);
  graph_view_update_description (self);
}

void
graph_view_change_range (GraphView *self, TimeRange range, gboolean is_final)
{
  if (!is_final && time_range_equal (range, self->range))
    return;
  self->range = range;
  graph_view_request_data (self);
  gtk_widget_queue_draw (self->overlay);
  if (is_final)
    graph_view_update_description (self);
  g_signal_emit (self, signals[RANGE_CHANGED], 0, range.start_ns, range.end_ns, is_final);
}

TimeRange
graph_view_get_visible_range (GraphView *self)
{
  return self->view;
}

TimeRange
graph_view_get_whole_range (GraphView *self)
{
  return self->whole;
}

void
graph_view_set_visible_range (GraphView *self, TimeRange range)
{
  self->view = graph_view_range_clamp (graph_range_resolve (range, self->whole), self->whole);
  graph_view_lay_out (self, gtk_widget_get_width (self->canvas), gtk_widget_get_height (self->canvas));
  graph_view_request_data (self);
  queue_layers (self);
}

void
graph_view_change_view (GraphView *self, TimeRange view)
{
  TimeRange old_view = self->view;
  if (self->trace == NULL)
    return;
  graph_view_set_visible_range (self, view);
  if (time_range_equal (old_view, self->view))
    return;
  graph_view_update_description (self);
  g_signal_emit (self, signals[VIEW_CHANGED], 0);
}

void
graph_view_set_selected_row (GraphView *self, PoolTreeValues *values, const PoolTreeRow *row)
{
  graph_data_set_row (self->data, values, row);
}

void
graph_view_set_measure (GraphView *self, TimelineMeasure measure)
{
  if (measure == self->measure)
    return;
  self->measure = measure;
  graph_view_request_data (self);
}

TimelineMeasure
graph_view_get_measure (GraphView *self)
{
  return self->measure;
}

void
graph_view_set_split (GraphView *self, GraphSplit split)
{
  self->split = split;
  graph_data_set_split (self->data, split);
}

GraphSplit
graph_view_get_split (GraphView *self)
{
  return self->split;
}

void
graph_view_set_accessible_name (GraphView *self, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
graph_view_set_legend (GraphView *self, gboolean has_legend)
{
  if (self->hides_legend == !has_legend)
    return;
  self->hides_legend = !has_legend;
  graph_view_lay_out (self, gtk_widget_get_width (self->canvas), gtk_widget_get_height (self->canvas));
  queue_layers (self);
}

void
graph_view_set_highlight (GraphView *self, TimeRange highlight)
{
  self->highlight = highlight;
  gtk_widget_queue_draw (self->overlay);
}

void
graph_view_set_clock_axis (GraphView *self, gboolean is_clock_axis)
{
  self->is_clock_axis = is_clock_axis;
  queue_layers (self);
}

void
graph_view_clear_range (GraphView *self)
{
  if (!graph_range_is_whole (self->range))
    graph_view_change_range (self, TIME_RANGE_WHOLE, TRUE);
}

static void
graph_view_dispose (GObject *object)
{
  GraphView *self = GRAPH_VIEW (object);
  graph_view_input_cancel (self);
  g_clear_handle_id (&self->preview_timer, g_source_remove);
  g_clear_pointer (&self->preview_timeline, pool_timeline_free);
  if (self->data)
    g_signal_handlers_disconnect_by_data (self->data, self);
  g_clear_object (&self->data);
  g_clear_pointer (&self->trace, pool_trace_unref);
  g_clear_pointer (&self->canvas, gtk_widget_unparent);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  G_OBJECT_CLASS (graph_view_parent_class)->dispose (object);
}

static void
graph_view_finalize (GObject *object)
{
  GraphView *self = GRAPH_VIEW (object);
  g_hash_table_unref (self->color_memory);
  g_hash_table_unref (self->hidden_labels);
  g_free (self->band_slots);
  G_OBJECT_CLASS (graph_view_parent_class)->finalize (object);
}

static void
graph_view_class_init (GraphViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = graph_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = graph_view_finalize;
  gtk_widget_class_set_css_name (widget_class, "timegraph");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  GType type = G_TYPE_FROM_CLASS (klass);
  signals[RANGE_CHANGED] = g_signal_new ("range-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 3, G_TYPE_INT64, G_TYPE_INT64, G_TYPE_BOOLEAN);
  signals[VIEW_CHANGED]
      = g_signal_new ("view-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[BAND_ACTIVATED] = g_signal_new ("band-activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[BANDS_CHANGED]
      = g_signal_new ("bands-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
graph_view_init (GraphView *self)
{
  self->range = TIME_RANGE_WHOLE;
  self->whole = self->view = (TimeRange){ 0, 10 * NS_PER_SECOND };
  self->color_memory = chart_palette_memory_new ();
  self->hidden_labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->data = graph_data_new ();
  g_signal_connect_swapped (self->data, "changed", G_CALLBACK (graph_view_results_changed), self);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "view");
  graph_view_draw_init (self);
  graph_view_input_init (self);
  graph_view_zoom_init (self);
  graph_view_keys_init (self);
  graph_view_set_accessible_name (self, _ ("Pool over time"));
  graph_view_update_description (self);
}
