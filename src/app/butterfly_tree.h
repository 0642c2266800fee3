/* One side of a butterfly view: callers outward or callees inward as an unfolding table. */
#pragma once

#include "analysis/call_graph.h"

#include <gtk/gtk.h>

/* A step of a call graph, as a list hands it out. */
#define BUTTERFLY_TYPE_NODE (butterfly_node_get_type ())
G_DECLARE_FINAL_TYPE (ButterflyNode, butterfly_node, BUTTERFLY, NODE, GObject)
const char *butterfly_node_get_text (ButterflyNode *self); /* (transfer none) */

/* Gives @view, which is empty, its columns, the first of them with @title, and the keys that open and close rows. */
void butterfly_tree_equip (GtkColumnView *view, const char *title);
/* Shows one side of @graph, closed but for the heaviest path. */
void butterfly_tree_show (GtkColumnView *view, CallGraph *graph, CallGraphSide side);
/* The step of the row at @position. (transfer full) (nullable) */
ButterflyNode *butterfly_tree_dup_node (GtkColumnView *view, guint position);
