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

/* Sizes of the four blocks are 0 to 3 bytes; they live from 0, 1, 2, 3 to 10, 11, 12, 13 ns. */
static void
test_numbers (void)
{
  assert_passing ("size>1", NULL, "--++");
  assert_passing ("size >= 1 B", NULL, "-+++");
  assert_passing ("size<0.003KB", "size>0KiB", "-++-");
  assert_passing ("allocated<=1ns", NULL, "++--");
  assert_passing ("freed>0.011us", NULL, "--++");
  assert_passing ("lifetime>=10ns", NULL, "++++");
  assert_passing ("lifetime>10ns", NULL, "----");
  assert_passing ("age<20ns", "paged!=Paged", "+-+-");
  assert_passing ("size<=8GiB", "freed<1s", "++++");
}

/* An age is taken at the end of the range, or at the free before it. */
static void
test_age_at_range (void)
{
  g_autoptr (PoolTrace) trace = make_trace ();
  g_autoptr (FrameNames) names = frame_names_new (trace);
  const char *expressions[] = { "age>=9ns", NULL };
  g_autoptr (PoolFilter) filter = pool_filter_new (expressions, NULL);
  g_assert_true (pool_filter_depends_on_range (filter));
  for (gint64 end_ns = 8; end_ns < 14; end_ns++)
    {
      g_autoptr (PoolFilter) ranged = pool_filter_at_range (filter, (TimeRange){ 0, end_ns });
      PoolSelection selection;
      pool_filter_select (ranged, trace, names, &selection);
      for (gsize row = 0; row < 4; row++)
        g_assert_cmpint (pool_selection_has_row (&selection, row), ==, end_ns - (gint64) row >= 9);
      pool_selection_clear (&selection);
    }
}

/* What each condition is written as, and is again after a second reading. */
static void
test_round_trip (void)
{
  static const char *const texts[][2] = {
    { "tag=Leak", "tag=Leak" },       { "tag = Irp ", "tag=Irp " },         { "stack!=*x*", "stack!=*x*" },
    { "tag= a", "tag= a" },           { "size>4KB", "size>4KB" },           { "size  <=  4 KiB ", "size<=4 KiB" },
    { "age>=1.5ms", "age>=1.5ms" },   { "process==x", "process==x" },       { "stack=a>b", "stack=a>b" },
    { "freed<0.1us", "freed<0.1us" }, { "tag=", "tag=" },                   { "lifetime>3", "lifetime>3" },
    { "stack!=!=", "stack!=!=" },     { "allocated>=12.4s", "allocated>=12.4s" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PoolCondition) condition = pool_condition_parse (texts[i][0], NULL, &error);
      g_assert_no_error (error);
      g_autofree char *text = pool_condition_dup_text (condition);
      g_assert_cmpstr (text, ==, texts[i][1]);
      g_autoptr (PoolCondition) again = pool_condition_parse (text, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (pool_condition_equal (condition, again));
    }
}

/* A condition made of a value finds this value alone, whatever is in it. */
static void
test_values (void)
{
  static const char *const values[] = { "Leak", "I\\x00  ", "[No stack]", "a*b?c[d]", "\\", "", "x.exe (8) #2" };
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (PoolCondition) condition = pool_condition_new_value (DIMENSION_STACK, values[i], TRUE);
      g_autofree char *literal = glob_dup_literal (condition->text);
      g_assert_cmpstr (literal, ==, values[i]);
      for (gsize j = 0; j < G_N_ELEMENTS (values); j++)
        g_assert_cmpint (glob_match (condition->pattern, values[j]), ==, i == j);
    }
  g_autoptr (PoolCondition) tag = pool_condition_new_value (DIMENSION_TAG, "Irp ", FALSE);
  g_autofree char *text = pool_condition_dup_text (tag);
  g_assert_cmpstr (text, ==, "tag=Irp");
  g_assert_true (glob_match (tag->pattern, "Irp "));
  g_autoptr (PoolCondition) odd_tag = pool_condition_new_value (DIMENSION_TAG, "I\\x00  ", FALSE);
  g_assert_true (glob_match (odd_tag->pattern, "I\\x00  "));
  g_assert_null (glob_dup_literal ("a[b]"));
  g_assert_null (glob_dup_literal ("*"));
}

static void
test_list (void)
{
  g_autoptr (PoolFilter) none = pool_filter_new (NULL, NULL);
  g_assert_cmpuint (pool_filter_get_n_conditions (none), ==, 0);
  g_autoptr (PoolCondition) leak = pool_condition_parse ("tag=Leak", NULL, NULL);
  g_autoptr (PoolCondition) large = pool_condition_parse ("size>1", NULL, NULL);
  g_autoptr (PoolFilter) one = pool_filter_with (none, leak);
  g_autoptr (PoolFilter) same = pool_filter_with (one, leak);
  g_autoptr (PoolFilter) two = pool_filter_with (one, large);
  g_autoptr (PoolFilter) second = pool_filter_without (two, 0);
  g_assert_true (pool_filter_equal (one, same));
  g_assert_false (pool_filter_equal (one, two));
  g_assert_false (pool_filter_equal (one, second));
  g_assert_true (pool_filter_get_condition (second, 0) == large);
  g_assert_false (pool_filter_depends_on_range (two));
  g_autoptr (PoolFilter) back = pool_filter_without (two, 1);
  g_assert_true (pool_filter_equal (back, one));
}

/* Where each text is wrong, and a word of what is said about it. */
static void
test_errors (void)
{
  static const struct
  {
    const char *text;
    gsize offset;
    const char *part;
  } wrong[] = {
    { "tag", 3, "character 4: an operator is missing" },
    { "=Leak", 0, "character 1: a name is missing" },
    { "", 0, "a name is missing" },
    { "!=x", 0, "a name is missing" },
    { "tag ~ x", 4, "an operator is missing" },
    { "color=red", 0, "there is no dimension “color”; use one of: type, impact, paged, pooltype, tag" },
    { "color>5", 0, "size, age, lifetime, allocated, freed" },
    { "tag>5", 3, "tag=pattern" },
    { "lifetime=5ms", 8, "<, <=, > or >=" },
    { "size>", 5, "MiB or GiB" },
    { "size>4XB", 5, "“4XB” is no size" },
    { "size>-4", 5, "“-4” is no size" },
    { "size>99999999999GiB", 5, "is no size" },
    { "age >= 5 min", 7, "character 8: “5 min” is no time; write a number with s, ms, us or ns" },
    { "tag\xff=1", 3, "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize offset = G_MAXSIZE;
      g_assert_null (pool_condition_parse (wrong[i].text, &offset, &error));
      g_assert_error (error, POOL_CONDITION_ERROR, 0);
      if (offset != wrong[i].offset || strstr (error->message, wrong[i].part) == NULL)
        g_error ("“%s” at %" G_GSIZE_FORMAT ": %s", wrong[i].text, offset, error->message);
      g_autoptr (GError) list_error = NULL;
      const char *expressions[] = { "tag=Leak", wrong[i].text, NULL };
      g_assert_null (pool_filter_new (expressions, &list_error));
      g_assert_cmpstr (list_error->message, ==, error->message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/filter/glob", test_glob);
  g_test_add_func ("/analysis/filter/glob-of-many-stars", test_glob_of_many_stars);
  g_test_add_func ("/analysis/filter/conditions", test_conditions);
  g_test_add_func ("/analysis/filter/types", test_types);
  g_test_add_func ("/analysis/filter/numbers", test_numbers);
  g_test_add_func ("/analysis/filter/age-at-range", test_age_at_range);
  g_test_add_func ("/analysis/filter/round-trip", test_round_trip);
  g_test_add_func ("/analysis/filter/values", test_values);
  g_test_add_func ("/analysis/filter/list", test_list);
  g_test_add_func ("/analysis/filter/errors", test_errors);
  return g_test_run ();
}
