/* Plain text that the user writes about a trace. */
#pragma once

#include <gtk/gtk.h>

typedef void (*NotesChangedFunc) (const char *notes, gpointer data);

/* @notes: (nullable). @on_changed is called with each change while @parent lives; the window goes with it. */
void notes_window_show (GtkWindow *parent, const char *trace_name, const char *notes, NotesChangedFunc on_changed,
                        gpointer data);
