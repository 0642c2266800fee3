/* Sparklines drawn into memory: what is under the line is filled, what is above it is not. */
#include "chart/chart_sparkline.h"
#include "chart_fixture.h"

#define WIDTH 64
#define HEIGHT 16

static const ChartColor black = { 0, 0, 0, 1 };

static cairo_surface_t *
draw (const guint64 *sizes_bytes, guint n_sizes, gboolean is_right_to_left)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  chart_sparkline_draw (cr, sizes_bytes, n_sizes, WIDTH, HEIGHT, black, is_right_to_left);
  cairo_destroy (cr);
  return surface;
}

static gboolean
is_drawn (cairo_surface_t *surface, double x, double y)
{
  return fixture_pixel (surface, x, y) != 0xffffff;
}

static void
test_rises (void)
{
  const guint64 sizes_bytes[] = { 0, 0, 10, G_MAXUINT64 };
  for (guint mirrored = 0; mirrored < 2; mirrored++)
    {
      cairo_surface_t *surface = draw (sizes_bytes, G_N_ELEMENTS (sizes_bytes), mirrored != 0);
      double start = mirrored ? WIDTH - 3 : 2, end = mirrored ? 1 : WIDTH - 2;
      g_assert_false (is_drawn (surface, start, 1));
      g_assert_false (is_drawn (surface, start, HEIGHT / 2));
      g_assert_true (is_drawn (surface, start, HEIGHT - 1));
      g_assert_true (is_drawn (surface, end, 2));
      g_assert_true (is_drawn (surface, end, HEIGHT / 2));
      cairo_surface_destroy (surface);
    }
}

static void
test_flat (void)
{
  const guint64 nothing[] = { 0, 0, 0 }, same[] = { 7, 7, 7 };
  cairo_surface_t *surface = draw (nothing, G_N_ELEMENTS (nothing), FALSE);
  g_assert_false (is_drawn (surface, WIDTH / 2, HEIGHT / 2));
  g_assert_true (is_drawn (surface, WIDTH / 2, HEIGHT - 1));
  cairo_surface_destroy (surface);
  surface = draw (same, G_N_ELEMENTS (same), FALSE);
  g_assert_true (is_drawn (surface, WIDTH / 2, 0));
  cairo_surface_destroy (surface);
}

/* A line needs two points. */
static void
test_too_few (void)
{
  const guint64 one[] = { 7 };
  cairo_surface_t *surface = draw (one, G_N_ELEMENTS (one), FALSE);
  for (int x = 0; x < WIDTH; x++)
    g_assert_false (is_drawn (surface, x, HEIGHT - 1));
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart-sparkline/rises", test_rises);
  g_test_add_func ("/chart-sparkline/flat", test_flat);
  g_test_add_func ("/chart-sparkline/too-few", test_too_few);
  return g_test_run ();
}
