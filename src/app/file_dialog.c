#include "app/file_dialog.h"

#include <glib/gi18n.h>

typedef struct
{
  FileDialogFunc on_chosen;
  gpointer data;
} Answer;

static Answer *
answer_new (FileDialogFunc on_chosen, gpointer data)
{
  Answer *answer = g_new (Answer, 1);
  *answer = (Answer){ on_chosen, data };
  return answer;
}

static GtkFileFilter *
create_filter (gboolean all)
{
  GtkFileFilter *filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, all ? _ ("All files") : _ ("Event traces (.etl)"));
  if (all)
    gtk_file_filter_add_pattern (filter, "*");
  else
    gtk_file_filter_add_suffix (filter, "etl");
  return filter;
}

#if GTK_CHECK_VERSION(4, 10, 0)

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Answer *answer = data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);
  answer->on_chosen (file, answer->data);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Answer *answer = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  answer->on_chosen (file, answer->data);
}

void
file_dialog_open_trace (GtkWindow *parent, FileDialogFunc on_chosen, gpointer data)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  for (int all = 0; all < 2; all++)
    {
      g_autoptr (GtkFileFilter) filter = create_filter (all);
      g_list_store_append (filters, filter);
    }
  gtk_file_dialog_set_title (dialog, _ ("Open a Trace"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open (dialog, parent, NULL, on_opened, answer_new (on_chosen, data));
}

void
file_dialog_save (GtkWindow *parent, const char *title, const char *name, FileDialogFunc on_chosen,
                  gpointer data)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, parent, NULL, on_saved, answer_new (on_chosen, data));
}

#else

static void
on_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autofree Answer *answer = data;
  g_autoptr (GFile) file = NULL;
  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  answer->on_chosen (file, answer->data);
  g_object_unref (dialog);
}

/* Native dialogs live as long as somebody holds them: here until the response. */
static GtkFileChooser *
show_dialog (GtkWindow *parent, const char *title, GtkFileChooserAction action, const char *accept,
             Answer *answer)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, parent, action, accept, NULL);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), answer);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
  return GTK_FILE_CHOOSER (dialog);
}

void
file_dialog_open_trace (GtkWindow *parent, FileDialogFunc on_chosen, gpointer data)
{
  GtkFileChooser *chooser = show_dialog (parent, _ ("Open a Trace"), GTK_FILE_CHOOSER_ACTION_OPEN,
                                         _ ("_Open"), answer_new (on_chosen, data));
  for (int all = 0; all < 2; all++)
    {
      g_autoptr (GtkFileFilter) filter = create_filter (all);
      gtk_file_chooser_add_filter (chooser, filter);
    }
}

void
file_dialog_save (GtkWindow *parent, const char *title, const char *name, FileDialogFunc on_chosen,
                  gpointer data)
{
  GtkFileChooser *chooser
      = show_dialog (parent, title, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), answer_new (on_chosen, data));
  gtk_file_chooser_set_current_name (chooser, name);
}

#endif
