/* A command for another machine on a line of its own, with a button that copies it. */
#pragma once

#include <gtk/gtk.h>

/* @purpose (nullable) is shown before it and is translated already. Returns: (transfer none): floating. */
GtkWidget *command_row_new (const char *command, const char *purpose);
