/* The cell of the column Trend: the course of a row's outstanding size over the range. */
#pragma once

#include <gtk/gtk.h>

#define TREND_TYPE_CELL (trend_cell_get_type ())
G_DECLARE_FINAL_TYPE (TrendCell, trend_cell, TREND, CELL, GtkWidget)

GtkWidget *trend_cell_new (void);
/* @sizes_bytes (array length=n_sizes) (nullable): NULL for an empty cell. @text: the same in words. */
void trend_cell_show (TrendCell *self, const guint64 *sizes_bytes, guint n_sizes, const char *text);
