/* A clean profile in pieces, which tests replace. */
#pragma once

#include "profile/profile_check.h"

#include <string.h>

#define FIXTURE_COLLECTOR                                                                                            \
  "    <SystemCollector Id=\"C\" Name=\"NT Kernel Logger\">\n"                                                      \
  "      <BufferSize Value=\"1024\"/>\n"                                                                             \
  "      <Buffers Value=\"64\"/>\n"                                                                                  \
  "    </SystemCollector>\n"
#define FIXTURE_KEYWORDS                                                                                             \
  "      <Keywords>\n"                                                                                               \
  "        <Keyword Value=\"ProcessThread\"/>\n"                                                                     \
  "        <Keyword Value=\"Loader\"/>\n"                                                                            \
  "        <Keyword Value=\"Pool\"/>\n"                                                                              \
  "      </Keywords>\n"
#define FIXTURE_STACKS                                                                                               \
  "      <Stacks>\n"                                                                                                 \
  "        <Stack Value=\"PoolAllocation\"/>\n"                                                                      \
  "        <Stack Value=\"PoolAllocationSession\"/>\n"                                                               \
  "        <Stack Value=\"PoolFree\"/>\n"                                                                            \
  "        <Stack Value=\"PoolFreeSession\"/>\n"                                                                     \
  "      </Stacks>\n"
#define FIXTURE_TAGS "      <PoolTags>\n        <PoolTag Value=\"Leak\"/>\n      </PoolTags>\n"
#define FIXTURE_PROVIDER                                                                                             \
  "    <SystemProvider Id=\"P\">\n" FIXTURE_KEYWORDS FIXTURE_STACKS FIXTURE_TAGS "    </SystemProvider>\n"
#define FIXTURE_COLLECTORS                                                                                           \
  "      <Collectors>\n"                                                                                             \
  "        <SystemCollectorId Value=\"C\"><SystemProviderId Value=\"P\"/></SystemCollectorId>\n"                     \
  "      </Collectors>\n"
#define FIXTURE_FILE                                                                                                 \
  "    <Profile Id=\"N.Verbose.File\" Name=\"N\" Description=\"D\" LoggingMode=\"File\" DetailLevel=\"Verbose\">\n"  \
  FIXTURE_COLLECTORS                                                                                                 \
  "    </Profile>\n"
#define FIXTURE_MEMORY                                                                                               \
  "    <Profile Id=\"N.Verbose.Memory\" Name=\"N\" Description=\"D\" Base=\"N.Verbose.File\" LoggingMode=\"Memory\"" \
  " DetailLevel=\"Verbose\"/>\n"
#define FIXTURE_MERGE                                                                                                \
  "  <TraceMergeProperties>\n"                                                                                       \
  "    <TraceMergeProperty Id=\"T\" Name=\"T\">\n"                                                                   \
  "      <CustomEvents>\n        <CustomEvent Value=\"ImageId\"/>\n      </CustomEvents>\n"                          \
  "    </TraceMergeProperty>\n"                                                                                      \
  "  </TraceMergeProperties>\n"
#define FIXTURE                                                                                                      \
  "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"                                                                     \
  "<WindowsPerformanceRecorder Version=\"1.0\">\n"                                                                   \
  "  <Profiles>\n" FIXTURE_COLLECTOR FIXTURE_PROVIDER FIXTURE_FILE FIXTURE_MEMORY "  </Profiles>\n" FIXTURE_MERGE    \
  "</WindowsPerformanceRecorder>\n"

/* The clean profile with one piece, which it must have, replaced. */
static inline GBytes *
fixture_with (const char *piece, const char *replacement)
{
  g_assert_nonnull (strstr (FIXTURE, piece));
  GString *text = g_string_new (FIXTURE);
  g_string_replace (text, piece, replacement, 1);
  gsize size = text->len;
  return g_bytes_new_take (g_string_free (text, FALSE), size);
}

/* The findings as “line: sentence”, joined by line feeds. */
static inline char *
fixture_describe (const GPtrArray *findings)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < findings->len; i++)
    {
      const ProfileFinding *finding = g_ptr_array_index (findings, i);
      g_autofree char *sentence = profile_finding_dup_sentence (finding, NULL);
      g_autofree char *advice = profile_finding_dup_advice (finding, NULL);
      g_assert_cmpstr (advice, !=, "");
      g_assert_null (strstr (advice, "{1}"));
      g_string_append_printf (text, "%s%u: %s", i > 0 ? "\n" : "", finding->line, sentence);
    }
  return g_string_free (text, FALSE);
}
