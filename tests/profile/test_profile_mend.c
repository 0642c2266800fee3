/* Mending: what can be repaired is, the rest of the file stays as it was. */
#include "profile_fixture.h"

static char *
mend (const char *piece, const char *replacement, char **ret_findings)
{
  g_autoptr (GBytes) bytes = fixture_with (piece, replacement);
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) mended = profile_mend (bytes, "test.wprp", &findings, &error);
  g_assert_no_error (error);
  g_assert_nonnull (findings);
  *ret_findings = fixture_describe (findings);
  GString *text = g_string_new_len (g_bytes_get_data (mended, NULL), (gssize) g_bytes_get_size (mended));
  g_string_replace (text, "encoding=\"UTF-8\"", "encoding=\"utf-8\"", 1);
  return g_string_free (text, FALSE);
}

/* Pieces whose loss or damage is repaired to the letter. */
static void
test_to_the_letter (void)
{
  static const struct
  {
    const char *piece, *replacement;
  } cases[] = {
    { "Version=\"1.0\"", "Version=\"1.0\"" },
    { " Version=\"1.0\"", "" },
    { "        <Keyword Value=\"Pool\"/>\n", "" },
    { "        <Stack Value=\"PoolFreeSession\"/>\n", "" },
    { "        <Stack Value=\"PoolFree\"/>\n        <Stack Value=\"PoolFreeSession\"/>\n", "" },
    { "<Keyword Value=\"Pool\"/>\n", "<Keyword Value=\"Pool\"/>\n        <Keyword Value=\"Pool\"/>\n" },
    { FIXTURE_KEYWORDS FIXTURE_STACKS, FIXTURE_STACKS FIXTURE_KEYWORDS },
    { FIXTURE_STACKS FIXTURE_TAGS, FIXTURE_TAGS FIXTURE_STACKS },
    { FIXTURE_COLLECTOR FIXTURE_PROVIDER, FIXTURE_PROVIDER FIXTURE_COLLECTOR },
    { "Profile Id=\"N.Verbose.Memory\"", "Profile Id=\"N.Memory\"" },
    { "\n      <BufferSize", "\n\u00a0\u00a0\u00a0\u00a0 \u00a0<BufferSize" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *findings = NULL;
      g_autofree char *text = mend (cases[i].piece, cases[i].replacement, &findings);
      g_assert_cmpstr (findings, ==, "");
      g_assert_cmpstr (text, ==, FIXTURE);
    }
}

/* What is repaired in other words than the fixture's: nothing is left to say. */
static void
test_clean (void)
{
  static const struct
  {
    const char *piece, *replacement;
  } cases[] = {
    { FIXTURE_MEMORY, "" },
    { FIXTURE_MERGE, "" },
    { FIXTURE_KEYWORDS, "" },
    { FIXTURE_KEYWORDS FIXTURE_STACKS, "" },
    { FIXTURE_KEYWORDS FIXTURE_STACKS FIXTURE_TAGS, "" },
    { "ImageId", "BuildInfo" },
    { " Description=\"D\" LoggingMode", " LoggingMode" },
    { FIXTURE_STACKS, FIXTURE_STACKS "<Stacks Operation=\"Remove\"><Stack Value=\"PoolFree\"/></Stacks>" },
    { "Profile Id=\"N.Verbose.File\"", "Profile Id=\"Other\"" },
    { "  <Profiles>\n", FIXTURE_MERGE "  <!-- kept -->\n  <Profiles>\n" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *findings = NULL;
      g_autofree char *text = mend (cases[i].piece, cases[i].replacement, &findings);
      g_test_message ("%s", text);
      /* Two merge properties of one Id stay: that is for the author to say. */
      if (strstr (cases[i].replacement, "kept"))
        g_assert_true (g_str_has_suffix (findings, "the Id “T” is given twice"));
      else
        g_assert_cmpstr (findings, ==, "");
      g_assert_true (!strstr (cases[i].replacement, "kept") || strstr (text, "<!-- kept -->"));
    }
}

static void
test_left_alone (void)
{
  g_autofree char *findings = NULL;
  g_autofree char *text = mend ("Value=\"Leak\"", "Value=\"Leaky\"", &findings);
  g_assert_true (g_str_has_prefix (findings, "21: “Leaky” is no pool tag"));
  g_assert_nonnull (strstr (text, "<PoolTag Value=\"Leaky\"/>"));
  g_autofree char *text_findings = NULL;
  g_autofree char *with_text = mend ("<Keywords>", "<Keywords>loose &amp; text", &text_findings);
  g_assert_nonnull (strstr (with_text, "loose &amp; text"));
  g_assert_true (g_str_has_prefix (text_findings, "9: something other than blanks"));
}

/* Elements given twice inside one that is given twice itself. */
static void
test_nested_twice (void)
{
  g_autofree char *findings = NULL;
  g_autofree char *text
      = mend (FIXTURE_KEYWORDS,
              FIXTURE_KEYWORDS "<Keywords Operation=\"Add\"><Keyword Value=\"a\"/><Keyword Value=\"a\">"
                               "<Stacks><Stack Value=\"b\"/><Stack Value=\"b\"/></Stacks>"
                               "<SystemProvider><Stacks/><Keywords/></SystemProvider></Keyword></Keywords>",
              &findings);
  g_assert_null (strstr (text, "Value=\"b\""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile-mend/to-the-letter", test_to_the_letter);
  g_test_add_func ("/profile-mend/clean", test_clean);
  g_test_add_func ("/profile-mend/left-alone", test_left_alone);
  g_test_add_func ("/profile-mend/nested-twice", test_nested_twice);
  return g_test_run ();
}
