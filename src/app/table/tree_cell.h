/* The cell of a group column: the text of a row whose level is this column's, with the expander arrow.
 *
 * GtkTreeExpander would indent by depth. Here the column tells the level, and only frames of a stack are
 * indented, one step where paths part.
 */
#pragma once

#include <gtk/gtk.h>

#define TREE_TYPE_CELL (tree_cell_get_type ())
G_DECLARE_FINAL_TYPE (TreeCell, tree_cell, TREE, CELL, GtkWidget)

/* Signals: toggled (): the arrow was clicked. */
GtkWidget *tree_cell_new (void);

typedef enum
{
  TREE_CELL_LEAF,
  TREE_CELL_CLOSED,
  TREE_CELL_OPEN
} TreeCellState;

/* @text (nullable): NULL for a cell outside the row's column, which stays empty. */
void tree_cell_show (TreeCell *self, const char *text, TreeCellState state, guint indentation);
/* A muted text is there, but not what anybody looks for. */
void tree_cell_set_muted (TreeCell *self, gboolean is_muted);
