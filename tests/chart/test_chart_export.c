#include "chart_fixture.h"

#include "chart/chart_export.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder;
  PoolTimeline *timeline;
  TimelineChart chart;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  const gint64 value = 1000000;
  self->folder = g_dir_make_tmp ("chart-export-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  self->timeline = fixture_timeline_new (50, 0, &value);
  self->chart = (TimelineChart){ .timeline = self->timeline, .title = "pool.etl" };
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (folder)) != NULL;)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  pool_timeline_free (self->timeline);
}

/* The bytes of a picture just written. */
static char *
export_picture (Fixture *self, const char *name, gsize *ret_length)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *contents = NULL;
  gboolean was_written = chart_export_file (&self->chart, path, 640, 360, chart_palette_get (FALSE), &error);
  g_assert_no_error (error);
  g_assert_true (was_written);
  g_assert_true (g_file_get_contents (path, &contents, ret_length, NULL));
  return contents;
}

static void
test_png (Fixture *self, gconstpointer unused)
{
  gsize length;
  g_autofree char *png = export_picture (self, "graph.PNG", &length);
  static const guint8 start[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0,    13,
                                  'I',  'H', 'D', 'R', 0,    0,    0x02, 0x80, 0, 0, 0x01, 0x68 };
  g_assert_cmpuint (length, >, sizeof start);
  g_assert_cmpmem (png, sizeof start, start, sizeof start);
}

static void
test_svg (Fixture *self, gconstpointer unused)
{
  gsize length;
  g_autofree char *svg = export_picture (self, "graph.svg", &length);
  g_assert_true (g_str_has_prefix (svg, "<?xml"));
  g_assert_nonnull (strstr (svg, "width=\"640px\" height=\"360px\""));
  g_assert_nonnull (strstr (svg, "</svg>"));
}

static void
test_pdf (Fixture *self, gconstpointer unused)
{
  gsize length;
  g_autofree char *pdf = export_picture (self, "graph.pdf", &length);
  g_assert_cmpmem (pdf, 5, "%PDF-", 5);
  g_assert_cmpmem (pdf + length - 6, 5, "%%EOF", 5);
}

static void
assert_refused (Fixture *self, const char *path, int width, int height)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (chart_export_file (&self->chart, path, width, height, chart_palette_get (FALSE), &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (error->domain, ==, G_IO_ERROR);
  g_assert_true (g_str_has_prefix (error->message, path));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_refusals (Fixture *self, gconstpointer unused)
{
  g_autofree char *ending = g_build_filename (self->folder, "graph.gif", NULL);
  g_autofree char *no_folder = g_build_filename (self->folder, "nowhere", "graph.png", NULL);
  g_autofree char *good = g_build_filename (self->folder, "graph.png", NULL);
  assert_refused (self, ending, 640, 360);
  assert_refused (self, no_folder, 640, 360);
  assert_refused (self, good, 0, 360);
  assert_refused (self, good, 640, CHART_EXPORT_MAX_SIZE + 1);
  g_assert_true (chart_export_knows_path ("a/b.Svg"));
  g_assert_false (chart_export_knows_path (".png"));
  g_assert_false (chart_export_knows_path ("png"));
}

/* An older picture is replaced as a whole, and nothing else is left in the folder. */
static void
test_replaces (Fixture *self, gconstpointer unused)
{
  gsize length;
  g_autofree char *path = g_build_filename (self->folder, "graph.png", NULL);
  g_assert_true (g_file_set_contents (path, "old", 3, NULL));
  g_free (export_picture (self, "graph.png", &length));
  g_assert_cmpuint (length, >, 3);
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (folder), ==, "graph.png");
  g_assert_null (g_dir_read_name (folder));
}

/* A palette that leaves the ground to the window still gives opaque pictures. */
static void
test_ground (Fixture *self, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (self->folder, "ground.png", NULL);
  ChartPalette palette = chart_palette_for_text ((ChartColor){ 0, 0, 0, 1 });
  g_assert_true (chart_export_file (&self->chart, path, 64, 64, &palette, NULL));
  cairo_surface_t *surface = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmphex (fixture_pixel (surface, 0, 0), ==, 0xffffff);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/chart-export/png", Fixture, NULL, set_up, test_png, tear_down);
  g_test_add ("/chart-export/svg", Fixture, NULL, set_up, test_svg, tear_down);
  g_test_add ("/chart-export/pdf", Fixture, NULL, set_up, test_pdf, tear_down);
  g_test_add ("/chart-export/refusals", Fixture, NULL, set_up, test_refusals, tear_down);
  g_test_add ("/chart-export/replaces", Fixture, NULL, set_up, test_replaces, tear_down);
  g_test_add ("/chart-export/ground", Fixture, NULL, set_up, test_ground, tear_down);
  return g_test_run ();
}
