/* A plain window with pages of titled lines: properties, diagnostics, shortcuts. */
#pragma once

#include <gtk/gtk.h>

#define INFO_TYPE_WINDOW (info_window_get_type ())
G_DECLARE_FINAL_TYPE (InfoWindow, info_window, INFO, WINDOW, GtkWindow)

/* @parent nullable. Not shown yet. */
InfoWindow *info_window_new (GtkWindow *parent, const char *title, int width, int height);
/* What follows goes to a page of that title; with one page only, no switcher is shown. */
void info_window_add_page (InfoWindow *self, const char *title);
void info_window_add_heading (InfoWindow *self, const char *text);
void info_window_add_text (InfoWindow *self, const char *text, const char *css_class);
/* A text that stands out, above what explains it. */
void info_window_add_finding (InfoWindow *self, const char *text, gboolean is_warning);
/* A line of a name and a value. @is_name_dim: the value is what the eye looks for. */
void info_window_add_line (InfoWindow *self, const char *name, const char *value, gboolean is_name_dim);
/* Any widget, across the page. */
void info_window_add_widget (InfoWindow *self, GtkWidget *widget);
/* A table; @cells holds its rows one after the other, NULL for empty cells. All is copied. */
void info_window_add_table (InfoWindow *self, const char *const *titles, gsize n_columns, GPtrArray *cells);
