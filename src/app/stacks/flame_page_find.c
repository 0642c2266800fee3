#include "app/stacks/flame_page_private.h"

#include "export/metric_text.h"

#include <glib/gi18n.h>

void
flame_page_find_show_found (FlamePage *self, const FlameResult *result)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->find_entry));
  g_autofree char *label = NULL;
  if (*text != '\0')
    {
      g_autofree char *weight = metric_format (result->metric, (gint64) result->found_weight);
      guint64 whole = flame_layout_get_weight (result->layout);
      double share = whole > 0 ? 100 * (double) result->found_weight / (double) whole : 0;
      /* Translators: a size or number, a percentage. */
      label = g_strdup_printf (_ ("found: %s, %.1f %%"), weight, share);
    }
  else if (flame_layout_is_cut (result->layout))
    label = g_strdup (_ ("deepest frames left out: zoom in"));
  gtk_label_set_text (self->found_label, label != NULL ? label : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->found_label), label);
}

void
flame_page_open_find (FlamePage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->find_entry));
}

void
flame_page_find (FlamePage *self, gboolean is_backward)
{
  if (!flame_view_find (self->view, is_backward) && *gtk_editable_get_text (GTK_EDITABLE (self->find_entry)) != '\0')
    g_signal_emit_by_name (self, "message", _ ("No frame that is shown has this text."));
}

static void
on_find_changed (GtkSearchEntry *entry, gpointer data)
{
  FlamePage *self = data;
  flame_view_set_find_text (self->view, gtk_editable_get_text (GTK_EDITABLE (entry)));
  flame_page_request (self);
}

static void
on_find_stopped (GtkSearchEntry *entry, gpointer data)
{
  FlamePage *self = data;
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static gboolean
on_find_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, gpointer data)
{
  if (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter)
    return GDK_EVENT_PROPAGATE;
  flame_page_find (data, (state & GDK_SHIFT_MASK) != 0);
  return GDK_EVENT_STOP;
}

void
flame_page_find_init (FlamePage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_signal_connect (self->find_entry, "search-changed", G_CALLBACK (on_find_changed), self);
  g_signal_connect (self->find_entry, "stop-search", G_CALLBACK (on_find_stopped), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_find_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->find_entry), keys);
}
