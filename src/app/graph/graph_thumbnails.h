/* Small pictures of all graphs of a trace as a filter leaves it, computed and drawn off the main thread.
 *
 * Latest wins: what is asked for meanwhile starts when the pictures before are done or given up.
 *
 * Signal "changed" (): the pictures are new.
 */
#pragma once

#include "app/graph/graph_kind.h"
#include "chart/chart_palette.h"

#include <gdk/gdk.h>

#define GRAPH_TYPE_THUMBNAILS (graph_thumbnails_get_type ())
G_DECLARE_FINAL_TYPE (GraphThumbnails, graph_thumbnails, GRAPH, THUMBNAILS, GObject)

GraphThumbnails *graph_thumbnails_new (void);
/* Pictures of @tree's selection over the whole trace, lifetimes in @range, @width x @height pixels. */
void graph_thumbnails_request (GraphThumbnails *self, PoolTree *tree, TimeRange range, const ChartPalette *palette,
                               int width, int height);
/* Stops, and forgets the pictures. */
void graph_thumbnails_clear (GraphThumbnails *self);
/* Of graph_kinds[@index]; (transfer none) (nullable): before there is one. */
GdkTexture *graph_thumbnails_get (GraphThumbnails *self, guint index);
