/* The bar above the table in which text is looked for: in one column or all, forth and back, all at once. */
#pragma once

#include "app/table/table_view.h"
#include "app/table/tree_find.h"

#define FIND_TYPE_BAR (find_bar_get_type ())
G_DECLARE_FINAL_TYPE (FindBar, find_bar, FIND, BAR, GtkWidget)

/* The table that hits are shown in. */
void find_bar_set_table (FindBar *self, TableView *table);
/* @session nullable: closes. */
void find_bar_set_session (FindBar *self, TraceSession *session);
/* Shows the bar, its text selected. */
void find_bar_open (FindBar *self);
/* Goes to a hit, or selects all; opens the bar when nothing was looked for yet. */
void find_bar_go (FindBar *self, TreeFindStep step);
/* Makes a filter of what is looked for. */
void find_bar_filter (FindBar *self);
