/* Texts of the dimensions, literally. */
#include "analysis/dimension.h"
#include "analysis/interval_class.h"
#include "trace_fixture.h"

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_pool_types (void)
{
  static const struct
  {
    guint32 type, session;
    const char *text;
  } cases[] = {
    { 0, POOL_SESSION_NONE, "NonPaged" },
    { 1, POOL_SESSION_NONE, "Paged" },
    { 0x200, POOL_SESSION_NONE, "NonPagedNx" },
    { 2, POOL_SESSION_NONE, "NonPagedMustSucceed" },
    { 4, POOL_SESSION_NONE, "NonPagedCacheAligned" },
    { 6, POOL_SESSION_NONE, "NonPagedCacheAlignedMustSucceed" },
    { 0x20, POOL_SESSION_NONE, "NonPagedSession" },
    { 0x21, 1, "PagedSession" },
    { 1, 0, "PagedSession" },
    { 0x204, POOL_SESSION_NONE, "NonPagedNxCacheAligned" },
    { 0x220, POOL_SESSION_NONE, "NonPagedNxSession" },
    { 0x40, POOL_SESSION_NONE, "NonPagedVerifier" },
    { 0x10000001, POOL_SESSION_NONE, "PagedBig" },
    { 0x10000200, POOL_SESSION_NONE, "NonPagedNxBig" },
    { 9, POOL_SESSION_NONE, "Paged+0x8" },
    { 0x201, POOL_SESSION_NONE, "Paged+0x200" },
    { 0x1000060a, 3, "NonPagedNxSessionMustSucceedBig+0x408" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_text (pool_type_dup_text (cases[i].type, cases[i].session), cases[i].text);
}

static void
test_tags (void)
{
  assert_text (pool_tag_dup_text (FIXTURE_TAG ('L', 'e', 'a', 'k')), "Leak");
  assert_text (pool_tag_dup_text (FIXTURE_TAG ('I', 'r', 'p', ' ')), "Irp ");
  assert_text (pool_tag_dup_text (FIXTURE_TAG (' ', '~', 'a', 'b')), " ~ab");
  assert_text (pool_tag_dup_text (FIXTURE_TAG ('A', 0, 0x1f, 0x7f)), "A\\x00\\x1f\\x7f");
  assert_text (pool_tag_dup_text (FIXTURE_TAG (0xAB, 'x', 0xff, 0x80)), "\\xabx\\xff\\x80");
}

static PoolTrace *
make_trace (void)
{
  TraceFixture *fixture = trace_fixture_new ();
  trace_fixture_add_image (fixture, "Ntfs.sys", 0xfffff80012340000, 0x10000);
  const guint64 stack[] = { 0xfffff90000271730, 0xfffff80012341a2b, 0xfffff80012350000, 0xfffff80012340000 };
  trace_fixture_add_stack (fixture, stack, G_N_ELEMENTS (stack));
  trace_fixture_add_process (fixture, "System", 4, 1);
  trace_fixture_add_process (fixture, "notmyfault.exe", 4711, 1);
  trace_fixture_add_process (fixture, "other.exe", 4711, 3);
  trace_fixture_add_process (fixture, NULL, 12, 1);
  trace_fixture_add_context (fixture, 1, 77);
  trace_fixture_add_context (fixture, POOL_INDEX_NONE, POOL_INDEX_NONE);
  trace_fixture_add_site (fixture, 0x201, FIXTURE_TAG ('I', 'r', 'p', ' '), POOL_SESSION_NONE, 3);
  trace_fixture_add_site (fixture, 1, FIXTURE_TAG ('I', 'r', 'p', ' '), 2, POOL_STACK_NONE);
  trace_fixture_add_block (fixture, (FixtureBlock){ 5, POOL_TIME_NEVER, 4096, 0, 0, POOL_STACK_NONE, 7 });
  trace_fixture_add_block (fixture, (FixtureBlock){ 6, 8, 0, 1, 1, 3, G_MAXUINT16 });
  return trace_fixture_finish (fixture, 9);
}

static void
test_values (void)
{
  g_autoptr (PoolTrace) trace = make_trace ();
  g_autoptr (FrameNames) names = frame_names_new (trace);
  const char *stack = "0xfffff90000271730;Ntfs.sys+0x1a2b;Ntfs.sys+0x10000;0xfffff80012340000";
  DimensionSource source = dimension_source_at_range (trace, names, TIME_RANGE_WHOLE);
  const struct
  {
    Dimension dimension;
    const char *texts[2];
  } cases[] = {
    { DIMENSION_PAGED, { "Paged", "Paged" } },
    { DIMENSION_POOL_TYPE, { "Paged+0x200", "PagedSession" } },
    { DIMENSION_TAG, { "Irp ", "Irp " } },
    { DIMENSION_STACK, { stack, "[No stack]" } },
    { DIMENSION_FREE_STACK, { "[No stack]", stack } },
    { DIMENSION_PROCESS, { "notmyfault.exe (4711)", "[Unknown]" } },
    { DIMENSION_THREAD, { "77", "[Unknown]" } },
    { DIMENSION_CPU, { "7", "[Unknown]" } },
    { DIMENSION_SESSION, { "[Unknown]", "2" } },
    { DIMENSION_SIZE, { "4096", "0" } },
    { DIMENSION_SIZE_CLASS, { "4 KiB – 8 KiB", "0 B" } },
    { DIMENSION_AGE, { "<1 s", "<1 s" } },
    { DIMENSION_MODULE, { "Ntfs.sys", "[Unknown]" } },
    { DIMENSION_DRIVER, { "nt!io", "nt!io" } },
    { DIMENSION_SERVICE, { "", "" } },
    { DIMENSION_STACK_TAG, { "[No tag]", "[No stack]" } },
    { DIMENSION_FRAME_TAGS, { stack, "[No stack]" } },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize row = 0; row < 2; row++)
      {
        guint64 value = dimension_get_value (cases[i].dimension, &source, row);
        assert_text (dimension_dup_text (cases[i].dimension, trace, names, value), cases[i].texts[row]);
      }
  assert_text (pool_process_dup_text (trace, 2), "other.exe (4711) #3");
  assert_text (pool_process_dup_text (trace, 3), "[Unknown] (12)");
  assert_text (dimension_dup_text (DIMENSION_STACK, trace, names, POOL_STACK_BEFORE_TRACE), "[Before trace]");
  assert_text (dimension_dup_text (DIMENSION_STACK, trace, names, POOL_STACK_ALLOCATION_LOST),
               "[Allocation lost]");
}

/* By the time of the allocation, whatever became of the block. */
static void
test_doubt (void)
{
  g_autoptr (PoolTrace) trace = make_trace (); /* allocated at 5 and 6, last event at 9 */
  PoolTraceInfo *info = &trace->info;
  const struct
  {
    gint64 complete_from_ns, loss_end_ns;
    guint64 n_events_lost;
    const char *texts[2];
  } cases[] = {
    { 0, 0, 0, { "Sure", "Sure" } },
    { 5, 0, 0, { "Sure", "Sure" } },
    { 6, 0, 0, { "Before complete part", "Sure" } },
    { 0, 5, 0, { "Sure", "Sure" } },
    { 0, 6, 7, { "Before a loss", "Sure" } },
    { 6, 8, 7, { "Before complete part", "Before a loss" } },
    { 0, 0, 7, { "Before a loss", "Before a loss" } }, /* nothing tells when */
  };
  PoolLoss loss = { 0, 0 };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      loss.end_ns = cases[i].loss_end_ns;
      info->complete_from_ns = cases[i].complete_from_ns;
      info->losses = &loss;
      info->n_losses = loss.end_ns > 0;
      trace->counters.values[IMPORT_EVENTS_LOST] = cases[i].n_events_lost;
      for (gsize row = 0; row < 2; row++)
        assert_text (dimension_dup_text (DIMENSION_DOUBT, trace, NULL,
                                         dimension_get_value (DIMENSION_DOUBT, &(DimensionSource){ .trace = trace }, row)),
                     cases[i].texts[row]);
    }
  info->losses = NULL;
}

static void
test_names (void)
{
  static const char *const names[][2] = {
    { "type", "Type" },
    { "impact", "Impact" },
    { "paged", "Paged" },
    { "pooltype", "Pool Type" },
    { "tag", "Pool Tag" },
    { "stack", "Stack" },
    { "freestack", "Free Stack" },
    { "module", "Module" },
    { "driver", "Driver" },
    { "description", "Description" },
    { "process", "Process" },
    { "service", "Service" },
    { "thread", "Thread" },
    { "cpu", "CPU" },
    { "session", "Session" },
    { "size", "Size of one" },
    { "sizeclass", "Size Class" },
    { "age", "Age" },
    { "doubt", "Doubt" },
    { "stacktag", "Stack Tag" },
    { "frametags", "Stack (Frame Tags)" },
  };
  G_STATIC_ASSERT (G_N_ELEMENTS (names) == N_DIMENSIONS);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      Dimension dimension;
      g_assert_true (dimension_from_name (names[i][0], &dimension));
      g_assert_cmpstr (dimension_get_name (dimension), ==, names[i][0]);
      g_assert_cmpstr (dimension_get_display_name (dimension), ==, names[i][1]);
    }
  Dimension dimension;
  g_assert_false (dimension_from_name ("Tag", &dimension));
  g_assert_false (dimension_from_name ("", &dimension));
}

static void
test_size_classes (void)
{
  static const struct
  {
    guint64 size_bytes;
    const char *text;
  } cases[] = {
    { 0, "0 B" },
    { 1, "1 B – 2 B" },
    { 2, "2 B – 4 B" },
    { 3, "2 B – 4 B" },
    { 511, "256 B – 512 B" },
    { 512, "512 B – 1 KiB" },
    { 1023, "512 B – 1 KiB" },
    { 1024, "1 KiB – 2 KiB" },
    { 8191, "4 KiB – 8 KiB" },
    { 8192, "8 KiB – 16 KiB" },
    { (guint64) 1 << 20, "1 MiB – 2 MiB" },
    { ((guint64) 1 << 40) - 1, "512 GiB – 1 TiB" },
    { G_MAXUINT64, "8 EiB – 16 EiB" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_text (size_class_dup_text (size_class_of (cases[i].size_bytes)), cases[i].text);
}

static void
test_age_classes (void)
{
  const gint64 s = 1000000000;
  const struct
  {
    gint64 allocated_ns, freed_ns, end_ns;
    const char *text;
  } cases[] = {
    { 0, POOL_TIME_NEVER, s - 1, "<1 s" },
    { 0, POOL_TIME_NEVER, s, "1–10 s" },
    { 5, POOL_TIME_NEVER, s, "<1 s" },
    { 0, 9 * s, 700 * s, "1–10 s" },
    { 0, 700 * s, 10 * s, "10–60 s" },
    { 0, 60 * s - 1, 100 * s, "10–60 s" },
    { 0, 60 * s, 100 * s, "1–10 min" },
    { 0, POOL_TIME_NEVER, 600 * s - 1, "1–10 min" },
    { 0, POOL_TIME_NEVER, 600 * s, ">10 min" },
    { 3, 3, 10, "<1 s" },
    { POOL_TIME_BEFORE, 700 * s, 800 * s, "[Before trace]" },
    { POOL_TIME_BEFORE, POOL_TIME_NEVER, 1, "[Before trace]" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (
        age_class_get_text (age_class_of (cases[i].allocated_ns, cases[i].freed_ns, cases[i].end_ns)), ==,
        cases[i].text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/dimension/doubt", test_doubt);
  g_test_add_func ("/analysis/dimension/pool-types", test_pool_types);
  g_test_add_func ("/analysis/dimension/tags", test_tags);
  g_test_add_func ("/analysis/dimension/values", test_values);
  g_test_add_func ("/analysis/dimension/size-classes", test_size_classes);
  g_test_add_func ("/analysis/dimension/age-classes", test_age_classes);
  g_test_add_func ("/analysis/dimension/names", test_names);
  return g_test_run ();
}
