/* Each rule, with its line; and files that are refused. */
#include "profile_fixture.h"

static const struct
{
  const char *name, *piece, *replacement, *expected; /* all findings, “line: beginning of the sentence” */
} cases[] = {
  { "clean", "Version=\"1.0\"", "Version=\"1.0\"", "" },
  { "version", " Version=\"1.0\"", "", "2: the attribute Version is missing" },
  { "keyword-pool", "        <Keyword Value=\"Pool\"/>\n", "", "9: the keyword Pool is missing" },
  { "keyword-loader", "<Keyword Value=\"Loader\"/>", "", "9: the keyword Loader is missing" },
  { "keywords", FIXTURE_KEYWORDS, "",
    "8: the keyword Pool is missing|8: the keyword ProcessThread is missing|8: the keyword Loader is "
    "missing" },
  { "stack-of-free", "        <Stack Value=\"PoolFree\"/>\n", "", "14: the stack PoolFree is missing" },
  { "stack-of-allocation", "<Stack Value=\"PoolAllocationSession\"/>", "",
    "14: the stack PoolAllocationSession is missing" },
  { "keyword-twice", "<Keyword Value=\"Pool\"/>", "<Keyword Value=\"Pool\"/><Keyword Value=\"Pool\"/>",
    "12: Keyword “Pool” is given twice" },
  { "stacks-before-keywords", FIXTURE_KEYWORDS FIXTURE_STACKS, FIXTURE_STACKS FIXTURE_KEYWORDS,
    "15: the element Keywords stands too late" },
  { "provider-before-collector", FIXTURE_COLLECTOR FIXTURE_PROVIDER, FIXTURE_PROVIDER FIXTURE_COLLECTOR,
    "20: the element SystemCollector stands too late" },
  { "merge-before-profiles", "  <Profiles>\n", FIXTURE_MERGE "  <Profiles>\n",
    "10: the element Profiles stands too late|39: the Id “T” is given twice" },
  { "five-tags", "<PoolTag Value=\"Leak\"/>",
    "<PoolTag Value=\"a\"/><PoolTag Value=\"b\"/><PoolTag Value=\"c\"/><PoolTag Value=\"d\"/><PoolTag "
    "Value=\"e\"/>",
    "20: PoolTags holds 5 tags" },
  { "no-tag", "        <PoolTag Value=\"Leak\"/>\n", "", "20: PoolTags holds 0 tags" },
  { "long-tag", "Value=\"Leak\"", "Value=\"Leaky\"", "21: “Leaky” is no pool tag" },
  { "empty-tag", "Value=\"Leak\"", "Value=\"\"", "21: “” is no pool tag" },
  { "foreign-tag", "Value=\"Leak\"", "Value=\"é\"", "21: “é” is no pool tag" },
  { "blank-in-tag", "Value=\"Leak\"", "Value=\"Irp \"", "" },
  { "no-memory", FIXTURE_MEMORY, "", "24: there is no profile with LoggingMode Memory" },
  { "no-file", "LoggingMode=\"File\"", "LoggingMode=\"Memory\"",
    "24: the Id of a profile must be its Name.DetailLevel.LoggingMode, here “N.Verbose.Memory”"
    "|24: there is no profile with LoggingMode File" },
  { "no-profile", FIXTURE_FILE FIXTURE_MEMORY, "", "3: there is no Profile" },
  { "profile-id", "Profile Id=\"N.Verbose.Memory\"", "Profile Id=\"N.Memory\"",
    "29: the Id of a profile must be its Name.DetailLevel.LoggingMode, here “N.Verbose.Memory”" },
  { "id-with-colon", "Profile Id=\"N.Verbose.Memory\"", "Profile Id=\"N:Verbose\"",
    "29: the Id “N:Verbose” is empty|29: the Id of a profile must be" },
  { "id-twice", "SystemProvider Id=\"P\"", "SystemProvider Id=\"C\"",
    "8: the Id “C” is given twice|24: no profile uses a SystemProvider|26: nothing in this file has the Id "
    "“P”"
    "|29: no profile uses a SystemProvider" },
  { "detail-level", "DetailLevel=\"Verbose\"/>", "DetailLevel=\"Loud\"/>",
    "29: DetailLevel=\"Loud\" is not a value|29: the Id of a profile must be" },
  { "description", " Description=\"D\" LoggingMode", " LoggingMode",
    "24: the attribute Description of the profile N is missing" },
  { "buffers", "<Buffers Value=\"64\"/>", "<Buffers Value=\"many\"/>",
    "6: Buffers Value=\"many\" is not a number" },
  { "percentage", "<Buffers Value=\"64\"/>", "<Buffers Value=\"164\" PercentageOfTotalMemory=\"true\"/>",
    "6: Buffers Value=\"164\" is not a number" },
  { "buffer-value", "<BufferSize Value=\"1024\"/>", "<BufferSize/>",
    "5: the attribute Value of BufferSize is missing" },
  { "image-id", "ImageId", "BuildInfo", "2: no merge event ImageId is asked for" },
  { "merge", FIXTURE_MERGE, "", "2: no merge event ImageId is asked for" },
  { "no-break-spaces", "\n      <BufferSize", "\n\u00a0\u00a0 <BufferSize",
    "4: something other than blanks stands between" },
  { "another-name", "Name=\"N\" Description=\"D\" Base", "Name=\"M\" Description=\"D\" Base",
    "29: the Id of a profile must be its Name.DetailLevel.LoggingMode, here “M.Verbose.Memory”"
    "|29: the profile has another Name, “M”" },
  { "reference", "SystemCollectorId Value=\"C\"", "SystemCollectorId Value=\"D\"",
    "26: nothing in this file has the Id “D”" },
  /* What a provider inherits counts; what another file holds cannot be judged. */
  { "inherited", FIXTURE_PROVIDER,
    "    <SystemProvider Id=\"B\">\n" FIXTURE_KEYWORDS "    </SystemProvider>\n"
    "    <SystemProvider Id=\"P\" Base=\"B\">\n" FIXTURE_STACKS "    </SystemProvider>\n",
    "" },
  { "inherited-and-set", FIXTURE_PROVIDER,
    "    <SystemProvider Id=\"B\">\n" FIXTURE_KEYWORDS "    </SystemProvider>\n"
    "    <SystemProvider Id=\"P\" Base=\"B\">\n"
    "      <Keywords><Keyword Value=\"Pool\"/></Keywords>\n" FIXTURE_STACKS "    </SystemProvider>\n",
    "16: the keyword ProcessThread is missing|16: the keyword Loader is missing" },
  { "removed", FIXTURE_STACKS,
    FIXTURE_STACKS "      <Stacks Operation=\"Remove\"><Stack Value=\"PoolFree\"/></Stacks>\n",
    "14: the stack PoolFree is missing" },
  { "added-by-the-profile", "<SystemProviderId Value=\"P\"/>",
    "<SystemProviderId Value=\"P\"><Stacks><Stack Value=\"PoolFree\"/></Stacks></SystemProviderId>",
    "14: the stack PoolAllocation is missing|14: the stack PoolAllocationSession is missing"
    "|14: the stack PoolFreeSession is missing" },
  { "base-elsewhere", "SystemProvider Id=\"P\"", "SystemProvider Id=\"P\" Base=\"OfWindows\"", "" },
  { "base-of-itself", "SystemProvider Id=\"P\"", "SystemProvider Id=\"P\" Base=\"P\"", "" },
};

static void
assert_findings (GBytes *bytes, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = profile_check (bytes, "test.wprp", &error);
  g_assert_no_error (error);
  g_autofree char *found = fixture_describe (findings);
  g_auto (GStrv) lines = g_strsplit (found, "\n", -1), wanted = g_strsplit (expected, "|", -1);
  g_test_message ("%s", found);
  g_assert_cmpuint (g_strv_length (lines), ==, g_strv_length (wanted));
  for (gsize i = 0; lines[i]; i++)
    g_assert_true (g_str_has_prefix (lines[i], wanted[i]));
}

static void
test_rule (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GBytes) bytes = fixture_with (cases[i].piece, cases[i].replacement);
  assert_findings (bytes, cases[i].expected);
}

static void
test_utf16 (void)
{
  static const struct
  {
    const char *encoding, *mark;
  } encodings[] = { { "UTF-16LE", "\xFF\xFE" }, { "UTF-16BE", "\xFE\xFF" } };
  g_autoptr (GBytes) bytes = fixture_with ("Value=\"Leak\"", "Value=\"Leaky\"");
  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      /* The declaration still says utf-8, as editors leave it. */
      gsize size;
      g_autofree char *wide = g_convert (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                                         encodings[i].encoding, "UTF-8", NULL, &size, NULL);
      GByteArray *array = g_byte_array_new ();
      g_byte_array_append (array, (const guint8 *) encodings[i].mark, 2);
      g_byte_array_append (array, (const guint8 *) wide, (guint) size);
      g_autoptr (GBytes) marked = g_byte_array_free_to_bytes (array);
      assert_findings (marked, "21: “Leaky” is no pool tag");
    }
  g_autofree char *with_mark = g_strconcat ("\xEF\xBB\xBF", FIXTURE, NULL);
  g_autoptr (GBytes) utf8 = g_bytes_new (with_mark, strlen (with_mark));
  assert_findings (utf8, "");
}

static void
assert_refused (const char *text, gssize size, const char *pattern)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (text, size < 0 ? strlen (text) : (gsize) size);
  g_assert_null (profile_check (bytes, "hostile.wprp", &error));
  g_assert_error (error, PROFILE_ERROR, PROFILE_ERROR_NOT_A_PROFILE);
  g_test_message ("%s", error->message);
  g_assert_true (g_pattern_match_simple (pattern, error->message));
  g_clear_error (&error);
  g_assert_null (profile_mend (bytes, "hostile.wprp", NULL, &error));
  g_assert_error (error, PROFILE_ERROR, PROFILE_ERROR_NOT_A_PROFILE);
}

static void
test_refused (void)
{
  assert_refused ("", -1, "“hostile.wprp” is empty*");
  assert_refused ("no XML", -1, "“hostile.wprp” line 1 is not well-formed XML: *; *");
  assert_refused ("<WindowsPerformanceRecorder>\n<Profiles>\n</WindowsPerformanceRecorder>", -1,
                  "“hostile.wprp” line 3 is not well-formed XML: *");
  assert_refused ("\n<html></html>", -1, "“hostile.wprp” line 2 begins with the element “html”*");
  assert_refused ("<!DOCTYPE WindowsPerformanceRecorder [\n<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n"
                  "<WindowsPerformanceRecorder Version=\"&x;\"/>",
                  -1, "“hostile.wprp” line 1 has a document type*");
  assert_refused ("<!DOCTYPE WindowsPerformanceRecorder SYSTEM \"http://localhost/x.dtd\">\n"
                  "<WindowsPerformanceRecorder/>",
                  -1, "“hostile.wprp” line 1 has a document type*");
  assert_refused ("<!DOCTYPE l [\n<!ENTITY a \"lol\">\n<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">\n"
                  "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>\n<l>&c;</l>",
                  -1, "“hostile.wprp” line 1 has a document type*");
  assert_refused ("<WindowsPerformanceRecorder>&nothing;</WindowsPerformanceRecorder>", -1,
                  "“hostile.wprp” line 1 is not well-formed XML*");
  assert_refused ("\xFF\xFE\x00\xD8\x00\xD8", 6, "“hostile.wprp” line 1 is not valid UTF-16*");
  assert_refused ("\xFF\xFE", 2, "“hostile.wprp” line 1 is not well-formed XML*");
}

static char *
repeat (const char *before, const char *piece, guint n, const char *after)
{
  GString *text = g_string_new (before);
  for (guint i = 0; i < n; i++)
    g_string_append (text, piece);
  g_string_append (text, after);
  return g_string_free (text, FALSE);
}

static void
test_too_much (void)
{
  g_autofree char *deep = repeat ("<WindowsPerformanceRecorder>\n", "<a>", 40, "");
  assert_refused (deep, -1, "“hostile.wprp” line 2 nests its elements too deeply*");
  g_autofree char *many
      = repeat ("<WindowsPerformanceRecorder>\n", "<a/>", 10001, "</WindowsPerformanceRecorder>");
  assert_refused (many, -1, "“hostile.wprp” line 2 has too many elements*");
  g_autofree char *large
      = repeat ("<WindowsPerformanceRecorder>", "        ", 1 << 17, "</WindowsPerformanceRecorder>");
  assert_refused (large, -1, "“hostile.wprp” is larger than 1 MiB*");
}

static void
test_corpus (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("POOLSCOPE_CORPUS"), "PoolTagLeak.wprp", NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("the folder of real files is not here");
      return;
    }
  g_autoptr (GBytes) bytes = profile_read_file (path, NULL);
  assert_findings (bytes, "2: something other than blanks|2: no merge event ImageId"
                          "|9: the keyword ProcessThread is missing|9: the keyword Loader is missing"
                          "|12: the stack PoolFree is missing|12: the stack PoolFreeSession is missing");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat ("/profile-check/rule/", cases[i].name, NULL);
      g_test_add_data_func (name, GSIZE_TO_POINTER (i), test_rule);
    }
  g_test_add_func ("/profile-check/utf16", test_utf16);
  g_test_add_func ("/profile-check/refused", test_refused);
  g_test_add_func ("/profile-check/too-much", test_too_much);
  g_test_add_func ("/profile-check/corpus", test_corpus);
  return g_test_run ();
}
