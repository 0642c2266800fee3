/* The copied stack where symbols are known: rows that merge several return addresses of a function. */
#include "base/tick_clock.h"
#include "export/stack_report.h"
#include "sample/pdb_writer.h"
#include "trace_fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define DRIVER_BASE G_GUINT64_CONSTANT (0xffff800000010000)
#define KERNEL_BASE G_GUINT64_CONSTANT (0xffff800000020000)
#define N_CALLS 9
#define FILL_RVA PDB_CODE_RVA
#define START_RVA (PDB_CODE_RVA + 0x200)

static const PdbFunction functions[] = { { "Fill", FILL_RVA, 0x200, 100 }, { "Start", START_RVA, 0x100, 200 } };

static const PdbImage pdb = { .guid = { 4, 3, 2, 1, 6, 5, 8, 7, 9, 10, 11, 12, 13, 14, 15, 16 },
                              .age = 1,
                              .time_date_stamp = 1472775000,
                              .image_size_bytes = 0x4000,
                              .functions = functions,
                              .n_functions = G_N_ELEMENTS (functions),
                              .source_file = "c:\\src\\driver.c" };

typedef struct
{
  char *folder, *file; /* (owned): of the PDB */
  PoolTrace *trace;
  FrameNames *names;
} Fixture;

/* Fill allocates at N_CALLS places, the first the most often; Start calls it from two. */
static PoolTrace *
make_trace (void)
{
  TraceFixture *fixture = trace_fixture_new ();
  trace_fixture_add_image (fixture, "driver.sys", DRIVER_BASE, 0x4000);
  trace_fixture_add_image (fixture, "ntoskrnl.exe", KERNEL_BASE, 0x1000);
  guint32 context = trace_fixture_add_context (fixture, POOL_INDEX_NONE, POOL_INDEX_NONE);
  for (guint i = 0; i < N_CALLS; i++)
    {
      guint32 stack = trace_fixture_add_stack (
          fixture, (guint64[]){ DRIVER_BASE + START_RVA + (i < 7 ? 0x21 : 0x91),
                                DRIVER_BASE + FILL_RVA + 0x11 + 0x18 * i, KERNEL_BASE + 0x1e }, 3);
      guint32 site
          = trace_fixture_add_site (fixture, 0, FIXTURE_TAG ('L', 'e', 'a', 'k'), POOL_SESSION_NONE, stack);
      trace_fixture_add_block (fixture, (FixtureBlock){ NS_PER_SECOND * (i + 1), POOL_TIME_NEVER, 1024 * (N_CALLS - i),
                                                        site, context, 0, 0 });
    }
  PoolTrace *trace = trace_fixture_finish (fixture, 10 * NS_PER_SECOND - 1);
  trace->info.display_name = g_strdup ("pool.etl");
  PoolImage *image = &trace->images[0];
  image->time_date_stamp = pdb.time_date_stamp;
  image->has_pdb_identity = TRUE;
  image->pdb_name = g_strdup ("driver.pdb");
  memcpy (image->pdb_guid, pdb.guid, sizeof pdb.guid);
  image->pdb_age = pdb.age;
  return trace;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  self->folder = g_dir_make_tmp ("poolscope-report-XXXXXX", &error);
  g_assert_no_error (error);
  self->file = g_build_filename (self->folder, "driver.pdb", NULL);
  g_autoptr (GBytes) bytes = pdb_writer_make (&pdb);
  g_file_set_contents (self->file, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  self->trace = make_trace ();
  g_autoptr (SymbolModules) modules = symbol_modules_new (self->trace);
  g_autoptr (SymbolLocator) locator = symbol_locator_new (
      &(SymbolLocatorOptions){ .path = self->folder, .default_store = self->folder, .is_offline = TRUE });
  symbol_resolver_load (symbol_modules_get_resolver (modules), &(SymbolLoadOptions){ .locator = locator }, NULL,
                        &error);
  g_assert_no_error (error);
  self->names = frame_names_new_with_symbols (self->trace, modules, NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_remove (self->file);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->file);
  g_free (self->folder);
  frame_names_unref (self->names);
  pool_trace_unref (self->trace);
}

/* The lines of the frames of what is copied for a row. */
static char *
copy_frames (const Fixture *self, const char *const *path)
{
  static const Dimension grouping[] = { DIMENSION_TYPE, DIMENSION_STACK };
  g_autoptr (PoolTree) tree
      = pool_tree_new (self->trace, self->names, grouping, G_N_ELEMENTS (grouping), NULL, NULL, NULL);
  g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, TIME_RANGE_WHOLE, NULL, NULL);
  StackReport report = { .values = values };
  g_assert_true (pool_tree_values_find_path (values, path, &report.row));
  g_autofree char *text = stack_report_dup_text (&report, NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *frames = g_string_new (NULL);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "  ") || g_str_has_prefix (lines[i], "heaviest"))
      g_string_append_printf (frames, "%s\n", lines[i]);
  return g_string_free (frames, FALSE);
}

/* Each line with the addresses and sizes of what the row is about, the largest first, six at most. */
static void
test_merged (Fixture *self, gconstpointer data)
{
  static const char *const paths[][5] = {
    { "AIFO", NULL },
    { "AIFO", "driver.sys!Start", NULL },
    { "AIFO", "driver.sys!Start", "driver.sys!Fill", NULL },
    { "AIFO", "driver.sys!Start", "driver.sys!Fill", "ntoskrnl.exe+0x1e", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *frames = copy_frames (self, paths[i]);
      g_assert_cmpstr (frames, ==,
                       "  driver.sys!Start+0x21 [driver.c @ 201] 42 KiB, +0x91 [driver.c @ 206] 3 KiB\n"
                       "  driver.sys!Fill+0x11 [driver.c @ 100] 9 KiB, +0x29 [driver.c @ 101] 8 KiB, "
                       "+0x41 [driver.c @ 102] 7 KiB, +0x59 [driver.c @ 103] 6 KiB, +0x71 [driver.c @ 104] 5 KiB, "
                       "+0x89 [driver.c @ 105] 4 KiB, 3 more\n"
                       "  ntoskrnl.exe+0x1e\n");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/export/stack-report/merged", Fixture, NULL, set_up, test_merged, tear_down);
  return g_test_run ();
}
