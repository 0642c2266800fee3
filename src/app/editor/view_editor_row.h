/* A row of the View Editor: a column with its check mark, role and aggregation, the gold bar, or a heading.
 *
 * Signals:
 *   toggled (): its check mark was clicked
 *   aggregation-chosen (guint metric): another aggregation of the same dimension
 *   dropped (const char *column, gboolean is_below): a column was dropped on the row
 */
#pragma once

#include "app/presets/column_layout.h"

#include <gtk/gtk.h>

#define VIEW_TYPE_EDITOR_ROW (view_editor_row_get_type ())
G_DECLARE_FINAL_TYPE (ViewEditorRow, view_editor_row, VIEW, EDITOR_ROW, GtkListBoxRow)

/* @is_shown: the table has the column. */
GtkWidget *view_editor_row_new (TableColumn column, gboolean is_shown);
TableColumn view_editor_row_get_column (ViewEditorRow *self);
