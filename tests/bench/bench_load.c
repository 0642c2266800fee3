/* bench-load GENERATOR|TRACE.etl [ALLOCATIONS]: how long loading takes, against reading the same file once from the
 * page cache, how much memory it needs, and how fast the default table follows the range. All figures are of one run:
 * the file is read and loaded in turns, and the middle one of the loads is compared with the middle one of the reads.
 * The trace is made by GENERATOR and removed again, unless the file is there already.
 */
#include "analysis/pool_tree.h"
#include "bench_report.h"
#include "bench_trace.h"
#include "model/pool_trace_loader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#define N_TURNS 5
#define N_RANGES 20
#define PIECE_BYTES (1 << 20)
#define PAGE_BYTES 4096
#define MALLOC_MISALIGNMENT_BYTES 16 /* of a large block from malloc() of the C library of GNU */

static double
seconds_since (gint64 start_us)
{
  return (double) (g_get_monotonic_time () - start_us) / G_USEC_PER_SEC;
}

/* One pass over the file in pieces of 1 MiB. Processors copy at very different speeds to places of different alignment,
 * so it is fixed: @misalignment_bytes from the start of a page. */
static double
time_read (const char *path, gsize misalignment_bytes)
{
  char *pages = g_aligned_alloc (1, PIECE_BYTES + PAGE_BYTES, PAGE_BYTES), *piece = pages + misalignment_bytes;
  memset (pages, 1, PIECE_BYTES + PAGE_BYTES);
  int file = open (path, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (file, >=, 0);
  gint64 start_us = g_get_monotonic_time ();
  off_t offset = 0;
  for (gssize n; (n = pread (file, piece, PIECE_BYTES, offset)) > 0;)
    offset += n;
  double seconds = seconds_since (start_us);
  close (file);
  g_aligned_free (pages);
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

/* Figures of all turns. */
typedef struct
{
  double read_seconds[N_TURNS];         /* to a block of malloc(), as a plain program would */
  double aligned_read_seconds[N_TURNS]; /* to whole pages, as fast as it gets */
  double load_seconds[N_TURNS];
  double processor_seconds[N_TURNS]; /* of a load, all threads together */
  guint64 peak_bytes, after_bytes; /* resident */
} LoadFigures;

/* Reads and loads the file in turns. Returns: (transfer full): the trace of the last load. */
static PoolTrace *
measure_loads (const char *path, LoadFigures *figures)
{
  PoolTrace *trace = NULL;
  time_read (path, 0);
  for (guint turn = 0; turn < N_TURNS; turn++)
    {
      figures->read_seconds[turn] = time_read (path, MALLOC_MISALIGNMENT_BYTES);
      figures->aligned_read_seconds[turn] = time_read (path, 0);
      g_clear_pointer (&trace, pool_trace_unref);
      reset_peak ();
      trace = load (path, &figures->load_seconds[turn], &figures->processor_seconds[turn]);
      figures->peak_bytes = MAX (figures->peak_bytes, read_memory_bytes ("VmHWM:"));
      figures->after_bytes = MAX (figures->after_bytes, read_memory_bytes ("VmRSS:"));
    }
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
  bench_report_add ("memory after the load, per allocation", (double) figures->after_bytes / n, "B", 56 + besides);
  bench_report_add ("peak memory of the load, per allocation", (double) figures->peak_bytes / n, "B", 96 + besides);
  bench_report_add ("peak memory of the load, of the file's size",
                    (double) figures->peak_bytes / (double) trace->info.file_size_bytes, "x", 0.5);
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
  bench_report_add ("default table for another range", time_ranges (tree, pool_trace_get_end_ns (trace)) * 1e3, "ms",
                    40);
}

int
main (int argc, char **argv)
{
  if (argc < 2)
    {
      g_printerr ("usage: %s GENERATOR|TRACE.etl [ALLOCATIONS]\n", argv[0]);
      return 2;
    }
  BenchTraceFile file = bench_trace_file_make (argv[1], argc > 2 ? argv[2] : "5000000");
  LoadFigures figures = { 0 };
  g_autoptr (PoolTrace) trace = measure_loads (file.path, &figures);
  double read_seconds = bench_report_get_median (figures.read_seconds, N_TURNS);
  double aligned_read_seconds = bench_report_get_median (figures.aligned_read_seconds, N_TURNS);
  double load_seconds = bench_report_get_median (figures.load_seconds, N_TURNS);
  g_print ("%" G_GSIZE_FORMAT " allocations, %.2f GB, %u processors; a read takes %.3f s, to whole pages %.3f s, a load "
           "%.3f s, of processor time %.3f s\n",
           trace->intervals.n, (double) trace->info.file_size_bytes / 1e9, g_get_num_processors (), read_seconds,
           aligned_read_seconds, load_seconds, bench_report_get_median (figures.processor_seconds, N_TURNS));
  bench_report_add ("load, times a plain read of the file", load_seconds / read_seconds, "x", 6);
  bench_report_add ("load, times a read of the file to whole pages", load_seconds / aligned_read_seconds, "x", 6);
  report_memory (trace, &figures);
  report_table (trace);
  bench_trace_file_clear (&file);
  return 0;
}
