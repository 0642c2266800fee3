#include "chart/timeline_chart.h"

#include "base/number_format.h"
#include "base/tick_clock.h"
#include "chart/chart_axis.h"
#include "chart/chart_bands.h"
#include "chart/chart_frame.h"
#include "chart/chart_legend.h"
#include "chart/chart_marks.h"
#include "chart/chart_text.h"

#include <math.h>

#define MAX_BINS 8192
#define MAX_SPAN_NS (G_GINT64_CONSTANT (1) << 62)

void
timeline_chart_set_trace (TimelineChart *self, const PoolTrace *trace)
{
  const PoolTraceInfo *info = &trace->info;
  const gint64 seconds_per_day = 24 * 60 * 60;
  self->complete_from_ns = info->complete_from_ns;
  self->losses = info->losses;
  self->n_losses = info->n_losses;
  /* FILETIME counts from a midnight, in 100 ns. */
  gint64 seconds = info->start_filetime / (NS_PER_SECOND / 100) - (gint64) info->bias_minutes * 60;
  seconds = (seconds % seconds_per_day + seconds_per_day) % seconds_per_day;
  gint64 fraction = info->start_filetime % (NS_PER_SECOND / 100) * 100;
  self->clock_start_ns = seconds * NS_PER_SECOND + MAX (fraction, 0);
}

/* "Outstanding size" */
static const char *
get_measure_name (TimelineMeasure measure)
{
  static const char *const names[TIMELINE_N_MEASURES] = {
    [TIMELINE_OUTSTANDING_SIZE] = "Outstanding size",
    [TIMELINE_OUTSTANDING_COUNT] = "Outstanding count",
    [TIMELINE_TOTAL_SIZE] = "Total size of allocations",
    [TIMELINE_TOTAL_COUNT] = "Total count of allocations",
    [TIMELINE_ALLOCATION_RATE] = "Allocations per second",
    [TIMELINE_FREE_RATE] = "Frees per second",
  };
  return measure < TIMELINE_N_MEASURES ? names[measure] : "";
}

gboolean
timeline_chart_measure_is_bytes (TimelineMeasure measure)
{
  return measure == TIMELINE_OUTSTANDING_SIZE || measure == TIMELINE_TOTAL_SIZE;
}

gboolean
timeline_chart_measure_is_rate (TimelineMeasure measure)
{
  return measure == TIMELINE_ALLOCATION_RATE || measure == TIMELINE_FREE_RATE;
}

char *
timeline_chart_dup_value_text (const PoolTimeline *timeline, gint64 value)
{
  if (timeline_chart_measure_is_bytes (timeline->measure))
    return format_bytes (value);
  if (timeline->measure == TIMELINE_OUTSTANDING_COUNT)
    return format_count (value);
  double rate = (double) value * chart_stack_get_scale (timeline);
  g_autofree char *number = format_count (llround (CLAMP (rate, -9e18, 9e18)));
  return g_strconcat (number, "/s", NULL);
}

char *
timeline_chart_dup_subtitle (TimelineMeasure measure, TimeRange range)
{
  gint64 resolution = MAX ((range.end_ns - range.start_ns) / 1000, 1);
  g_autofree char *start = chart_time_dup_text (range.start_ns, resolution, FALSE, 0);
  g_autofree char *end = chart_time_dup_text (range.end_ns, resolution, FALSE, 0);
  return g_strdup_printf ("%s, %s – %s", get_measure_name (measure), start, end);
}

/* "Other" is no group: it has no key of its own, and stands last. */
static gboolean
is_other (const TimelineBands *bands, guint band)
{
  return band + 1 == bands->n_bands && g_str_equal (bands->labels[band], "Other");
}

const char *
timeline_chart_get_band_label (const TimelineChart *self, guint band)
{
  if (self->words.other && is_other (self->bands, band))
    return self->words.other;
  return self->bands->labels[band];
}

guint *
timeline_chart_dup_slots (const TimelineBands *bands, GHashTable *remembered)
{
  guint *slots = g_new0 (guint, MAX (bands->n_bands, 1));
  guint n_colored = bands->n_bands;
  if (n_colored > 0 && is_other (bands, n_colored - 1))
    slots[--n_colored] = CHART_SLOT_OTHER;
  chart_palette_assign_slots (bands->keys, n_colored, remembered, slots);
  return slots;
}

guint
timeline_chart_get_n_bins (double width)
{
  return width < 1 ? 1 : (guint) MIN (width, MAX_BINS);
}

static TimeRange
resolve_view (const TimelineChart *self)
{
  TimeRange view = self->view;
  if (view.start_ns >= view.end_ns)
    view = self->timeline ? (TimeRange){ self->timeline->start_ns, self->timeline->end_ns }
                          : (TimeRange){ 0, 10 * NS_PER_SECOND };
  view.start_ns = CLAMP (view.start_ns, 0, MAX_SPAN_NS - 1);
  view.end_ns = CLAMP (view.end_ns, 0, MAX_SPAN_NS);
  if (view.start_ns >= view.end_ns)
    view.end_ns = view.start_ns + 1;
  return view;
}

/* The highest value to be seen in the view. */
static double
find_maximum (const TimelineChart *self, const PoolTimeline *timeline, guint64 hidden_bands, TimeRange view)
{
  double maximum = 0;
  if (timeline == NULL)
    return 0;
  g_autoptr (ChartStack) stack = chart_stack_new (timeline, hidden_bands);
  for (guint i = 0; i < stack->n_bins; i++)
    {
      gint64 end = i + 1 < stack->n_bins ? pool_timeline_get_bin_start (timeline, i + 1) : timeline->end_ns;
      if (end > view.start_ns && pool_timeline_get_bin_start (timeline, i) < view.end_ns)
        maximum = MAX (maximum, stack->maximum[i]);
    }
  return maximum;
}

void
timeline_chart_lay_out (const TimelineChart *self, PangoContext *context, double width, double height,
                        ChartGeometry *ret_geometry)
{
  ChartGeometry *geometry = ret_geometry;
  double label_width, line_height;
  *geometry = (ChartGeometry){ .view = resolve_view (self) };
  /* Room for the widest label that can come, so that the plot stays where it is when values change. */
  chart_text_measure (context, "8888 MiB", &label_width, &line_height);
  double left = ceil (CHART_MARGIN + label_width + CHART_LABEL_GAP), right = CHART_MARGIN + 4;
  double top = self->title ? ceil (CHART_MARGIN + line_height + 8) : CHART_MARGIN;
  double bottom = ceil (CHART_TICK_LENGTH + 2 + line_height + 6);
  if (!self->hides_legend)
    {
      guint max_rows = (guint) CLAMP ((height - top - bottom) / (4 * line_height), 0, 4);
      double legend_height
          = chart_legend_lay_out (self, context, left, 0, width - left - right, max_rows, geometry);
      if (legend_height > 0)
        bottom += legend_height + 6;
      for (guint i = 0; i < geometry->n_legend_items; i++)
        geometry->legend_items[i].y += height - legend_height - 6;
      geometry->row_item.y += height - legend_height - 6;
    }
  geometry->plot
      = (ChartRectangle){ left, top, MAX (width - left - right, 1), MAX (height - top - bottom, 1) };

  double maximum = MAX (find_maximum (self, self->timeline, self->hidden_bands, geometry->view),
                        find_maximum (self, self->row, 0, geometry->view));
  /* The label of the peak stands above it. */
  double head_room = MIN (line_height + 12, geometry->plot.height / 3);
  geometry->top_value = maximum * geometry->plot.height / (geometry->plot.height - head_room);
  if (!(geometry->top_value > 0))
    geometry->top_value = self->timeline == NULL || timeline_chart_measure_is_bytes (self->timeline->measure)
                              ? 1024 * 1024
                              : 10;
}

void
timeline_chart_draw_selection (const ChartGeometry *geometry, TimeRange selection,
                               const ChartPalette *palette, cairo_t *cr)
{
  const ChartRectangle *plot = &geometry->plot;
  double right = plot->x + plot->width;
  if (selection.start_ns >= selection.end_ns || (selection.start_ns <= 0 && selection.end_ns == G_MAXINT64))
    return;
  double start = CLAMP (chart_geometry_time_to_x (geometry, selection.start_ns), plot->x, right);
  double end = CLAMP (chart_geometry_time_to_x (geometry, selection.end_ns), plot->x, right);
  cairo_save (cr);
  /* What is not counted steps back; what is counted keeps its colours. */
  cairo_rectangle (cr, plot->x, plot->y, start - plot->x, plot->height);
  cairo_rectangle (cr, end, plot->y, right - end, plot->height);
  chart_color_set_source (chart_color_with_alpha (palette->surface, 0.6), cr);
  cairo_fill (cr);
  cairo_rectangle (cr, start, plot->y, end - start, plot->height);
  chart_color_set_source (chart_color_with_alpha (palette->selection, 0.08), cr);
  cairo_fill (cr);
  double edges[] = { floor (start) + 0.5, ceil (end) - 0.5 };
  gint64 times[] = { selection.start_ns, selection.end_ns };
  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    {
      if (times[i] < geometry->view.start_ns || (times[i] > geometry->view.end_ns && times[i] != G_MAXINT64))
        continue;
      cairo_move_to (cr, edges[i], plot->y);
      cairo_line_to (cr, edges[i], plot->y + plot->height);
    }
  cairo_set_line_width (cr, 1);
  chart_color_set_source (palette->selection, cr);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_plot (const TimelineChart *self, const ChartGeometry *geometry, const guint *slots,
           const ChartPalette *palette, PangoContext *context, cairo_t *cr)
{
  const ChartRectangle *plot = &geometry->plot;
  g_autoptr (ChartStack) stack = chart_stack_new (self->timeline, self->hidden_bands);
  cairo_save (cr);
  cairo_rectangle (cr, plot->x, plot->y, plot->width, plot->height);
  cairo_clip (cr);
  chart_bands_draw (self, geometry, stack, slots, palette, cr);
  chart_bands_draw_total (self, geometry, stack, palette, cr);
  chart_marks_draw_incomplete (self, geometry, palette, context, cr);
  chart_marks_draw_losses (self, geometry, palette, cr);
  chart_marks_draw_row (self, geometry, palette, cr);
  cairo_restore (cr);
  chart_marks_draw_peak (self, geometry, stack, palette, context, cr);
}

void
timeline_chart_draw (const TimelineChart *self, const ChartGeometry *geometry, const ChartPalette *palette,
                     PangoContext *context, cairo_t *cr, double width, double height)
{
  g_autofree guint *own_slots = NULL;
  const guint *slots = self->band_slots;
  if (slots == NULL && self->bands)
    slots = own_slots = timeline_chart_dup_slots (self->bands, NULL);
  /* Nothing is read past the end where bands and timeline do not belong together. */
  gboolean fits
      = self->timeline
        && (self->timeline->n_bands == 0 || (self->bands && self->bands->n_bands >= self->timeline->n_bands));

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  chart_color_set_source (palette->background, cr);
  cairo_paint (cr);
  if (fits && self->timeline->n_bins > 0)
    draw_plot (self, geometry, slots, palette, context, cr);
  chart_frame_draw_value_axis (self, geometry, palette, context, cr);
  chart_frame_draw_time_axis (self, geometry, palette, context, cr, width);
  timeline_chart_draw_selection (geometry, self->selection, palette, cr);
  if (!self->hides_legend && slots)
    chart_legend_draw (self, geometry, slots, palette, context, cr);
  chart_frame_draw_title (self, geometry, palette, context, cr, width);
  cairo_restore (cr);
}
