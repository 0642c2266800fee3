#include "app/graph/graph_readout.h"

#include "chart/chart_axis.h"
#include "chart/chart_stack.h"
#include "chart/chart_text.h"

#include <glib/gi18n.h>
#include <math.h>

#define PADDING 8.0
#define MARGIN 2.0
#define SWATCH_SIZE 8.0
#define SWATCH_GAP 6.0
#define COLUMN_GAP 16.0
#define POINTER_GAP 14.0
#define LABEL_MAX_WIDTH 180.0

typedef struct
{
  char *label, *value;      /* (owned) */
  gint64 amount;            /* of a band */
  const ChartColor *swatch; /* (nullable) */
  gboolean is_band, is_line, is_bold;
} ReadoutRow;

static void
clear_row (gpointer data)
{
  ReadoutRow *row = data;
  g_free (row->label);
  g_free (row->value);
}

/* Rows in the order of the bands on screen, the topmost first. */
static GArray *
make_rows (const TimelineChart *chart, const ChartGeometry *geometry, const guint *slots,
           const ChartPalette *palette, double x, double y)
{
  const PoolTimeline *timeline = chart->timeline;
  GArray *rows = g_array_new (FALSE, TRUE, sizeof (ReadoutRow));
  g_array_set_clear_func (rows, clear_row);
  gint64 time = chart_geometry_x_to_time (geometry, x), sum = 0;
  guint bin, pointed = G_MAXUINT;
  if (!chart_geometry_bin_at (timeline, time, &bin))
    return rows;
  chart_geometry_band_at (geometry, timeline, chart->hidden_bands, x, y, &pointed);
  for (guint band = timeline->n_bands; chart->bands && slots && band-- > 0;)
    {
      if (chart_stack_is_hidden (chart->hidden_bands, band))
        continue;
      gint64 last = timeline->bands[(gsize) band * timeline->n_bins + bin].last;
      sum += last;
      ReadoutRow row = { .label = g_strdup (timeline_chart_get_band_label (chart, band)),
                         .value = timeline_chart_dup_value_text (timeline, last),
                         .amount = last,
                         .swatch = &palette->bands[slots[band]],
                         .is_band = TRUE,
                         .is_bold = band == pointed };
      g_array_append_val (rows, row);
    }
  if (timeline->n_bands == 0)
    sum = timeline->total[bin].last;
  ReadoutRow total = { .label = g_strdup (chart->hidden_bands ? _ ("Shown") : _ ("Total")),
                       .value = timeline_chart_dup_value_text (timeline, sum) };
  g_array_append_val (rows, total);
  guint row_bin;
  if (chart->row && chart->row_label && chart->row->measure == timeline->measure
      && chart_geometry_bin_at (chart->row, time, &row_bin))
    {
      ReadoutRow row = { .label = g_strdup (chart->row_label),
                         .value = timeline_chart_dup_value_text (chart->row, chart->row->total[row_bin].last),
                         .swatch = &palette->text,
                         .is_line = TRUE };
      g_array_append_val (rows, row);
    }
  return rows;
}

/* The band of the least amount, but for the one under the pointer; G_MAXUINT when there is no other. */
static guint
find_least_band (const GArray *rows)
{
  guint least = G_MAXUINT;
  for (guint i = 0; i < rows->len; i++)
    {
      const ReadoutRow *row = &g_array_index (rows, ReadoutRow, i);
      if (row->is_band && !row->is_bold
          && (least == G_MAXUINT || row->amount < g_array_index (rows, ReadoutRow, least).amount))
        least = i;
    }
  return least;
}

/* Where there is no room for more than @n_most rows, one stands for the least bands. */
static void
join_least_bands (GArray *rows, guint n_most, const PoolTimeline *timeline)
{
  guint n_joined = 0, least;
  gint64 sum = 0;
  while (rows->len + (n_joined > 0) > n_most && (least = find_least_band (rows)) != G_MAXUINT)
    {
      sum += g_array_index (rows, ReadoutRow, least).amount;
      n_joined++;
      g_array_remove_index (rows, least);
    }
  if (n_joined == 0)
    return;
  guint place = 0;
  while (place < rows->len && g_array_index (rows, ReadoutRow, place).is_band)
    place++;
  ReadoutRow joined = { .label = g_strdup_printf (ngettext ("%u more", "%u more", n_joined), n_joined),
                        .value = timeline_chart_dup_value_text (timeline, sum) };
  g_array_insert_val (rows, place, joined);
}

static void
draw_box (const ChartRectangle *box, const ChartPalette *palette, cairo_t *cr)
{
  const double radius = 6;
  double x = box->x + 0.5, y = box->y + 0.5, width = box->width - 1, height = box->height - 1;
  cairo_new_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
  chart_color_set_source (chart_color_with_alpha (palette->surface, 0.95), cr);
  cairo_fill_preserve (cr);
  cairo_set_line_width (cr, 1);
  chart_color_set_source (chart_color_with_alpha (palette->text, 0.22), cr);
  cairo_stroke (cr);
}

static void
draw_row (const ReadoutRow *row, const ChartRectangle *box, double y, double line_height,
          const ChartPalette *palette, PangoContext *context, cairo_t *cr)
{
  double x = box->x + PADDING, middle = round (y + line_height / 2);
  if (row->swatch)
    {
      cairo_rectangle (cr, x, middle - (row->is_line ? 1 : SWATCH_SIZE / 2), SWATCH_SIZE,
                       row->is_line ? 2 : SWATCH_SIZE);
      chart_color_set_source (*row->swatch, cr);
      cairo_fill (cr);
    }
  chart_text_draw (cr, context, row->label, x + SWATCH_SIZE + SWATCH_GAP, y, palette->text,
                   (ChartTextStyle){ .max_width = LABEL_MAX_WIDTH, .is_bold = row->is_bold });
  chart_text_draw (cr, context, row->value, box->x + box->width - PADDING, y, palette->text,
                   (ChartTextStyle){ .align = CHART_ALIGN_END, .is_bold = row->is_bold });
}

/* Beside the pointer, on the side where there is room, and within the plot; where it does not fit that, within the @height
 * of the graph. */
static void
place_box (ChartRectangle *box, const ChartRectangle *plot, double height, double x, double y)
{
  double top = plot->y + 4, bottom = plot->y + plot->height - 4;
  if (box->height > bottom - top)
    {
      top = MARGIN;
      bottom = height - MARGIN;
    }
  box->x = x + POINTER_GAP;
  if (box->x + box->width > plot->x + plot->width)
    box->x = x - POINTER_GAP - box->width;
  box->x = MAX (round (box->x), 2);
  box->y = round (CLAMP (y + POINTER_GAP, top, MAX (bottom - box->height, top)));
}

void
graph_readout_draw (const TimelineChart *chart, const ChartGeometry *geometry, const guint *slots,
                    const ChartPalette *palette, PangoContext *context, cairo_t *cr, double height, double x, double y)
{
  if (chart->timeline == NULL)
    return;
  g_autoptr (GArray) rows = make_rows (chart, geometry, slots, palette, x, y);
  gint64 resolution
      = (gint64) ((double) (geometry->view.end_ns - geometry->view.start_ns) / geometry->plot.width);
  g_autofree char *time = chart_time_dup_text (chart_geometry_x_to_time (geometry, x), resolution,
                                               chart->is_clock_axis, chart->clock_start_ns);
  double label_width = 0, value_width = 0, time_width, line_height;
  chart_text_measure (context, time, &time_width, &line_height);
  line_height = ceil (line_height) + 2;
  double room_for_rows = height - 2 * MARGIN - 2 * PADDING - 2 - line_height;
  join_least_bands (rows, (guint) MAX (room_for_rows / line_height, 0), chart->timeline);
  for (guint i = 0; i < rows->len; i++)
    {
      const ReadoutRow *row = &g_array_index (rows, ReadoutRow, i);
      double width;
      chart_text_measure (context, row->label, &width, NULL);
      label_width = MAX (label_width, MIN (width * 1.1, LABEL_MAX_WIDTH)); /* bold is wider */
      chart_text_measure (context, row->value, &width, NULL);
      value_width = MAX (value_width, width * 1.1);
    }
  ChartRectangle box
      = { .width = MAX (SWATCH_SIZE + SWATCH_GAP + label_width + COLUMN_GAP + value_width, time_width) };
  box.width = ceil (box.width + 2 * PADDING);
  box.height = ceil ((rows->len + 1) * line_height + 2 * PADDING + 2);
  place_box (&box, &geometry->plot, height, x, y);
  draw_box (&box, palette, cr);
  chart_text_draw (cr, context, time, box.x + PADDING, box.y + PADDING, palette->dim_text,
                   (ChartTextStyle){ 0 });
  for (guint i = 0; i < rows->len; i++)
    draw_row (&g_array_index (rows, ReadoutRow, i), &box, box.y + PADDING + 2 + (i + 1) * line_height,
              line_height, palette, context, cr);
}
