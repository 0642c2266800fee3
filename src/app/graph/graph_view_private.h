/* What the files of the graph widget share: graph_view.c (state), graph_view_bands.c (which of them are shown),
 * graph_view_draw.c (both layers), graph_view_input.c (the pointer on range and legend), graph_view_zoom.c (what is
 * shown of the trace), graph_view_keys.c, graph_view_text.c (in words), graph_view_picture.c (for elsewhere).
 */
#pragma once

#include "app/graph/graph_data.h"
#include "app/graph/graph_range.h"
#include "app/graph/graph_view.h"
#include "chart/timeline_chart.h"

struct _GraphView
{
  GtkWidget parent_instance;

  GtkWidget *canvas;  /* the chart: redrawn when data, view or theme change */
  GtkWidget *overlay; /* crosshair and range: redrawn with the pointer, the chart's picture is kept */
  GraphData *data;
  PoolTrace *trace; /* (nullable) */
  TimelineMeasure measure;
  GraphSplit split;
  gboolean is_clock_axis;
  gboolean hides_legend;
  TimeRange highlight; /* start and end are equal for none */
  TimeRange range;       /* selected */
  TimeRange whole, view; /* resolved */

  LoadPreview *preview; /* (nullable) (not owned) */
  PoolTimeline *preview_timeline;
  guint preview_timer;

  GHashTable *color_memory;  /* slots that bands had */
  GHashTable *hidden_labels; /* set of labels of bands that are switched off */
  guint *band_slots;         /* (array length=bands) */
  guint64 hidden_bands;
  int highlighted_band; /* index + 1, the legend item under the pointer */

  ChartGeometry geometry; /* as last laid out */

  gboolean has_pointer;
  double pointer_x, pointer_y;
  gboolean is_dragging; /* the range */
  GraphRangePart drag_part;
  double drag_x, drag_y;
  TimeRange drag_origin, pan_origin;
  gboolean is_multiple_click; /* the press that goes on now is not the first of its kind */
  guint clear_timer;          /* a click in the range clears it when no second click follows */
};

/* Asks for data of what is to be shown now. */
void graph_view_request_data (GraphView *self);
/* Takes over new timelines, bands, or which bands are switched off; emits bands-changed. */
void graph_view_results_changed (GraphView *self);
/* The user's doing: sets and emits. */
void graph_view_change_range (GraphView *self, TimeRange range, gboolean is_final);
void graph_view_change_view (GraphView *self, TimeRange view);
/* Switches a band on or off; @only_this switches all others off, or where they are, all on again. */
void graph_view_toggle_band_at (GraphView *self, guint band, gboolean only_this);
/* What is drawn, of the preview while there is one; (transfer none) (nullable). */
const PoolTimeline *graph_view_get_timeline (GraphView *self);
const TimelineBands *graph_view_get_bands (GraphView *self);
/* Finds the bands of the moment whose labels are switched off. */
void graph_view_update_hidden_bands (GraphView *self);

/* Everything that the chart shows now, with @title (nullable). Nothing is owned. */
TimelineChart graph_view_make_chart (GraphView *self, const char *title, const char *subtitle);
/* Adds canvas and overlay; the other three the controllers. */
void graph_view_draw_init (GraphView *self);
void graph_view_input_init (GraphView *self);
void graph_view_zoom_init (GraphView *self);
void graph_view_keys_init (GraphView *self);
/* Lays out @width x @height into the geometry. */
void graph_view_lay_out (GraphView *self, int width, int height);

/* Ends a drag of the range without a change; a click that waits does nothing. */
void graph_view_input_cancel (GraphView *self);
/* Shows by the pointer's shape what pressing would do at its place. */
void graph_view_update_cursor (GraphView *self);

/* Tells assistive technology what is shown and selected. */
void graph_view_update_description (GraphView *self);
/* The lines above a picture; (transfer full). */
char *graph_view_dup_title (GraphView *self);
char *graph_view_dup_subtitle (GraphView *self);
