/* Patterns, and conditions literally. */
#include <string.h>

#include "analysis/glob.h"
#include "analysis/pool_filter.h"
#include "trace_fixture.h"

static void
test_glob (void)
{
  static const struct
  {
    const char *pattern, *text;
    gboolean matches;
  } cases[] = {
    { "", "", TRUE },
    { "", "a", FALSE },
    { "*", "", TRUE },
    { "**", "abc", TRUE },
    { "a*c", "abbbc", TRUE },
    { "a*c", "abbbcd", FALSE },
    { "*b*b", "abcb", TRUE },
    { "?", "", FALSE },
    { "?", "é", TRUE },
    { "a?c", "abc", TRUE },
    { "abc", "ABC", FALSE },
    { "[abc]", "b", TRUE },
    { "[a-c]x", "bx", TRUE },
    { "[!a-c]", "b", FALSE },
    { "[^a-c]", "d", TRUE },
    { "[]]", "]", TRUE },
    { "[a-]", "-", TRUE },
    { "[\\]a]", "]", TRUE },
    { "[[]No stack]", "[No stack]", TRUE },
    { "\\[No stack\\]", "[No stack]", TRUE },
    { "[No stack]", "[No stack]", FALSE },
    { "[abc", "[abc", TRUE },
    { "\\*", "*", TRUE },
    { "\\*", "a", FALSE },
    { "a\\\\x00", "a\\x00", TRUE },
    { "a\\", "a\\", TRUE },
    { "*.sys+0x*", "Ntfs.sys+0x1a", TRUE },
    { "\xff*", "\xff\xfe", TRUE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    if (glob_match (cases[i].pattern, cases[i].text) != cases[i].matches)
      g_error ("“%s” and “%s”", cases[i].pattern, cases[i].text);
}

/* A pattern that needs exponential time when each star is tried by recursion. */
static void
test_glob_of_many_stars (void)
{
  g_autofree char *text = g_strnfill (2000, 'a');
  GString *pattern = g_string_new (NULL);
  for (guint i = 0; i < 200; i++)
    g_string_append (pattern, "a*");
  g_string_append_c (pattern, 'b');
  g_assert_false (glob_match (pattern->str, text));
  g_string_truncate (pattern, pattern->len - 1);
  g_assert_true (glob_match (pattern->str, text));
  g_string_free (pattern, TRUE);
}

static PoolTrace *
make_trace (void)
{
  TraceFixture *fixture = trace_fixture_new ();
  trace_fixture_add_image (fixture, "a.sys", 0x1000, 0x1000);
  const guint64 stack[] = { 0x1010, 0x9000 };
  trace_fixture_add_stack (fixture, stack, 2);
  trace_fixture_add_context (fixture, trace_fixture_add_process (fixture, "x.exe", 8, 1), 9);
  const guint32 tags[] = { FIXTURE_TAG ('I', 'r', 'p', ' '), FIXTURE_TAG ('I', 'r', 'p', 'x'),
                           FIXTURE_TAG ('I', 0, ' ', ' '), FIXTURE_TAG ('K', ' ', ' ', ' ') };
  for (guint32 i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      trace_fixture_add_site (fixture, i % 2, tags[i], POOL_SESSION_NONE, i == 0 ? 3 : POOL_STACK_NONE);
      trace_fixture_add_block (fixture, (FixtureBlock){ i, i + 10, i, i, 0, POOL_STACK_NONE, 0 });
    }
  return trace_fixture_finish (fixture, 20);
}

/* Which of the four blocks pass, as a text of + and -. */
static void
assert_passing (const char *first, const char *second, const char *expected)
{
  g_autoptr (PoolTrace) trace = make_trace ();
  g_autoptr (FrameNames) names = frame_names_new (trace);
  g_autoptr (GError) error = NULL;
  const char *expressions[] = { first, second, NULL };
  g_autoptr (PoolFilter) filter = pool_filter_new (expressions, &error);
  g_assert_no_error (error);
  PoolSelection selection;
  pool_filter_select (filter, trace, names, &selection);
  char passing[5] = "----";
  for (gsize row = 0; row < 4; row++)
    if (pool_selection_has_row (&selection, row))
      passing[row] = '+';
  g_assert_cmpstr (passing, ==, expected);
  pool_selection_clear (&selection);
}

static void
test_conditions (void)
{
  assert_passing (NULL, NULL, "++++");
  assert_passing ("tag=Irp", NULL, "+---");
  assert_passing ("tag=Irp ", NULL, "+---");
  assert_passing ("tag=Irp?", NULL, "++--");
  assert_passing ("tag=[I]rp", NULL, "+---");
  assert_passing ("tag=Irp*", NULL, "++--");
  assert_passing ("tag=I\\\\x00", NULL, "--+-");
  assert_passing ("tag=K", NULL, "---+");
  assert_passing ("tag=irp", NULL, "----");
  assert_passing ("tag!=Irp", NULL, "-+++");
  assert_passing ("stack=a.sys+0x10", NULL, "+---");
  assert_passing ("stack=0x9000", NULL, "+---");
  assert_passing ("stack!=0x9*", NULL, "-+++");
  assert_passing ("stack=a.sys+0x10;0x9000", NULL, "----");
  assert_passing ("size=[1-2]", "paged=NonPaged", "--+-");
  assert_passing ("process=x.exe (8)", "thread!=9", "----");
  assert_passing ("type=AIFO", NULL, "++++");
}

static void
test_types (void)
{
  g_autoptr (PoolTrace) trace = make_trace ();
  g_autoptr (FrameNames) names = frame_names_new (trace);
  const char *expressions[] = { "impact=Impacting", "type!=AIFO", NULL };
  g_autoptr (PoolFilter) filter = pool_filter_new (expressions, NULL);
  PoolSelection selection;
  pool_filter_select (filter, trace, names, &selection);
  g_assert_cmpuint (selection.types, ==, 1 << POOL_TYPE_AOFI);
  g_assert_null (selection.rows);
  pool_selection_clear (&selection);
}

static void
test_errors (void)
{
  static const char *const wrong[] = { "tag", "=Leak", "", "color=red", "!=x", "tag ~ x" };
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      const char *expressions[] = { "tag=Leak", wrong[i], NULL };
      g_assert_null (pool_filter_new (expressions, &error));
      g_assert_error (error, POOL_FILTER_ERROR, 0);
      if (strcmp (wrong[i], "color=red") == 0)
        {
          g_assert_nonnull (strstr (error->message, "“color”"));
          g_assert_nonnull (
              strstr (error->message, "type, impact, paged, pooltype, tag, stack, freestack, process"));
        }
    }
  g_autoptr (PoolFilter) none = pool_filter_new (NULL, NULL);
  g_assert_nonnull (none);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/filter/glob", test_glob);
  g_test_add_func ("/analysis/filter/glob-of-many-stars", test_glob_of_many_stars);
  g_test_add_func ("/analysis/filter/conditions", test_conditions);
  g_test_add_func ("/analysis/filter/types", test_types);
  g_test_add_func ("/analysis/filter/errors", test_errors);
  return g_test_run ();
}
