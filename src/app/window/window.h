/* The window of one trace.
 *
 * Signals:
 *   open-file (GFile *file): a file was dropped on the window
 */
#pragma once

#include <gtk/gtk.h>

#define POOLSCOPE_TYPE_WINDOW (poolscope_window_get_type ())
G_DECLARE_FINAL_TYPE (PoolscopeWindow, poolscope_window, POOLSCOPE, WINDOW, GtkApplicationWindow)

PoolscopeWindow *poolscope_window_new (GtkApplication *application);
/* Whether no trace is open, loading or failed: the window may be used for another one. */
gboolean poolscope_window_is_empty (PoolscopeWindow *self);
/* Loads @file in the place of what is open or loading. */
void poolscope_window_open (PoolscopeWindow *self, GFile *file);
