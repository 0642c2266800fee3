/* The visible rows of the table as one flat list that is its own selection model.
 *
 * Why not GtkTreeListModel: it makes an object per row, and opening a path of n frames emits n changes. Here
 * rows are plain structs, objects exist only for rows that are on screen, and every change, however large,
 * is one items-changed.
 */
#pragma once

#include "app/rows/row_node.h"

#include <gtk/gtk.h>

/* What the list hands out for a row: a pointer to its node, or NULL once the row is gone. */
#define ROW_TYPE_ITEM (row_item_get_type ())
G_DECLARE_FINAL_TYPE (RowItem, row_item, ROW, ITEM, GObject)
RowNode *row_item_get_node (RowItem *self);

#define ROW_TYPE_MODEL (row_model_get_type ())
G_DECLARE_FINAL_TYPE (RowModel, row_model, ROW, MODEL, GObject)

/* Signals:
 *   refreshed (): rows that stayed have new values
 *   rearranged (): rows stand in the place of others, which items-changed does not tell; refreshed follows
 *   replacing (): very many rows change and items-changed is not emitted; views must let go of the model, which tells
 *     the old number of rows once more
 *   replaced (): they may take it again
 *   cursor-changed (): another row is the current one, or none */
RowModel *row_model_new (void);

/* Takes over @root, which shows @values; NULL for no rows. Selected rows and the cursor survive where @root
 * has them (by row when the tree is the same). Rows common to the beginning and the end stay as they are. */
void row_model_set_root (RowModel *self, RowNode *root, PoolTreeValues *values);
PoolTreeValues *row_model_get_values (RowModel *self); /* (transfer none) (nullable) */
RowNode *row_model_get_root (RowModel *self);          /* (nullable) */
guint row_model_get_n_visible (RowModel *self);
/* The list of a new tree has only the first rows to begin with, and more with each frame; or rows whose item has no node
 * behind its own, and fewer with each frame. Now it has all, and no others. */
void row_model_tell_all (RowModel *self);
RowNode *row_model_get_visible (RowModel *self, guint position); /* NULL beyond the end */

/* Children of one row, to be opened. */
typedef struct
{
  PoolTreeRow row;
  GArray *children; /* (owned): of PoolTreeRow */
} RowOpening;
void row_opening_clear (gpointer opening);

/* Opens the rows of @openings (GArray of RowOpening, parents first) in one change; rows that are not there
 * are left out. */
void row_model_open (RowModel *self, GArray *openings);
void row_model_close (RowModel *self, RowNode *node);
/* Opens a node that was open before and still has its children. FALSE when it has none. */
gboolean row_model_reopen (RowModel *self, RowNode *node);

/* Rows that are open; counts up with each opening and closing by the user. */
RowSet *row_model_dup_open_rows (RowModel *self);
guint row_model_get_generation (RowModel *self);

/* The current row: the last one selected. (nullable) */
RowNode *row_model_get_cursor (RowModel *self);
void row_model_select_only (RowModel *self, RowNode *node);
/* Selected rows from top to bottom: GPtrArray of RowNode; (transfer container). */
GPtrArray *row_model_dup_selected (RowModel *self);
