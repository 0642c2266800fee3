/* Copying stacks, rows and cells to the clipboard; exports to files. */
#pragma once

#include "app/window_private.h"

void window_copy_stack (PoolscopeWindow *self, gboolean is_markdown);
void window_copy_rows (PoolscopeWindow *self);
void window_copy_cell (PoolscopeWindow *self);
void window_copy_picture (PoolscopeWindow *self);
/* @format: "csv", "json", "folded". Asks for the file. */
void window_export_table (PoolscopeWindow *self, const char *format);
/* @format: "png", "svg", "pdf". */
void window_export_graph (PoolscopeWindow *self, const char *format);
/* The same for the flame graph, where it is shown. */
void window_export_flame (PoolscopeWindow *self, const char *format);
