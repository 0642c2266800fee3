#include "app/window/failure_view.h"

#include <glib/gi18n.h>

struct _FailureView
{
  GtkWidget parent_instance;
  GtkLabel *title, *message;
  GtkScrolledWindow *scroller;
  GtkBox *choice_list;
  GtkWidget *open_another_button;
};

G_DEFINE_FINAL_TYPE (FailureView, failure_view, GTK_TYPE_WIDGET)

static void
failure_view_dispose (GObject *object)
{
  GtkWidget *box = gtk_widget_get_first_child (GTK_WIDGET (object));
  g_clear_pointer (&box, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (object), FAILURE_TYPE_VIEW);
  G_OBJECT_CLASS (failure_view_parent_class)->dispose (object);
}

static void
failure_view_class_init (FailureViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = failure_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/poolscope/Poolscope/ui/failure_view.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, FailureView, title);
  gtk_widget_class_bind_template_child (widget_class, FailureView, message);
  gtk_widget_class_bind_template_child (widget_class, FailureView, scroller);
  gtk_widget_class_bind_template_child (widget_class, FailureView, choice_list);
  gtk_widget_class_bind_template_child (widget_class, FailureView, open_another_button);
}

static void
failure_view_init (FailureView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* A button that opens the trace at @path; it shows what follows the folder of the archive. */
static GtkWidget *
create_choice (const char *path, const char *archive_path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *uri = g_file_get_uri (file);
  GtkWidget *label = gtk_label_new (path + strlen (archive_path) + 1);
  GtkWidget *button = gtk_button_new ();
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_set_tooltip_text (button, path);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "app.open-uri");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", uri);
  return button;
}

/* @choices (array length=n_choices) (nullable) */
static void
show_choices (FailureView *self, const char *archive_path, const char *const *choices, guint n_choices)
{
  for (GtkWidget *old; (old = gtk_widget_get_first_child (GTK_WIDGET (self->choice_list))) != NULL;)
    gtk_box_remove (self->choice_list, old);
  gtk_widget_set_visible (GTK_WIDGET (self->scroller), n_choices > 0);
  for (guint i = 0; i < n_choices; i++)
    gtk_box_append (self->choice_list, create_choice (choices[i], archive_path));
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->choice_list));
  (first != NULL ? gtk_widget_remove_css_class
                 : gtk_widget_add_css_class) (self->open_another_button, "suggested-action");
  gtk_widget_grab_focus (first != NULL ? first : self->open_another_button);
}

void
failure_view_show (FailureView *self, GFile *file, const char *message, const char *const *choices)
{
  g_autofree char *name = g_file_get_basename (file), *path = g_file_get_path (file);
  g_autofree char *display_name = g_filename_display_name (name);
  guint n_choices = choices != NULL ? g_strv_length ((char **) choices) : 0;
  g_autofree char *title
      = n_choices > 0 ? g_strdup_printf (ngettext ("“%s” holds %u trace", "“%s” holds %u traces", n_choices),
                                         display_name, n_choices)
                      : g_strdup_printf (_ ("“%s” could not be opened"), display_name);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->message, n_choices > 0 ? _ ("Choose the one to open.") : message);
  show_choices (self, path, choices, n_choices);
}
