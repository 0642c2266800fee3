/* The View Editor: all columns of a table, those that are shown in their order with the gold bar among them; their
 * aggregation, the sort, and the presets. What is changed shows in the table at once. */
#pragma once

#include "app/table/table_view.h"

/* One editor per table: the one that is open comes to the front. */
void view_editor_show (GtkWindow *parent, TableView *table);
