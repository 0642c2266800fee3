/* The table: group columns, the gold bar, value columns, over the rows of a session.
 *
 * Signals:
 *   message (const char *text): something to tell in the status line
 *   context-menu (double x, double y): asked for on a row, in the table's coordinates
 *   layout-changed (): columns, their order, or the sort are others
 */
#pragma once

#include "app/presets/preset_store.h"
#include "app/session/trace_session.h"
#include "app/table/tree_walk.h"

#define TABLE_TYPE_VIEW (table_view_get_type ())
G_DECLARE_FINAL_TYPE (TableView, table_view, TABLE, VIEW, GtkWidget)

/* The order that the settings remember, as far as the table has its column. */
PoolTreeOrder table_view_get_remembered_order (TableView *self);
/* @session nullable: an empty table. The layout is to have its grouping. */
void table_view_set_session (TableView *self, TraceSession *session);
const ColumnLayout *table_view_get_layout (TableView *self);
TreeWalk *table_view_get_walk (TableView *self); /* (transfer none) (nullable) */

/* Shows or hides a column, or moves it by @steps; as the header's menu does. */
void table_view_toggle_column (TableView *self, TableColumn column);
void table_view_move_column (TableView *self, TableColumn column, int steps);
/* The default columns in the default order. */
void table_view_reset_columns (TableView *self);

/* Columns and sort, remembered by the settings as those of new tables. */
void table_view_set_layout (TableView *self, const ColumnLayout *layout, PoolTreeOrder order);
/* The width that a column was given, in logical pixels; 0 where it is as it comes, or not shown. */
int table_view_get_width (TableView *self, TableColumn column);
void table_view_set_width (TableView *self, TableColumn column, int width_px);
PoolTreeOrder table_view_get_order (TableView *self);

/* Groups, columns and sort of the preset with @id. FALSE when there is none. */
gboolean table_view_apply_preset (TableView *self, const char *id);
/* The preset that the layout comes from (nullable), and whether the user has changed the layout since. */
const char *table_view_get_preset (TableView *self, gboolean *ret_is_modified);
/* From now on the layout counts as that of the preset with @id. */
void table_view_set_preset (TableView *self, const char *id);
/* Emits layout-changed: what the preset is, or whether it is modified, is another. */
void table_view_tell_layout_changed (TableView *self);

/* What the keys Right, Left and so on do. */
void table_view_walk (TableView *self, TreeWalkMode mode);
void table_view_close_or_go_to_parent (TableView *self);
gboolean table_view_has_headers (TableView *self);
void table_view_set_headers (TableView *self, gboolean has_headers);
/* Brings the current row into view and gives it the focus. */
void table_view_focus_cursor (TableView *self);
/* Brings the current row into view; the focus follows when it is in the table or nowhere. */
void table_view_show_cursor (TableView *self);

/* What a cell shows for @node; (transfer full), "" where it is empty. @is_exact: bytes as plain integers. */
char *table_view_dup_cell_text (TableView *self, const RowNode *node, TableColumn column, gboolean is_exact);
/* The column in which the user pressed the mouse last. */
gboolean table_view_get_pressed_column (TableView *self, TableColumn *ret_column);
