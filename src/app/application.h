/* The program: one window per trace. */
#pragma once

#include <gtk/gtk.h>

#define POOLSCOPE_TYPE_APPLICATION (poolscope_application_get_type ())
G_DECLARE_FINAL_TYPE (PoolscopeApplication, poolscope_application, POOLSCOPE, APPLICATION, GtkApplication)

PoolscopeApplication *poolscope_application_new (void);
/* Opens @file in @window (nullable) when that is empty, else in a new one. */
void poolscope_application_open_file (PoolscopeApplication *self, GFile *file, GtkWindow *window);
