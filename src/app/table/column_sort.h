/* Which column of a column view is sorted, and how. The view itself never sorts anything: the core does.
 *
 * Signals:
 *   sorted (GtkColumnViewColumn *column, gboolean is_ascending): the user clicked its header
 */
#pragma once

#include <gtk/gtk.h>

#define COLUMN_TYPE_SORT (column_sort_get_type ())
G_DECLARE_FINAL_TYPE (ColumnSort, column_sort, COLUMN, SORT, GObject)

ColumnSort *column_sort_new (GtkColumnView *view);
/* Gives @column a header that can be clicked. */
void column_sort_equip (ColumnSort *self, GtkColumnViewColumn *column);
/* Marks the header of @column (nullable: of none) as the one sorted, without a signal. */
void column_sort_mark (ColumnSort *self, GtkColumnViewColumn *column, gboolean is_ascending);
