#include "chart_fixture.h"

#include "base/tick_clock.h"

#include <math.h>
#include <pango/pangocairo.h>

#define WIDTH 600
#define HEIGHT 300
#define MIB G_GINT64_CONSTANT (1048576)

static const gint64 values[] = { 100 * MIB, 50 * MIB, 20 * MIB };

/* The middle between two values, at @share of the plot's width, off the grid lines. */
static guint32
pixel_between (cairo_surface_t *surface, const ChartGeometry *geometry, double share, gint64 low, gint64 high)
{
  double x = geometry->plot.x + share * geometry->plot.width;
  return fixture_pixel (surface, x, chart_geometry_value_to_y (geometry, (double) (low + high) / 2));
}

static void
test_bands (gconstpointer is_dark)
{
  const ChartPalette *palette = chart_palette_get (GPOINTER_TO_INT (is_dark));
  g_autoptr (TimelineBands) bands = fixture_bands_new (3, TRUE);
  g_autoptr (PoolTimeline) timeline = fixture_timeline_new (100, 3, values);
  g_autofree guint *slots = timeline_chart_dup_slots (bands, NULL);
  TimelineChart chart = { .timeline = timeline, .bands = bands };
  ChartGeometry geometry;
  cairo_surface_t *surface = fixture_draw (&chart, palette, WIDTH, HEIGHT, &geometry);
  gint64 low = 0;
  for (guint i = 0; i < 3; i++)
    {
      /* Time ticks lie at whole seconds, grid lines of sizes at multiples of 20 MiB. */
      g_assert_cmphex (pixel_between (surface, &geometry, 0.53, low + 2 * MIB, low + values[i] - 4 * MIB), ==,
                       fixture_color (palette->bands[slots[i]]));
      low += values[i];
    }
  /* Above the bands, and in the corners. */
  g_assert_cmphex (fixture_pixel (surface, geometry.plot.x + 0.53 * geometry.plot.width, geometry.plot.y + 3),
                   ==, fixture_color (palette->background));
  g_assert_cmphex (fixture_pixel (surface, 0, 0), ==, fixture_color (palette->background));
  g_assert_cmphex (fixture_pixel (surface, WIDTH - 1, HEIGHT - 1), ==, fixture_color (palette->background));
  g_assert_cmpuint (geometry.n_legend_items, ==, 3);
  const ChartRectangle *item = &geometry.legend_items[1];
  g_assert_cmphex (fixture_pixel (surface, item->x + 10, item->y + item->height / 2), ==,
                   fixture_color (palette->bands[slots[1]]));
  cairo_surface_destroy (surface);
}

static void
test_hidden_band (void)
{
  const ChartPalette *palette = chart_palette_get (FALSE);
  g_autoptr (TimelineBands) bands = fixture_bands_new (3, TRUE);
  g_autoptr (PoolTimeline) timeline = fixture_timeline_new (100, 3, values);
  g_autofree guint *slots = timeline_chart_dup_slots (bands, NULL);
  TimelineChart chart = { .timeline = timeline, .bands = bands, .hidden_bands = 1 };
  ChartGeometry geometry;
  cairo_surface_t *surface = fixture_draw (&chart, palette, WIDTH, HEIGHT, &geometry);
  g_assert_cmphex (pixel_between (surface, &geometry, 0.53, 0, 50 * MIB), ==,
                   fixture_color (palette->bands[slots[1]]));
  g_assert_cmpfloat (geometry.top_value, <, (double) (100 * MIB));
  cairo_surface_destroy (surface);
}

/* Nothing may be drawn outside of the given size, whatever the chart. */
static void
test_stays_inside (void)
{
  g_autoptr (TimelineBands) bands = fixture_bands_new (3, TRUE);
  g_autoptr (PoolTimeline) timeline = fixture_timeline_new (100, 3, values);
  const PoolLoss losses[] = { { 0, 0 }, { NS_PER_SECOND, NS_PER_SECOND }, { 9 * NS_PER_SECOND, 9 * NS_PER_SECOND } };
  TimelineChart chart = { .timeline = timeline,
                          .bands = bands,
                          .row = timeline,
                          .row_label = "a row with a long name that has no room at all where it should stand",
                          .title = "a title",
                          .subtitle = "behind it",
                          .complete_from_ns = NS_PER_SECOND,
                          .losses = losses,
                          .n_losses = G_N_ELEMENTS (losses),
                          .selection = { 2 * NS_PER_SECOND, 4 * NS_PER_SECOND } };
  for (int width = 1; width <= 401; width += 80)
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 500, 300);
      ChartGeometry geometry;
      cairo_t *cr = cairo_create (surface);
      PangoContext *context = pango_cairo_create_context (cr);
      timeline_chart_lay_out (&chart, context, width, 100, &geometry);
      timeline_chart_draw (&chart, &geometry, chart_palette_get (FALSE), context, cr, width, 100);
      cairo_surface_flush (surface);
      for (int x = 0; x < 500; x++)
        g_assert_cmphex (fixture_pixel (surface, x, 100), ==, 0);
      for (int y = 0; y < 300; y++)
        g_assert_cmphex (fixture_pixel (surface, width, y), ==, 0);
      g_object_unref (context);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}

/* What a trace may make of a timeline: nothing, one bin, negative, huge. */
static void
test_extremes (void)
{
  static const gint64 cases[][3]
      = { { 0, 0, 0 }, { -5, -MIB, G_MININT64 }, { G_MAXINT64, G_MAXINT64, G_MAXINT64 }, { 1, 0, -1 } };
  static const guint n_bins[] = { 0, 1, 2, 5000 };
  g_autoptr (TimelineBands) bands = fixture_bands_new (3, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint j = 0; j < G_N_ELEMENTS (n_bins); j++)
      for (guint measure = 0; measure < TIMELINE_N_MEASURES; measure++)
        {
          g_autoptr (PoolTimeline) timeline = fixture_timeline_new (n_bins[j], 3, cases[i]);
          timeline->measure = (TimelineMeasure) measure;
          TimelineChart chart = { .timeline = timeline, .bands = bands, .row = timeline, .row_label = "row" };
          ChartGeometry geometry;
          cairo_surface_destroy (fixture_draw (&chart, chart_palette_get (FALSE), 200, 120, &geometry));
          g_assert_cmpfloat (geometry.top_value, >, 0);
          g_assert_cmpint (geometry.view.start_ns, <, geometry.view.end_ns);
        }
  TimelineChart empty = { 0 };
  ChartGeometry geometry;
  cairo_surface_destroy (fixture_draw (&empty, chart_palette_get (TRUE), 200, 120, &geometry));
}

/* Bands of another timeline are not read past their end. */
static void
test_bands_that_do_not_fit (void)
{
  g_autoptr (TimelineBands) bands = fixture_bands_new (1, FALSE);
  g_autoptr (PoolTimeline) timeline = fixture_timeline_new (10, 3, values);
  TimelineChart chart = { .timeline = timeline, .bands = bands };
  ChartGeometry geometry;
  cairo_surface_destroy (fixture_draw (&chart, chart_palette_get (FALSE), 200, 120, &geometry));
}

static void
test_zoom (void)
{
  const ChartPalette *palette = chart_palette_get (FALSE);
  g_autoptr (PoolTimeline) timeline = fixture_timeline_new (10, 0, values);
  for (guint i = 5; i < 10; i++)
    timeline->total[i] = (TimelineBin){ 0, 0, 0 };
  TimelineChart chart = { .timeline = timeline, .view = { 7 * NS_PER_SECOND, 8 * NS_PER_SECOND } };
  ChartGeometry geometry;
  cairo_surface_destroy (fixture_draw (&chart, palette, WIDTH, HEIGHT, &geometry));
  /* What is out of sight does not set the scale. */
  g_assert_cmpfloat (geometry.top_value, <=, (double) MIB);
  chart.view = (TimeRange){ 0, 20 * NS_PER_SECOND };
  cairo_surface_t *surface = fixture_draw (&chart, palette, WIDTH, HEIGHT, &geometry);
  g_assert_cmphex (pixel_between (surface, &geometry, 0.13, 0, 90 * MIB), ==,
                   fixture_color (palette->bands[0]));
  g_assert_cmphex (pixel_between (surface, &geometry, 0.83, 0, 90 * MIB), ==,
                   fixture_color (palette->background));
  cairo_surface_destroy (surface);
}

static void
test_doubtful_times (void)
{
  const ChartPalette *palette = chart_palette_get (FALSE);
  g_autoptr (PoolTimeline) timeline = fixture_timeline_new (100, 0, values);
  g_autofree PoolLoss *losses = g_new (PoolLoss, 100000);
  for (guint i = 0; i < 100000; i++)
    losses[i] = (PoolLoss){ 5 * NS_PER_SECOND + 2 * i, 5 * NS_PER_SECOND + 2 * i + 1 };
  TimelineChart chart = {
    .timeline = timeline, .complete_from_ns = 2 * NS_PER_SECOND, .losses = losses, .n_losses = 100000
  };
  ChartGeometry geometry;
  cairo_surface_t *surface = fixture_draw (&chart, palette, WIDTH, HEIGHT, &geometry);
  guint32 band = fixture_color (palette->bands[0]);
  g_assert_cmphex (pixel_between (surface, &geometry, 0.05, 0, 90 * MIB), !=, band);
  g_assert_cmphex (pixel_between (surface, &geometry, 0.25, 0, 90 * MIB), ==, band);
  g_assert_cmphex (pixel_between (surface, &geometry, 0.5, 0, 90 * MIB), !=, band);
  g_assert_cmphex (pixel_between (surface, &geometry, 0.53, 0, 90 * MIB), ==, band);
  cairo_surface_destroy (surface);
}

/* The greatest difference of a channel, of 255. */
static int
get_difference (guint32 a, guint32 b)
{
  int difference = 0;
  for (guint shift = 0; shift < 24; shift += 8)
    difference = MAX (difference, ABS ((int) (a >> shift & 0xff) - (int) (b >> shift & 0xff)));
  return difference;
}

/* Lines that rise to the right run across a loss, the same pattern at every one; a moment is as wide as can be seen, and
 * beside them is nothing but the band. */
static void
test_hatching (gconstpointer is_dark)
{
  const int spacing = 5, margin = 3;
  const ChartPalette *palette = chart_palette_get (GPOINTER_TO_INT (is_dark));
  g_autoptr (PoolTimeline) timeline = fixture_timeline_new (100, 0, values);
  const PoolLoss losses[] = { { 3 * NS_PER_SECOND, 5 * NS_PER_SECOND }, { 7 * NS_PER_SECOND, 7 * NS_PER_SECOND } };
  TimelineChart chart = { .timeline = timeline, .losses = losses, .n_losses = G_N_ELEMENTS (losses) };
  ChartGeometry geometry;
  cairo_surface_t *surface = fixture_draw (&chart, palette, WIDTH, HEIGHT, &geometry);
  guint32 band = fixture_color (palette->bands[0]);
  int y = (int) chart_geometry_value_to_y (&geometry, (double) (55 * MIB)); /* off the grid lines */
  for (gsize i = 0; i < G_N_ELEMENTS (losses); i++)
    {
      int start = (int) ceil (chart_geometry_time_to_x (&geometry, losses[i].start_ns)) - margin + 2;
      int end = (int) floor (chart_geometry_time_to_x (&geometry, losses[i].end_ns)) + margin - 2;
      int contrast = 0;
      g_assert_cmpint (end - start, >=, 1);
      for (int j = 0; j < spacing; j++)
        {
          guint32 tone = fixture_pixel (surface, start, y + j);
          contrast = MAX (contrast, get_difference (tone, fixture_pixel (surface, start, y + j + 1)));
          g_assert_cmpint (get_difference (tone, band), >, 30);
          for (int x = start; x < end; x++)
            {
              guint32 along = fixture_pixel (surface, x, y + j + 2 * spacing - (x - start) % spacing);
              g_assert_cmpint (get_difference (along, tone), <, 25); /* smoothed */
            }
          g_assert_cmphex (fixture_pixel (surface, start - margin - 2, y + j), ==, band);
          g_assert_cmphex (fixture_pixel (surface, end + margin + 2, y + j), ==, band);
        }
      g_assert_cmpint (contrast, >, 50);
    }
  cairo_surface_destroy (surface);
}

static void
test_selection (void)
{
  const ChartPalette *palette = chart_palette_get (FALSE);
  g_autoptr (PoolTimeline) timeline = fixture_timeline_new (100, 0, values);
  TimelineChart chart = { .timeline = timeline }, marked = chart, whole = chart;
  ChartGeometry geometry;
  marked.selection = (TimeRange){ 4 * NS_PER_SECOND, 6 * NS_PER_SECOND };
  whole.selection = TIME_RANGE_WHOLE;
  cairo_surface_t *plain = fixture_draw (&chart, palette, WIDTH, HEIGHT, &geometry);
  cairo_surface_t *with_range = fixture_draw (&marked, palette, WIDTH, HEIGHT, &geometry);
  cairo_surface_t *with_whole = fixture_draw (&whole, palette, WIDTH, HEIGHT, &geometry);
  double y = chart_geometry_value_to_y (&geometry, (double) (50 * MIB)) + 5;
  double outside = geometry.plot.x + 0.15 * geometry.plot.width;
  g_assert_cmphex (fixture_pixel (with_range, outside, y), !=, fixture_pixel (plain, outside, y));
  g_assert_cmphex (fixture_pixel (with_whole, outside, y), ==, fixture_pixel (plain, outside, y));
  double edge = chart_geometry_time_to_x (&geometry, 4 * NS_PER_SECOND);
  g_assert_cmphex (fixture_pixel (with_range, edge, y), ==, fixture_color (palette->selection));
  cairo_surface_destroy (plain);
  cairo_surface_destroy (with_range);
  cairo_surface_destroy (with_whole);
}

/* Only the rest of the groups has another name; a group may be called the same. */
static void
test_band_labels (void)
{
  g_autoptr (TimelineBands) bands = fixture_bands_new (3, TRUE);
  TimelineChart chart = { .bands = bands };
  g_assert_cmpstr (timeline_chart_get_band_label (&chart, 2), ==, "Other");
  chart.words.other = "Otros";
  g_assert_cmpstr (timeline_chart_get_band_label (&chart, 2), ==, "Otros");
  g_assert_cmpstr (timeline_chart_get_band_label (&chart, 0), ==, "a");
  g_free (bands->labels[0]);
  bands->labels[0] = g_strdup ("Other");
  g_assert_cmpstr (timeline_chart_get_band_label (&chart, 0), ==, "Other");
}

static void
test_texts (void)
{
  g_autoptr (PoolTimeline) timeline = fixture_timeline_new (10, 0, values); /* bins of 1 s */
  g_autofree char *subtitle
      = timeline_chart_dup_subtitle (TIMELINE_OUTSTANDING_SIZE, (TimeRange){ 400000000, 31 * NS_PER_SECOND });
  g_assert_cmpstr (subtitle, ==, "Outstanding size, 0.40 s – 31.00 s");
  g_autofree char *size = timeline_chart_dup_value_text (timeline, 338 * MIB);
  g_assert_cmpstr (size, ==, "338 MiB");
  timeline->measure = TIMELINE_FREE_RATE;
  g_autofree char *rate = timeline_chart_dup_value_text (timeline, 12);
  g_assert_cmpstr (rate, ==, "12/s");
  g_assert_cmpuint (timeline_chart_get_n_bins (0), ==, 1);
  g_assert_cmpuint (timeline_chart_get_n_bins (640.5), ==, 640);
  g_assert_cmpuint (timeline_chart_get_n_bins (1e12), <=, 100000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/timeline-chart/bands/light", GINT_TO_POINTER (FALSE), test_bands);
  g_test_add_data_func ("/timeline-chart/bands/dark", GINT_TO_POINTER (TRUE), test_bands);
  g_test_add_func ("/timeline-chart/hidden-band", test_hidden_band);
  g_test_add_func ("/timeline-chart/stays-inside", test_stays_inside);
  g_test_add_func ("/timeline-chart/extremes", test_extremes);
  g_test_add_func ("/timeline-chart/bands-that-do-not-fit", test_bands_that_do_not_fit);
  g_test_add_func ("/timeline-chart/zoom", test_zoom);
  g_test_add_func ("/timeline-chart/doubtful-times", test_doubtful_times);
  g_test_add_data_func ("/timeline-chart/hatching/light", GINT_TO_POINTER (FALSE), test_hatching);
  g_test_add_data_func ("/timeline-chart/hatching/dark", GINT_TO_POINTER (TRUE), test_hatching);
  g_test_add_func ("/timeline-chart/selection", test_selection);
  g_test_add_func ("/timeline-chart/band-labels", test_band_labels);
  g_test_add_func ("/timeline-chart/texts", test_texts);
  return g_test_run ();
}
