#include "chart/chart_marks.h"

#include "chart/chart_text.h"

#include <math.h>

#define HATCH_SPACING 5.0
#define HATCH_MIN_WIDTH 6.0

/* The first and the last bin that the view shows a part of. */
static gboolean
get_visible_bins (const PoolTimeline *timeline, TimeRange view, guint *ret_first, guint *ret_last)
{
  if (timeline->n_bins == 0 || timeline->end_ns <= view.start_ns || timeline->start_ns >= view.end_ns)
    return FALSE;
  if (!chart_geometry_bin_at (timeline, view.start_ns, ret_first))
    *ret_first = 0;
  if (!chart_geometry_bin_at (timeline, view.end_ns - 1, ret_last))
    *ret_last = timeline->n_bins - 1;
  return TRUE;
}

static double
bin_edge_x (const PoolTimeline *timeline, const ChartGeometry *geometry, guint bin)
{
  return chart_geometry_time_to_x (
      geometry, bin < timeline->n_bins ? pool_timeline_get_bin_start (timeline, bin) : timeline->end_ns);
}

void
chart_marks_append_line (cairo_t *cr, const PoolTimeline *timeline, const ChartGeometry *geometry,
                         const double *values)
{
  guint first, last;
  if (!get_visible_bins (timeline, geometry->view, &first, &last))
    return;
  gboolean has_steps = timeline_chart_measure_is_rate (timeline->measure);
  double y = chart_geometry_value_to_y (geometry, values[first > 0 && !has_steps ? first - 1 : first]);
  cairo_line_to (cr, bin_edge_x (timeline, geometry, first), y);
  for (guint i = first; i <= last; i++)
    {
      y = chart_geometry_value_to_y (geometry, values[i]);
      if (has_steps)
        cairo_line_to (cr, bin_edge_x (timeline, geometry, i), y);
      cairo_line_to (cr, bin_edge_x (timeline, geometry, i + 1), y);
    }
}

void
chart_marks_draw_incomplete (const TimelineChart *chart, const ChartGeometry *geometry,
                             const ChartPalette *palette, PangoContext *context, cairo_t *cr)
{
  const ChartRectangle *plot = &geometry->plot;
  if (chart->complete_from_ns <= geometry->view.start_ns)
    return;
  double end = MIN (chart_geometry_time_to_x (geometry, chart->complete_from_ns), plot->x + plot->width);
  if (end - plot->x < 0.5)
    return;
  /* A veil over the bands: what lies under it counts less. */
  cairo_rectangle (cr, plot->x, plot->y, end - plot->x, plot->height);
  chart_color_set_source (chart_color_with_alpha (palette->surface, 0.55), cr);
  cairo_fill_preserve (cr);
  chart_color_set_source (chart_color_with_alpha (palette->text, 0.07), cr);
  cairo_fill (cr);
  if (end < plot->x + plot->width)
    {
      const double dashes[] = { 4, 3 };
      cairo_save (cr);
      cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
      cairo_set_line_width (cr, 1);
      cairo_move_to (cr, floor (end) + 0.5, plot->y);
      cairo_line_to (cr, floor (end) + 0.5, plot->y + plot->height);
      chart_color_set_source (palette->dim_text, cr);
      cairo_stroke (cr);
      cairo_restore (cr);
    }
  const char *word = chart->words.incomplete ? chart->words.incomplete : "incomplete";
  double width, height;
  chart_text_measure (context, word, &width, &height);
  /* At the bottom, as the peak's label may stand at the top. */
  if (width + 12 < end - plot->x)
    chart_text_draw (cr, context, word, (plot->x + end) / 2, plot->y + plot->height - height - 4,
                     palette->text,
                     (ChartTextStyle){ .align = CHART_ALIGN_CENTER, .halo = &palette->surface });
}

/* The index of the first loss that ends at or after @time_ns. */
static gsize
find_loss (const TimelineChart *chart, gint64 time_ns)
{
  gsize low = 0, high = chart->n_losses;
  while (low < high)
    {
      gsize middle = low + (high - low) / 2;
      if (chart->losses[middle].end_ns < time_ns)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
hatch (cairo_t *cr, const ChartRectangle *plot, double start, double end, const ChartPalette *palette)
{
  cairo_save (cr);
  cairo_rectangle (cr, start, plot->y, end - start, plot->height);
  cairo_clip_preserve (cr);
  chart_color_set_source (chart_color_with_alpha (palette->surface, 0.65), cr);
  cairo_fill (cr);
  /* All strips are cut from one pattern, so that neighbours fit together. */
  double offset = fmod (start, HATCH_SPACING), width = end - start;
  for (double y = plot->y - offset; y < plot->y + plot->height + width + HATCH_SPACING; y += HATCH_SPACING)
    {
      cairo_move_to (cr, start, y);
      cairo_line_to (cr, end, y - width);
    }
  cairo_set_line_width (cr, 1);
  chart_color_set_source (palette->loss, cr);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
chart_marks_draw_losses (const TimelineChart *chart, const ChartGeometry *geometry,
                         const ChartPalette *palette, cairo_t *cr)
{
  const ChartRectangle *plot = &geometry->plot;
  const PoolLoss *losses = chart->losses;
  double right = plot->x + plot->width;
  gsize i = find_loss (chart, geometry->view.start_ns);
  while (i < chart->n_losses && losses[i].start_ns < geometry->view.end_ns)
    {
      double start = chart_geometry_time_to_x (geometry, losses[i].start_ns) - HATCH_MIN_WIDTH / 2;
      double end = MAX (chart_geometry_time_to_x (geometry, losses[i].end_ns) + HATCH_MIN_WIDTH / 2, start);
      /* Losses whose strips would touch make one strip; those within one pixel are not looked at one by one. */
      for (;;)
        {
          gint64 next_time = chart_geometry_x_to_time (geometry, end - HATCH_MIN_WIDTH / 2 + 1);
          gsize next = MAX (find_loss (chart, next_time), i + 1);
          double last = chart_geometry_time_to_x (geometry, losses[next - 1].end_ns);
          end = MAX (end, last + HATCH_MIN_WIDTH / 2);
          i = next;
          if (i >= chart->n_losses || losses[i].start_ns >= geometry->view.end_ns
              || chart_geometry_time_to_x (geometry, losses[i].start_ns) - HATCH_MIN_WIDTH / 2 > end)
            break;
        }
      hatch (cr, plot, MAX (start, plot->x), MIN (end, right), palette);
    }
}

void
chart_marks_draw_row (const TimelineChart *chart, const ChartGeometry *geometry, const ChartPalette *palette,
                      cairo_t *cr)
{
  const PoolTimeline *row = chart->row;
  if (row == NULL || row->n_bins == 0 || (chart->timeline && row->measure != chart->timeline->measure))
    return;
  g_autoptr (ChartStack) line = chart_stack_new (row, 0);
  cairo_save (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_new_path (cr);
  chart_marks_append_line (cr, row, geometry, line->sum);
  cairo_set_line_width (cr, 4.5);
  chart_color_set_source (chart_color_with_alpha (palette->surface, 0.85), cr);
  cairo_stroke_preserve (cr);
  cairo_set_line_width (cr, 2);
  chart_color_set_source (palette->text, cr);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
chart_marks_draw_peak (const TimelineChart *chart, const ChartGeometry *geometry, const ChartStack *stack,
                       const ChartPalette *palette, PangoContext *context, cairo_t *cr)
{
  const PoolTimeline *timeline = chart->timeline;
  const ChartRectangle *plot = &geometry->plot;
  guint first, last, peak;
  /* A sum over all of the past is highest at its end; that says nothing. */
  if (timeline->measure == TIMELINE_TOTAL_SIZE || timeline->measure == TIMELINE_TOTAL_COUNT
      || !get_visible_bins (timeline, geometry->view, &first, &last))
    return;
  peak = first;
  for (guint i = first; i <= last; i++)
    if (stack->maximum[i] > stack->maximum[peak])
      peak = i;
  if (!(stack->maximum[peak] > 0))
    return;
  double x = (bin_edge_x (timeline, geometry, peak) + bin_edge_x (timeline, geometry, peak + 1)) / 2;
  double y = chart_geometry_value_to_y (geometry, stack->maximum[peak]);
  x = CLAMP (x, plot->x, plot->x + plot->width);
  cairo_new_path (cr);
  cairo_arc (cr, x, y, 3.5, 0, 2 * G_PI);
  chart_color_set_source (palette->surface, cr);
  cairo_fill_preserve (cr);
  cairo_set_line_width (cr, 1.5);
  chart_color_set_source (palette->total, cr);
  cairo_stroke (cr);

  gint64 value = llround (MIN (stack->maximum[peak] / chart_stack_get_scale (timeline), 9e18));
  g_autofree char *number = timeline_chart_dup_value_text (timeline, value);
  g_autofree char *text = g_strdup_printf ("%s %s", chart->words.peak ? chart->words.peak : "peak", number);
  double width, height;
  chart_text_measure (context, text, &width, &height);
  double left = CLAMP (x - width / 2, plot->x + 4, MAX (plot->x + 4, plot->x + plot->width - width - 4));
  chart_text_draw (cr, context, text, left, y - height - 6, palette->text,
                   (ChartTextStyle){ .halo = &palette->surface });
}
