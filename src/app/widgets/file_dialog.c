#include "app/widgets/file_dialog.h"

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

/* The kinds of files that are opened for one purpose; the last is of any kind. */
typedef struct
{
  const char *name;
  const char *suffixes[9];
} FileKind;

static const FileKind trace_kinds[] = {
  { N_ ("Event traces (.etl), also zipped"), { "etl", "zip", "cab", "7z", "gz", "xz", "bz2", "zst", NULL } },
  { N_ ("Recording profiles (.wprp)"), { "wprp", NULL } },
  { N_ ("Presets of Windows Performance Analyzer (.wpaProfile, .wpaPresets)"), { "wpaProfile", "wpaPresets", NULL } },
  { N_ ("All files"), { NULL } },
};

static const FileKind tag_kinds[] = {
  { N_ ("Lists of pool tags (.txt)"), { "txt", NULL } },
  { N_ ("All files"), { NULL } },
};

static const FileKind preset_kinds[] = {
  { N_ ("Presets (.json, .wpaProfile, .wpaPresets)"), { "json", "wpaProfile", "wpaPresets", NULL } },
  { N_ ("All files"), { NULL } },
};

static const FileKind stack_tag_kinds[] = {
  { N_ ("Files of stack tags (.stacktags)"), { "stacktags", NULL } },
  { N_ ("All files"), { NULL } },
};

static GtkFileFilter *
create_filter (const FileKind *kind)
{
  GtkFileFilter *filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _ (kind->name));
  if (kind->suffixes[0] == NULL)
    gtk_file_filter_add_pattern (filter, "*");
  for (gsize i = 0; kind->suffixes[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, kind->suffixes[i]);
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

static void
show_open (GtkWindow *parent, const char *title, const FileKind *kinds, gsize n_kinds, Answer *answer)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) list = g_list_store_new (GTK_TYPE_FILE_FILTER);
  for (gsize i = 0; i < n_kinds; i++)
    {
      g_autoptr (GtkFileFilter) filter = create_filter (&kinds[i]);
      g_list_store_append (list, filter);
    }
  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (list));
  gtk_file_dialog_open (dialog, parent, NULL, on_opened, answer);
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

static void
show_open (GtkWindow *parent, const char *title, const FileKind *kinds, gsize n_kinds, Answer *answer)
{
  GtkFileChooser *chooser = show_dialog (parent, title, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), answer);
  for (gsize i = 0; i < n_kinds; i++)
    {
      g_autoptr (GtkFileFilter) filter = create_filter (&kinds[i]);
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

void
file_dialog_open_trace (GtkWindow *parent, FileDialogFunc on_chosen, gpointer data)
{
  show_open (parent, _ ("Open a Trace"), trace_kinds, G_N_ELEMENTS (trace_kinds), answer_new (on_chosen, data));
}

void
file_dialog_open_tags (GtkWindow *parent, FileDialogFunc on_chosen, gpointer data)
{
  show_open (parent, _ ("Choose a List of Pool Tags"), tag_kinds, G_N_ELEMENTS (tag_kinds),
             answer_new (on_chosen, data));
}

void
file_dialog_open_presets (GtkWindow *parent, FileDialogFunc on_chosen, gpointer data)
{
  show_open (parent, _ ("Import Presets"), preset_kinds, G_N_ELEMENTS (preset_kinds), answer_new (on_chosen, data));
}

void
file_dialog_open_stack_tags (GtkWindow *parent, FileDialogFunc on_chosen, gpointer data)
{
  show_open (parent, _ ("Choose a File of Stack Tags"), stack_tag_kinds, G_N_ELEMENTS (stack_tag_kinds),
             answer_new (on_chosen, data));
}
