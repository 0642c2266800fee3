#include "bench_trace_load.h"

#include "bench_clock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#define POLL_US 200

/* A field of the process's status: VmRSS is the memory resident now, VmHWM the most that was resident since the last
 * call of reset_peak(). */
static guint64
read_memory_bytes (const char *field)
{
  g_autofree char *status = NULL;
  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  const char *line = strstr (status, field);
  g_assert_nonnull (line);
  return g_ascii_strtoull (line + strlen (field), NULL, 10) * 1024;
}

static void
reset_peak (void)
{
  int file = open ("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);
  if (file < 0 || write (file, "5", 1) != 1)
    g_printerr ("the peak of memory cannot be reset: %s\n", g_strerror (errno));
  if (file >= 0)
    close (file);
}

/* What all threads of the process have computed so far. */
static double
read_processor_seconds (void)
{
  struct rusage usage;
  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / G_USEC_PER_SEC;
}

PoolTrace *
bench_trace_load (const char *path, BenchLoadCost *ret_cost)
{
  g_autoptr (GError) error = NULL;
  reset_peak ();
  double processor_seconds = read_processor_seconds ();
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (ByteSource) source = byte_source_open_path (path, &error);
  g_assert_no_error (error);
  PoolTrace *trace = pool_trace_load (source, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  *ret_cost = (BenchLoadCost){ .seconds = bench_clock_seconds_since (start_us),
                               .processor_seconds = read_processor_seconds () - processor_seconds,
                               .peak_bytes = read_memory_bytes ("VmHWM:"),
                               .after_bytes = read_memory_bytes ("VmRSS:") };
  return trace;
}

typedef struct
{
  const char *path;
  Progress progress;
  LoadPreview *preview;
  GCancellable *cancellable;
  gint is_done; /* atomic */
} Watched;

static gpointer
load_watched (gpointer data)
{
  Watched *watched = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ByteSource) source = byte_source_open_path (watched->path, &error);
  g_assert_no_error (error);
  PoolTrace *trace = pool_trace_load (source, &watched->progress, watched->preview, watched->cancellable, &error);
  g_atomic_int_set (&watched->is_done, TRUE);
  return trace;
}

/* Looks at the load until it is done or @end_seconds have passed since @start_us. */
static void
watch (Watched *watched, gint64 start_us, double end_seconds, BenchWatchedLoad *result)
{
  g_autofree LoadPreviewSnapshot *snapshot = g_new0 (LoadPreviewSnapshot, 1);
  guint64 bytes_done = 0;
  double moved_seconds = 0;
  while (!g_atomic_int_get (&watched->is_done) && bench_clock_seconds_since (start_us) < end_seconds)
    {
      g_usleep (POLL_US);
      double now_seconds = bench_clock_seconds_since (start_us);
      Progress progress = progress_read (&watched->progress);
      result->longest_pause_seconds = MAX (result->longest_pause_seconds, now_seconds - moved_seconds);
      if (progress.bytes_done != bytes_done)
        moved_seconds = now_seconds;
      bytes_done = progress.bytes_done;
      if (result->first_picture_seconds > 0)
        continue;
      load_preview_read (watched->preview, snapshot);
      if (snapshot->n_bins > 0)
        result->first_picture_seconds = now_seconds;
    }
}

BenchWatchedLoad
bench_trace_load_watched (const char *path, double cancel_after_seconds)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (LoadPreview) preview = load_preview_new ();
  Watched watched = { .path = path, .preview = preview, .cancellable = cancellable };
  BenchWatchedLoad result = { 0 };
  gint64 start_us = g_get_monotonic_time ();
  GThread *thread = g_thread_new ("load", load_watched, &watched);
  watch (&watched, start_us, cancel_after_seconds, &result);
  gint64 cancel_us = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  PoolTrace *trace = g_thread_join (thread);
  if (trace)
    pool_trace_unref (trace);
  else
    result.cancel_seconds = bench_clock_seconds_since (cancel_us);
  return result;
}

double
bench_trace_get_allowance_bytes (const PoolTrace *trace)
{
  gsize stack_bytes = trace->n_stacks * sizeof *trace->stack_starts
                      + trace->stack_starts[trace->n_stacks] * sizeof *trace->stack_frames
                      + trace->n_frames * sizeof *trace->frames;
  return ((double) stack_bytes + 128 * 1024 * 1024) / (double) trace->intervals.n;
}
