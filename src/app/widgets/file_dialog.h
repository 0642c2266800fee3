/* Choosing a file to open or save, by whichever dialog this GTK offers. */
#pragma once

#include <gtk/gtk.h>

/* @file is NULL when nothing was chosen. */
typedef void (*FileDialogFunc) (GFile *file, gpointer data);

void file_dialog_open_trace (GtkWindow *parent, FileDialogFunc on_chosen, gpointer data);
void file_dialog_open_tags (GtkWindow *parent, FileDialogFunc on_chosen, gpointer data);
void file_dialog_open_presets (GtkWindow *parent, FileDialogFunc on_chosen, gpointer data);
void file_dialog_open_stack_tags (GtkWindow *parent, FileDialogFunc on_chosen, gpointer data);
/* @data is kept until the answer; @name: a proposed file name. */
void file_dialog_save (GtkWindow *parent, const char *title, const char *name, FileDialogFunc on_chosen,
                       gpointer data);
