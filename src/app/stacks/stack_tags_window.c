#include "app/stacks/stack_tags_window.h"

#include "app/session/stack_tag_files.h"
#include "app/widgets/file_dialog.h"

#include <glib/gi18n.h>

#define TYPE_STACK_TAGS_WINDOW (stack_tags_window_get_type ())
G_DECLARE_FINAL_TYPE (StackTagsWindow, stack_tags_window, STACK, TAGS_WINDOW, GtkWindow)

struct _StackTagsWindow
{
  GtkWindow parent_instance;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (StackTagsWindow, stack_tags_window, GTK_TYPE_WINDOW)

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_row_button (const char *icon, const char *text, const char *action, guint index)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", index);
  return button;
}

static GtkWidget *
new_row (const StackTagFile *file, guint index)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *name = g_filename_display_basename (file->path);
  g_autofree char *folder = g_path_get_dirname (file->path);
  g_autofree char *display_folder = g_filename_display_name (folder);
  g_autofree char *state
      = file->problem != NULL
            ? g_strdup (file->problem)
            : g_strdup_printf (ngettext ("%u entry point, in %s", "%u entry points, in %s", file->n_entry_points),
                               file->n_entry_points, display_folder);
  gtk_box_append (GTK_BOX (texts), new_label (name, "heading"));
  gtk_box_append (GTK_BOX (texts), new_label (state, file->problem != NULL ? "warning" : "dim-label"));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_add_css_class (box, "tag-file");
  gtk_box_append (GTK_BOX (box), texts);
  if (index > 0)
    gtk_box_append (GTK_BOX (box), new_row_button ("go-up-symbolic", _ ("Let it win over the one above"), "tags.raise", index));
  gtk_box_append (GTK_BOX (box), new_row_button ("list-remove-symbolic", _ ("Remove from the list"), "tags.remove", index));
  return box;
}

static void
on_files_changed (StackTagFiles *files, gpointer data)
{
  StackTagsWindow *self = data;
  const GPtrArray *list = stack_tag_files_list (files);
  GtkListBoxRow *old_row; /* the placeholder is a child too, and stays */
  while ((old_row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (old_row));
  for (guint i = 0; i < list->len; i++)
    {
      const StackTagFile *file = list->pdata[i];
      GtkWidget *row = gtk_list_box_row_new ();
      g_autofree char *name = g_filename_display_name (file->path);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), new_row (file, i));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_list_box_append (self->list, row);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tags.reload", list->len > 0);
}

static void
on_chosen (GFile *file, gpointer data)
{
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;
  if (path != NULL)
    stack_tag_files_add (stack_tag_files_get (), path);
}

static void
on_add (GtkWidget *widget, const char *action, GVariant *parameter)
{
  file_dialog_open_stack_tags (GTK_WINDOW (widget), on_chosen, NULL);
}

static void
on_reload (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stack_tag_files_reload (stack_tag_files_get ());
}

static void
on_remove (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stack_tag_files_remove (stack_tag_files_get (), g_variant_get_uint32 (parameter));
}

static void
on_raise (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stack_tag_files_raise (stack_tag_files_get (), g_variant_get_uint32 (parameter));
}

static void
stack_tags_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TYPE_STACK_TAGS_WINDOW);
  G_OBJECT_CLASS (stack_tags_window_parent_class)->dispose (object);
}

static void
stack_tags_window_class_init (StackTagsWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = stack_tags_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/poolscope/Poolscope/ui/stack_tags_window.ui");
  gtk_widget_class_bind_template_child (widget_class, StackTagsWindow, list);
  gtk_widget_class_install_action (widget_class, "tags.add", NULL, on_add);
  gtk_widget_class_install_action (widget_class, "tags.reload", NULL, on_reload);
  gtk_widget_class_install_action (widget_class, "tags.remove", "u", on_remove);
  gtk_widget_class_install_action (widget_class, "tags.raise", "u", on_raise);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "tags.reload", NULL);
}

static void
stack_tags_window_init (StackTagsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (stack_tag_files_get (), "changed", G_CALLBACK (on_files_changed), self, 0);
  on_files_changed (stack_tag_files_get (), self);
}

void
stack_tags_window_show (GtkWindow *parent)
{
  gtk_window_present (g_object_new (TYPE_STACK_TAGS_WINDOW, "transient-for", parent, NULL));
}
