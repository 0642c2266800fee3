/* Copying stacks, rows, cells and the graph to the clipboard. */
#pragma once

#include "app/window/window_private.h"

void window_copy_stack (PoolscopeWindow *self, gboolean is_markdown);
void window_copy_rows (PoolscopeWindow *self);
void window_copy_cell (PoolscopeWindow *self);
void window_copy_picture (PoolscopeWindow *self);
/* Gives up what is still being copied. */
void window_copy_stop (PoolscopeWindow *self);
