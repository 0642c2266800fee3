/* The grammar of symbol paths, Windows folders on Linux, and names that come from a trace. */
#include "symbols/folder_lookup.h"
#include "symbols/symbol_name.h"
#include "symbols/symbol_path.h"
#include "symbols/windows_path.h"

#include <glib/gstdio.h>
#include <string.h>

static const char *const folder_map[] = { "C:\\Mapped=/mnt/mapped", "c:/mapped/deeper/=/mnt/deeper",
                                          "\\\\server\\share=/mnt/share/", "D:\\=/", NULL };

/* A path as one line: elements by "; ", places by " * ". Folders stand as they are, servers in <>, the
 * unreachable as !text!; caches and chains are told by their first letter. */
static char *
describe (const char *text, const char *base_folder)
{
  SymbolPathContext context = { "/default", folder_map, base_folder, "/home/me" };
  g_autoptr (SymbolPath) path = symbol_path_new (text, &context);
  GString *line = g_string_new (NULL);
  for (guint i = 0; i < path->elements->len; i++)
    {
      const SymbolElement *element = path->elements->pdata[i];
      g_string_append (line, i ? "; " : "");
      g_string_append (line, element->kind == SYMBOL_ELEMENT_CHAIN   ? "srv "
                             : element->kind == SYMBOL_ELEMENT_CACHE ? "cache "
                                                                     : "");
      g_assert_cmpuint (element->places->len, >, 0);
      for (guint j = 0; j < element->places->len; j++)
        {
          const SymbolPlace *place = element->places->pdata[j];
          g_string_append (line, j ? " * " : "");
          if (place->kind == SYMBOL_PLACE_FOLDER)
            g_string_append (line, place->location);
          else if (place->kind == SYMBOL_PLACE_SERVER)
            g_string_append_printf (line, "<%s>", place->location);
          else
            g_string_append_printf (line, "!%s!", place->text);
          g_assert_true ((place->problem != NULL) == (place->kind == SYMBOL_PLACE_UNREACHABLE));
        }
    }
  return g_string_free (line, FALSE);
}

static void
test_grammar (void)
{
  static const struct
  {
    const char *text, *expected;
  } cases[] = {
    { "", "" },
    { " ; ;", "" },
    { "/a", "/a" },
    { "/a; /b ;/c:d", "/a; /b; /c:d" },
    { ".", "/trace" },
    { "./x;y", "/trace/x; /trace/y" },
    { ".\\sub\\deeper", "/trace/sub/deeper" },
    { "~", "/home/me" },
    { "~/x;/y/~/z", "/home/me/x; /y/~/z" },
    { "~other/x", "/trace/~other/x" },
    { "srv*~/store*http://server", "srv /home/me/store * <http://server>" },
    { "cache*~/cache", "cache /home/me/cache" },
    { "srv*", "srv /default" },
    { "SRV*/a", "srv /a" },
    { "srv*/a*/b*https://h/p/", "srv /a * /b * <https://h/p>" },
    { "srv**https://h", "srv /default * <https://h>" },
    { "srv*https://h", "srv /default * <https://h>" },
    { "https://h/s", "srv /default * <https://h/s>" },
    { "srv*/a*", "srv /a * /default" },
    { "symsrv*symsrv.dll*/a*http://h:8080/s", "srv /a * <http://h:8080/s>" },
    { "SymSrv*x.dll*http://h", "srv /default * <http://h>" },
    { "symsrv*symsrv.dll", "srv /default" },
    { "cache*", "cache /default" },
    { "cache*/c;srv*/a", "cache /c; srv /a" },
    { "Cache*c:\\symbols;srv*\\\\none\\where", "cache /default; srv !\\\\none\\where!" },
    { "srv*c:\\symbols*https://msdl.microsoft.com/download/symbols",
      "srv /default * <https://msdl.microsoft.com/download/symbols>" },
    { ".;SRV*\\Symbols*http://msdl.microsoft.com/download/symbols;",
      "/trace; srv /default * <http://msdl.microsoft.com/download/symbols>" },
    { "srv*c:\\one*d:/two*c:\\three*https://h", "srv /default * /two * <https://h>" },
    { "srv*\\\\none\\where*https://h", "srv /default * !\\\\none\\where! * <https://h>" },
    { "srv*C:\\MAPPED\\sym*https://h", "srv /mnt/mapped/sym * <https://h>" },
    { "C:\\symbols", "!C:\\symbols!" },
    { "\\\\SERVER/share\\x", "/mnt/share/x" },
    { "srv*ftp://h/x", "srv !ftp://h/x!" },
    { "srv*https://", "srv !https://!" },
    { "bogus*/a;/b", "!bogus*/a!; /b" },
    { "srv*/a,b|c*/d=e", "srv /a,b|c * /d=e" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = describe (cases[i].text, "/trace");
      g_assert_cmpstr (line, ==, cases[i].expected);
    }
  g_autofree char *without_base = describe (".;x", NULL);
  g_assert_cmpstr (without_base, ==, ".; x");
}

static void
test_windows_paths (void)
{
  static const struct
  {
    const char *path, *expected;
  } cases[] = {
    { "c:\\mapped", "/mnt/mapped" },
    { "C:/Mapped/Sub\\x", "/mnt/mapped/Sub/x" },
    { "C:\\MappedNot", NULL },
    { "C:\\mapped\\deeper\\y", "/mnt/deeper/y" },
    { "C:\\mapped\\DEEPER", "/mnt/deeper" },
    { "C:\\mapped\\..\\x", NULL },
    { "C:\\mapped\\.\\x\\\\y", "/mnt/mapped/x/y" },
    { "\\\\server\\share", "/mnt/share" },
    { "\\\\server\\shared", NULL },
    { "D:\\", "/" },
    { "d:\\x", "/x" },
    { "E:\\x", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *local = windows_path_to_local (cases[i].path, folder_map);
      g_assert_cmpstr (local, ==, cases[i].expected);
      g_assert_true (windows_path_matches (cases[i].path));
    }
  g_assert_null (windows_path_to_local ("C:\\x", NULL));
  g_assert_false (windows_path_matches ("/a\\b"));
  g_assert_false (windows_path_matches ("a:/b" + 2));
  g_assert_false (windows_path_matches ("folder/x"));
}

static void
test_names (void)
{
  static const struct
  {
    const char *recorded, *expected;
  } cases[] = {
    { "ntkrnlmp.pdb", "ntkrnlmp.pdb" },
    { "d:\\w7rtm\\x\\ntoskrnl.PDB", "ntoskrnl.PDB" },
    { "/build/a.ni.pdb", "a.ni.pdb" },
    { "..\\..\\x.pdb", "x.pdb" },
    { "a b.pdb", "a b.pdb" },
    { "gr\xc3\xbc\xc3\x9f.pdb", "gr\xc3\xbc\xc3\x9f.pdb" },
    { "", NULL },
    { "x\\", NULL },
    { ".", NULL },
    { "a\\..", NULL },
    { ".hidden.pdb", NULL },
    { "c:x.pdb", NULL },
    { "a\nb.pdb", NULL },
    { "a*b.pdb", NULL },
    { "\xff.pdb", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = symbol_name_from_recorded (cases[i].recorded);
      g_assert_cmpstr (name, ==, cases[i].expected);
    }
  g_assert_null (symbol_name_from_recorded (NULL));
  g_autofree char *long_name = g_strnfill (201, 'a');
  g_assert_null (symbol_name_from_recorded (long_name));
  g_autofree char *compressed = symbol_name_to_compressed ("ntdll.pdb");
  g_assert_cmpstr (compressed, ==, "ntdll.pd_");
  g_autofree char *wide = symbol_name_to_compressed ("x\xc3\x9f");
  g_assert_cmpstr (wide, ==, "x_");
  g_assert_cmpstr (symbol_name_get_extension ("a.b.sys"), ==, "sys");
  g_assert_cmpstr (symbol_name_get_extension ("a"), ==, "");
}

static void
test_case (void)
{
  g_autofree char *folder = g_dir_make_tmp ("poolscope-XXXXXX", NULL);
  g_autofree char *inner = g_build_filename (folder, "Inner", NULL);
  g_autofree char *lower = g_build_filename (inner, "x.pdb", NULL);
  g_autofree char *upper = g_build_filename (inner, "X.PDB", NULL);
  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  g_assert_true (g_file_set_contents (lower, "", 0, NULL));
  g_assert_true (g_file_set_contents (upper, "", 0, NULL));

  g_autofree char *exact = folder_lookup_child (inner, "x.pdb");
  g_assert_cmpstr (exact, ==, lower);
  g_autofree char *other = folder_lookup_path (folder, (const char *const[]){ "INNER", "X.pdb", NULL });
  g_assert_cmpstr (other, ==, upper);
  g_assert_null (folder_lookup_path (folder, (const char *const[]){ "none", "x.pdb", NULL }));
  g_assert_null (folder_lookup_child ("/nonexistent", "x"));
  g_autofree char *built = folder_lookup_or_build (folder, "New");
  g_assert_true (g_str_has_suffix (built, "/New"));

  g_assert_cmpint (g_unlink (lower), ==, 0);
  g_assert_cmpint (g_unlink (upper), ==, 0);
  g_assert_cmpint (g_rmdir (inner), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/symbol-path/grammar", test_grammar);
  g_test_add_func ("/symbol-path/windows-paths", test_windows_paths);
  g_test_add_func ("/symbol-path/names", test_names);
  g_test_add_func ("/symbol-path/case", test_case);
  return g_test_run ();
}
