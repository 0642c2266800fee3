/* The program: one window per trace. */
#pragma once

#include <gtk/gtk.h>

#define POOLSCOPE_TYPE_APPLICATION (poolscope_application_get_type ())
G_DECLARE_FINAL_TYPE (PoolscopeApplication, poolscope_application, POOLSCOPE, APPLICATION, GtkApplication)

PoolscopeApplication *poolscope_application_new (void);
