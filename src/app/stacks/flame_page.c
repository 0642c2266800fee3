#include "app/stacks/flame_page_private.h"

#include "app/test_log.h"

#include <glib/gi18n.h>

static guint selection_signal;

G_DEFINE_FINAL_TYPE (FlamePage, flame_page, GTK_TYPE_WIDGET)

static PoolTreeValues *
get_values (FlamePage *self)
{
  return self->session != NULL ? row_model_get_values (trace_session_get_rows (self->session)) : NULL;
}

/* Computation */

static void
set_scope (FlamePage *self, PoolTree *tree, PoolTreeRow row)
{
  pool_tree_ref (tree);
  g_clear_pointer (&self->scope_tree, pool_tree_unref);
  self->scope_tree = tree;
  self->scope = row;
}

void
flame_page_request (FlamePage *self)
{
  PoolTreeValues *values = get_values (self);
  double least_width = flame_view_get_least_width (self->view);
  if (values == NULL || least_width <= 0 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (!self->follows_row || self->scope_tree == NULL)
    set_scope (self, pool_tree_values_get_tree (values), POOL_TREE_ROOT);
  const FlameRequest wanted = {
    .values = values,
    .scope_tree = self->scope_tree,
    .scope = self->scope,
    .dimension = flame_page_get_dimension (self),
    .options = { .metric = flame_page_get_metric (self),
                 .least_width = least_width,
                 .zoom = flame_page_get_zoom (self) },
    .find_text = gtk_editable_get_text (GTK_EDITABLE (self->find_entry)),
  };
  flame_data_request (self->data, &wanted);
}

static void
show_empty (FlamePage *self, const FlameResult *result)
{
  gboolean has_blocks = pool_tree_values_get_sums (result->values, result->scope).count > 0;
  gtk_label_set_text (self->empty_title, has_blocks ? _ ("No stack grew") : _ ("No blocks"));
  gtk_label_set_text (
      self->empty_text,
      has_blocks ? _ ("No stack holds more at the end of the range than at its start. Choose Size or Count to see "
                        "everything that was allocated, or another range.")
                   : _ ("No block lies in range and filter. Make the range longer or remove filters."));
  gtk_stack_set_visible_child_name (self->pages, "empty");
}

static void
on_data_changed (FlameData *data, gpointer user_data)
{
  FlamePage *self = user_data;
  const FlameResult *result = flame_data_get_result (data);
  guint32 n_rects = 0;
  if (result == NULL)
    {
      flame_view_set_layout (self->view, NULL, METRIC_SIZE);
      gtk_stack_set_visible_child_name (self->pages, "flames");
      flame_page_frame_update_actions (self);
      flame_page_zoom_update_actions (self);
      return;
    }
  flame_view_set_layout (self->view, result->layout, result->metric);
  flame_layout_get_rects (result->layout, &n_rects);
  if (self->follows_row)
    set_scope (self, pool_tree_values_get_tree (result->values), result->scope);
  if (n_rects > 0)
    gtk_stack_set_visible_child_name (self->pages, "flames");
  else
    show_empty (self, result);
  flame_page_find_show_found (self, result);
  g_signal_emit (self, selection_signal, 0); /* it may be gone */
  flame_page_frame_update_actions (self);
  flame_page_zoom_update_actions (self);
  TimeRange range = pool_tree_values_get_range (result->values);
  test_log_add ("flames metric=%s weight=%" G_GUINT64_FORMAT " rects=%u depths=%u zoom=%u scope=%u found=%" G_GUINT64_FORMAT
                " range=%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT,
                metric_get_name (result->metric), flame_layout_get_weight (result->layout), n_rects,
                flame_layout_get_n_depths (result->layout), flame_layout_get_zoomed (result->layout),
                result->scope.level, result->found_weight, range.start_ns, range.end_ns);
}

/* The scope */

static void
take_selected_row (FlamePage *self)
{
  RowNode *cursor = row_model_get_cursor (trace_session_get_rows (self->session));
  PoolTreeValues *values = get_values (self);
  if (cursor != NULL && values != NULL)
    set_scope (self, pool_tree_values_get_tree (values), cursor->row);
}

static void
on_cursor_changed (RowModel *rows, gpointer data)
{
  FlamePage *self = data;
  if (!self->follows_row || self->is_walking)
    return;
  take_selected_row (self);
  flame_page_request (self);
}

static void
on_selected_row (GSimpleAction *action, GVariant *state, gpointer data)
{
  FlamePage *self = data;
  self->follows_row = g_variant_get_boolean (state);
  g_simple_action_set_state (action, state);
  if (self->follows_row && self->session != NULL)
    take_selected_row (self);
  flame_page_request (self);
}

/* Scrolling: what is seen keeps its distance from the outermost frames, which a flame graph has at the bottom. */

static double
get_base (FlamePage *self, GtkAdjustment *adjustment)
{
  return self->is_icicle ? 0
                         : MAX (gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment), 0);
}

static void
on_scrolled (GtkAdjustment *adjustment, gpointer data)
{
  FlamePage *self = data;
  if (!self->is_scrolling)
    self->distance_to_base = ABS (get_base (self, adjustment) - gtk_adjustment_get_value (adjustment));
}

static void
on_extent_changed (GtkAdjustment *adjustment, gpointer data)
{
  FlamePage *self = data;
  double base = get_base (self, adjustment);
  self->is_scrolling = TRUE;
  gtk_adjustment_set_value (adjustment,
                            self->is_icicle ? self->distance_to_base : MAX (base - self->distance_to_base, 0));
  self->is_scrolling = FALSE;
}

/* What is shown of what */

static void
on_resized (FlameView *view, gpointer data)
{
  flame_page_request (data);
}

static void
on_values_changed (TraceSession *session, gpointer data)
{
  flame_page_request (data);
}

void
flame_page_set_session (FlamePage *self, TraceSession *session, TreeWalk *walk)
{
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      g_signal_handlers_disconnect_by_data (trace_session_get_rows (self->session), self);
    }
  flame_page_stop_locating (self);
  flame_data_request (self->data, NULL);
  g_clear_pointer (&self->scope_tree, pool_tree_unref);
  flame_page_forget_zoom (self);
  flame_page_frame_set_walk (self, walk);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  g_signal_connect (session, "values-changed", G_CALLBACK (on_values_changed), self);
  g_signal_connect (trace_session_get_rows (session), "cursor-changed", G_CALLBACK (on_cursor_changed), self);
  flame_page_request (self);
}

void
flame_page_set_icicle (FlamePage *self, gboolean is_icicle)
{
  self->is_icicle = is_icicle;
  flame_view_set_icicle (self->view, is_icicle);
  on_extent_changed (gtk_scrolled_window_get_vadjustment (self->scroller), self);
}

gboolean
flame_page_export (FlamePage *self, const char *path, GError **error)
{
  const FlameResult *result = flame_data_get_result (self->data);
  if (result == NULL || flame_layout_get_weight (result->layout) == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", path,
                   _ ("there are no stacks to draw; choose another metric, range or filter"));
      return FALSE;
    }
  const char *title = trace_session_get_trace (self->session)->info.display_name;
  return flame_view_export (self->view, path, title, _ (metric_get_display_name (result->metric)), error);
}

/* Object */

static void
flame_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (flame_page_parent_class)->map (widget);
  flame_page_request (FLAME_PAGE (widget));
}

static gboolean
flame_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (FLAME_PAGE (widget)->view));
}

static void
flame_page_dispose (GObject *object)
{
  FlamePage *self = FLAME_PAGE (object);
  if (self->data != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->data, self);
      flame_page_set_session (self, NULL, NULL);
    }
  g_clear_object (&self->data);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  GtkWidget *box = gtk_widget_get_first_child (GTK_WIDGET (self));
  g_clear_pointer (&box, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), FLAME_TYPE_PAGE);
  G_OBJECT_CLASS (flame_page_parent_class)->dispose (object);
}

static void
flame_page_finalize (GObject *object)
{
  g_ptr_array_unref (FLAME_PAGE (object)->zooms);
  G_OBJECT_CLASS (flame_page_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, FlamePage, name)

static void
flame_page_class_init (FlamePageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GType type = G_TYPE_FROM_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = flame_page_dispose;
  G_OBJECT_CLASS (class)->finalize = flame_page_finalize;
  widget_class->map = flame_page_map;
  widget_class->grab_focus = flame_page_grab_focus;
  g_type_ensure (FLAME_TYPE_VIEW);
  gtk_widget_class_set_css_name (widget_class, "flamepage");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/poolscope/Poolscope/ui/flame_page.ui");
  BIND (bar);
  BIND (metric_drop_down);
  BIND (dimension_drop_down);
  BIND (steps);
  BIND (found_label);
  BIND (empty_title);
  BIND (empty_text);
  BIND (find_entry);
  BIND (pages);
  BIND (scroller);
  BIND (view);
  BIND (menu);
  selection_signal = g_signal_new ("selection-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
flame_page_init (FlamePage *self)
{
  static const GActionEntry entries[] = {
    { "selected-row", NULL, NULL, "false", on_selected_row, { 0 } },
  };
  gtk_widget_init_template (GTK_WIDGET (self));
  self->data = flame_data_new ();
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "flame", G_ACTION_GROUP (self->actions));
  flame_page_zoom_init (self);
  flame_page_frame_init (self);
  flame_page_choice_init (self);
  flame_page_find_init (self);
  g_signal_connect (self->data, "changed", G_CALLBACK (on_data_changed), self);
  g_signal_connect (self->view, "resized", G_CALLBACK (on_resized), self);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect (adjustment, "value-changed", G_CALLBACK (on_scrolled), self);
  g_signal_connect (adjustment, "changed", G_CALLBACK (on_extent_changed), self);
  flame_page_frame_update_actions (self);
  flame_page_zoom_update_actions (self);
}
