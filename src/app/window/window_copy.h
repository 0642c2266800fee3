/* Copying stacks, rows, cells and the graph to the clipboard. */
#pragma once

#include "app/window/window_private.h"

/* The stack of the current row, made in the worker; Markdown ends with the notes on the trace. */
void window_copy_stack (PoolscopeWindow *self, gboolean is_markdown);
/* The selected rows as tab-separated text with headers, made in the worker. */
void window_copy_rows (PoolscopeWindow *self);
/* The text of the cell that the mouse was pressed in last, in the current row. */
void window_copy_cell (PoolscopeWindow *self);
/* The graph as it is shown. */
void window_copy_picture (PoolscopeWindow *self);
/* Gives up what is still being copied. */
void window_copy_stop (PoolscopeWindow *self);
