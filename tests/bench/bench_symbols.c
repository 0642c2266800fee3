/* bench-symbols PDB-PROBE PDB-MAKER [UNITS]: how long it takes to name a thousand addresses of a large PDB,
 * and how much memory, against llvm-symbolizer on the same file in the same run. Both run as processes of
 * their own and in turns; the middle one of the ratios counts.
 */
#include "bench_process.h"
#include "bench_report.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define N_TURNS 3
#define N_ADDRESSES 1000
#define BYTES_PER_FUNCTION 32
#define FUNCTIONS_PER_UNIT 10000
#define FIRST_RVA 0x1000

static char *
write_addresses (const char *folder, guint n_units)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  char *path = g_build_filename (folder, "addresses", NULL);
  for (guint i = 0; i < N_ADDRESSES; i++)
    g_string_append_printf (
        text, "0x%x\n",
        FIRST_RVA + g_rand_int_range (random, 0, (gint32)n_units * FUNCTIONS_PER_UNIT * BYTES_PER_FUNCTION));
  g_assert_true (g_file_set_contents (path, text->str, (gssize)text->len, NULL));
  return path;
}

static void
make_pdb (const char *maker, const char *folder, const char *n_units)
{
  g_autoptr (GError) error = NULL;
  char *arguments[] = { (char *)maker, (char *)folder, (char *)n_units, NULL };
  int status = 0;
  g_spawn_sync (NULL, arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  double time_ratios[N_TURNS], memory_ratios[N_TURNS];
  BenchCost ours = { 0 }, theirs = { 0 };
  GStatBuf status;
  if (argc < 3)
    {
      g_printerr ("usage: %s PDB-PROBE PDB-MAKER [UNITS]\n", argv[0]);
      return 2;
    }
  const char *n_units = argc > 3 ? argv[3] : "16";
  g_autofree char *folder = g_dir_make_tmp ("poolscope-bench-XXXXXX", &error);
  g_assert_no_error (error);
  make_pdb (argv[2], folder, n_units);
  g_autofree char *addresses = write_addresses (folder, (guint)g_ascii_strtoull (n_units, NULL, 10));
  g_autofree char *image = g_build_filename (folder, "large.exe", NULL);
  g_autofree char *pdb = g_build_filename (folder, "large.pdb", NULL);
  g_autofree char *option = g_strconcat ("--obj=", image, NULL);
  const char *our_command[] = { argv[1], "lookup", pdb, NULL };
  const char *their_command[]
      = { "llvm-symbolizer", option, "--relative-address", "--functions=short", "--no-inlines", NULL };
  for (guint turn = 0; turn < N_TURNS; turn++)
    {
      ours = bench_process_measure (our_command, addresses, NULL);
      theirs = bench_process_measure (their_command, addresses, NULL);
      time_ratios[turn] = theirs.seconds / ours.seconds;
      memory_ratios[turn] = theirs.peak_bytes / ours.peak_bytes;
    }
  g_assert_cmpint (g_stat (pdb, &status), ==, 0);
  g_print ("PDB of %.0f MB, %u addresses: %.2f s and %.0f MB, llvm-symbolizer %.2f s and %.0f MB\n",
           (double)status.st_size / 1e6, N_ADDRESSES, ours.seconds, ours.peak_bytes / 1e6, theirs.seconds,
           theirs.peak_bytes / 1e6);
  bench_report_add_at_least ("naming addresses, times faster than llvm-symbolizer",
                             bench_report_get_median (time_ratios, N_TURNS), "x", 5);
  bench_report_add_at_least ("naming addresses, times less memory than llvm-symbolizer",
                             bench_report_get_median (memory_ratios, N_TURNS), "x", 4);
  g_unlink (addresses);
  g_unlink (image);
  g_unlink (pdb);
  g_rmdir (folder);
  return 0;
}
