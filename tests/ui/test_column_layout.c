#include "app/presets/table_preset.h"

static void
assert_layout (const ColumnLayout *layout, const char *expected)
{
  g_auto (GStrv) groups = column_layout_dup_group_names (layout);
  g_auto (GStrv) values = column_layout_dup_value_names (layout);
  g_autofree char *left = g_strjoinv (",", groups);
  g_autofree char *right = g_strjoinv (",", values);
  g_autofree char *text = g_strconcat (left, "|", right, NULL);
  g_assert_cmpstr (text, ==, expected);
}

static TableColumn
column (const char *name)
{
  TableColumn result;
  g_assert_true (table_column_from_name (name, &result));
  return result;
}

static void
reorder (ColumnLayout *layout, const char *names)
{
  g_auto (GStrv) parts = g_strsplit (names, ",", -1);
  TableColumn columns[COLUMN_LAYOUT_MAX];
  guint n_columns = 0;
  for (char **part = parts; *part != NULL; part++)
    columns[n_columns++] = column (*part);
  column_layout_reorder (layout, columns, n_columns);
}

static void
test_init (void)
{
  ColumnLayout layout;
  column_layout_init (&layout, NULL, NULL);
  assert_layout (&layout, "type,paged,tag,stack|count,size,impacting,peak");
  const char *const groups[] = { "tag", "nonsense", "count", "tag", "size-of-one", NULL };
  const char *const values[] = { "peak", "type", "size", NULL };
  column_layout_init (&layout, groups, values);
  assert_layout (&layout, "tag,size-of-one|peak,size");
}

static void
test_trend (void)
{
  ColumnLayout layout;
  const char *const groups[] = { "tag", "trend", NULL };
  const char *const values[] = { "trend", "marker", "growth", NULL };
  column_layout_init (&layout, groups, values);
  assert_layout (&layout, "tag|trend,growth");
  /* It does not group, but comes first of the values. */
  reorder (&layout, "trend,tag,marker,growth");
  assert_layout (&layout, "tag|trend,growth");
  g_assert_true (column_layout_hide (&layout, column ("growth")));
  assert_layout (&layout, "tag|trend");
  g_assert_false (column_layout_hide (&layout, column ("trend")));
  for (guint i = 0; i < N_TABLE_COLUMNS; i++)
    {
      TableColumn nth = table_column_get_nth (i);
      g_assert_true (table_column_equal (nth, column (table_column_get_name (nth))));
    }
}

/* Presets hold what their lists say, and are sorted by a column that they show. */
static void
test_presets (void)
{
  g_assert_null (table_preset_find ("nonsense"));
  for (guint i = 0; i < n_table_presets; i++)
    {
      const TablePreset *preset = &table_presets[i];
      ColumnLayout layout;
      g_autofree char *left = g_strjoinv (",", (char **) preset->groups);
      g_autofree char *right = g_strjoinv (",", (char **) preset->values);
      g_autofree char *expected = g_strconcat (left, "|", right, NULL);
      g_assert_true (table_preset_find (preset->name) == preset);
      table_preset_get_layout (preset, &layout);
      assert_layout (&layout, expected);
      PoolTreeOrder order = table_preset_get_order (preset);
      g_assert_true (g_strv_contains (preset->values, metric_get_name (order.metric)));
      g_assert_false (order.is_ascending || order.by_text);
    }
}

static void
test_drag (void)
{
  ColumnLayout layout;
  column_layout_init (&layout, NULL, NULL);
  reorder (&layout, "tag,type,paged,stack,marker,count,size,impacting,peak");
  assert_layout (&layout, "tag,type,paged,stack|count,size,impacting,peak");
  /* The bar itself, to the left: fewer groups, the others are counted; and back. */
  reorder (&layout, "tag,type,marker,paged,stack,count,size,impacting,peak");
  assert_layout (&layout, "tag,type|unique-paged,unique-stack,count,size,impacting,peak");
  reorder (&layout, "tag,type,unique-stack,unique-paged,count,marker,size,impacting,peak");
  assert_layout (&layout, "tag,type,stack,paged|count,size,impacting,peak");
  /* A dimension grouped by and counted stays what it is. */
  reorder (&layout, "tag,type,marker,paged,unique-paged,unique-tag,count,size,impacting,peak");
  assert_layout (&layout, "tag,type|unique-paged,unique-tag,count,size,impacting,peak");
  reorder (&layout, "tag,unique-tag,type,marker,count,size,impacting,peak");
  assert_layout (&layout, "tag,type|count,size,impacting,peak");
  /* A metric does not group; it comes first of the values. */
  reorder (&layout, "peak,tag,type,marker,count,size,impacting");
  assert_layout (&layout, "tag,type|peak,count,size,impacting");
  /* The last group has to stay. */
  reorder (&layout, "marker,tag,type,count,peak");
  assert_layout (&layout, "tag,type|peak,count,size,impacting");
}

static void
test_menu (void)
{
  ColumnLayout layout;
  column_layout_init (&layout, NULL, NULL);
  g_assert_true (column_layout_show (&layout, column ("process")));
  assert_layout (&layout, "type,paged,tag,stack,process|count,size,impacting,peak");
  g_assert_false (column_layout_show (&layout, column ("process")));
  g_assert_true (column_layout_move (&layout, column ("process"), -1));
  assert_layout (&layout, "type,paged,tag,process,stack|count,size,impacting,peak");
  g_assert_false (column_layout_move (&layout, column ("type"), -1));
  g_assert_true (column_layout_hide (&layout, column ("size")));
  assert_layout (&layout, "type,paged,tag,process,stack|count,impacting,peak");
  g_assert_true (column_layout_hide (&layout, column ("count")));
  g_assert_true (column_layout_hide (&layout, column ("peak")));
  g_assert_false (column_layout_hide (&layout, column ("impacting")));
  assert_layout (&layout, "type,paged,tag,process,stack|impacting");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/column-layout/init", test_init);
  g_test_add_func ("/column-layout/drag", test_drag);
  g_test_add_func ("/column-layout/trend", test_trend);
  g_test_add_func ("/column-layout/presets", test_presets);
  g_test_add_func ("/column-layout/menu", test_menu);
  return g_test_run ();
}
