/* bench-load GENERATOR|TRACE.etl [ALLOCATIONS]: how long loading takes, against reading the same file once from the
 * page cache, how much memory it needs, and how fast the default table follows the range. All figures are of one run:
 * the file is read and loaded in turns, and the middle one of the loads is compared with the middle one of the reads.
 * The trace is made by GENERATOR and removed again, unless the file is there already.
 */
#include "analysis/pool_tree.h"
#include "model/pool_trace_loader.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/resource.h>
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
  g_autoptr (GError) error = NULL;
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

static PoolTrace *
load (const char *path, double *ret_seconds, double *ret_processor_seconds)
{
  g_autoptr (GError) error = NULL;
  double processor_seconds = read_processor_seconds ();
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (ByteSource) source = byte_source_open_path (path, &error);
  g_assert_no_error (error);
  PoolTrace *trace = pool_trace_load (source, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  *ret_seconds = seconds_since (start_us);
  *ret_processor_seconds = read_processor_seconds () - processor_seconds;
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

/* Figures of all turns. */
typedef struct
{
  double read_seconds[N_TURNS], load_seconds[N_TURNS];
  double processor_seconds[N_TURNS]; /* of a load, all threads together */
  guint64 peak_bytes, after_bytes; /* resident */
} LoadFigures;

/* Reads and loads the file in turns. Returns: (transfer full): the trace of the last load. */
static PoolTrace *
measure_loads (const char *path, LoadFigures *figures)
{
  PoolTrace *trace = NULL;
  time_read (path);
  for (guint turn = 0; turn < N_TURNS; turn++)
    {
      figures->read_seconds[turn] = time_read (path);
      g_clear_pointer (&trace, pool_trace_unref);
      reset_peak ();
      trace = load (path, &figures->load_seconds[turn], &figures->processor_seconds[turn]);
      figures->peak_bytes = MAX (figures->peak_bytes, read_memory_bytes ("VmHWM:"));
      figures->after_bytes = MAX (figures->after_bytes, read_memory_bytes ("VmRSS:"));
    }
  qsort (figures->read_seconds, N_TURNS, sizeof (double), compare_doubles);
  qsort (figures->load_seconds, N_TURNS, sizeof (double), compare_doubles);
  qsort (figures->processor_seconds, N_TURNS, sizeof (double), compare_doubles);
  return trace;
}

/* Memory in bytes per allocation; what may be spent besides, on stacks and on all the rest, is part of the goal. */
static void
report_memory (const PoolTrace *trace, const LoadFigures *figures)
{
  double n = (double) trace->intervals.n;
  gsize stack_bytes = trace->n_stacks * sizeof *trace->stack_starts
                      + trace->stack_starts[trace->n_stacks] * sizeof *trace->stack_frames
                      + trace->n_frames * sizeof *trace->frames;
  double besides = ((double) stack_bytes + 128 * 1024 * 1024) / n;
  report ("memory after the load, per allocation", (double) figures->after_bytes / n, 56 + besides, "B");
  report ("peak memory of the load, per allocation", (double) figures->peak_bytes / n, 96 + besides, "B");
  report ("peak memory of the load, of the file's size",
          (double) figures->peak_bytes / (double) trace->info.file_size_bytes, 0.5, "x");
}

static void
report_table (PoolTrace *trace)
{
  static const Dimension grouping[] = { DIMENSION_TYPE, DIMENSION_PAGED, DIMENSION_TAG, DIMENSION_STACK };
  g_autoptr (FrameNames) names = frame_names_new (trace);
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, G_N_ELEMENTS (grouping), NULL, NULL, NULL);
  g_print ("default grouping of %u rows made in %.1f ms\n", pool_tree_get_n_nodes (tree),
           seconds_since (start_us) * 1e3);
  report ("default table for another range", time_ranges (tree, pool_trace_get_end_ns (trace)) * 1e3, 100, "ms");
}

int
main (int argc, char **argv)
{
  if (argc < 2)
    {
      g_printerr ("usage: %s GENERATOR|TRACE.etl [ALLOCATIONS]\n", argv[0]);
      return 2;
    }
  gboolean is_there = g_str_has_suffix (argv[1], ".etl");
  g_autofree char *path = is_there ? g_strdup (argv[1]) : make_trace (argv[1], argc > 2 ? argv[2] : "5000000");
  LoadFigures figures = { 0 };
  g_autoptr (PoolTrace) trace = measure_loads (path, &figures);
  double read_seconds = figures.read_seconds[N_TURNS / 2], load_seconds = figures.load_seconds[N_TURNS / 2];
  g_print ("%" G_GSIZE_FORMAT " allocations, %.2f GB, %u processors; a read takes %.3f s, a load %.3f s, of processor "
           "time %.3f s\n",
           trace->intervals.n, (double) trace->info.file_size_bytes / 1e9, g_get_num_processors (), read_seconds,
           load_seconds, figures.processor_seconds[N_TURNS / 2]);
  report ("load, times one plain read of the file", load_seconds / read_seconds, 6, "x");
  report_memory (trace, &figures);
  report_table (trace);
  if (!is_there)
    remove_trace (path);
  return 0;
}
