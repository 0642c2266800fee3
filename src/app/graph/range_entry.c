#include "app/graph/range_entry.h"

#include "app/session/range_text.h"

#include <glib/gi18n.h>

typedef struct
{
  TraceSession *session; /* weak */
  GtkWidget *popover, *start, *end, *message;
} RangeEntry;

static void
range_entry_free (gpointer data)
{
  RangeEntry *self = data;
  g_clear_weak_pointer (&self->session);
  g_free (self);
}

static void
on_apply (GtkWidget *widget, gpointer data)
{
  RangeEntry *self = data;
  g_autoptr (GError) error = NULL;
  TimeRange range;
  if (self->session == NULL)
    return;
  if (!range_text_parse (trace_session_get_trace (self->session),
                         gtk_editable_get_text (GTK_EDITABLE (self->start)),
                         gtk_editable_get_text (GTK_EDITABLE (self->end)), &range, &error))
    {
      gtk_label_set_text (GTK_LABEL (self->message), error->message);
      gtk_widget_set_visible (self->message, TRUE);
      return;
    }
  trace_session_set_range (self->session, range, TRUE);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static GtkWidget *
add_entry (RangeEntry *self, GtkGrid *grid, int row, const char *title, const char *text,
           const char *placeholder)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (title);
  GtkWidget *entry = gtk_entry_new ();
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), placeholder);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 18);
  g_autofree char *name = g_strdelimit (g_strdup (title), "_", ' ');
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, g_strstrip (name),
                                  -1);
  g_signal_connect (entry, "activate", G_CALLBACK (on_apply), self);
  gtk_grid_attach (grid, label, 0, row, 1, 1);
  gtk_grid_attach (grid, entry, 1, row, 1, 1);
  return entry;
}

GtkWidget *
range_entry_new (TraceSession *session, gboolean is_clock)
{
  RangeEntry *self = g_new0 (RangeEntry, 1);
  const PoolTrace *trace = trace_session_get_trace (session);
  TimeRange range = trace_session_get_range (session);
  g_autofree char *start
      = range.start_ns > 0 ? range_text_dup_time (trace, range.start_ns, is_clock) : g_strdup ("");
  g_autofree char *end
      = range.end_ns != G_MAXINT64 ? range_text_dup_time (trace, range.end_ns, is_clock) : g_strdup ("");
  g_set_weak_pointer (&self->session, session);
  self->popover = gtk_popover_new ();
  g_object_set_data_full (G_OBJECT (self->popover), "range-entry", self, range_entry_free);
  GtkWidget *grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  self->start = add_entry (self, GTK_GRID (grid), 0, _ ("_From"), start, _ ("the start"));
  self->end = add_entry (self, GTK_GRID (grid), 1, _ ("_To"), end, _ ("the end"));
  GtkWidget *help
      = gtk_label_new (_ ("Seconds, or a number with ms, us, ns, or a clock time such as 14:32:10.5"));
  gtk_label_set_wrap (GTK_LABEL (help), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (help), 30);
  gtk_label_set_xalign (GTK_LABEL (help), 0);
  gtk_widget_add_css_class (help, "dim-label");
  gtk_grid_attach (GTK_GRID (grid), help, 0, 2, 2, 1);
  self->message = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->message), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->message), 30);
  gtk_label_set_xalign (GTK_LABEL (self->message), 0);
  gtk_widget_add_css_class (self->message, "error");
  gtk_widget_set_visible (self->message, FALSE);
  gtk_grid_attach (GTK_GRID (grid), self->message, 0, 3, 2, 1);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *whole = gtk_button_new_with_mnemonic (_ ("_Whole Trace"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (whole), "win.clear-range");
  gtk_widget_set_hexpand (whole, TRUE);
  gtk_widget_set_halign (whole, GTK_ALIGN_START);
  GtkWidget *apply = gtk_button_new_with_mnemonic (_ ("_Count This Range"));
  gtk_widget_add_css_class (apply, "suggested-action");
  g_signal_connect (apply, "clicked", G_CALLBACK (on_apply), self);
  gtk_box_append (GTK_BOX (buttons), whole);
  gtk_box_append (GTK_BOX (buttons), apply);
  gtk_grid_attach (GTK_GRID (grid), buttons, 0, 4, 2, 1);
  gtk_popover_set_child (GTK_POPOVER (self->popover), grid);
  return self->popover;
}
