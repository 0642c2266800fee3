/* bench-load GENERATOR|TRACE.etl [ALLOCATIONS]: how long loading takes, against reading the same file once from the
 * page cache, how much memory it needs, and how fast the default table follows the range. All figures are of one run:
 * the file is read and loaded in turns, and the middle one of the loads is compared with the middle one of the reads.
 * The trace is made by GENERATOR and removed again, unless the file is there already.
 */
#include "bench_clock.h"
#include "bench_ranges.h"
#include "bench_report.h"
#include "bench_trace.h"
#include "bench_trace_load.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define N_TURNS 5
#define PIECE_BYTES (1 << 20)
#define PAGE_BYTES 4096
#define MALLOC_MISALIGNMENT_BYTES 16 /* of a large block from malloc() of the C library of GNU */

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
  double seconds = bench_clock_seconds_since (start_us);
  close (file);
  g_aligned_free (pages);
  return seconds;
}

/* Figures of all turns. */
typedef struct
{
  double read_seconds[N_TURNS];         /* to a block of malloc(), as a plain program would */
  double aligned_read_seconds[N_TURNS]; /* to whole pages, as fast as it gets */
  double load_seconds[N_TURNS];
  double processor_seconds[N_TURNS];
  guint64 peak_bytes, after_bytes;
} LoadFigures;

/* Reads and loads the file in turns. Returns: (transfer full): the trace of the last load. */
static PoolTrace *
measure_loads (const char *path, LoadFigures *figures)
{
  PoolTrace *trace = NULL;
  time_read (path, 0);
  for (guint turn = 0; turn < N_TURNS; turn++)
    {
      BenchLoadCost cost;
      figures->read_seconds[turn] = time_read (path, MALLOC_MISALIGNMENT_BYTES);
      figures->aligned_read_seconds[turn] = time_read (path, 0);
      g_clear_pointer (&trace, pool_trace_unref);
      trace = bench_trace_load (path, &cost);
      figures->load_seconds[turn] = cost.seconds;
      figures->processor_seconds[turn] = cost.processor_seconds;
      figures->peak_bytes = MAX (figures->peak_bytes, cost.peak_bytes);
      figures->after_bytes = MAX (figures->after_bytes, cost.after_bytes);
    }
  return trace;
}

/* Memory in bytes per allocation; what may be spent besides, on stacks and on all the rest, is part of the goal. */
static void
report_memory (const PoolTrace *trace, const LoadFigures *figures)
{
  double n = (double) trace->intervals.n, besides = bench_trace_get_allowance_bytes (trace);
  bench_report_add ("memory after the load, per allocation", (double) figures->after_bytes / n, "B", 56 + besides);
  bench_report_add ("peak memory of the load, per allocation", (double) figures->peak_bytes / n, "B", 96 + besides);
  bench_report_add ("peak memory of the load, of the file's size",
                    (double) figures->peak_bytes / (double) trace->info.file_size_bytes, "x", 0.5);
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
  bench_report_add ("graph begins to grow, after the open",
                    bench_trace_load_watched (file.path, G_MAXDOUBLE).first_picture_seconds * 1e3, "ms", 300);
  bench_report_add ("default table for another range", bench_ranges_measure (trace) * 1e3, "ms", 40);
  bench_trace_file_clear (&file);
  return 0;
}
