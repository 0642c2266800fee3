/* Layouts of Windows Performance Analyzer: areas, sorts, filters, and files that are refused. */
#include "profile/profile_check.h"
#include "profile/wpa_presets.h"
#include "profile/wpa_query.h"

#include <string.h>

#define HEAD                                                                                                          \
  "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"                                                                      \
  "<WpaProfileContainer xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" Version=\"2\" "                       \
  "xmlns=\"http://tempuri.org/SerializableElement.xsd\">\n"                                                           \
  " <Content xsi:type=\"WpaProfile2\"><Views><View Title=\"Analysis\"><Graphs>\n"                                     \
  "  <Graph Title=\"Pool Graphs\">\n"
#define TAIL "  </Graph>\n </Graphs></View></Views></Content>\n</WpaProfileContainer>\n"

static GPtrArray *
parse (const char *text, gsize length, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  return wpa_presets_parse (bytes, "a.wpaProfile", error);
}

/* "Name area sort", a column each. */
static char *
describe (const WpaPreset *preset)
{
  static const char *const areas[] = { "key", "value", "graphed" };
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < preset->columns->len; i++)
    {
      const WpaColumn *column = g_ptr_array_index (preset->columns, i);
      g_string_append_printf (text, "%s%s:%s", i > 0 ? " " : "", column->name, areas[column->area]);
      if (*column->aggregation)
        g_string_append_printf (text, ":%s", column->aggregation);
      if (*column->stack_mode)
        g_string_append_printf (text, ":%s", column->stack_mode);
      if (column->is_sorted)
        g_string_append_printf (text, ":%s%d", column->is_ascending ? "up" : "down", column->sort_priority);
      if (!column->is_visible)
        g_string_append (text, ":hidden");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_areas (void)
{
  /* Bars and columns are counted in one list: gold at 4 of it, behind the freeze bar at 0, leaves three keys. */
  static const char text[] = HEAD
      "   <Preset Name=\"A\" KeyColumnCount=\"4\" LeftFrozenColumnCount=\"0\" RightFrozenColumnCount=\"7\" "
      "GraphColumnCount=\"9\" InitialFilterQuery=\"[Pool Tag]:=&quot;Leak&quot;\" InitialFilterShouldKeep=\"false\">\n"
      "    <Columns>\n"
      "     <Column Name=\"Paged\" Width=\"60\" IsVisible=\"true\"/>\n"
      "     <Column Name=\"Hidden\" IsVisible=\"false\"/>\n"
      "     <Column Name=\"Stack\"><Options><StackOptionsParameter Mode=\"StackTag\"/></Options></Column>\n"
      "     <Column Name=\"Count\" AggregationMode=\"Sum\" SortPriority=\"1\" SortOrder=\"Ascending\"/>\n"
      "     <Column Name=\"Size\" AggregationMode=\"Peak\" SortPriority=\"0\" SortOrder=\"Descending\"/>\n"
      "     <Column Name=\"Process\" SortPriority=\"7\" SortOrder=\"None\"/>\n"
      "     <Column Name=\"Impacting Size\" AggregationMode=\"Sum\"/>\n"
      "    </Columns>\n"
      "   </Preset>\n" TAIL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) presets = parse (text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (presets->len, ==, 1);
  const WpaPreset *preset = g_ptr_array_index (presets, 0);
  g_assert_cmpstr (preset->name, ==, "A");
  g_assert_cmpstr (preset->graph, ==, "Pool Graphs");
  g_assert_cmpuint (preset->line, ==, 5);
  g_assert_cmpstr (preset->filter, ==, "[Pool Tag]:=\"Leak\"");
  g_assert_false (preset->filter_keeps);
  g_autofree char *columns = describe (preset);
  g_assert_cmpstr (columns, ==,
                   "Paged:key Hidden:key:hidden Stack:key:StackTag Count:value:Sum:up1 Size:value:Peak:down0 "
                   "Process:value Impacting Size:graphed:Sum");
  g_assert_cmpint (((WpaColumn *) g_ptr_array_index (preset->columns, 0))->width_px, ==, 60);
}

/* Without the freeze bars, with nonsense for numbers, and with a position behind the end. */
static void
test_positions (void)
{
  static const struct
  {
    const char *attributes, *expected;
  } cases[] = {
    { "KeyColumnCount=\"1\" GraphColumnCount=\"3\"", "a:key b:value c:graphed" },
    { "KeyColumnCount=\"2\"", "a:key b:key c:value" },
    { "KeyColumnCount=\"-1\" GraphColumnCount=\"x\"", "a:value b:value c:value" },
    { "KeyColumnCount=\"99999999999999999999\"", "a:value b:value c:value" },
    { "KeyColumnCount=\"99\" GraphColumnCount=\"0\"", "a:key b:key c:key" },
    { "KeyColumnCount=\"2\" LeftFrozenColumnCount=\"1\" RightFrozenColumnCount=\"0\"", "a:value b:value c:value" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
          HEAD "<Preset Name=\"A\" %s><Columns><Column Name=\"a\"/><Column Name=\"b\"/><Column Name=\"c\"/></Columns>"
               "</Preset>" TAIL,
          cases[i].attributes);
      g_autoptr (GPtrArray) presets = parse (text, strlen (text), NULL);
      g_assert_nonnull (presets);
      g_autofree char *columns = describe (g_ptr_array_index (presets, 0));
      g_assert_cmpstr (columns, ==, cases[i].expected);
    }
}

static void
assert_refused (const char *text, gsize length, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) presets = parse (text, length, &error);
  g_assert_null (presets);
  g_assert_error (error, PROFILE_ERROR, PROFILE_ERROR_NOT_A_PROFILE);
  if (!strstr (error->message, "a.wpaProfile") || !strstr (error->message, expected))
    g_error ("“%s” is not told in: %s", expected, error->message);
}

static void
test_refused (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GString) many = g_string_new ("<a>");
  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "<Graph>");
  for (guint i = 0; i < 300000; i++)
    g_string_append (many, "<b/>");
  g_autofree char *large = g_strnfill (17 << 20, ' ');
  assert_refused ("", 0, "is empty");
  assert_refused ("<a>", 3, "line 1 is not well-formed XML");
  assert_refused ("<a/>", 4, "the element “a” holds no preset");
  assert_refused ("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", 41, "line 1 has a document type");
  assert_refused (deep->str, deep->len, "nests its elements too deeply");
  assert_refused (many->str, many->len, "too many elements");
  assert_refused (large, 17 << 20, "is larger than 16 MiB");
  assert_refused (HEAD "<Preset Name=\"A\"/><Preset><Columns/></Preset>" TAIL,
                  strlen (HEAD "<Preset Name=\"A\"/><Preset><Columns/></Preset>" TAIL), "holds no preset");
}

/* "!column match value", a term each. */
static char *
describe_query (const char *query, gboolean keeps)
{
  static const char *const matches[] = { "=", "~", "<<", ">>", ">", "<", ">=", "<=" };
  gsize place = 0;
  g_autoptr (GPtrArray) terms = wpa_query_parse (query, keeps, &place);
  if (!terms)
    return g_strdup_printf ("from “%s” on", query + place);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < terms->len; i++)
    {
      const WpaTerm *term = g_ptr_array_index (terms, i);
      g_string_append_printf (text, "%s%s%s%s%s", i > 0 ? "; " : "", term->is_negated ? "!" : "", term->column,
                              matches[term->match], term->value);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_queries (void)
{
  static const struct
  {
    const char *query;
    gboolean keeps;
    const char *expected;
  } cases[] = {
    { "[Pool Tag]:=\"Irp \"", TRUE, "Pool Tag=Irp " },
    { "[Impacting Type]:=\"Impacting\" and NOT [Process]:~=\"System (4)\"", TRUE,
      "Impacting Type=Impacting; !Process~System (4)" },
    { " [Size]:>4KB AND [Size]:<=1MB AND [A]:~<\"b\" AND [A]:~>\"c\"", TRUE, "Size>4KB; Size<=1MB; A<<b; A>>c" },
    { "[A]:=\"x\" OR NOT [B]:>=2", FALSE, "!A=x; B>=2" },
    { "NOT NOT [A]:<\"x\"", TRUE, "A<x" },
    { "[A]:=\"x\" OR [B]:=\"y\"", TRUE, "from “OR [B]:=\"y\"” on" },
    { "[A]:=\"x\" AND [B]:=\"y\"", FALSE, "from “AND [B]:=\"y\"” on" },
    { "([A]:=\"x\")", TRUE, "from “([A]:=\"x\")” on" },
    { "[A]:=\"x", TRUE, "from “\"x” on" },
    { "[A]:?\"x\"", TRUE, "from “:?\"x\"” on" },
    { "[A]:=\"x\" AND", TRUE, "from “” on" },
    { "[A", TRUE, "from “[A” on" },
    { "ANDROID", TRUE, "from “ANDROID” on" },
    { "", TRUE, "from “” on" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = describe_query (cases[i].query, cases[i].keeps);
      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wpa-presets/areas", test_areas);
  g_test_add_func ("/wpa-presets/positions", test_positions);
  g_test_add_func ("/wpa-presets/refused", test_refused);
  g_test_add_func ("/wpa-presets/queries", test_queries);
  return g_test_run ();
}
