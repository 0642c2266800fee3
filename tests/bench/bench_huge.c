/* bench-huge GENERATOR [SMALL-TRACE.etl HUGE-TRACE.etl]: a trace ten times larger, of about 12 GB: whether the time per
 * event stays the same, whether memory keeps its bounds, whether the table follows the range, and whether progress and
 * cancelling stay alive. The traces are made by GENERATOR in the folder for temporary files (TMPDIR) and removed again, unless they are there.
 */
#include "bench_ranges.h"
#include "bench_report.h"
#include "bench_trace.h"
#include "bench_trace_load.h"

#define N_SMALL_TURNS 5
#define N_HUGE_TURNS 2
#define CANCEL_AFTER_SECONDS 2

typedef struct
{
  double ns_per_event; /* pool events */
  double after_bytes, peak_bytes, allowance_bytes; /* per allocation */
  double file_size_bytes, peak_total_bytes;
  double range_seconds; /* of a fresh range */
} Figures;

/* The fastest of @n_turns loads: the first one also brings the file into the page cache, where it fits. */
static Figures
measure (const char *path, guint n_turns)
{
  Figures figures = { .ns_per_event = G_MAXDOUBLE };
  for (guint turn = 0; turn < n_turns; turn++)
    {
      BenchLoadCost cost;
      g_autoptr (PoolTrace) trace = bench_trace_load (path, &cost);
      double n = (double) trace->intervals.n;
      double n_events = (double) (trace->info.n_allocations + trace->info.n_frees);
      g_print ("%.0f allocations, %.2f GB: loaded in %.2f s, of processor time %.2f s; %.2f GB of memory at the peak, "
               "%.2f GB after it\n",
               n, (double) trace->info.file_size_bytes / 1e9, cost.seconds, cost.processor_seconds,
               (double) cost.peak_bytes / 1e9, (double) cost.after_bytes / 1e9);
      figures.ns_per_event = MIN (figures.ns_per_event, cost.seconds * 1e9 / n_events);
      figures.after_bytes = (double) cost.after_bytes / n;
      figures.peak_bytes = (double) cost.peak_bytes / n;
      figures.peak_total_bytes = (double) cost.peak_bytes;
      figures.allowance_bytes = bench_trace_get_allowance_bytes (trace);
      figures.file_size_bytes = (double) trace->info.file_size_bytes;
      if (turn + 1 == n_turns)
        figures.range_seconds = bench_ranges_measure (trace);
    }
  return figures;
}

int
main (int argc, char **argv)
{
  if (argc != 2 && argc != 4)
    {
      g_printerr ("usage: %s GENERATOR [SMALL-TRACE.etl HUGE-TRACE.etl]\n", argv[0]);
      return 2;
    }
  BenchTraceFile file = bench_trace_file_make (argc > 2 ? argv[2] : argv[1], "5000000");
  Figures small = measure (file.path, N_SMALL_TURNS);
  bench_trace_file_clear (&file);
  file = bench_trace_file_make (argc > 2 ? argv[3] : argv[1], "50000000");
  Figures huge = measure (file.path, N_HUGE_TURNS);
  BenchWatchedLoad watched = bench_trace_load_watched (file.path, CANCEL_AFTER_SECONDS);
  bench_trace_file_clear (&file);
  g_assert_cmpfloat (watched.cancel_seconds, >, 0);
  bench_report_add ("time per event, 50 M allocations against 5 M", huge.ns_per_event / small.ns_per_event, "x", 1.3);
  bench_report_add ("memory after a load of 50 M, per allocation", huge.after_bytes, "B", 56 + huge.allowance_bytes);
  bench_report_add ("peak memory of a load of 50 M, per allocation", huge.peak_bytes, "B", 96 + huge.allowance_bytes);
  bench_report_add ("peak memory of a load of 50 M, of the file's size",
                    huge.peak_total_bytes / huge.file_size_bytes, "x", 0.5);
  bench_report_add ("default table of 50 M for another range", huge.range_seconds * 1e3, "ms", 400);
  bench_report_add ("graph of 50 M begins to grow, after the open", watched.first_picture_seconds * 1e3, "ms", 300);
  bench_report_add ("longest pause of the progress of 50 M", watched.longest_pause_seconds * 1e3, "ms", 500);
  bench_report_add ("cancelling a load of 50 M", watched.cancel_seconds * 1e3, "ms", 250);
  return 0;
}
