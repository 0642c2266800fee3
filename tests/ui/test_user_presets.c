/* The user's presets: their text, the file that keeps them, and what comes in from other files. */
#include "app/presets/preset_store.h"
#include "app/presets/wpa_import.h"

#include <glib/gstdio.h>
#include <string.h>

static char *
join (char **texts)
{
  char *text = g_strjoinv (",", texts);
  g_strfreev (texts);
  return text;
}

/* "name: groups|values by sort" */
static char *
describe (const UserPreset *preset)
{
  g_autofree char *groups = join (column_layout_dup_group_names (&preset->layout));
  g_autofree char *values = join (column_layout_dup_value_names (&preset->layout));
  g_autofree char *filter = preset->conditions != NULL ? g_strjoinv (";", preset->conditions) : g_strdup ("");
  return g_strdup_printf ("%s: %s|%s by %s%s%s%s", preset->name, groups, values,
                          preset->order.by_text ? "text" : metric_get_name (preset->order.metric),
                          preset->order.is_ascending ? " up" : "", *filter != '\0' ? " where " : "", filter);
}

static char *
describe_all (const GPtrArray *presets)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < presets->len; i++)
    {
      g_autofree char *line = describe (g_ptr_array_index (presets, i));
      g_string_append_printf (text, "%s\n", line);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static UserPreset *
make_preset (const char *name, const char *group, const char *value)
{
  const char *const groups[] = { group, "stack", NULL }, *const values[] = { value, "size", NULL };
  ColumnLayout layout;
  g_assert_true (column_layout_init_strictly (&layout, groups, values));
  PoolTreeOrder order = { METRIC_SIZE, TRUE, FALSE };
  return user_preset_new (name, &layout, order);
}

static void
test_round_trip (void)
{
  static const char *const conditions[] = { "tag=Irp*", "size>=4KiB", NULL };
  g_autoptr (GPtrArray) presets = g_ptr_array_new_with_free_func ((GDestroyNotify) user_preset_free);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  UserPreset *first = make_preset ("  Ä “1” \\ ", "tag", "unique-process"), *second = make_preset ("b", "size-of-one", "trend");
  first->widths_px[0] = 77;
  first->conditions = g_strdupv ((char **) conditions);
  second->order.by_text = TRUE;
  g_ptr_array_add (presets, first);
  g_ptr_array_add (presets, second);
  g_autofree char *text = user_presets_write (presets);
  g_autoptr (GPtrArray) read = user_presets_read (text, strlen (text), problems, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  g_autofree char *expected = describe_all (presets), *found = describe_all (read);
  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpstr (expected, ==,
                   "Ä “1” \\: tag,stack|unique-process,size by size up where tag=Irp*;size>=4KiB\n"
                   "b: size-of-one,stack|trend,size by text up\n");
  g_assert_cmpint (((UserPreset *) g_ptr_array_index (read, 0))->widths_px[0], ==, 77);
}

#define PRESETS(text) "{\"format\":\"poolscope-presets\",\"version\":1,\"presets\":[" text "]}"

static void
test_problems (void)
{
  static const struct
  {
    const char *text;
    int n_presets; /* -1: refused */
    const char *problem;
  } cases[] = {
    { "", -1, "does not hold an object" },
    { "[]", -1, "does not hold an object" },
    { "{\"format\":\"poolscope-presets\"", -1, "not JSON" },
    { "{\"format\":\"poolscope-presets\",\"version\":2,\"presets\":[]}", -1, "of this version" },
    { "{\"format\":\"other\",\"version\":1}", -1, "of this version" },
    { PRESETS (""), 0, NULL },
    { PRESETS ("7, \"a\""), 0, NULL },
    { PRESETS ("{\"name\":\"a\",\"groups\":[\"tag\"],\"values\":[\"size\"]}"), 1, NULL },
    { PRESETS ("{\"name\":\" \",\"groups\":[\"tag\"],\"values\":[\"size\"]}"), 0, "needs a name" },
    { PRESETS ("{\"groups\":[\"tag\"],\"values\":[\"size\"]}"), 0, "Preset number 1" },
    { PRESETS ("{\"name\":\"a\",\"groups\":[\"tag\",\"new\"],\"values\":[\"size\"]}"), 1, "“new” is not known" },
    { PRESETS ("{\"name\":\"a\",\"groups\":[\"size\"],\"values\":[\"size\"]}"), 0, "each side of the bar" },
    { PRESETS ("{\"name\":\"a\",\"groups\":{},\"values\":[\"size\"]}"), 0, "each side of the bar" },
    { PRESETS ("{\"name\":\"a\",\"groups\":[\"tag\"],\"values\":[\"size\"],\"filter\":[\"size>x\"]}"), 1, "“size>x”" },
    { PRESETS ("{\"name\":\"a\",\"groups\":[\"tag\"],\"values\":[\"size\"]},"
               "{\"name\":\"a\",\"groups\":[\"tag\"],\"values\":[\"count\"]}"), 1, "is there already" },
    { PRESETS ("{\"name\":\"a\",\"groups\":[\"tag\"],\"values\":[\"size\"],\"sort\":\"count\",\"widths\":[{\"column\":\"tag\","
               "\"width\":-5},{\"column\":7},8]}"), 1, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) presets = user_presets_read (cases[i].text, strlen (cases[i].text), problems, &error);
      g_assert_cmpint (presets != NULL ? (int) presets->len : -1, ==, cases[i].n_presets);
      g_assert_cmpint (error != NULL, ==, cases[i].n_presets < 0);
      const char *told = error != NULL ? error->message : problems->len > 0 ? g_ptr_array_index (problems, 0) : "";
      if (cases[i].problem == NULL)
        g_assert_cmpstr (told, ==, "");
      else if (strstr (told, cases[i].problem) == NULL)
        g_error ("“%s” is not told in: %s", cases[i].problem, told);
    }
}

static void
assert_file (const char *path, const char *expected)
{
  g_autoptr (PresetStore) store = preset_store_new (path);
  g_autofree char *found = describe_all (preset_store_get_presets (store));
  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpuint (preset_store_get_problems (store)->len, ==, 0);
}

static void
test_store (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("poolscope-presets-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "below", "presets.json", NULL);
  g_autoptr (PresetStore) store = preset_store_new (path);
  g_autoptr (UserPreset) a = make_preset ("a", "tag", "count"), b = make_preset ("b", "paged", "count");
  g_autoptr (UserPreset) other_a = make_preset ("a", "cpu", "count"), nameless = make_preset (" ", "cpu", "count");
  g_assert_true (preset_store_put (store, b, &error));
  g_assert_true (preset_store_put (store, a, &error));
  assert_file (path, "a: tag,stack|count,size by size up\nb: paged,stack|count,size by size up\n");
  g_assert_true (preset_store_put (store, other_a, &error));
  assert_file (path, "a: cpu,stack|count,size by size up\nb: paged,stack|count,size by size up\n");
  g_assert_false (preset_store_put (store, nameless, NULL));
  g_assert_false (preset_store_rename (store, "a", "b", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (preset_store_rename (store, "a", " c ", &error));
  g_assert_true (preset_store_remove (store, "b", &error));
  assert_file (path, "c: cpu,stack|count,size by size up\n");

  ColumnLayout layout;
  PoolTreeOrder order;
  const UserPreset *own;
  g_assert_true (preset_store_resolve (store, "own:c", &layout, &order, &own));
  g_assert_nonnull (own);
  g_autofree char *matching = preset_store_dup_matching (store, &layout, order);
  g_assert_cmpstr (matching, ==, "own:c");
  g_assert_true (preset_store_resolve (store, "growth", &layout, &order, &own));
  g_assert_null (own);
  g_assert_false (preset_store_resolve (store, "own:a", &layout, &order, &own));
  g_assert_false (preset_store_resolve (store, "nonsense", &layout, &order, &own));
  g_unlink (path);
  g_autofree char *below = g_path_get_dirname (path);
  g_rmdir (below);
  g_rmdir (folder);
}

/* Files that cannot be read, or not wholly, stay as they are. */
static void
test_broken_file (void)
{
  static const char *const texts[] = { "{", PRESETS ("{\"name\":\"a\",\"groups\":[\"tag\",\"new\"],\"values\":[\"size\"]}") };
  g_autofree char *folder = g_dir_make_tmp ("poolscope-presets-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "presets.json", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *kept = NULL;
      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
      g_autoptr (PresetStore) store = preset_store_new (path);
      g_assert_cmpuint (preset_store_get_problems (store)->len, ==, 1);
      g_assert_cmpuint (preset_store_get_presets (store)->len, ==, i);
      g_autofree char *told = preset_store_dup_problem_text (store);
      g_assert_nonnull (strstr (told, path));
      g_autoptr (UserPreset) preset = make_preset ("b", "tag", "count");
      g_assert_false (preset_store_put (store, preset, &error));
      g_assert_nonnull (strstr (error->message, path));
      g_assert_cmpuint (preset_store_get_presets (store)->len, ==, i);
      g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
      g_assert_cmpstr (kept, ==, texts[i]);
    }
  g_unlink (path);
  g_rmdir (folder);
}

#define LAYOUT(graph, preset) "<Profile><Graph Title=\"" graph "\">" preset "</Graph></Profile>"

static void
test_wpa (void)
{
  static const struct
  {
    const char *text, *presets, *problems;
  } cases[] = {
    { LAYOUT ("Pool Graphs",
              "<Preset Name=\"By Paged\" KeyColumnCount=\"3\" GraphColumnCount=\"6\" InitialFilterQuery=\""
              "[Pool Tag]:~&lt;&quot;Nt*&quot; AND [Size]:&gt;&quot;4 KB&quot; AND NOT [Process]:=&quot;System (4)&quot;\"><Columns>"
              "<Column Name=\"Paged\"/><Column Name=\"Pool Tag\"/><Column Name=\"Stack\"/>"
              "<Column Name=\"Count\" AggregationMode=\"Sum\"/><Column Name=\"Process\" AggregationMode=\"UniqueCount\"/>"
              "<Column Name=\"Impacting Size\" AggregationMode=\"Sum\" SortOrder=\"Ascending\" SortPriority=\"0\"/>"
              "<Column Name=\"Size\" AggregationMode=\"Peak\"/></Columns></Preset>"),
      "By Paged: paged,tag,stack|count,unique-process,impacting,peak by impacting up "
      "where tag=Nt\\**;size>4KB;process!=System (4)\n",
      "" },
    { LAYOUT ("Pool Graphs",
              "<Preset Name=\"A\" KeyColumnCount=\"2\"><Columns><Column Name=\"Pool Tag\"/><Column Name=\"Annotation\"/>"
              "<Column Name=\"Address\" IsVisible=\"false\"/><Column Name=\"Size\" AggregationMode=\"WeightedAverage\"/>"
              "<Column Name=\"Count\" SortOrder=\"Descending\" SortPriority=\"2\"/>"
              "<Column Name=\"Color\" SortOrder=\"Descending\" SortPriority=\"1\"/></Columns></Preset>"),
      "A: tag|count by impacting\n",
      "Preset “A”: the table has no column “Annotation”: it was left out\n"
      "Preset “A”: the table has no column “Size” (WeightedAverage): it was left out\n"
      "Preset “A”: the table has no column “Color”: it was left out\n"
      "Preset “A”: the sort by “Color” was left out; Impacting Size is sorted by\n"
      "Preset “A”: it sorts by 2 columns; the table sorts by the first, then by size and text\n" },
    { LAYOUT ("Pool Graphs",
              "<Preset Name=\"A\" KeyColumnCount=\"1\" InitialFilterQuery=\"[Color]:=&quot;red&quot;\"><Columns>"
              "<Column Name=\"Pool Tag\"/><Column Name=\"Size\"/></Columns></Preset>"
              "<Preset Name=\"B\" KeyColumnCount=\"1\" InitialFilterQuery=\"[Size]:=1 OR [Size]:=2\"><Columns>"
              "<Column Name=\"Pool Tag\"/><Column Name=\"Size\"/></Columns></Preset>"),
      "A: tag|size by impacting\nB: tag|size by impacting\n",
      "Preset “A”: the condition on “Color” with the value “red” was left out: the filter knows none like it\n"
      "Preset “B”: the filter “[Size]:=1 OR [Size]:=2” was left out: only conditions that all must hold are known; not "
      "understood from “OR [Size]:=2” on\n" },
    { LAYOUT ("CPU Usage", "<Preset Name=\"Flat\" KeyColumnCount=\"1\"><Columns><Column Name=\"Process\"/>"
                           "<Column Name=\"Count\"/></Columns></Preset>"),
      "", "Preset “Flat” of “CPU Usage”, line 1, is not of a pool table, and was left out\n" },
    { LAYOUT ("Pool", "<Preset Name=\"A\" KeyColumnCount=\"0\"><Columns><Column Name=\"Process\"/></Columns></Preset>"), "",
      "Preset “A”: left out: no known column stands left of the gold bar, or none right of it\n" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].text, strlen (cases[i].text));
      g_autoptr (GPtrArray) presets = wpa_import_presets (bytes, "a.wpaPresets", problems, &error);
      g_assert_no_error (error);
      g_autofree char *found = describe_all (presets);
      g_autoptr (GString) told = g_string_new (NULL);
      for (guint j = 0; j < problems->len; j++)
        g_string_append_printf (told, "%s\n", (const char *) g_ptr_array_index (problems, j));
      g_assert_cmpstr (found, ==, cases[i].presets);
      g_assert_cmpstr (told->str, ==, cases[i].problems);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/user-presets/round-trip", test_round_trip);
  g_test_add_func ("/user-presets/problems", test_problems);
  g_test_add_func ("/user-presets/store", test_store);
  g_test_add_func ("/user-presets/broken-file", test_broken_file);
  g_test_add_func ("/user-presets/wpa", test_wpa);
  return g_test_run ();
}
