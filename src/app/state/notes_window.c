#include "app/state/notes_window.h"

#include <glib/gi18n.h>

typedef struct
{
  NotesChangedFunc on_changed;
  gpointer data;
} Notes;

static void
on_text_changed (GtkTextBuffer *buffer, gpointer data)
{
  const Notes *notes = data;
  GtkTextIter start, end;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  g_autofree char *text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  notes->on_changed (text, notes->data);
}

static GtkWidget *
create_text (const char *text, Notes *notes)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_buffer_set_text (buffer, text != NULL ? text : "", -1);
  g_signal_connect (buffer, "changed", G_CALLBACK (on_text_changed), notes);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 9);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Notes on the trace"), -1);
  return view;
}

void
notes_window_show (GtkWindow *parent, const char *trace_name, const char *notes, NotesChangedFunc on_changed,
                   gpointer data)
{
  Notes *own = g_new (Notes, 1);
  *own = (Notes){ on_changed, data };
  GtkWidget *window = gtk_window_new ();
  g_autofree char *title = g_strdup_printf (_ ("Notes on %s"), trace_name);
  g_object_set_data_full (G_OBJECT (window), "notes", own, g_free);
  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_titlebar (GTK_WINDOW (window), gtk_header_bar_new ());
  gtk_window_set_default_size (GTK_WINDOW (window), 520, 360);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  /* One at a time: two of the same notes would overwrite each other. */
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);

  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *text = create_text (notes, own);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), text);
  gtk_widget_set_vexpand (scroller, TRUE);
  GtkWidget *hint = gtk_label_new (_ ("Kept on this computer for this trace; part of a stack copied as Markdown."));
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_widget_set_margin_start (hint, 12);
  gtk_widget_set_margin_end (hint, 12);
  gtk_widget_set_margin_top (hint, 6);
  gtk_widget_set_margin_bottom (hint, 6);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), hint);
  gtk_window_set_child (GTK_WINDOW (window), box);

  GtkShortcut *close = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                         gtk_named_action_new ("window.close"));
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), close);
  gtk_widget_add_controller (window, keys);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (text);
}
