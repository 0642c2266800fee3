/* The loader from several threads at once: loads side by side, a reader of progress and preview beside a load,
 * and cancelling at any moment. Run under ThreadSanitizer too.
 */
#include "model/pool_trace_loader.h"

#include <string.h>

static const char *trace_path;

static PoolTrace *
load (Progress *progress, LoadPreview *preview, GCancellable *cancellable, GError **error)
{
  g_autoptr (ByteSource) source = byte_source_open_path (trace_path, error);
  return source ? pool_trace_load (source, progress, preview, cancellable, error) : NULL;
}

static gpointer
load_in_thread (gpointer data)
{
  g_autoptr (GError) error = NULL;
  PoolTrace *trace = load (NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return trace;
}

static void
assert_same_bytes (const void *a, const void *b, gsize size)
{
  g_assert_true (memcmp (a, b, size) == 0);
}

/* Columns and tables of two loads of one file, whatever order the threads worked in. */
static void
assert_same_trace (const PoolTrace *a, const PoolTrace *b)
{
  g_assert_cmpuint (a->intervals.n, >, 1000);
  g_assert_cmpuint (a->intervals.n, ==, b->intervals.n);
  g_assert_cmpuint (a->n_sites, ==, b->n_sites);
  g_assert_cmpuint (a->n_stacks, ==, b->n_stacks);
  g_assert_cmpuint (a->n_frames, ==, b->n_frames);
  assert_same_bytes (a->intervals.site, b->intervals.site, a->intervals.n * 4);
  assert_same_bytes (a->intervals.freed_ns, b->intervals.freed_ns, a->intervals.n * 8);
  assert_same_bytes (a->intervals.context, b->intervals.context, a->intervals.n * 4);
  assert_same_bytes (a->stack_starts, b->stack_starts, a->n_stacks * 4);
  assert_same_bytes (a->stack_frames, b->stack_frames, a->stack_starts[a->n_stacks] * 4);
  assert_same_bytes (&a->counters, &b->counters, sizeof a->counters);
}

static void
test_side_by_side (void)
{
  GThread *threads[3];
  PoolTrace *traces[G_N_ELEMENTS (threads)];
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("load", load_in_thread, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    traces[i] = g_thread_join (threads[i]);
  for (guint i = 1; i < G_N_ELEMENTS (threads); i++)
    assert_same_trace (traces[0], traces[i]);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    pool_trace_unref (traces[i]);
}

typedef struct
{
  Progress progress;
  LoadPreview *preview;
  GCancellable *cancellable;
  gint is_done;
} Watched;

static gpointer
load_watched (gpointer data)
{
  Watched *watched = data;
  g_autoptr (GError) error = NULL;
  PoolTrace *trace = load (&watched->progress, watched->preview, watched->cancellable, &error);
  g_assert_no_error (error);
  g_atomic_int_set (&watched->is_done, TRUE);
  return trace;
}

static void
test_watching (void)
{
  Watched watched = { .preview = load_preview_new (), .cancellable = g_cancellable_new () };
  GThread *thread = g_thread_new ("load", load_watched, &watched);
  guint64 latest_bytes = 0;
  guint latest_bins = 0;
  gint64 latest_bin_ns = 0;
  g_autofree LoadPreviewSnapshot *snapshot = g_new (LoadPreviewSnapshot, 1);
  do
    {
      Progress progress = progress_read (&watched.progress);
      g_assert_cmpuint (progress.bytes_done, >=, latest_bytes);
      latest_bytes = progress.bytes_done;
      load_preview_read (watched.preview, snapshot);
      g_assert_cmpuint (snapshot->n_bins, <=, LOAD_PREVIEW_N_BINS);
      if (snapshot->bin_ns == latest_bin_ns)
        g_assert_cmpuint (snapshot->n_bins, >=, latest_bins);
      latest_bin_ns = snapshot->bin_ns;
      latest_bins = snapshot->n_bins;
      g_thread_yield ();
    }
  while (!g_atomic_int_get (&watched.is_done));
  g_autoptr (PoolTrace) trace = g_thread_join (thread);
  Progress progress = progress_read (&watched.progress);
  g_assert_cmpuint (progress.bytes_done, ==, progress.bytes_total);
  g_assert_cmpuint (progress.events_done, ==, trace->counters.values[IMPORT_EVENTS_READ]);
  load_preview_read (watched.preview, snapshot);
  g_assert_cmpuint (snapshot->n_bins, >, 0);
  load_preview_free (watched.preview);
  g_object_unref (watched.cancellable);
}

static gpointer
load_until_cancelled (gpointer data)
{
  Watched *watched = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PoolTrace) trace = load (&watched->progress, NULL, watched->cancellable, &error);
  if (trace == NULL)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  return GINT_TO_POINTER (trace == NULL);
}

/* Cancels at ever later moments, told by the bytes read, from before the first to the end. */
static void
test_cancelling (void)
{
  guint64 threshold_bytes = 0;
  guint n_cancelled = 0;
  for (guint i = 0; i < 12; i++, threshold_bytes += 1 << 17)
    {
      Watched watched = { .cancellable = g_cancellable_new () };
      if (i == 0)
        g_cancellable_cancel (watched.cancellable);
      GThread *thread = g_thread_new ("load", load_until_cancelled, &watched);
      Progress progress;
      do
        {
          progress = progress_read (&watched.progress);
          g_thread_yield ();
        }
      while (i > 0 && progress.bytes_done < threshold_bytes
             && (progress.bytes_total == 0 || progress.bytes_done < progress.bytes_total));
      g_cancellable_cancel (watched.cancellable);
      n_cancelled += GPOINTER_TO_INT (g_thread_join (thread)) ? 1 : 0;
      g_object_unref (watched.cancellable);
    }
  g_assert_cmpuint (n_cancelled, >=, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  trace_path = argv[1];
  g_test_add_func ("/loader/side-by-side", test_side_by_side);
  g_test_add_func ("/loader/watching", test_watching);
  g_test_add_func ("/loader/cancelling", test_cancelling);
  return g_test_run ();
}
