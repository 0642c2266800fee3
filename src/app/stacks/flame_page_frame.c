#include "app/stacks/flame_page_private.h"

#include "analysis/stack_row.h"
#include "app/widgets/action_map.h"

#include <glib/gi18n.h>

/* The text of the selected frame; NULL when none is selected that is a frame. (transfer full) */
static char *
dup_selected_frame (FlamePage *self)
{
  const FlameLayout *layout = flame_view_get_layout (self->view);
  guint32 selected = flame_view_get_selected (self->view), n_rects;
  if (layout == NULL || selected == FLAME_NO_RECT)
    return NULL;
  const FlameRect *rect = &flame_layout_get_rects (layout, &n_rects)[selected];
  return rect->depth > 0 && rect->n_merged == 0 ? g_strdup (flame_layout_get_text (layout, selected)) : NULL;
}

/* The row of the table for a frame */

typedef struct
{
  PoolTreeValues *values; /* (owned) */
  PoolTreeRow scope, row;
  Dimension dimension;
  Metric metric;
  char **path;            /* (owned) */
  gboolean is_found;
} Location;

static void
location_free (gpointer data)
{
  Location *location = data;
  pool_tree_values_unref (location->values);
  g_strfreev (location->path);
  g_free (location);
}

static void
run_locate (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Location *location = data;
  location->is_found
      = stack_row_find (location->values, location->scope, location->dimension, (const char *const *) location->path,
                        location->metric, cancellable, &location->row);
  g_task_return_boolean (task, TRUE);
}

static void
on_located (GObject *source, GAsyncResult *result, gpointer data)
{
  FlamePage *self = FLAME_PAGE (source);
  const Location *location = g_task_get_task_data (G_TASK (result));
  if (g_task_get_cancellable (G_TASK (result)) != self->locating)
    return;
  g_clear_object (&self->locating);
  if (!location->is_found || self->walk == NULL)
    return;
  g_auto (GStrv) path = pool_tree_dup_row_path (pool_tree_values_get_tree (location->values), location->row);
  self->is_walking = TRUE;
  tree_walk_to (self->walk, (const char *const *) path);
}

void
flame_page_stop_locating (FlamePage *self)
{
  if (self->locating != NULL)
    g_cancellable_cancel (self->locating);
  g_clear_object (&self->locating);
}

static void
select_row (FlamePage *self)
{
  const FlameResult *result = flame_data_get_result (self->data);
  guint32 selected = flame_view_get_selected (self->view);
  g_autofree char *frame = dup_selected_frame (self);
  flame_page_stop_locating (self);
  if (frame == NULL || result == NULL)
    return;
  Location *location = g_new0 (Location, 1);
  location->values = pool_tree_values_ref (result->values);
  location->scope = result->scope;
  location->dimension = flame_page_get_dimension (self);
  location->metric = result->metric;
  location->path = flame_layout_dup_path (result->layout, selected);
  self->locating = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (self, self->locating, on_located, NULL);
  g_task_set_task_data (task, location, location_free);
  g_task_run_in_thread (task, run_locate);
}

static void
on_arrived (TreeWalk *walk, gpointer data)
{
  FLAME_PAGE (data)->is_walking = FALSE;
}

static void
on_selection_changed (FlameView *view, gpointer data)
{
  select_row (data);
  flame_page_frame_update_actions (data);
  flame_page_zoom_update_actions (data);
  g_signal_emit_by_name (data, "selection-changed");
}

/* Its menu */

char *
flame_page_dup_frame (FlamePage *self, Dimension *ret_dimension)
{
  *ret_dimension = flame_page_get_dimension (self);
  return dup_selected_frame (self);
}

gboolean
flame_page_filter (FlamePage *self, gboolean is_excluded)
{
  g_autofree char *frame = dup_selected_frame (self);
  if (frame == NULL || self->session == NULL)
    return FALSE;
  g_autoptr (PoolCondition) condition = pool_condition_new_value (flame_page_get_dimension (self), frame, is_excluded);
  g_autoptr (PoolFilter) filter = pool_filter_with (trace_session_get_filter (self->session), condition);
  trace_session_set_filter (self->session, filter);
  return TRUE;
}

static void
on_filter_to (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  flame_page_filter (data, FALSE);
}

static void
on_filter_out (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  flame_page_filter (data, TRUE);
}

static void
on_show_in_table (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_widget_activate_action (data, "win.table-page", "s", "table");
}

static void
on_copy_name (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FlamePage *self = data;
  g_autofree char *frame = dup_selected_frame (self);
  if (frame == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), frame);
  g_signal_emit_by_name (self, "message", _ ("Name copied"));
}

void
flame_page_frame_update_actions (FlamePage *self)
{
  static const char *const of_frames[] = { "filter-to", "filter-out", "show-in-table", "copy-name" };
  g_autofree char *frame = dup_selected_frame (self);
  for (guint i = 0; i < G_N_ELEMENTS (of_frames); i++)
    action_map_set_enabled (G_ACTION_MAP (self->actions), of_frames[i], frame != NULL);
}

static void
on_menu_closed (GtkPopover *popover, gpointer data)
{
  gtk_widget_grab_focus (GTK_WIDGET (FLAME_PAGE (data)->view));
}

static void
on_context_menu (FlameView *view, double x, double y, gpointer data)
{
  FlamePage *self = data;
  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (self->menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
      gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
      g_signal_connect (self->popover, "closed", G_CALLBACK (on_menu_closed), self);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self->scroller));
    }
  double at_x, at_y;
  gtk_widget_translate_coordinates (GTK_WIDGET (view), GTK_WIDGET (self->scroller), x, y, &at_x, &at_y);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &(GdkRectangle){ (int) at_x, (int) at_y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

void
flame_page_frame_init (FlamePage *self)
{
  static const GActionEntry entries[] = {
    { "filter-to", on_filter_to, NULL, NULL, NULL, { 0 } },
    { "filter-out", on_filter_out, NULL, NULL, NULL, { 0 } },
    { "show-in-table", on_show_in_table, NULL, NULL, NULL, { 0 } },
    { "copy-name", on_copy_name, NULL, NULL, NULL, { 0 } },
  };
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect (self->view, "selection-changed", G_CALLBACK (on_selection_changed), self);
  g_signal_connect (self->view, "context-menu", G_CALLBACK (on_context_menu), self);
}

void
flame_page_frame_set_walk (FlamePage *self, TreeWalk *walk)
{
  if (self->walk != NULL)
    g_signal_handlers_disconnect_by_data (self->walk, self);
  g_set_object (&self->walk, walk);
  self->is_walking = FALSE;
  if (walk == NULL)
    return;
  g_signal_connect (walk, "moved", G_CALLBACK (on_arrived), self);
  g_signal_connect (walk, "missed", G_CALLBACK (on_arrived), self);
}
