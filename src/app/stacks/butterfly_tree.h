/* One side of a butterfly view: callers outward or callees inward as an unfolding table. */
#pragma once

#include "app/stacks/butterfly_rows.h"

#include <gtk/gtk.h>

/* Gives @view, which is empty, its columns, the first of them with @title, and the keys that open and close rows. */
void butterfly_tree_equip (GtkColumnView *view, const char *title);
/* Shows one side of @graph, closed but for the heaviest path; @start is taken over. */
void butterfly_tree_show (GtkColumnView *view, CallGraph *graph, CallGraphSide side, ButterflyStart *start);
/* The step of the row at @position. (transfer full) (nullable) */
ButterflyNode *butterfly_tree_dup_node (GtkColumnView *view, guint position);
