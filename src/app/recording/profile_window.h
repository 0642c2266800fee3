/* A recording profile that was opened: what is wrong with it, line by line, and the same file mended. */
#pragma once

#include <gtk/gtk.h>

/* Whether @file is called like a recording profile (.wprp). */
gboolean profile_window_is_for (GFile *file);

/* Reads @file and then shows what is to be said of it. */
void profile_window_open (GtkWindow *parent, GFile *file);
