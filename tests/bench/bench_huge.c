/* bench-huge GENERATOR [SMALL-TRACE.etl HUGE-TRACE.etl]: a trace ten times larger, of about 12 GB: whether the time per
 * event stays the same, whether memory keeps its bounds, whether the table follows the range, and whether progress and
 * cancelling stay alive. The traces are made by GENERATOR in the folder for temporary files (TMPDIR) and removed again, unless they are there.
 */
#include "bench_ranges.h"
#include "bench_report.h"
#include "bench_trace.h"
#include "bench_trace_load.h"

#define N_TURNS 3
#define CANCEL_AFTER_SECONDS 2

typedef struct
{
  double ns_per_event; /* pool events */
  double after_bytes, peak_bytes, allowance_bytes; /* per allocation */
  double file_size_bytes, peak_total_bytes;
} Figures;

/* Loads the trace at @path once. @ret_range_seconds: (nullable) */
static Figures
measure (const char *path, double *ret_range_seconds)
{
  BenchLoadCost cost;
  g_autoptr (PoolTrace) trace = bench_trace_load (path, &cost);
  double n = (double) trace->intervals.n;
  g_print ("%.0f allocations, %.2f GB: loaded in %.2f s, of processor time %.2f s; %.2f GB of memory at the peak, "
           "%.2f GB after it\n",
           n, (double) trace->info.file_size_bytes / 1e9, cost.seconds, cost.processor_seconds,
           (double) cost.peak_bytes / 1e9, (double) cost.after_bytes / 1e9);
  if (ret_range_seconds != NULL)
    *ret_range_seconds = bench_ranges_measure (trace);
  return (Figures){ .ns_per_event = cost.seconds * 1e9 / (double) (trace->info.n_allocations + trace->info.n_frees),
                    .after_bytes = (double) cost.after_bytes / n,
                    .peak_bytes = (double) cost.peak_bytes / n,
                    .peak_total_bytes = (double) cost.peak_bytes,
                    .allowance_bytes = bench_trace_get_allowance_bytes (trace),
                    .file_size_bytes = (double) trace->info.file_size_bytes };
}

int
main (int argc, char **argv)
{
  if (argc != 2 && argc != 4)
    {
      g_printerr ("usage: %s GENERATOR [SMALL-TRACE.etl HUGE-TRACE.etl]\n", argv[0]);
      return 2;
    }
  BenchTraceFile small_file = bench_trace_file_make (argc > 2 ? argv[2] : argv[1], "5000000");
  BenchTraceFile huge_file = bench_trace_file_make (argc > 2 ? argv[3] : argv[1], "50000000");
  double ratios[N_TURNS], range_seconds = 0;
  Figures huge = { 0 }, former = { 0 };
  for (guint turn = 0; turn < N_TURNS; turn++)
    {
      /* The first loads bring the files into the page cache, where they fit; then each of the huge trace is compared with
       * those of the small one around it, for a machine is not always as fast. */
      if (turn == 0)
        measure (small_file.path, NULL);
      former = turn == 0 ? measure (small_file.path, NULL) : former;
      huge = measure (huge_file.path, turn + 1 == N_TURNS ? &range_seconds : NULL);
      Figures small = measure (small_file.path, NULL);
      ratios[turn] = huge.ns_per_event / ((former.ns_per_event + small.ns_per_event) / 2);
      former = small;
    }
  BenchWatchedLoad watched = bench_trace_load_watched (huge_file.path, CANCEL_AFTER_SECONDS);
  bench_trace_file_clear (&small_file);
  bench_trace_file_clear (&huge_file);
  g_assert_cmpfloat (watched.cancel_seconds, >, 0);
  bench_report_add ("time per event, 50 M allocations against 5 M", bench_report_get_median (ratios, N_TURNS),
                    "x", 1.3);
  bench_report_add ("memory after a load of 50 M, per allocation", huge.after_bytes, "B", 56 + huge.allowance_bytes);
  bench_report_add ("peak memory of a load of 50 M, per allocation", huge.peak_bytes, "B", 96 + huge.allowance_bytes);
  bench_report_add ("peak memory of a load of 50 M, of the file's size",
                    huge.peak_total_bytes / huge.file_size_bytes, "x", 0.5);
  bench_report_add ("default table of 50 M for another range", range_seconds * 1e3, "ms", 400);
  bench_report_add ("graph of 50 M begins to grow, after the open", watched.first_picture_seconds * 1e3, "ms", 300);
  bench_report_add ("longest pause of the progress of 50 M", watched.longest_pause_seconds * 1e3, "ms", 500);
  bench_report_add ("cancelling a load of 50 M", watched.cancel_seconds * 1e3, "ms", 250);
  return 0;
}
