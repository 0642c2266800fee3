/* Lists of pool tags: every trap that real ones hold, and which line tells of a tag. */
#include <glib/gstdio.h>
#include <string.h>

#include "analysis/module_wrappers.h"
#include "analysis/pool_tag_files.h"
#include "trace_fixture.h"

#define TAG(text) FIXTURE_TAG ((text)[0], (text)[1], (text)[2], (text)[3])

static PoolTagFileReport
add (PoolTagCatalog *catalog, const char *text)
{
  PoolTagFileReport report;
  pool_tag_catalog_add_text (catalog, text, strlen (text), &report);
  return report;
}

/* @driver NULL: none is told; "?": nothing tells of the tag. */
static void
assert_meaning (const PoolTagCatalog *catalog, const char *tag, const char *driver, const char *description)
{
  PoolTagMeaning meaning;
  gboolean is_found = pool_tag_catalog_find (catalog, TAG (tag), &meaning);
  g_assert_cmpint (is_found, ==, g_strcmp0 (driver, "?") != 0);
  if (!is_found)
    return;
  g_assert_cmpstr (meaning.driver, ==, driver);
  g_assert_cmpstr (meaning.description, ==, description);
}

static void
test_lines (void)
{
  g_autoptr (PoolTagCatalog) catalog = pool_tag_catalog_new ();
  PoolTagFileReport report = add (catalog, "// comment - a - b\r\n"
                                           "rem comment - a - b\r\n"
                                           "REM\tcomment\r\n"
                                           "\r\n"
                                           "   \r\n"
                                           "Zz01 - one.sys     - First\r\n"
                                           "Zz2 - two.sys - Two - with - dashes\r\n"
                                           "Zz3 -  three.sys -Third, no blank\r\n"
                                           "Zz04  - <unknown>  -  Fourth\r\n"
                                           "Zz05 - win32kbase!Class::operator new - Fifth\r\n"
                                           "Zz06 - six.sys\r\n"
                                           "Zz07 - nt!mm -\r\n"
                                           "  Zz08 - eight.sys - Blanks in front\r\n"
                                           "Zz01 - other.sys - Again\r\n"
                                           "remX - rem.sys - A tag, no comment\r\n"
                                           "Tags of this kind are Qc00 through QcFF\r\n"
                                           "Zz09-nine.sys-No blanks\r\n"
                                           "Longer - x.sys - A tag has four bytes\r\n"
                                           " - x.sys - No tag\r\n"
                                           "Zz\xE4s - umlaut.sys - gr\xFC\xDF" "e");
  g_assert_cmpuint (report.n_tags, ==, 11);
  g_assert_cmpuint (report.n_patterns, ==, 0);
  g_assert_cmpuint (report.n_skipped, ==, 4);
  g_assert_cmpuint (report.n_repeated, ==, 1);
  assert_meaning (catalog, "Zz01", "one.sys", "First");
  assert_meaning (catalog, "Zz2 ", "two.sys", "Two - with - dashes");
  assert_meaning (catalog, "Zz3 ", "three.sys -Third, no blank", "");
  assert_meaning (catalog, "Zz04", NULL, "Fourth");
  assert_meaning (catalog, "Zz05", "win32kbase!Class::operator new", "Fifth");
  assert_meaning (catalog, "Zz06", "six.sys", "");
  assert_meaning (catalog, "Zz07", "nt!mm", "");
  assert_meaning (catalog, "Zz08", "eight.sys", "Blanks in front");
  assert_meaning (catalog, "remX", "rem.sys", "A tag, no comment");
  assert_meaning (catalog, "Zz\xE4s", "umlaut.sys", "gr\xEF\xBF\xBD\xEF\xBF\xBD" "e");
  assert_meaning (catalog, "zz01", "?", NULL);
  assert_meaning (catalog, "Zz09", "?", NULL);
  assert_meaning (catalog, "Long", "?", NULL);
  assert_meaning (catalog, "Zz2\0", "?", NULL); /* padded with blanks, not with zeros */
}

static void
test_patterns (void)
{
  g_autoptr (PoolTagCatalog) catalog = pool_tag_catalog_new ();
  PoolTagFileReport report = add (catalog, "Z* - any.sys - One of its own\n"
                                           "ZL* - upper.sys - Two\n"
                                           "Zl* - lower.sys - Two, other case\n"
                                           "ZL?a - four.sys - Three, all four places\n"
                                           "Z?La - middle.sys - Three too, a later line\n"
                                           "ZLxa - exact.sys - Exact\n"
                                           "Q? - short.sys - Padded\n"
                                           "ZL* - again.sys - Repeated\n");
  g_assert_cmpuint (report.n_tags, ==, 1);
  g_assert_cmpuint (report.n_patterns, ==, 7);
  g_assert_cmpuint (report.n_repeated, ==, 1);
  assert_meaning (catalog, "ZLxa", "exact.sys", "Exact");
  assert_meaning (catalog, "ZLya", "four.sys", "Three, all four places");
  assert_meaning (catalog, "ZLLa", "four.sys", "Three, all four places");
  assert_meaning (catalog, "ZxLa", "middle.sys", "Three too, a later line");
  assert_meaning (catalog, "ZLyb", "upper.sys", "Two");
  assert_meaning (catalog, "Zlyb", "lower.sys", "Two, other case");
  assert_meaning (catalog, "ZL  ", "upper.sys", "Two");
  assert_meaning (catalog, "Zabc", "any.sys", "One of its own");
  assert_meaning (catalog, "Qx  ", "short.sys", "Padded");
  assert_meaning (catalog, "Qxy ", "?", NULL);
}

/* The file added last wins over all before it, with its patterns too. */
static void
test_files_in_turn (void)
{
  g_autoptr (PoolTagCatalog) catalog = pool_tag_catalog_new ();
  assert_meaning (catalog, "Irp ", "nt!io", "I/O requests on their way through drivers");
  assert_meaning (catalog, "CMxy", "nt!cm", "registry: cached keys, values and blocks of hives");
  add (catalog, "Irp - first.sys - First\nAb01 - first.sys - Exact in the first\nAb02 - first.sys - Two\n");
  add (catalog, "Ab0? - user.sys - Pattern of the user\nAb02 - <unknown> - Not known better\n");
  assert_meaning (catalog, "Irp ", "first.sys", "First");
  assert_meaning (catalog, "Ab01", "user.sys", "Pattern of the user");
  assert_meaning (catalog, "Ab02", NULL, "Not known better");
  assert_meaning (catalog, "Leak", "myfault.sys", "what the test program NotMyfault leaks on purpose");
}

static char *
write_file (const char *bytes, gsize size)
{
  g_autoptr (GError) error = NULL;
  char *path;
  int handle = g_file_open_tmp ("pooltag-XXXXXX.txt", &path, &error);
  g_assert_no_error (error);
  g_close (handle, NULL);
  g_file_set_contents (path, bytes, (gssize) size, &error);
  g_assert_no_error (error);
  return path;
}

static void
test_files (void)
{
  static const struct
  {
    const char *bytes;
    gsize size;
    gboolean is_good;
  } cases[] = {
    { "Zz01 - a.sys - Plain\n", 21, TRUE },
    { "\xEF\xBB\xBFZz01 - a.sys - Marked\n", 25, TRUE },
    { "\xFF\xFEZ\0z\0""0\0""1\0 \0-\0 \0a\0.\0s\0y\0s\0\n\0", 28, TRUE },
    { "\xFE\xFF\0Z\0z\0""0\0""1\0 \0-\0 \0b\0.\0s\0y\0s\0\r\0\n", 30, TRUE },
    { "\xFF\xFEZ", 3, FALSE },
    { "nothing of the kind\n", 20, FALSE },
    { "", 0, FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PoolTagCatalog) catalog = pool_tag_catalog_new ();
      g_autoptr (GError) error = NULL;
      g_autofree char *path = write_file (cases[i].bytes, cases[i].size);
      PoolTagFileReport report = { 0 };
      g_assert_cmpint (pool_tag_catalog_add_file (catalog, path, &report, &error), ==, cases[i].is_good);
      g_unlink (path);
      g_assert_cmpuint (report.n_tags, ==, cases[i].is_good ? 1 : 0);
      PoolTagMeaning meaning;
      g_assert_cmpint (pool_tag_catalog_find (catalog, TAG ("Zz01"), &meaning), ==, cases[i].is_good);
      if (cases[i].is_good)
        continue;
      g_assert_nonnull (strstr (error->message, path));
      g_assert_nonnull (strstr (error->message, "choose a file such as pooltag.txt"));
    }
  g_autoptr (PoolTagCatalog) catalog = pool_tag_catalog_new ();
  g_assert_false (pool_tag_catalog_add_file (catalog, "/nowhere/pooltag.txt", NULL, NULL));
  g_assert_false (pool_tag_catalog_add_file (catalog, g_get_tmp_dir (), NULL, NULL));
}

/* The file beside a trace is found; of several the last wins, and those that are no such files are told of. */
static void
test_files_together (void)
{
  g_autofree char *folder = g_dir_make_tmp ("poolscope-tags-XXXXXX", NULL);
  g_autofree char *trace = g_build_filename (folder, "pool.etl", NULL);
  g_autofree char *beside = g_build_filename (folder, "pooltag.txt", NULL);
  g_assert_null (pool_tag_file_find_beside (trace));
  g_assert_null (pool_tag_file_find_beside (NULL));
  g_assert_true (g_file_set_contents (beside, "Zz01 - beside.sys - Beside\nZz02 - beside.sys - Two\n", -1, NULL));
  g_autofree char *found = pool_tag_file_find_beside (trace);
  g_assert_cmpstr (found, ==, beside);
  g_autofree char *own = write_file ("Zz01 - own.sys - Own\n", 21);
  const char *paths[] = { beside, "/nowhere/pooltag.txt", own, NULL };
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PoolTagCatalog) catalog = pool_tag_catalog_new_from_files (paths, problems);
  assert_meaning (catalog, "Zz01", "own.sys", "Own");
  assert_meaning (catalog, "Zz02", "beside.sys", "Two");
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_nonnull (strstr (problems->pdata[0], "/nowhere/pooltag.txt"));
  g_unlink (own);
  g_unlink (beside);
  g_rmdir (folder);
}

static void
test_wrappers (void)
{
  static const struct
  {
    const char *list, *file_name;
    gboolean matches;
  } cases[] = {
    { NULL, "ntoskrnl.exe", TRUE },        { NULL, "NTOSKRNL.EXE", TRUE },   { NULL, "hal.dll", TRUE },
    { NULL, "Wdf01000.sys", TRUE },        { NULL, "win32k.sys", TRUE },     { NULL, "win32kfull.sys", TRUE },
    { NULL, "Ntfs.sys", FALSE },           { NULL, "ndisuio.sys", FALSE },   { NULL, "halext.sys", FALSE },
    { "a, b;c d.sys", "A.SYS", TRUE },     { "a, b;c d.sys", "c", TRUE },    { "a, b;c d.sys", "d.sys", TRUE },
    { "a, b;c d.sys", "d.exe", FALSE },    { "", "ntoskrnl.exe", FALSE },    { "my*.sys", "mydriver.sys", TRUE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) list = cases[i].list ? module_wrappers_parse (cases[i].list) : NULL;
      const char *const *wrappers = list ? (const char *const *) list : module_wrappers_default;
      g_assert_cmpint (module_wrappers_match (wrappers, cases[i].file_name), ==, cases[i].matches);
    }
  g_autofree char *text = module_wrappers_dup_text (module_wrappers_default);
  g_assert_cmpstr (text, ==, "ntoskrnl, hal, verifier, ndis, fltmgr, wdf01000, storport, portcls, win32k*");
  g_auto (GStrv) again = module_wrappers_parse (text);
  g_assert_true (g_strv_equal ((const char *const *) again, module_wrappers_default));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/tag-catalog/lines", test_lines);
  g_test_add_func ("/analysis/tag-catalog/patterns", test_patterns);
  g_test_add_func ("/analysis/tag-catalog/files-in-turn", test_files_in_turn);
  g_test_add_func ("/analysis/tag-catalog/files", test_files);
  g_test_add_func ("/analysis/tag-catalog/files-together", test_files_together);
  g_test_add_func ("/analysis/tag-catalog/wrappers", test_wrappers);
  return g_test_run ();
}
