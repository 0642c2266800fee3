/* The keys of the actions that have one everywhere in the program. */
#pragma once

#include <gtk/gtk.h>

/* Each action of @application and its windows gets its keys; menus show them. */
void accelerators_install (GtkApplication *application);
