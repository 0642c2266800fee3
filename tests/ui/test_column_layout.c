#include "app/column_layout.h"

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
test_drag (void)
{
  ColumnLayout layout;
  column_layout_init (&layout, NULL, NULL);
  reorder (&layout, "tag,type,paged,stack,marker,count,size,impacting,peak");
  assert_layout (&layout, "tag,type,paged,stack|count,size,impacting,peak");
  /* The bar itself, to the left: fewer groups. */
  reorder (&layout, "tag,type,marker,paged,stack,count,size,impacting,peak");
  assert_layout (&layout, "tag,type|count,size,impacting,peak");
  /* A metric does not group; it comes first of the values. */
  reorder (&layout, "peak,tag,type,marker,count,size,impacting");
  assert_layout (&layout, "tag,type|peak,count,size,impacting");
  /* The last group has to stay. */
  reorder (&layout, "marker,tag,type,peak,count");
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
  g_test_add_func ("/column-layout/menu", test_menu);
  return g_test_run ();
}
