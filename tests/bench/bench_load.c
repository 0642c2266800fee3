/* bench-load GENERATOR [ALLOCATIONS]: how long loading takes, against reading the same file once from the page
 * cache, and how fast the default table follows the range. All figures are of one run: the file is read and loaded in
 * turns, each load is compared with the reads before and after it, and the middle one of the ratios counts.
 */
#include "analysis/pool_tree.h"
#include "model/pool_trace_loader.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

#define N_TURNS 5
#define N_RANGES 20
#define PIECE_BYTES (1 << 20)

static double
seconds_since (gint64 start_us)
{
  return (double) (g_get_monotonic_time () - start_us) / G_USEC_PER_SEC;
}

/* One pass over the file in pieces of 1 MiB. */
static double
time_read (const char *path)
{
  g_autofree char *piece = g_malloc (PIECE_BYTES);
  int file = open (path, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (file, >=, 0);
  gint64 start_us = g_get_monotonic_time ();
  off_t offset = 0;
  for (gssize n; (n = pread (file, piece, PIECE_BYTES, offset)) > 0;)
    offset += n;
  double seconds = seconds_since (start_us);
  close (file);
  return seconds;
}

/* The most memory the process had resident since the last call of reset_peak(). */
static guint64
read_peak_bytes (void)
{
  g_autofree char *status = NULL;
  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  const char *line = strstr (status, "VmHWM:");
  g_assert_nonnull (line);
  return g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) * 1024;
}

static void
reset_peak (void)
{
  g_autoptr (GError) error = NULL;
  int file = open ("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);
  if (file < 0 || write (file, "5", 1) != 1)
    g_printerr ("the peak of memory cannot be reset: %s\n", g_strerror (errno));
  if (file >= 0)
    close (file);
}

static PoolTrace *
load (const char *path, double *ret_seconds)
{
  g_autoptr (GError) error = NULL;
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (ByteSource) source = byte_source_open_path (path, &error);
  g_assert_no_error (error);
  PoolTrace *trace = pool_trace_load (source, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  *ret_seconds = seconds_since (start_us);
  return trace;
}

/* The slowest of the fastest runs of fresh ranges all over the trace. */
static double
time_ranges (PoolTree *tree, gint64 end_ns)
{
  double worst = 0;
  for (guint i = 0; i < N_RANGES; i++)
    {
      TimeRange range = { end_ns / (2 * N_RANGES) * i, end_ns / 2 + end_ns / (2 * N_RANGES) * i };
      double best = G_MAXDOUBLE;
      for (guint turn = 0; turn < N_TURNS; turn++)
        {
          gint64 start_us = g_get_monotonic_time ();
          g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, range, NULL, NULL);
          best = MIN (best, seconds_since (start_us));
        }
      worst = MAX (worst, best);
    }
  return worst;
}

static int
compare_doubles (const void *a, const void *b)
{
  double left = *(const double *) a, right = *(const double *) b;
  return (left > right) - (left < right);
}

static void
report (const char *what, double value, double goal, const char *unit)
{
  g_print ("%-58s %9.2f %-3s  goal %7.2f  %s\n", what, value, unit, goal, value <= goal ? "met" : "NOT MET");
  g_print ("{\"case\": \"%s\", \"value\": %.3f, \"unit\": \"%s\", \"goal\": %.2f, \"met\": %s}\n", what, value, unit,
           goal, value <= goal ? "true" : "false");
}

static char *
make_trace (const char *generator, const char *n_allocations)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("poolscope-bench-XXXXXX", &error);
  g_assert_no_error (error);
  char *path = g_build_filename (folder, "bench.etl", NULL);
  g_autofree char *option = g_strdup_printf ("--allocations=%s", n_allocations);
  char *arguments[] = { (char *) generator, path, option, NULL };
  int status = 0;
  g_spawn_sync (NULL, arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return path;
}

static void
remove_trace (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  if (argc < 2)
    {
      g_printerr ("usage: %s GENERATOR [ALLOCATIONS]\n", argv[0]);
      return 2;
    }
  g_autofree char *path = make_trace (argv[1], argc > 2 ? argv[2] : "5000000");
  double ratios[N_TURNS], read_seconds = time_read (path), load_seconds = 0;
  guint64 peak_bytes = 0;
  g_autoptr (PoolTrace) trace = NULL;
  for (guint turn = 0; turn < N_TURNS; turn++)
    {
      double before_seconds = time_read (path);
      g_clear_pointer (&trace, pool_trace_unref);
      reset_peak ();
      trace = load (path, &load_seconds);
      peak_bytes = MAX (peak_bytes, read_peak_bytes ());
      read_seconds = (before_seconds + time_read (path)) / 2;
      ratios[turn] = load_seconds / read_seconds;
    }
  qsort (ratios, N_TURNS, sizeof *ratios, compare_doubles);
  g_print ("%" G_GSIZE_FORMAT " allocations, %.2f GB, %u processors; the last read took %.3f s, the last load %.3f s\n",
           trace->intervals.n, (double) trace->info.file_size_bytes / 1e9, g_get_num_processors (), read_seconds,
           load_seconds);
  static const Dimension grouping[] = { DIMENSION_TYPE, DIMENSION_PAGED, DIMENSION_TAG, DIMENSION_STACK };
  g_autoptr (FrameNames) names = frame_names_new (trace);
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, G_N_ELEMENTS (grouping), NULL, NULL, NULL);
  g_print ("default grouping of %u rows made in %.1f ms\n", pool_tree_get_n_nodes (tree),
           seconds_since (start_us) * 1e3);
  report ("load, times one plain read of the file", ratios[N_TURNS / 2], 10, "x");
  report ("peak memory of the load, of the file's size",
          (double) peak_bytes / (double) trace->info.file_size_bytes, 0.5, "x");
  report ("default table for another range", time_ranges (tree, pool_trace_get_end_ns (trace)) * 1e3, 100, "ms");
  remove_trace (path);
  return 0;
}
