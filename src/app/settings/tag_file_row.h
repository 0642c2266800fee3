/* A line of the preferences for one list of pool tags: its path, a button that chooses a file, and what the file
 * holds or why it cannot be used. */
#pragma once

#include <gtk/gtk.h>

#define TAG_TYPE_FILE_ROW (tag_file_row_get_type ())
G_DECLARE_FINAL_TYPE (TagFileRow, tag_file_row, TAG, FILE_ROW, GtkBox)

/* @key: of the settings, which hold the path. @label names the entry for screen readers; @default_path (nullable) is
 * used while no file is chosen. */
GtkWidget *tag_file_row_new (const char *key, const char *label, const char *default_path);
