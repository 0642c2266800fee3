/* Saves a recording profile where the person says. */
#pragma once

#include <gtk/gtk.h>

/* @error is NULL when the file at @path was written. */
typedef void (*ProfileSaveFunc) (const char *path, const GError *error, gpointer data);

/* Asks for a file, proposing @name, and writes @bytes to it. @on_saved is called once, also after a cancel:
 * then with an empty path and an error of G_IO_ERROR_CANCELLED. */
void profile_save (GtkWindow *parent, const char *title, const char *name, GBytes *bytes,
                   ProfileSaveFunc on_saved, gpointer data);
