/* The graph of the window: pool over time in bands, the selected range, crosshair, zoom.
 *
 * Two times are distinct: the range is what is counted, the view is what is shown. Setters never emit
 * the signals; only the user's doing (and the functions that stand for it, from zoom_in on) does.
 *
 * Signals:
 *   range-changed (gint64 start_ns, gint64 end_ns, gboolean is_final): while the user drags with is_final
 * FALSE, at the end with TRUE; the whole trace is 0, G_MAXINT64 view-changed (): the visible range changed
 *   band-activated (const char *label): a band of the plot was clicked with Ctrl held
 *   bands-changed (): bands were computed or switched on or off
 */
#pragma once

#include "app/graph/graph_split.h"
#include "model/load_preview.h"

#include <gtk/gtk.h>

#define GRAPH_TYPE_VIEW (graph_view_get_type ())
G_DECLARE_FINAL_TYPE (GraphView, graph_view, GRAPH, VIEW, GtkWidget)

GtkWidget *graph_view_new (void);

/* @trace nullable: nothing to show. Forgets range, view and tree. */
void graph_view_set_trace (GraphView *self, PoolTrace *trace);
/* @tree (nullable) gives the bands and the filter. Its bands replace the old ones when they are computed. */
void graph_view_set_tree (GraphView *self, PoolTree *tree);
/* Shows @preview (nullable, not owned) growing while a trace is loaded. Must be set to NULL before it is
 * freed. */
void graph_view_set_preview (GraphView *self, LoadPreview *preview);

/* The selected range; one without length stands for the whole trace. */
void graph_view_set_range (GraphView *self, TimeRange range);
/* What is shown, always resolved: start < end. */
TimeRange graph_view_get_visible_range (GraphView *self);
/* The whole of the trace as it would be shown; also resolved. */
TimeRange graph_view_get_whole_range (GraphView *self);
/* Shows @range, made to lie within the trace; open ends are its ends. */
void graph_view_set_visible_range (GraphView *self, TimeRange range);

/* The row whose own line is drawn over the bands; @values and @row NULL for none. */
void graph_view_set_selected_row (GraphView *self, PoolTreeValues *values, const PoolTreeRow *row);
/* What is drawn of the blocks; the old one stays until the new one is computed. */
void graph_view_set_measure (GraphView *self, TimelineMeasure measure);
TimelineMeasure graph_view_get_measure (GraphView *self);
/* What the bands are. */
void graph_view_set_split (GraphView *self, GraphSplit split);
GraphSplit graph_view_get_split (GraphView *self);
/* The name for assistive technology; translated. */
void graph_view_set_accessible_name (GraphView *self, const char *name);
/* Whether the legend is drawn. */
void graph_view_set_legend (GraphView *self, gboolean has_legend);
/* A time that is marked whatever is selected; start and end equal for none. */
void graph_view_set_highlight (GraphView *self, TimeRange highlight);
/* Whether the time axis tells the recorded machine's clock, not seconds since the start. */
void graph_view_set_clock_axis (GraphView *self, gboolean is_clock_axis);

/* Labels of the bands that are switched off; (transfer full) NULL-terminated. They need not be those of bands that are
 * there now. */
char **graph_view_dup_hidden_labels (GraphView *self);
/* @labels: (array zero-terminated=1): of the bands that are switched off from now on. */
void graph_view_set_hidden_labels (GraphView *self, const char *const *labels);
/* Switches the band with that label on or off; FALSE when there is none. */
gboolean graph_view_toggle_band (GraphView *self, const char *label);
/* TRUE also for a label that no band has now. */
gboolean graph_view_is_band_shown (GraphView *self, const char *label);

/* Steps around the middle of the range where it can be seen, else of the view. */
void graph_view_zoom_in (GraphView *self);
void graph_view_zoom_out (GraphView *self);
/* Shows just the range; nothing where that is the whole trace. */
void graph_view_zoom_to_range (GraphView *self);
/* Shows the whole trace. */
void graph_view_unzoom (GraphView *self);
/* The whole trace as range, as Esc does. */
void graph_view_clear_range (GraphView *self);

/* Writes what is shown to @path, see chart_export_file(). */
gboolean graph_view_export (GraphView *self, const char *path, GError **error);
/* What is shown as a picture for the clipboard; (transfer full). */
GdkTexture *graph_view_dup_texture (GraphView *self);
