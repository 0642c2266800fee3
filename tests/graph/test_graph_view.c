/* The graph widget on a display of its own, driven by real pointer and key events. */
#include "app/graph/graph_view_private.h"

#include "analysis/trace_fixture.h"

#define SECOND G_GINT64_CONSTANT (1000000000)
#define WIDTH 800
#define HEIGHT 400
#define SKIPPED 77

typedef struct
{
  GtkWidget *window;
  GraphView *graph;
  PoolTrace *trace;
  PoolTree *tree;
  guint n_live, n_final, n_views; /* signals since reset () */
  TimeRange last;                 /* range of the latest signal */
  char *band;
} Fixture;

static void
range_changed (GraphView *graph, gint64 start_ns, gint64 end_ns, gboolean is_final, Fixture *self)
{
  *(is_final ? &self->n_final : &self->n_live) += 1;
  self->last = (TimeRange){ start_ns, end_ns };
}

static void
view_changed (GraphView *graph, Fixture *self)
{
  self->n_views++;
}

static void
band_activated (GraphView *graph, const char *label, Fixture *self)
{
  g_free (self->band);
  self->band = g_strdup (label);
}

static void
reset (Fixture *self)
{
  self->n_live = self->n_final = self->n_views = 0;
}

static gboolean
wake_up (gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

/* Lets the window live until @condition holds; a wait in vain ends with the test's time limit. */
#define WAIT_UNTIL(condition)                                                                                \
  do                                                                                                         \
    {                                                                                                        \
      while (!(condition))                                                                                   \
        g_main_context_iteration (NULL, TRUE);                                                               \
    }                                                                                                        \
  while (0)

static void
command_done (GObject *source, GAsyncResult *result, gpointer is_done)
{
  g_assert_true (g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, NULL));
  *(gboolean *) is_done = TRUE;
}

/* One chain of xdotool commands, blanks between words; the window sees the events meanwhile. */
static void G_GNUC_PRINTF (1, 2) input (const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *commands = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_autofree char *line = g_strconcat ("xdotool ", commands, NULL);
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  gboolean is_done = FALSE;
  g_autoptr (GSubprocess) process
      = g_subprocess_newv ((const char *const *) words, G_SUBPROCESS_FLAGS_NONE, NULL);
  g_assert_nonnull (process);
  g_subprocess_wait_check_async (process, NULL, command_done, &is_done);
  WAIT_UNTIL (is_done);
}

/* Where a share of the plot is on screen; the window has no frame and stands at the origin. */
static int
plot_x (Fixture *self, double share)
{
  return (int) (self->graph->geometry.plot.x + share * self->graph->geometry.plot.width);
}

static int
plot_y (Fixture *self)
{
  return (int) (self->graph->geometry.plot.y + self->graph->geometry.plot.height / 3);
}

static void
drag (Fixture *self, double from, double to, int button)
{
  int y = plot_y (self), start = plot_x (self, from), end = plot_x (self, to);
  input ("mousemove %d %d mousedown %d", start, y, button);
  for (int i = 1; i <= 8; i++)
    input ("mousemove %d %d", start + (end - start) * i / 8, y + i);
  input ("mouseup %d", button);
}

static void
assert_near (Fixture *self, gint64 time_ns, double share)
{
  double x = chart_geometry_time_to_x (&self->graph->geometry, time_ns);
  g_assert_cmpfloat_with_epsilon (x, plot_x (self, share), 2);
}

static PoolTrace *
make_trace (void)
{
  TraceFixture *fixture = trace_fixture_new ();
  guint32 context = trace_fixture_add_context (fixture, POOL_INDEX_NONE, POOL_INDEX_NONE);
  guint32 sites[] = { trace_fixture_add_site (fixture, 0, FIXTURE_TAG ('A', 'a', 'a', 'a'), G_MAXUINT32, 0),
                      trace_fixture_add_site (fixture, 1, FIXTURE_TAG ('B', 'b', 'b', 'b'), G_MAXUINT32, 0) };
  for (guint i = 0; i < 1000; i++)
    {
      FixtureBlock block = { .allocated_ns = (gint64) i * SECOND / 100,
                             .freed_ns = POOL_TIME_NEVER,
                             .size_bytes = 4096,
                             .site = sites[i % 2],
                             .context = context };
      trace_fixture_add_block (fixture, block);
    }
  return trace_fixture_finish (fixture, 10 * SECOND);
}

static void
set_up (Fixture *self)
{
  static const Dimension grouping[] = { DIMENSION_TAG };
  self->trace = make_trace ();
  g_autoptr (FrameNames) names = frame_names_new (self->trace);
  self->tree = pool_tree_new (self->trace, names, grouping, 1, NULL, NULL, NULL);
  self->graph = GRAPH_VIEW (graph_view_new ());
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), WIDTH, HEIGHT);
  gtk_window_set_decorated (GTK_WINDOW (self->window), FALSE);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->graph));
  g_signal_connect (self->graph, "range-changed", G_CALLBACK (range_changed), self);
  g_signal_connect (self->graph, "view-changed", G_CALLBACK (view_changed), self);
  g_signal_connect (self->graph, "band-activated", G_CALLBACK (band_activated), self);
  graph_view_set_trace (self->graph, self->trace);
  graph_view_set_tree (self->graph, self->tree);
  gtk_window_present (GTK_WINDOW (self->window));
  g_timeout_add (20, wake_up, NULL);
  WAIT_UNTIL (graph_view_get_bands (self->graph) != NULL);
  input ("mousemove %d %d", plot_x (self, 0.5), plot_y (self));
  WAIT_UNTIL (self->graph->has_pointer);
}

static void
test_drag (Fixture *self)
{
  drag (self, 0.2, 0.6, 1);
  WAIT_UNTIL (self->n_final == 1);
  /* Live, not only at the end. */
  g_assert_cmpuint (self->n_live, >=, 3);
  assert_near (self, self->last.start_ns, 0.2);
  assert_near (self, self->last.end_ns, 0.6);
  g_assert_cmpint (self->graph->range.start_ns, ==, self->last.start_ns);

  gint64 length = self->last.end_ns - self->last.start_ns;
  drag (self, 0.4, 0.5, 1);
  WAIT_UNTIL (self->n_final == 2);
  g_assert_cmpint (self->last.end_ns - self->last.start_ns, ==, length);
  assert_near (self, self->last.start_ns, 0.3);

  drag (self, 0.7, 1.05, 1);
  WAIT_UNTIL (self->n_final == 3);
  g_assert_cmpint (self->last.end_ns, ==, G_MAXINT64);
  assert_near (self, self->last.start_ns, 0.3);
}

static void
test_keys (Fixture *self)
{
  graph_view_set_range (self->graph, (TimeRange){ 4 * SECOND, 6 * SECOND });
  g_assert_cmpuint (self->n_final + self->n_live, ==, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->graph));
  input ("key Left");
  WAIT_UNTIL (self->n_final == 1);
  g_assert_cmpint (self->last.start_ns, <, 4 * SECOND);
  g_assert_cmpint (self->last.end_ns, ==, 6 * SECOND);
  input ("key shift+Right");
  WAIT_UNTIL (self->n_final == 2);
  g_assert_cmpint (self->last.end_ns, >, 6 * SECOND);
  input ("key Home");
  WAIT_UNTIL (self->n_final == 3);
  g_assert_cmpint (self->last.start_ns, ==, 0);
  input ("key Escape");
  WAIT_UNTIL (self->n_final == 4);
  g_assert_true (graph_range_is_whole (self->last));
  input ("key plus");
  WAIT_UNTIL (self->n_views == 1);
  g_assert_cmpint (graph_view_get_visible_range (self->graph).end_ns, <, 8 * SECOND);
  input ("key minus");
  WAIT_UNTIL (self->n_views == 2);
}

static void
test_clicks (Fixture *self)
{
  const TimeRange range = { 4 * SECOND, 6 * SECOND };
  graph_view_set_range (self->graph, range);
  input ("mousemove %d %d click --repeat 2 --delay 50 1", plot_x (self, 0.5), plot_y (self));
  WAIT_UNTIL (self->n_views == 1);
  g_assert_cmpint (graph_view_get_visible_range (self->graph).start_ns, ==, range.start_ns);
  g_assert_cmpint (graph_view_get_visible_range (self->graph).end_ns, ==, range.end_ns);
  graph_view_unzoom (self->graph);
  g_assert_cmpint (self->graph->range.start_ns, ==, range.start_ns);
  g_assert_cmpuint (self->n_final, ==, 0);
  input ("mousemove %d %d click 1", plot_x (self, 0.9), plot_y (self));
  WAIT_UNTIL (self->n_final == 1);
  g_assert_true (graph_range_is_whole (self->last));
  /* In the range, where a second click might have followed. */
  graph_view_set_range (self->graph, range);
  g_usleep (600000);
  input ("mousemove %d %d click 1", plot_x (self, 0.5), plot_y (self));
  WAIT_UNTIL (self->n_final == 2);
  g_assert_true (graph_range_is_whole (self->last));
}

static void
test_wheel (Fixture *self)
{
  gint64 pointed = chart_geometry_x_to_time (&self->graph->geometry, plot_x (self, 0.25));
  input ("mousemove %d %d keydown ctrl click 4 click 4 keyup ctrl", plot_x (self, 0.25), plot_y (self));
  WAIT_UNTIL (self->n_views == 2);
  TimeRange zoomed = graph_view_get_visible_range (self->graph);
  g_assert_cmpint (zoomed.end_ns - zoomed.start_ns, <, 7 * SECOND);
  assert_near (self, pointed, 0.25);
  input ("keydown shift click 5 keyup shift");
  WAIT_UNTIL (self->n_views == 3);
  TimeRange panned = graph_view_get_visible_range (self->graph);
  g_assert_cmpint (panned.start_ns, >, zoomed.start_ns);
  g_assert_cmpint (panned.end_ns - panned.start_ns, ==, zoomed.end_ns - zoomed.start_ns);
  drag (self, 0.3, 0.5, 2);
  WAIT_UNTIL (self->n_views > 5);
  g_assert_cmpint (graph_view_get_visible_range (self->graph).start_ns, <, panned.start_ns);
  graph_view_unzoom (self->graph);
}

static void
test_bands (Fixture *self)
{
  const ChartRectangle item = self->graph->geometry.legend_items[0];
  input ("mousemove %d %d click 1", (int) item.x + 8, (int) item.y + 8);
  WAIT_UNTIL (self->graph->hidden_bands == 1);
  g_assert_true (graph_view_toggle_band (self->graph, "Aaaa"));
  g_assert_cmpuint (self->graph->hidden_bands, ==, 0);
  g_assert_false (graph_view_toggle_band (self->graph, "Cccc"));
  int y = (int) (self->graph->geometry.plot.y + self->graph->geometry.plot.height) - 4;
  input ("mousemove %d %d keydown ctrl click 1 keyup ctrl", plot_x (self, 0.95), y);
  WAIT_UNTIL (self->band != NULL);
  g_assert_cmpuint (graph_view_get_bands (self->graph)->n_bands, ==, 2);
  g_assert_cmpstr (self->band, ==, graph_view_get_bands (self->graph)->labels[0]);
  g_clear_pointer (&self->band, g_free);
}

static void
test_pictures (Fixture *self)
{
  g_autoptr (GdkTexture) texture = graph_view_dup_texture (self->graph);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, WIDTH);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "graph-view.svg", NULL);
  g_autoptr (GError) error = NULL;
  graph_view_export (self->graph, path, &error);
  g_assert_no_error (error);
  remove (path);
}

/* Growing, and away again. */
static void
test_preview (Fixture *self)
{
  LoadPreview *preview = load_preview_new ();
  load_preview_add (preview, 0, FALSE, 1000);
  load_preview_add (preview, SECOND, FALSE, 1000);
  graph_view_set_preview (self->graph, preview);
  WAIT_UNTIL (graph_view_get_bands (self->graph) != NULL);
  g_assert_cmpstr (graph_view_get_bands (self->graph)->labels[0], ==, "NonPaged");
  graph_view_set_preview (self->graph, NULL);
  load_preview_free (preview);
  g_assert_cmpstr (graph_view_get_bands (self->graph)->labels[0], ==, "Aaaa");
}

static void
test_no_trace (Fixture *self)
{
  graph_view_set_trace (self->graph, NULL);
  g_assert_null (graph_view_get_timeline (self->graph));
  gtk_widget_grab_focus (GTK_WIDGET (self->graph));
  drag (self, 0.2, 0.6, 1);
  input ("key Right key plus");
  g_assert_cmpuint (self->n_live + self->n_final + self->n_views, ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (Fixture *self);
  } tests[] = {
    { "/graph-view/drag", test_drag },       { "/graph-view/keys", test_keys },
    { "/graph-view/clicks", test_clicks },   { "/graph-view/wheel", test_wheel },
    { "/graph-view/bands", test_bands },     { "/graph-view/pictures", test_pictures },
    { "/graph-view/preview", test_preview }, { "/graph-view/no-trace", test_no_trace },
  };
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");
  if (xdotool == NULL || !gtk_init_check ())
    {
      g_print ("1..0 # SKIP xdotool or a display is missing\n");
      return SKIPPED;
    }
  Fixture fixture = { 0 };
  set_up (&fixture);
  g_print ("1..%d\n", (int) G_N_ELEMENTS (tests));
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      reset (&fixture);
      graph_view_set_range (fixture.graph, TIME_RANGE_WHOLE);
      graph_view_set_visible_range (fixture.graph, TIME_RANGE_WHOLE);
      tests[i].run (&fixture);
      g_print ("ok %u %s\n", i + 1, tests[i].path);
    }
  gtk_window_destroy (GTK_WINDOW (fixture.window));
  pool_tree_unref (fixture.tree);
  pool_trace_unref (fixture.trace);
  return 0;
}
