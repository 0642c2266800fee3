/* bench-heaptrack POOLSCOPE-CLI GENERATOR [ALLOCATIONS]: how long it takes until the table of a trace is printed, against
 * heaptrack_print on the same allocations in heaptrack's own format, whose stacks are interned already. Both run as
 * processes of their own and in turns, and the middle one of the ratios counts. What both say of the number of
 * allocations and of the leaked bytes must be the same.
 *
 * heaptrack interns a stack with a size. So how long it takes depends on how many sizes a stack allocates: the second
 * case, in which each has one, is the least that it can be given, and stricter than need be.
 */
#include "bench_process.h"
#include "bench_report.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define N_TURNS 5
#define EXIT_SKIPPED 77

typedef struct
{
  char *folder, *trace, *heaptrack, *output; /* (owned): paths */
} Files;

static Files
make_files (const char *generator, const char *n_allocations, const char *sizes)
{
  g_autoptr (GError) error = NULL;
  Files files = { .folder = g_dir_make_tmp ("poolscope-bench-XXXXXX", &error) };
  g_assert_no_error (error);
  files.trace = g_build_filename (files.folder, "bench.etl", NULL);
  files.heaptrack = g_build_filename (files.folder, "bench.heaptrack", NULL);
  files.output = g_build_filename (files.folder, "output", NULL);
  g_autofree char *allocations = g_strconcat ("--allocations=", n_allocations, NULL);
  g_autofree char *heaptrack = g_strconcat ("--heaptrack=", files.heaptrack, NULL);
  const char *command[] = { generator, files.trace, allocations, heaptrack, sizes, NULL };
  bench_process_measure (command, NULL, NULL);
  return files;
}

static void
remove_files (Files *files)
{
  g_unlink (files->trace);
  g_unlink (files->heaptrack);
  g_unlink (files->output);
  g_rmdir (files->folder);
  g_free (files->trace);
  g_free (files->heaptrack);
  g_free (files->output);
  g_free (files->folder);
}

/* The text behind @title in the file at @path. */
static char *
find_after (const char *path, const char *title)
{
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  const char *found = strstr (text, title);
  g_assert_nonnull (found);
  found += strlen (title);
  return g_strndup (found, strcspn (found, "\r\n "));
}

/* @bytes as heaptrack writes them. */
static char *
format_bytes (guint64 bytes)
{
  static const char *const units[] = { "B", "K", "M", "G", "T" };
  double value = (double) bytes;
  guint unit = 0;
  for (; value > 1000 && unit + 1 < G_N_ELEMENTS (units); unit++)
    value /= 1000;
  return unit == 0 ? g_strdup_printf ("%" G_GUINT64_FORMAT "B", bytes) : g_strdup_printf ("%.2f%s", value, units[unit]);
}

/* Ends the program when the two do not tell the same; the file of output has what heaptrack_print wrote. */
static void
compare_totals (const Files *files, const char *poolscope_cli)
{
  g_autofree char *their_calls = find_after (files->output, "calls to allocation functions: ");
  g_autofree char *their_leaked = find_after (files->output, "total memory leaked: ");
  const char *command[] = { poolscope_cli, "table", files->trace, "--group", "type", "--columns", "count,size",
                            "--format", "csv", "--no-symbols", NULL };
  bench_process_measure (command, NULL, files->output);
  g_autofree char *never_freed = find_after (files->output, "\nAIFO,"), *freed = find_after (files->output, "\nAIFI,");
  guint64 n_calls = g_ascii_strtoull (never_freed, NULL, 10) + g_ascii_strtoull (freed, NULL, 10);
  guint64 leaked_bytes = g_ascii_strtoull (strchr (never_freed, ',') + 1, NULL, 10);
  g_autofree char *our_leaked = format_bytes (leaked_bytes);
  g_print ("allocations: %" G_GUINT64_FORMAT ", heaptrack %s; leaked: %s, heaptrack %s\n", n_calls, their_calls,
           our_leaked, their_leaked);
  g_assert_cmpuint (n_calls, ==, g_ascii_strtoull (their_calls, NULL, 10));
  g_assert_cmpstr (our_leaked, ==, their_leaked);
}

/* Reports as @what how long @poolscope_cli takes. @sizes: an option for @generator (nullable). */
static void
compare_times (const char *poolscope_cli, const char *generator, const char *n_allocations, const char *sizes,
               const char *heaptrack_print, const char *what)
{
  double ratios[N_TURNS];
  Files files = make_files (generator, n_allocations, sizes);
  const char *our_command[] = { poolscope_cli, "table", files.trace, "--limit", "1000", "--no-symbols", NULL };
  const char *their_command[] = { heaptrack_print, files.heaptrack, NULL };
  BenchCost ours = { 0 }, theirs = { 0 };
  for (guint turn = 0; turn < N_TURNS; turn++)
    {
      ours = bench_process_measure (our_command, NULL, files.output);
      theirs = bench_process_measure (their_command, NULL, files.output);
      ratios[turn] = ours.seconds / theirs.seconds;
    }
  compare_totals (&files, poolscope_cli);
  g_print ("poolscope-cli table %.2f s, heaptrack_print %.2f s\n", ours.seconds, theirs.seconds);
  bench_report_add (what, bench_report_get_median (ratios, N_TURNS), "x", 1);
  remove_files (&files);
}

int
main (int argc, char **argv)
{
  if (argc < 3)
    {
      g_printerr ("usage: %s POOLSCOPE-CLI GENERATOR [ALLOCATIONS]\n", argv[0]);
      return 2;
    }
  g_autofree char *heaptrack_print = g_find_program_in_path ("heaptrack_print");
  if (!heaptrack_print)
    {
      g_print ("skipped: heaptrack_print is not installed (Debian's package heaptrack)\n");
      return EXIT_SKIPPED;
    }
  const char *n_allocations = argc > 3 ? argv[3] : "5000000";
  compare_times (argv[1], argv[2], n_allocations, NULL, heaptrack_print,
                 "table of 5 M allocations, time of heaptrack_print");
  compare_times (argv[1], argv[2], n_allocations, "--one-size", heaptrack_print,
                 "the same, stacks with one size each (stricter)");
  return 0;
}
