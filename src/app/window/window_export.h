/* Exporting the table and the graphs to files. */
#pragma once

#include "app/window/window_private.h"

/* @format: "csv", "json", "folded". Asks for the file. */
void window_export_table (PoolscopeWindow *self, const char *format);
/* @format: "png", "svg", "pdf". */
void window_export_graph (PoolscopeWindow *self, const char *format);
/* The same for the flame graph, where it is shown. */
void window_export_flame (PoolscopeWindow *self, const char *format);
