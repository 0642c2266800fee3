#include "app/recording/recording_window.h"

#include "app/recording/profile_save.h"
#include "app/widgets/command_row.h"
#include "profile/recording_commands.h"

#include <glib/gi18n.h>

#define RECORDING_TYPE_WINDOW (recording_window_get_type ())
G_DECLARE_FINAL_TYPE (RecordingWindow, recording_window, RECORDING, WINDOW, GtkWindow)

struct _RecordingWindow
{
  GtkWindow parent_instance;
  GtkCheckButton *all_check, *tags_check, *file_check, *memory_check;
  GtkBox *tag_box, *wpr_box, *xperf_box, *paging_box;
  GtkLabel *tag_problem, *saved_label, *window_steps;
  GtkWidget *save_button;
  GtkEditable *tag_entries[RECORDING_PROFILE_MAX_TAGS];
  char *file_name; /* (owned) (nullable): of the profile that was saved last */
};

G_DEFINE_FINAL_TYPE (RecordingWindow, recording_window, GTK_TYPE_WINDOW)

/* The choice */

/* FALSE with @ret_problem, which is translated. */
static gboolean
read_profile (RecordingWindow *self, RecordingProfile *ret_profile, const char **ret_problem)
{
  recording_profile_init (ret_profile);
  *ret_problem = NULL;
  ret_profile->mode
      = gtk_check_button_get_active (self->memory_check) ? RECORDING_MODE_MEMORY : RECORDING_MODE_FILE;
  if (gtk_check_button_get_active (self->all_check))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (self->tag_entries); i++)
    {
      const char *tag = gtk_editable_get_text (self->tag_entries[i]);
      if (*tag == '\0' || recording_profile_add_tag (ret_profile, tag, NULL))
        continue;
      *ret_problem = _ ("A tag has 1 to 4 characters of ASCII, and each tag is given once.");
      return FALSE;
    }
  if (ret_profile->n_tags > 0)
    return TRUE;
  *ret_problem = _ ("Type at least one tag. Blanks belong to it, upper and lower case matter.");
  return FALSE;
}

static void
clear_box (GtkBox *box)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
append_heading (GtkBox *box, const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 80);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (box, label);
}

static const char *
get_heading (RecordingWay way, gboolean has_tags)
{
  if (way == RECORDING_WAY_WPR_BUILT_IN)
    return _ ("With the profiles that Windows has");
  if (way == RECORDING_WAY_XPERF)
    return _ ("With xperf of the Windows Performance Toolkit");
  return has_tags
             ? _ ("With a profile for these tags: save it, copy it to the Windows machine, and there")
             : _ ("Or with a profile of your own, which also records who frees: save it, copy it, and there");
}

static void
show_commands (RecordingWindow *self, const RecordingProfile *profile)
{
  g_autoptr (GPtrArray) commands = recording_commands_new (profile, self->file_name);
  int way = -1;
  clear_box (self->wpr_box);
  clear_box (self->xperf_box);
  for (guint i = 0; i < commands->len; i++)
    {
      const RecordingCommand *command = g_ptr_array_index (commands, i);
      GtkBox *box = command->way == RECORDING_WAY_XPERF ? self->xperf_box : self->wpr_box;
      if ((int) command->way != way)
        append_heading (box, get_heading (command->way, profile->n_tags > 0));
      way = (int) command->way;
      gtk_box_append (box, command_row_new (command->command, _ (command->purpose)));
    }
}

static void
show_window_steps (RecordingWindow *self, const RecordingProfile *profile)
{
  g_autofree char *file_name
      = self->file_name != NULL ? g_strdup (self->file_name) : recording_profile_dup_file_name (profile);
  g_autofree char *choose
      = profile->n_tags == 0
            ? g_strdup (_ ("Below Resource Analysis tick “Pool usage”."))
            : g_strdup_printf (
                _ ("Save the profile here, copy it to the Windows machine, press Add Profiles…, choose %s "
                   "and tick it."),
                file_name);
  g_autofree char *steps = g_strdup_printf (
      _ ("1.  On the Windows machine start Windows Performance Recorder (WPRUI) and press More options.\n"
         "2.  %s\n"
         "3.  Detail level: Verbose. Logging mode: %s.\n"
         "4.  Press Start, and let it leak for a few minutes.\n"
         "5.  Press Save, choose a file, and after it is written press Cancel."),
      choose,
      profile->mode == RECORDING_MODE_FILE
          /* Translators: what the program of Windows calls it. */
          ? _ ("File (the default, Memory, keeps only the newest events)")
          : _ ("Memory"));
  gtk_label_set_text (self->window_steps, steps);
}

static void
update (RecordingWindow *self)
{
  RecordingProfile profile;
  const char *problem;
  gboolean is_right = read_profile (self, &profile, &problem);
  gtk_widget_set_sensitive (GTK_WIDGET (self->tag_box), gtk_check_button_get_active (self->tags_check));
  gtk_label_set_text (self->tag_problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->tag_problem), problem != NULL);
  gtk_widget_set_sensitive (self->save_button, is_right);
  gtk_widget_set_sensitive (GTK_WIDGET (self->wpr_box), is_right);
  gtk_widget_set_sensitive (GTK_WIDGET (self->xperf_box), is_right);
  show_commands (self, &profile);
  show_window_steps (self, &profile);
}

/* Another choice is another file. */
static void
on_choice_changed (GObject *widget, gpointer data)
{
  RecordingWindow *self = data;
  g_clear_pointer (&self->file_name, g_free);
  gtk_label_set_text (self->saved_label, "");
  gtk_widget_set_visible (GTK_WIDGET (self->saved_label), FALSE);
  update (self);
}

static void
on_choice_toggled (GtkCheckButton *check, gpointer data)
{
  if (!gtk_check_button_get_active (check))
    return;
  on_choice_changed (G_OBJECT (check), data);
  if (check == RECORDING_WINDOW (data)->tags_check)
    gtk_widget_grab_focus (GTK_WIDGET (RECORDING_WINDOW (data)->tag_entries[0]));
}

/* Saving */

static void
on_saved (const char *path, const GError *error, gpointer data)
{
  RecordingWindow *self = data;
  g_autoptr (RecordingWindow) owned = self;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_autofree char *text = error != NULL
                              ? g_strdup (error->message)
                              : g_strdup_printf (_ ("Saved as %s. Copy it to the Windows machine."), path);
  if (error == NULL)
    {
      g_free (self->file_name);
      self->file_name = g_path_get_basename (path);
      update (self);
    }
  gtk_label_set_text (self->saved_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->saved_label), TRUE);
}

static void
on_save (GtkButton *button, gpointer data)
{
  RecordingWindow *self = data;
  RecordingProfile profile;
  const char *problem;
  if (!read_profile (self, &profile, &problem))
    return;
  g_autoptr (GBytes) bytes = recording_profile_write (&profile);
  g_autofree char *name = recording_profile_dup_file_name (&profile);
  profile_save (GTK_WINDOW (self), _ ("Save the Recording Profile"), name, bytes, on_saved,
                g_object_ref (self));
}

/* Object */

static void
recording_window_dispose (GObject *object)
{
  g_clear_pointer (&RECORDING_WINDOW (object)->file_name, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), RECORDING_TYPE_WINDOW);
  G_OBJECT_CLASS (recording_window_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, RecordingWindow, name)

static void
recording_window_class_init (RecordingWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = recording_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/poolscope/Poolscope/ui/recording_window.ui");
  BIND (all_check);
  BIND (tags_check);
  BIND (file_check);
  BIND (memory_check);
  BIND (tag_box);
  BIND (wpr_box);
  BIND (xperf_box);
  BIND (paging_box);
  BIND (tag_problem);
  BIND (saved_label);
  BIND (window_steps);
  BIND (save_button);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
create_tag_entries (RecordingWindow *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->tag_entries); i++)
    {
      GtkWidget *entry = gtk_entry_new ();
      g_autofree char *name = g_strdup_printf (_ ("Tag %u"), (guint) i + 1);
      gtk_entry_set_max_length (GTK_ENTRY (entry), RECORDING_PROFILE_TAG_BYTES);
      gtk_editable_set_width_chars (GTK_EDITABLE (entry), 6);
      gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 6);
      gtk_widget_add_css_class (entry, "tag-entry");
      gtk_widget_set_tooltip_text (entry, name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      g_signal_connect (entry, "changed", G_CALLBACK (on_choice_changed), self);
      gtk_box_append (self->tag_box, entry);
      self->tag_entries[i] = GTK_EDITABLE (entry);
    }
}

static void
recording_window_init (RecordingWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  create_tag_entries (self);
  gtk_box_append (self->paging_box, command_row_new (RECORDING_COMMAND_PAGING_OFF, NULL));
  GtkCheckButton *const checks[]
      = { self->all_check, self->tags_check, self->file_check, self->memory_check };
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    g_signal_connect (checks[i], "toggled", G_CALLBACK (on_choice_toggled), self);
  g_signal_connect (self->save_button, "clicked", G_CALLBACK (on_save), self);
  update (self);
}

void
recording_window_show (GtkWindow *parent)
{
  RecordingWindow *self = g_object_new (RECORDING_TYPE_WINDOW, "transient-for", parent, NULL);
  gtk_window_present (GTK_WINDOW (self));
}
