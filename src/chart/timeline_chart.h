/* Draws a PoolTimeline on a cairo_t: stacked bands, total, axes, legend, peak, doubtful times.
 *
 * One drawing serves the window and the exported pictures.
 */
#pragma once

#include "chart/chart_geometry.h"
#include "chart/chart_palette.h"

#include <pango/pango.h>

/* Words in a chart. Whoever shows it may give translations; NULL members are English. */
typedef struct
{
  const char *other, *peak, *incomplete;
} ChartWords;

/* What to draw. Nothing is owned; what is zero is left out, so that { 0 } is an empty chart. */
typedef struct
{
  const PoolTimeline *timeline; /* (nullable) */
  const TimelineBands *bands;   /* (nullable): labels and keys of the timeline's bands */
  const guint *band_slots;      /* (nullable) (array length=n_bands): colours; NULL: from the keys */
  guint64 hidden_bands;         /* bit i: band i is switched off */
  int highlighted_band;         /* index + 1 of the band that stands out, 0 for none */
  const PoolTimeline *row; /* (nullable): outstanding of a selected row, drawn as a line over the bands */
  const char *row_label;   /* (nullable) */
  TimeRange view;          /* what to show; empty: the timeline's own span */
  TimeRange selection;     /* marked range; empty or TIME_RANGE_WHOLE: none */
  gint64 complete_from_ns; /* what is before is shaded */
  const PoolLoss *losses;  /* (array length=n_losses): as PoolTraceInfo.losses; hatched */
  gsize n_losses;
  gboolean is_clock_axis; /* time axis as local clock time, not as seconds since the start */
  gint64 clock_start_ns;  /* local time of day at time 0 */
  const char *title;      /* (nullable): first line, for pictures */
  const char *subtitle;   /* (nullable): behind the title, dimmed */
  gboolean hides_legend;
  ChartWords words;
} TimelineChart;

/* Takes from @trace what a chart shows of it: complete from, losses, clock. @trace must outlive the chart. */
void timeline_chart_set_trace (TimelineChart *self, const PoolTrace *trace);

/* Whether its values are bytes, not counts; and whether they are per second. */
gboolean timeline_chart_measure_is_bytes (TimelineMeasure measure);
gboolean timeline_chart_measure_is_rate (TimelineMeasure measure);
/* A value of one of its bins as text: "338 MiB", "41 233", and rates per second "1 200/s". (transfer full) */
char *timeline_chart_dup_value_text (const PoolTimeline *timeline, gint64 value);
/* "Outstanding size, 0.400 s – 31.000 s"; @range resolved. For the subtitle of pictures. (transfer full) */
char *timeline_chart_dup_subtitle (TimelineMeasure measure, TimeRange range);

/* The colour slot of each band; @remembered (nullable) as in chart_palette_assign_slots().
 * (array length=bands->n_bands) (transfer full) */
guint *timeline_chart_dup_slots (const TimelineBands *bands, GHashTable *remembered);

/* How many bins a timeline should have to be drawn @width wide: about one per pixel of the plot. Rates need
 * wider ones to be read: divide by CHART_RATE_BIN_WIDTH for them. */
guint timeline_chart_get_n_bins (double width);
#define CHART_RATE_BIN_WIDTH 4

/* The label of a band as it is shown: translated where it is the rest of the groups. */
const char *timeline_chart_get_band_label (const TimelineChart *self, guint band);

/* Lays the chart out in @width x @height user units with the font of @context. */
void timeline_chart_lay_out (const TimelineChart *self, PangoContext *context, double width, double height,
                             ChartGeometry *ret_geometry);
/* Draws what timeline_chart_lay_out() laid out, from the origin on; nothing outside of width x height. */
void timeline_chart_draw (const TimelineChart *self, const ChartGeometry *geometry,
                          const ChartPalette *palette, PangoContext *context, cairo_t *cr, double width,
                          double height);
/* The marked range alone, for an overlay. */
void timeline_chart_draw_selection (const ChartGeometry *geometry, TimeRange selection,
                                    const ChartPalette *palette, cairo_t *cr);
