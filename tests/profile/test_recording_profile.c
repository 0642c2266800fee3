/* What is written: valid by the schema's order, which a DTD of its own states here, and clean under the
 * check. */
#include "profile/profile_check.h"
#include "profile/recording_profile.h"

#include <libxml/parser.h>
#include <libxml/valid.h>
#include <libxml/xpath.h>
#include <string.h>

static const char schema[]
    = "<!ELEMENT WindowsPerformanceRecorder (Profiles?, TraceMergeProperties*)>"
      "<!ATTLIST WindowsPerformanceRecorder Version CDATA #REQUIRED Author CDATA #IMPLIED>"
      "<!ELEMENT Profiles (SystemCollector*, SystemProvider*, Profile+)>"
      "<!ELEMENT SystemCollector (BufferSize?, Buffers?, StackCaching?)>"
      "<!ATTLIST SystemCollector Id ID #REQUIRED Name CDATA #REQUIRED>"
      "<!ELEMENT BufferSize EMPTY> <!ATTLIST BufferSize Value NMTOKEN #REQUIRED>"
      "<!ELEMENT Buffers EMPTY>"
      "<!ATTLIST Buffers Value NMTOKEN #REQUIRED PercentageOfTotalMemory (true|false) 'false'>"
      "<!ELEMENT SystemProvider (Keywords*, Stacks*, PoolTags*)> <!ATTLIST SystemProvider Id ID #REQUIRED>"
      "<!ELEMENT Keywords (Keyword+)> <!ELEMENT Keyword EMPTY> <!ATTLIST Keyword Value NMTOKEN #REQUIRED>"
      "<!ELEMENT Stacks (Stack+)> <!ELEMENT Stack EMPTY> <!ATTLIST Stack Value NMTOKEN #REQUIRED>"
      "<!ELEMENT PoolTags (PoolTag, (PoolTag, (PoolTag, PoolTag?)?)?)>"
      "<!ELEMENT PoolTag EMPTY> <!ATTLIST PoolTag Value CDATA #REQUIRED>"
      "<!ELEMENT Profile (ProblemCategories?, Collectors?, TraceMergeProperties?)>"
      "<!ATTLIST Profile Id ID #REQUIRED Name CDATA #REQUIRED Description CDATA #REQUIRED"
      " LoggingMode (File|Memory) #REQUIRED DetailLevel (Light|Verbose) #REQUIRED Base IDREF #IMPLIED>"
      "<!ELEMENT Collectors (SystemCollectorId+)>"
      "<!ELEMENT SystemCollectorId (SystemProviderId+)> <!ATTLIST SystemCollectorId Value IDREF #REQUIRED>"
      "<!ELEMENT SystemProviderId EMPTY> <!ATTLIST SystemProviderId Value IDREF #REQUIRED>"
      "<!ELEMENT TraceMergeProperties (TraceMergeProperty+)>"
      "<!ELEMENT TraceMergeProperty (CustomEvents?)>"
      "<!ATTLIST TraceMergeProperty Id ID #REQUIRED Name CDATA #REQUIRED>"
      "<!ELEMENT CustomEvents (CustomEvent+)> <!ELEMENT CustomEvent EMPTY>"
      "<!ATTLIST CustomEvent Value NMTOKEN #REQUIRED>";

static void
assert_valid (xmlDoc *document)
{
  xmlParserInputBuffer *input
      = xmlParserInputBufferCreateMem (schema, (int) strlen (schema), XML_CHAR_ENCODING_UTF8);
  xmlDtd *dtd = xmlIOParseDTD (NULL, input, XML_CHAR_ENCODING_UTF8);
  xmlValidCtxt *context = xmlNewValidCtxt ();
  g_assert_nonnull (dtd);
  g_assert_true (xmlValidateDtd (context, document, dtd));
  xmlFreeValidCtxt (context);
  xmlFreeDtd (dtd);
}

/* The values of an attribute at each node that @path names, joined by "|". */
static char *
select_values (xmlDoc *document, const char *path)
{
  xmlXPathContext *context = xmlXPathNewContext (document);
  xmlXPathObject *found = xmlXPathEval (BAD_CAST path, context);
  GString *line = g_string_new (NULL);
  for (int i = 0; i < xmlXPathNodeSetGetLength (found->nodesetval); i++)
    {
      xmlChar *value = xmlNodeGetContent (xmlXPathNodeSetItem (found->nodesetval, i));
      g_string_append_printf (line, "%s%s", i > 0 ? "|" : "", (const char *) value);
      xmlFree (value);
    }
  xmlXPathFreeObject (found);
  xmlXPathFreeContext (context);
  return g_string_free (line, FALSE);
}

static void
assert_values (xmlDoc *document, const char *path, const char *expected)
{
  g_autofree char *values = select_values (document, path);
  g_assert_cmpstr (values, ==, expected);
}

static xmlDoc *
write_and_read (const RecordingProfile *profile)
{
  g_autoptr (GBytes) bytes = recording_profile_write (profile);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = profile_check (bytes, "written.wprp", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
  xmlDoc *document
      = xmlReadMemory (g_bytes_get_data (bytes, NULL), (int) g_bytes_get_size (bytes), NULL, NULL, 0);
  g_assert_nonnull (document);
  assert_valid (document);
  return document;
}

static void
test_whole_pool (void)
{
  for (guint mode = RECORDING_MODE_FILE; mode <= RECORDING_MODE_MEMORY; mode++)
    {
      RecordingProfile profile;
      recording_profile_init (&profile);
      profile.mode = mode;
      xmlDoc *document = write_and_read (&profile);
      assert_values (document, "//Profile/@LoggingMode",
                     mode == RECORDING_MODE_FILE ? "File|Memory" : "Memory|File");
      assert_values (document, "//Profile[@LoggingMode='File']/@Id", "PoolUsage.Verbose.File");
      assert_values (document, "//Profile[@LoggingMode='Memory']/@Id", "PoolUsage.Verbose.Memory");
      assert_values (document, "//Keyword/@Value", "CpuConfig|Loader|Pool|ProcessThread");
      assert_values (document, "//Stack/@Value",
                     "PoolAllocation|PoolAllocationSession|PoolFree|PoolFreeSession");
      assert_values (document, "//SystemCollector/@Name", "NT Kernel Logger|NT Kernel Logger");
      assert_values (document, "//Buffers/@Value", "256|5");
      assert_values (document, "//Buffers/@PercentageOfTotalMemory", "true");
      assert_values (document, "//CustomEvent[@Value='ImageId']/@Value", "ImageId");
      assert_values (document, "//PoolTags", "");
      xmlFreeDoc (document);
    }
}

static void
test_tags (void)
{
  static const char *const tags[] = { "Irp ", "<&>\"", "%'-", "x" };
  RecordingProfile profile;
  recording_profile_init (&profile);
  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    g_assert_true (recording_profile_add_tag (&profile, tags[i], NULL));
  xmlDoc *document = write_and_read (&profile);
  assert_values (document, "//PoolTag/@Value", "Irp |<&>\"|%'-|x");
  xmlFreeDoc (document);
  g_autofree char *name = recording_profile_dup_file_name (&profile);
  g_assert_cmpstr (name, ==, "pool-Irp-x.wprp");
}

static void
test_wrong_tags (void)
{
  static const char *const wrong[] = { "", "Leaky", "ä", "a\tb", "\x01", "\xff" };
  RecordingProfile profile;
  recording_profile_init (&profile);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_false (recording_profile_add_tag (&profile, wrong[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
  g_assert_true (recording_profile_add_tag (&profile, "a", NULL));
  g_assert_false (recording_profile_add_tag (&profile, "a", NULL));
  g_assert_true (recording_profile_add_tag (&profile, "A", NULL));
  g_assert_true (recording_profile_add_tag (&profile, "a ", NULL));
  g_assert_true (recording_profile_add_tag (&profile, "b", NULL));
  g_assert_false (recording_profile_add_tag (&profile, "c", NULL));
  g_assert_cmpuint (profile.n_tags, ==, 4);
}

static void
test_without_free_stacks (void)
{
  RecordingProfile profile;
  recording_profile_init (&profile);
  profile.stacks = RECORDING_STACKS_OF_ALLOCATIONS;
  g_autoptr (GBytes) bytes = recording_profile_write (&profile);
  g_autoptr (GPtrArray) findings = profile_check (bytes, "written.wprp", NULL);
  g_assert_cmpuint (findings->len, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recording-profile/whole-pool", test_whole_pool);
  g_test_add_func ("/recording-profile/tags", test_tags);
  g_test_add_func ("/recording-profile/wrong-tags", test_wrong_tags);
  g_test_add_func ("/recording-profile/without-free-stacks", test_without_free_stacks);
  return g_test_run ();
}
