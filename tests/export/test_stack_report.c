/* The text that is copied for each kind of row, to the letter, on a trace made by hand. */
#include "base/tick_clock.h"
#include "export/stack_report.h"
#include "trace_fixture.h"

#include <string.h>

#define LEAK FIXTURE_TAG ('L', 'e', 'a', 'k')
#define FILE_TAG FIXTURE_TAG ('F', 'i', 'l', 'e')
#define MACHINE "Windows 10.0.19045 x64, recorded 2024-05-01 12:03 +02:00; no events lost; Poolscope " POOLSCOPE_VERSION "\n"
#define MODULE "myfault.sys 4.1.0.0, built 2016-09-02, PDB 0102030405060708090A0B0C0D0E0F101\n"
#define STACK                                                                                                      \
  "  NotMyfault.exe+0x10\n"                                                                                        \
  "  myfault.sys+0x9f\n"                                                                                           \
  "  ntoskrnl.exe+0x1e\n"
#define IN_SECONDS(s) ((gint64) ((s) * (double) NS_PER_SECOND))

static void
set_facts (PoolTrace *trace)
{
  trace->info.display_name = g_strdup ("pool.etl");
  trace->info.os_major = 10;
  trace->info.os_build = 19045;
  trace->info.pointer_size = 8;
  trace->info.bias_minutes = -120;
  trace->info.start_filetime = (G_GINT64_CONSTANT (1714557785) + 11644473600) * 10000000;
  PoolImage *image = &trace->images[1];
  image->file_version = g_strdup ("4.1.0.0");
  image->time_date_stamp = 1472775000;
  image->has_pdb_identity = TRUE;
  memcpy (image->pdb_guid, (guint8[]){ 4, 3, 2, 1, 6, 5, 8, 7, 9, 10, 11, 12, 13, 14, 15, 16 }, 16);
  image->pdb_age = 1;
}

/* A leak of 8 blocks by one stack and one of another, a cache of freed ones, blocks from before, and lost ones. */
static PoolTrace *
make_trace (void)
{
  TraceFixture *fixture = trace_fixture_new ();
  guint32 program = trace_fixture_add_image (fixture, "NotMyfault.exe", 0x1000, 0x1000);
  trace_fixture_add_image (fixture, "myfault.sys", 0xffff800000010000, 0x1000);
  trace_fixture_add_image (fixture, "ntoskrnl.exe", 0xffff800000020000, 0x1000);
  guint32 leaking = trace_fixture_add_stack (
      fixture, (guint64[]){ 0x1010, 0xffff80000001009f, 0xffff80000002001e }, 3);
  guint32 other = trace_fixture_add_stack (
      fixture, (guint64[]){ 0x1010, 0xffff8000000100b0, 0xffff80000002001e }, 3);
  guint32 process = trace_fixture_add_process (fixture, "NotMyfault.exe", 4711, 1);
  guint32 system = trace_fixture_add_process (fixture, "System", 4, 1);
  trace_fixture_map_image (fixture, program, process);
  guint32 own = trace_fixture_add_context (fixture, process, 8);
  guint32 systems = trace_fixture_add_context (fixture, system, 12);
  guint32 unknown = trace_fixture_add_context (fixture, POOL_INDEX_NONE, POOL_INDEX_NONE);
  trace_fixture_add_thread (fixture, own, 3);
  trace_fixture_add_service (fixture, process, 3, "Spooler");
  guint32 leak = trace_fixture_add_site (fixture, 0, LEAK, POOL_SESSION_NONE, leaking);
  guint32 rare = trace_fixture_add_site (fixture, 0, LEAK, POOL_SESSION_NONE, other);
  guint32 file = trace_fixture_add_site (fixture, 1, FILE_TAG, POOL_SESSION_NONE, POOL_STACK_NONE);
  guint32 before = trace_fixture_add_site (fixture, 0, FILE_TAG, POOL_SESSION_NONE, POOL_STACK_BEFORE_TRACE);
  guint32 lost = trace_fixture_add_site (fixture, 1, FILE_TAG, POOL_SESSION_NONE, POOL_STACK_ALLOCATION_LOST);
  for (int i = 0; i < 16; i++)
    trace_fixture_add_block (fixture, (FixtureBlock){ IN_SECONDS (0.5 + i), POOL_TIME_NEVER, 8600, leak, own, 0, 0 });
  trace_fixture_add_block (fixture, (FixtureBlock){ IN_SECONDS (2), POOL_TIME_NEVER, 4000, rare, systems, 0, 0 });
  trace_fixture_add_block (fixture, (FixtureBlock){ IN_SECONDS (3), IN_SECONDS (5), 100, leak, own, 0, 0 });
  for (int i = 0; i < 3; i++)
    trace_fixture_add_block (
        fixture, (FixtureBlock){ IN_SECONDS (4 + i), IN_SECONDS (6 + i), 100 + i, file, systems, 0, 0 });
  trace_fixture_add_block (fixture, (FixtureBlock){ POOL_TIME_BEFORE, IN_SECONDS (9), 64, before, unknown, 0, 0 });
  trace_fixture_add_block (fixture, (FixtureBlock){ IN_SECONDS (7), IN_SECONDS (7), 32, lost, unknown, 0, 0 });
  PoolTrace *trace = trace_fixture_finish (fixture, IN_SECONDS (16.5) - 1);
  set_facts (trace);
  return trace;
}

typedef struct
{
  const char *by;    /* names of dimensions */
  const char *row;   /* path, its texts separated by "|" */
  TimeRange range;
  const char *where; /* expression of a filter */
  gboolean innermost_first, is_markdown;
} Request;

static char *
copy_row (PoolTrace *trace, Request request)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) by = g_strsplit (request.by, ",", -1), path = g_strsplit (request.row, "|", -1);
  Dimension grouping[N_DIMENSIONS];
  gsize n_levels = 0;
  for (; by[n_levels] != NULL; n_levels++)
    g_assert_true (dimension_from_name (by[n_levels], &grouping[n_levels]));
  g_autoptr (PoolFilter) filter
      = request.where != NULL ? pool_filter_new ((const char *[]){ request.where, NULL }, &error) : NULL;
  g_assert_no_error (error);
  TimeRange range = request.range.end_ns > 0 ? request.range : TIME_RANGE_WHOLE;
  g_autoptr (FrameNames) names = frame_names_new (trace);
  g_autoptr (PoolTree) tree = pool_tree_new_at_range (trace, names, grouping, n_levels, filter, range, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, range, NULL, &error);
  StackReport report = { .values = values, .innermost_first = request.innermost_first, .is_markdown = request.is_markdown };
  if (!pool_tree_values_find_path (values, (const char *const *) path, &report.row))
    g_error ("No row %s by %s", request.row, request.by);
  return stack_report_dup_text (&report, NULL);
}

static void
assert_copied (const char *by, const char *row, const char *expected)
{
  g_autoptr (PoolTrace) trace = make_trace ();
  g_autofree char *text = copy_row (trace, (Request){ .by = by, .row = row });
  g_assert_cmpstr (text, ==, expected);
}

/* Rows of the outer groups go on along the heaviest path. */
static void
test_types (void)
{
  assert_copied (
      "type,paged,tag,stack", "AIFO",
      "Pool not freed: 138 KiB in 17 blocks, 8.13 KiB on average, 4 of 21 freed\n"
      "growing 8.68 KiB/s, steady 7/7; NotMyfault.exe (4711) and 1 other; 0.5-16.5 s of pool.etl\n" MACHINE
      "heaviest of 2 stacks, 97 %\n" STACK MODULE);
  assert_copied (
      "type,paged,tag,stack", "AIFI",
      "Pool freed again: 435 B in 5 blocks, 87 B on average\n"
      "not growing, steady 1/7; System (4) and 2 others; 0.5-16.5 s of pool.etl\n" MACHINE
      "heaviest of 3 stacks, 70 %\n"
      "  [No stack]\n");
  assert_copied (
      "impact,tag", "Impacting",
      "Pool not freed, or allocated before and freed: 138 KiB in 18 blocks, 7.69 KiB on average, 4 of 21 freed\n"
      "growing 8.67 KiB/s, steady 7/7; NotMyfault.exe (4711) and 2 others; 0.5-16.5 s of pool.etl\n" MACHINE MODULE);
}

static void
test_leak (void)
{
  const char *const tag
      = "NonPaged pool not freed: tag Leak, 138 KiB in 17 blocks, 8.13 KiB on average, 1 of 18 freed\n"
        "growing 8.68 KiB/s, steady 7/7; NotMyfault.exe (4711) and 1 other; 0.5-16.5 s of pool.etl; "
        "100 % of NonPaged AIFO\n" MACHINE
        "heaviest of 2 stacks, 97 %\n" STACK MODULE;
  assert_copied ("type,paged,tag,stack", "AIFO|NonPaged|Leak", tag);
  assert_copied ("type,paged,tag,stack", "AIFO|NonPaged|Leak|NotMyfault.exe+0x10", tag);
  assert_copied (
      "type,paged,tag,stack", "AIFO|NonPaged",
      "NonPaged pool not freed: tag Leak, 138 KiB in 17 blocks, 8.13 KiB on average, 1 of 18 freed\n"
      "growing 8.68 KiB/s, steady 7/7; NotMyfault.exe (4711) and 1 other; 0.5-16.5 s of pool.etl\n" MACHINE
      "heaviest of 2 stacks, 97 %\n" STACK MODULE);
  assert_copied (
      "type,paged,tag,stack", "AIFO|NonPaged|Leak|NotMyfault.exe+0x10|myfault.sys+0x9f|ntoskrnl.exe+0x1e",
      "NonPaged pool not freed: tag Leak, 134 KiB in 16 blocks of 8 600 B, 1 of 17 freed\n"
      "growing 8.4 KiB/s, steady 7/7; NotMyfault.exe (4711); 0.5-16.5 s of pool.etl; 97 % of NonPaged AIFO\n" MACHINE
          STACK MODULE);
}

static void
test_origins (void)
{
  assert_copied (
      "module,stack", "myfault.sys",
      "NonPaged pool: module myfault.sys, tag Leak, 138 KiB in 18 blocks, 7.69 KiB on average, 1 of 18 freed\n"
      "growing 8.68 KiB/s, steady 7/7; NotMyfault.exe (4711) and 1 other; 0.5-16.5 s of pool.etl; "
      "100 % of NonPaged AIFO\n" MACHINE
      "heaviest of 2 stacks, 97 %\n" STACK MODULE);
  assert_copied (
      "type,driver", "AIFO|myfault.sys",
      "NonPaged pool not freed: driver myfault.sys, tag Leak, 138 KiB in 17 blocks, 8.13 KiB on average, "
      "1 of 18 freed\n"
      "growing 8.68 KiB/s, steady 7/7; NotMyfault.exe (4711) and 1 other; 0.5-16.5 s of pool.etl; "
      "100 % of NonPaged AIFO\n" MACHINE MODULE);
  assert_copied (
      "type,process,tag", "AIFO|NotMyfault.exe (4711)",
      "NonPaged pool not freed: tag Leak, 134 KiB in 16 blocks of 8 600 B, 1 of 17 freed\n"
      "growing 8.4 KiB/s, steady 7/7; NotMyfault.exe (4711); 0.5-16.5 s of pool.etl; 97 % of NonPaged AIFO\n" MACHINE
          MODULE);
  assert_copied (
      "type,service,stack", "AIFO|Spooler",
      "NonPaged pool not freed: service Spooler, tag Leak, 134 KiB in 16 blocks of 8 600 B, 1 of 17 freed\n"
      "growing 8.4 KiB/s, steady 7/7; NotMyfault.exe (4711); 0.5-16.5 s of pool.etl; 97 % of NonPaged AIFO\n" MACHINE
          STACK MODULE);
}

static void
test_special_stacks (void)
{
  assert_copied (
      "type,paged,tag,stack", "AIFI|Paged|File|[No stack]",
      "Paged pool freed again: tag File, 303 B in 3 blocks, 101 B on average\n"
      "not growing, steady 1/7; System (4); 0.5-16.5 s of pool.etl; 90 % of Paged AIFI\n" MACHINE "  [No stack]\n");
  assert_copied (
      "type,paged,tag,stack", "AIFI|Paged|File|[Allocation lost]",
      "Paged pool freed again: tag File, 32 B in 1 block\n"
      "not growing, steady 0/7; 0.5-16.5 s of pool.etl; 10 % of Paged AIFI\n" MACHINE "  [Allocation lost]\n");
  assert_copied (
      "type,paged,tag,stack", "AOFI|NonPaged|File|[Before trace]",
      "NonPaged pool allocated before and freed: tag File, 64 B in 1 block\n"
      "shrinking 64 B in 14 s, steady 0/7; 0.5-16.5 s of pool.etl; 100 % of NonPaged AOFI\n" MACHINE
      "  [Before trace]\n");
}

#define LEAKED "138 KiB in 18 blocks, 7.69 KiB on average, 1 of 18 freed"
#define OWN "134 KiB in 17 blocks, 7.91 KiB on average, 1 of 17 freed"
#define ALL "139 KiB in 23 blocks, 6.03 KiB on average, 4 of 21 freed"

/* The first line of what is copied for a row of every dimension. */
static void
test_every_dimension (void)
{
  static const struct
  {
    const char *row, *line;
  } expected[N_DIMENSIONS] = {
    [DIMENSION_TYPE] = { "AIFO", "Pool not freed: 138 KiB in 17 blocks, 8.13 KiB on average, 4 of 21 freed" },
    [DIMENSION_IMPACT] = { "Impacting",
      "Pool not freed, or allocated before and freed: 138 KiB in 18 blocks, 7.69 KiB on average, 4 of 21 freed" },
    [DIMENSION_PAGED] = { "NonPaged", "NonPaged pool: 138 KiB in 19 blocks, 7.29 KiB on average, 1 of 18 freed" },
    [DIMENSION_POOL_TYPE] = { "NonPaged",
      "NonPaged pool: pool type NonPaged, 138 KiB in 19 blocks, 7.29 KiB on average, 1 of 18 freed" },
    [DIMENSION_TAG] = { "Leak", "NonPaged pool: tag Leak, " LEAKED },
    [DIMENSION_STACK] = { "NotMyfault.exe+0x10", "NonPaged pool: tag Leak, " LEAKED },
    [DIMENSION_FREE_STACK] = { "[No stack]", "Pool: " ALL },
    [DIMENSION_MODULE] = { "myfault.sys", "NonPaged pool: module myfault.sys, tag Leak, " LEAKED },
    [DIMENSION_DRIVER] = { "myfault.sys", "NonPaged pool: driver myfault.sys, tag Leak, " LEAKED },
    [DIMENSION_DESCRIPTION] = { "", "Pool: " ALL },
    [DIMENSION_PROCESS] = { "NotMyfault.exe (4711)", "NonPaged pool: tag Leak, " OWN },
    [DIMENSION_SERVICE] = { "Spooler", "NonPaged pool: service Spooler, tag Leak, " OWN },
    [DIMENSION_THREAD] = { "8", "NonPaged pool: thread 8, tag Leak, " OWN },
    [DIMENSION_CPU] = { "0", "Pool: CPU 0, " ALL },
    [DIMENSION_SESSION] = { "[Unknown]", "Pool: session [Unknown], " ALL },
    [DIMENSION_SIZE] = { "8600",
      "NonPaged pool: size 8600, tag Leak, 134 KiB in 16 blocks of 8 600 B, 0 of 16 freed" },
    [DIMENSION_SIZE_CLASS] = { "8 KiB – 16 KiB",
      "NonPaged pool: size 8 KiB – 16 KiB, tag Leak, 134 KiB in 16 blocks of 8 600 B, 0 of 16 freed" },
    [DIMENSION_AGE] = { "1–10 s", "Pool: age 1–10 s, 76 KiB in 13 blocks, 5.84 KiB on average, 4 of 13 freed" },
    [DIMENSION_DOUBT] = { "Sure", "Pool: trust Sure, " ALL },
    [DIMENSION_STACK_TAG] = { "[No tag]", "NonPaged pool: stack tag [No tag], tag Leak, " LEAKED },
    [DIMENSION_FRAME_TAGS] = { "NotMyfault.exe+0x10", "NonPaged pool: tag Leak, " LEAKED },
  };
  g_autoptr (PoolTrace) trace = make_trace ();
  for (Dimension dimension = 0; dimension < N_DIMENSIONS; dimension++)
    {
      g_autofree char *text
          = copy_row (trace, (Request){ .by = dimension_get_name (dimension), .row = expected[dimension].row });
      g_autofree char *line = g_strndup (text, strcspn (text, "\n"));
      g_assert_cmpstr (line, ==, expected[dimension].line);
    }
}

/* A range makes other types, a filter another whole. */
static void
test_range_and_filter (void)
{
  g_autoptr (PoolTrace) trace = make_trace ();
  g_autofree char *held = copy_row (trace, (Request){ .by = "type,tag,stack",
                                                      .row = "AOFO|Leak|NotMyfault.exe+0x10|myfault.sys+0xb0",
                                                      .range = { IN_SECONDS (4.25), IN_SECONDS (4.75) } });
  g_assert_cmpstr (held, ==,
                   "NonPaged pool held throughout: tag Leak, 3.91 KiB in 1 block\n"
                   "not growing, steady 0/7; System (4); 4.250-4.750 s of pool.etl; 10 % of NonPaged AOFO\n" MACHINE
                   "  NotMyfault.exe+0x10\n"
                   "  myfault.sys+0xb0\n"
                   "  ntoskrnl.exe+0x1e\n" MODULE);
  g_autofree char *filtered = copy_row (trace, (Request){ .by = "type,tag,stack",
                                                          .row = "AIFO|Leak",
                                                          .where = "process=System*" });
  g_assert_cmpstr (filtered, ==,
                   "NonPaged pool not freed: tag Leak, 3.91 KiB in 1 block, 0 of 1 freed\n"
                   "growing 3.91 KiB in 14 s, steady 1/7; System (4); 0.5-16.5 s of pool.etl; "
                   "100 % of NonPaged AIFO that the filter shows\n" MACHINE
                   "  NotMyfault.exe+0x10\n"
                   "  myfault.sys+0xb0\n"
                   "  ntoskrnl.exe+0x1e\n" MODULE);
}

static void
test_order_and_markdown (void)
{
  g_autoptr (PoolTrace) trace = make_trace ();
  g_autofree char *text = copy_row (trace, (Request){ .by = "type,tag,process,stack",
                                                      .row = "AIFO|Leak|System (4)",
                                                      .innermost_first = TRUE,
                                                      .is_markdown = TRUE });
  g_assert_true (g_str_has_prefix (text, "```\nNonPaged pool not freed: tag Leak, 3.91 KiB in 1 block"));
  g_assert_true (g_str_has_suffix (text, "Poolscope " POOLSCOPE_VERSION "\n"
                                         "  ntoskrnl.exe+0x1e\n"
                                         "  myfault.sys+0xb0\n"
                                         "  NotMyfault.exe+0x10\n" MODULE "```\n"));
}

/* What was lost is told, whether the header of the file says so or the buffers do. */
static void
test_losses (void)
{
  static const struct
  {
    guint32 header_events, header_buffers;
    guint64 found_events, found_buffers;
    const char *text;
  } cases[] = { { 0, 0, 0, 0, "; no events lost; " },        { 1, 0, 0, 0, "; 1 event lost; " },
                { 0, 0, 1234, 0, "; 1 234 events lost; " },  { 0, 0, 0, 2, "; 2 buffers lost; " },
                { 7, 1, 9, 0, "; 9 events and 1 buffer lost; " } };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PoolTrace) trace = make_trace ();
      trace->info.events_lost = cases[i].header_events;
      trace->info.buffers_lost = cases[i].header_buffers;
      trace->counters.values[IMPORT_EVENTS_LOST] = cases[i].found_events;
      trace->counters.values[IMPORT_BUFFERS_LOST] = cases[i].found_buffers;
      g_autofree char *text = copy_row (trace, (Request){ .by = "type", .row = "AIFO" });
      g_assert_nonnull (strstr (text, cases[i].text));
    }
}

/* An image of which nothing is known has no line, names from the trace break none. */
static void
test_bare_facts (void)
{
  g_autoptr (PoolTrace) trace = make_trace ();
  PoolImage *image = &trace->images[1];
  g_clear_pointer (&image->file_version, g_free);
  image->has_pdb_identity = FALSE;
  image->time_date_stamp = G_MAXUINT32; /* a hash */
  trace->info.os_major = 0;
  trace->info.os_build = 0;
  trace->info.start_filetime = 0;
  g_free (trace->processes[0].image_name);
  trace->processes[0].image_name = g_strdup ("evil\n.exe");
  g_autofree char *text = copy_row (trace, (Request){ .by = "type", .row = "AIFO" });
  g_assert_cmpstr (text, ==,
                   "Pool not freed: 138 KiB in 17 blocks, 8.13 KiB on average, 4 of 21 freed\n"
                   "growing 8.68 KiB/s, steady 7/7; evil\\x0a.exe (4711) and 1 other; 0.5-16.5 s of pool.etl\n"
                   "Windows of unknown version; no events lost; Poolscope " POOLSCOPE_VERSION "\n");
}

static void
test_cancelled (void)
{
  static const Dimension grouping[] = { DIMENSION_TYPE };
  g_autoptr (PoolTrace) trace = make_trace ();
  g_autoptr (FrameNames) names = frame_names_new (trace);
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, 1, NULL, NULL, NULL);
  g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, TIME_RANGE_WHOLE, NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  StackReport report = { .values = values };
  g_assert_true (pool_tree_values_find_path (values, (const char *[]){ "AIFO", NULL }, &report.row));
  g_cancellable_cancel (cancellable);
  g_assert_null (stack_report_dup_text (&report, cancellable));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/stack-report/types", test_types);
  g_test_add_func ("/export/stack-report/leak", test_leak);
  g_test_add_func ("/export/stack-report/origins", test_origins);
  g_test_add_func ("/export/stack-report/special-stacks", test_special_stacks);
  g_test_add_func ("/export/stack-report/every-dimension", test_every_dimension);
  g_test_add_func ("/export/stack-report/range-and-filter", test_range_and_filter);
  g_test_add_func ("/export/stack-report/order-and-markdown", test_order_and_markdown);
  g_test_add_func ("/export/stack-report/losses", test_losses);
  g_test_add_func ("/export/stack-report/bare-facts", test_bare_facts);
  g_test_add_func ("/export/stack-report/cancelled", test_cancelled);
  return g_test_run ();
}
