#include "app/recording/profile_window.h"

#include "app/recording/profile_save.h"
#include "app/test_log.h"
#include "app/widgets/info_window.h"
#include "profile/profile_check.h"

#include <glib/gi18n.h>

#define WINDOW_WIDTH 760
#define WINDOW_HEIGHT 520

/* What the worker found out. */
typedef struct
{
  GtkWindow *parent;        /* (owned) */
  char *display_name;       /* (owned) */
  char *path;               /* (owned) (nullable) */
  GPtrArray *findings;      /* (owned) (element-type ProfileFinding) */
  GPtrArray *findings_left; /* (owned): of the mended file */
  GBytes *mended;           /* (owned) */
} OpenedProfile;

static void
opened_profile_free (gpointer data)
{
  OpenedProfile *self = data;
  g_object_unref (self->parent);
  g_free (self->display_name);
  g_free (self->path);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->findings_left, g_ptr_array_unref);
  g_clear_pointer (&self->mended, g_bytes_unref);
  g_free (self);
}

/* Saving */

typedef struct
{
  GtkWindow *window; /* (unowned): holds the button */
  GtkLabel *label;   /* (unowned): what came of saving */
  char *name;        /* (owned): proposed */
  GBytes *mended;    /* (owned) */
} SaveButton;

static void
save_button_free (gpointer data, GClosure *closure)
{
  SaveButton *self = data;
  g_free (self->name);
  g_bytes_unref (self->mended);
  g_free (self);
}

static void
on_saved (const char *path, const GError *error, gpointer data)
{
  g_autoptr (GtkLabel) label = data;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_autofree char *text = error != NULL
                              ? g_strdup (error->message)
                              : g_strdup_printf (_ ("Saved as %s. Copy it to the Windows machine."), path);
  gtk_label_set_text (label, text);
}

static void
on_save (GtkButton *button, gpointer data)
{
  SaveButton *self = data;
  profile_save (self->window, _ ("Save the Mended Profile"), self->name, self->mended, on_saved,
                g_object_ref (self->label));
}

/* “PoolTagLeak-mended.wprp” */
static char *
dup_mended_name (const char *name)
{
  const char *ending = g_strrstr (name, ".");
  gsize length = ending != NULL ? (gsize) (ending - name) : strlen (name);
  return g_strdup_printf ("%.*s-mended.wprp", (int) length, name);
}

static void
add_save_button (InfoWindow *window, const OpenedProfile *profile)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Save Mended Profile…"));
  GtkWidget *label = gtk_label_new (NULL);
  SaveButton *save = g_new (SaveButton, 1);
  *save = (SaveButton){ GTK_WINDOW (window), GTK_LABEL (label), dup_mended_name (profile->display_name),
                        g_bytes_ref (profile->mended) };
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_tooltip_text (button,
                               _ ("The same file with everything that can be repaired without asking"));
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_save), save, save_button_free, 0);
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  info_window_add_widget (window, box);
}

/* Showing */

static const char *
translate (const char *text)
{
  return _ (text);
}

static void
add_findings (InfoWindow *window, const GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const ProfileFinding *finding = g_ptr_array_index (findings, i);
      g_autofree char *line = g_strdup_printf (_ ("Line %u"), finding->line);
      g_autofree char *sentence = profile_finding_dup_sentence (finding, translate);
      g_autofree char *advice = profile_finding_dup_advice (finding, translate);
      /* Translators: what is wrong; what to do. */
      g_autofree char *text = g_strdup_printf (_ ("%s; %s"), sentence, advice);
      info_window_add_line (window, line, text, TRUE);
    }
}

static void
show_findings (const OpenedProfile *profile)
{
  const guint n_findings = profile->findings->len, n_left = profile->findings_left->len;
  InfoWindow *window = info_window_new (profile->parent, profile->display_name, WINDOW_WIDTH, WINDOW_HEIGHT);
  info_window_add_page (window, profile->display_name);
  if (n_findings == 0)
    {
      info_window_add_heading (window, _ ("Nothing is wrong with this recording profile"));
      info_window_add_text (window, _ ("On Windows start it with wpr -start and the file's name."), NULL);
    }
  else
    {
      g_autofree char *heading
          = g_strdup_printf (ngettext ("%u thing is wrong or missing for finding a pool leak",
                                       "%u things are wrong or missing for finding a pool leak", n_findings),
                             n_findings);
      info_window_add_heading (window, heading);
      if (n_left < n_findings)
        add_save_button (window, profile);
      add_findings (window, profile->findings);
    }
  if (n_left > 0 && n_left < n_findings)
    {
      info_window_add_heading (window, _ ("In the mended profile this is left for you"));
      add_findings (window, profile->findings_left);
    }
  test_log_add ("profile %s findings=%u left=%u", profile->display_name, n_findings, n_left);
  gtk_window_present (GTK_WINDOW (window));
}

static void
show_error (const OpenedProfile *profile, const char *message)
{
  InfoWindow *window = info_window_new (profile->parent, profile->display_name, WINDOW_WIDTH, 240);
  g_autofree char *heading = g_strdup_printf (_ ("“%s” could not be opened"), profile->display_name);
  info_window_add_page (window, profile->display_name);
  info_window_add_heading (window, heading);
  info_window_add_text (window, message, NULL);
  test_log_add ("failed %s", message);
  gtk_window_present (GTK_WINDOW (window));
}

/* Reading */

static void
run_check (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  OpenedProfile *profile = data;
  GError *error = NULL;
  if (profile->path == NULL)
    {
      g_task_return_new_error (
          task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
          _ ("“%s” is not on this computer. Copy it to a local folder and open it there."),
          profile->display_name);
      return;
    }
  g_autoptr (GBytes) bytes = profile_read_file (profile->path, &error);
  if (bytes != NULL)
    profile->findings = profile_check (bytes, profile->display_name, &error);
  if (profile->findings != NULL)
    profile->mended = profile_mend (bytes, profile->display_name, &profile->findings_left, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  const OpenedProfile *profile = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    show_findings (profile);
  else
    show_error (profile, error->message);
}

gboolean
profile_window_is_for (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  gsize length = name != NULL ? strlen (name) : 0;
  return length > 5 && g_ascii_strcasecmp (name + length - 5, ".wprp") == 0;
}

void
profile_window_open (GtkWindow *parent, GFile *file)
{
  OpenedProfile *profile = g_new0 (OpenedProfile, 1);
  g_autofree char *name = g_file_get_basename (file);
  profile->parent = g_object_ref (parent);
  profile->display_name = g_filename_display_name (name);
  profile->path = g_file_get_path (file);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_checked, NULL);
  g_task_set_task_data (task, profile, opened_profile_free);
  g_task_run_in_thread (task, run_check);
}
