/* Tables of traces that no recorder would make: very deep stacks, names that want to break lines, none at
 * all. */
#include "export/tree_export.h"
#include "output_fixture.h"
#include "trace_fixture.h"

#include <string.h>

#define DEEP_FRAMES 20000

typedef void (*TreeWriter) (const TreeExport *, TextOutput *);

static char *
write_table (PoolTrace *trace, const Dimension *grouping, gsize n_levels, gsize limit, TreeWriter writer)
{
  static const Metric columns[] = { METRIC_COUNT, METRIC_SIZE, METRIC_IMPACTING, METRIC_PEAK };
  const TimeRangeText range = TIME_RANGE_TEXT_WHOLE;
  g_autoptr (FrameNames) names = frame_names_new (trace);
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, n_levels, NULL, NULL, NULL);
  g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, range.range, NULL, NULL);
  const TreeExport export = { values, &range, columns, G_N_ELEMENTS (columns), METRIC_IMPACTING, limit };
  OutputFixture fixture;
  output_fixture_init (&fixture);
  writer (&export, &fixture.output);
  return output_fixture_finish (&fixture);
}

static PoolTrace *
make_deep_trace (void)
{
  TraceFixture *fixture = trace_fixture_new ();
  g_autofree guint64 *addresses = g_new (guint64, DEEP_FRAMES);
  for (guint i = 0; i < DEEP_FRAMES; i++)
    addresses[i] = 0x1000 + 16 * i;
  guint32 stack = trace_fixture_add_stack (fixture, addresses, DEEP_FRAMES);
  guint32 context = trace_fixture_add_context (fixture, POOL_INDEX_NONE, POOL_INDEX_NONE);
  guint32 site
      = trace_fixture_add_site (fixture, 0, FIXTURE_TAG ('D', 'e', 'e', 'p'), POOL_SESSION_NONE, stack);
  trace_fixture_add_block (fixture,
                           (FixtureBlock){ 5, POOL_TIME_NEVER, 64, site, context, POOL_STACK_NONE, 0 });
  return trace_fixture_finish (fixture, 10);
}

static guint
count_characters (const char *text, char character)
{
  guint count = 0;
  for (; *text; text++)
    count += *text == character;
  return count;
}

static void
test_deep_stack (void)
{
  static const Dimension grouping[] = { DIMENSION_TAG, DIMENSION_STACK };
  g_autoptr (PoolTrace) trace = make_deep_trace ();
  g_autofree char *json = write_table (trace, grouping, 2, TREE_EXPORT_NO_LIMIT, tree_export_write_json);
  g_assert_cmpuint (count_characters (json, '{'), ==, count_characters (json, '}'));
  g_assert_cmpuint (count_characters (json, '['), ==, count_characters (json, ']'));
  g_assert_cmpuint (count_characters (json, '{'), >, DEEP_FRAMES);
  g_autofree char *text = write_table (trace, grouping, 2, TREE_EXPORT_TEXT_LIMIT, tree_export_write_text);
  g_assert_cmpuint (count_characters (text, '\n'), ==, DEEP_FRAMES + 2);
  g_assert_cmpuint (strlen (text), <, 500 * DEEP_FRAMES);
  g_autofree char *csv = write_table (trace, grouping, 2, TREE_EXPORT_NO_LIMIT, tree_export_write_csv);
  g_assert_cmpuint (count_characters (csv, ';'), ==, DEEP_FRAMES - 1);
  g_assert_true (g_str_has_suffix (csv, ",1,64,64,64\n"));
}

static PoolTrace *
make_named_trace (void)
{
  TraceFixture *fixture = trace_fixture_new ();
  trace_fixture_add_image (fixture, "evil\n\x1b[2J,\".sys", 0x1000, 0x1000);
  guint32 stack = trace_fixture_add_stack (fixture, (guint64[]){ 0x1011 }, 1);
  guint32 context = trace_fixture_add_context (fixture, POOL_INDEX_NONE, POOL_INDEX_NONE);
  guint32 site
      = trace_fixture_add_site (fixture, 1, FIXTURE_TAG ('a', ' ', '"', ','), POOL_SESSION_NONE, stack);
  trace_fixture_add_block (fixture, (FixtureBlock){ 5, 7, 64, site, context, POOL_STACK_NONE, 0 });
  return trace_fixture_finish (fixture, 10);
}

static void
test_names (void)
{
  static const Dimension grouping[] = { DIMENSION_TAG, DIMENSION_STACK };
  g_autoptr (PoolTrace) trace = make_named_trace ();
  g_autofree char *csv = write_table (trace, grouping, 2, TREE_EXPORT_NO_LIMIT, tree_export_write_csv);
  g_assert_cmpstr (csv, ==,
                   "Pool Tag,Stack,Count,Size,Impacting Size,Peak Size\n"
                   "\"a \"\",\",\"evil\n\x1b[2J,\"\".sys+0x11\",1,64,0,64\n");
  g_autofree char *folded = write_table (trace, grouping, 2, TREE_EXPORT_NO_LIMIT, tree_export_write_folded);
  g_assert_cmpstr (folded, ==, "a \",;evil\\x0a\\x1b[2J,\".sys+0x11 64\n");
  g_autofree char *text = write_table (trace, grouping, 2, TREE_EXPORT_TEXT_LIMIT, tree_export_write_text);
  g_assert_nonnull (strstr (text, "  evil\\x0a\\x1b[2J,\".sys+0x11\n"));
}

static void
test_empty_trace (void)
{
  static const Dimension grouping[] = { DIMENSION_TYPE };
  g_autoptr (PoolTrace) trace = trace_fixture_finish (trace_fixture_new (), 10);
  g_autofree char *csv = write_table (trace, grouping, 1, TREE_EXPORT_NO_LIMIT, tree_export_write_csv);
  g_assert_cmpstr (csv, ==, "Type,Count,Size,Impacting Size,Peak Size\n");
  g_autofree char *folded = write_table (trace, grouping, 1, TREE_EXPORT_NO_LIMIT, tree_export_write_folded);
  g_assert_cmpstr (folded, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/tree/deep-stack", test_deep_stack);
  g_test_add_func ("/export/tree/names", test_names);
  g_test_add_func ("/export/tree/empty-trace", test_empty_trace);
  return g_test_run ();
}
