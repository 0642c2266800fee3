#include "app/stacks/flame_page_private.h"

#include "app/widgets/action_map.h"

#include <glib/gi18n.h>

#define MAX_SHOWN_STEPS 3 /* more push everything else out of the bar */
#define STEP_MAX_CHARS 22

static gboolean
is_prefix (char **shorter, char **longer)
{
  for (; *shorter != NULL; shorter++, longer++)
    if (*longer == NULL || strcmp (*shorter, *longer) != 0)
      return FALSE;
  return *longer != NULL;
}

static GtkWidget *
new_step (const char *text, guint index)
{
  GtkWidget *button = gtk_button_new (), *label = gtk_label_new (text);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), STEP_MAX_CHARS);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "flame.zoom-to");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", index);
  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  return button;
}

/* One button for each step that is shown; older ones between the whole and those are left out. */
static void
show_steps (FlamePage *self)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->steps))) != NULL)
    gtk_box_remove (self->steps, child);
  guint n = self->zooms->len;
  if (n > 0)
    gtk_box_append (self->steps, new_step (_ ("All stacks"), 0));
  for (guint i = n > MAX_SHOWN_STEPS ? n - MAX_SHOWN_STEPS : 0; i < n; i++)
    {
      char **path = g_ptr_array_index (self->zooms, i);
      gtk_box_append (self->steps, gtk_label_new (i + MAX_SHOWN_STEPS == n && i > 0 ? "› … ›" : "›"));
      gtk_box_append (self->steps, new_step (path[g_strv_length (path) - 1], i + 1));
    }
}

static void
zooms_changed (FlamePage *self)
{
  show_steps (self);
  self->distance_to_base = 0;
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  flame_page_request (self);
  flame_page_zoom_update_actions (self);
}

static void
on_zoom (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FlamePage *self = data;
  const FlameLayout *layout = flame_view_get_layout (self->view);
  guint32 selected = flame_view_get_selected (self->view), n_rects;
  if (layout == NULL || selected == FLAME_NO_RECT)
    return;
  const FlameRect *rect = &flame_layout_get_rects (layout, &n_rects)[selected];
  /* What is merged is told apart when its caller has all the width. */
  g_auto (GStrv) path = flame_layout_dup_path (layout, rect->n_merged > 0 ? rect->parent : selected);
  while (self->zooms->len > 0 && !is_prefix (g_ptr_array_index (self->zooms, self->zooms->len - 1), path))
    g_ptr_array_set_size (self->zooms, (int) self->zooms->len - 1);
  if (path[0] != NULL)
    g_ptr_array_add (self->zooms, g_steal_pointer (&path));
  zooms_changed (self);
}

static void
on_zoom_back (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FlamePage *self = data;
  if (self->zooms->len == 0)
    return;
  g_ptr_array_set_size (self->zooms, (int) self->zooms->len - 1);
  zooms_changed (self);
}

static void
on_zoom_to (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FlamePage *self = data;
  guint n = g_variant_get_uint32 (parameter);
  if (n >= self->zooms->len)
    return;
  g_ptr_array_set_size (self->zooms, (int) n);
  zooms_changed (self);
}

static void
on_view_zoom (FlameView *view, gpointer data)
{
  on_zoom (NULL, NULL, data);
}

static void
on_view_zoom_back (FlameView *view, gpointer data)
{
  on_zoom_back (NULL, NULL, data);
}

const char *const *
flame_page_get_zoom (FlamePage *self)
{
  return self->zooms->len > 0 ? g_ptr_array_index (self->zooms, self->zooms->len - 1) : NULL;
}

void
flame_page_forget_zoom (FlamePage *self)
{
  g_ptr_array_set_size (self->zooms, 0);
  show_steps (self);
}

void
flame_page_zoom_update_actions (FlamePage *self)
{
  action_map_set_enabled (G_ACTION_MAP (self->actions), "zoom", flame_view_get_selected (self->view) != FLAME_NO_RECT);
  action_map_set_enabled (G_ACTION_MAP (self->actions), "zoom-back", self->zooms->len > 0);
}

void
flame_page_zoom_init (FlamePage *self)
{
  static const GActionEntry entries[] = {
    { "zoom", on_zoom, NULL, NULL, NULL, { 0 } },
    { "zoom-back", on_zoom_back, NULL, NULL, NULL, { 0 } },
    { "zoom-to", on_zoom_to, "u", NULL, NULL, { 0 } },
  };
  self->zooms = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect (self->view, "zoom", G_CALLBACK (on_view_zoom), self);
  g_signal_connect (self->view, "zoom-back", G_CALLBACK (on_view_zoom_back), self);
}
