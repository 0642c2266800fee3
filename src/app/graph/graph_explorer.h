/* The Graph Explorer: a pane that lists the graphs of a trace with small pictures of them.
 *
 * Signal "activated" (const char *name): the user wants the graph of that name in graph_kinds.
 */
#pragma once

#include "app/session/trace_session.h"

#define GRAPH_TYPE_EXPLORER (graph_explorer_get_type ())
G_DECLARE_FINAL_TYPE (GraphExplorer, graph_explorer, GRAPH, EXPLORER, GtkWidget)

/* Pictures of what @session (nullable) counts; they follow it. */
void graph_explorer_set_session (GraphExplorer *self, TraceSession *session);
/* What is said in the place of the pictures while there is no session. */
void graph_explorer_set_message (GraphExplorer *self, const char *text);
