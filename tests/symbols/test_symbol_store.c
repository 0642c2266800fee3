/* Stores in local folders: layouts, compressed files, pointers, chains and caches, and names that want out.
 */
#include "symbol_fixtures.h"
#include "symbols/folder_limit.h"
#include "symbols/symbol_locator.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

typedef struct
{
  char *root;  /* the folder of this test */
  char *store; /* the default store, below it */
  char *key;   /* of identity */
  SymbolIdentity identity;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->root = g_dir_make_tmp ("poolscope-XXXXXX", NULL);
  self->store = g_build_filename (self->root, "default", NULL);
  self->identity = symbol_fixture_identity (7, 10);
  self->key = symbol_identity_dup_pdb_key (&self->identity);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  symbol_fixture_remove (self->root);
  g_free (self->root);
  g_free (self->store);
  g_free (self->key);
}

/* Writes @content, taken over, to the path made of @format below the test's folder; "%KEY" in it is the key.
 */
static void
put (Fixture *self, const char *relative, GBytes *content)
{
  GString *path = g_string_new (relative);
  g_string_replace (path, "%KEY", self->key, 0);
  g_autofree char *written = symbol_fixture_write (self->root, path->str, content);
  g_string_free (path, TRUE);
  g_bytes_unref (content);
}

static GBytes *
bytes_of_text (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

/* Looks along @path, in which "%ROOT" is the test's folder. (transfer full) (nullable): what is found, as a
 * path below the test's folder. */
static char *
look (Fixture *self, const char *path, gboolean is_image, char **ret_reason)
{
  GString *full_path = g_string_new (path);
  g_string_replace (full_path, "%ROOT", self->root, 0);
  g_autofree char *mapping = g_strdup_printf ("\\\\build\\drop=%s/drop", self->root), *reason = NULL;
  const char *const folder_map[] = { mapping, NULL };
  SymbolLocatorOptions options = { .path = full_path->str,
                                   .default_store = self->store,
                                   .folder_map = folder_map,
                                   .is_offline = TRUE,
                                   .trace_folder = self->root };
  g_autoptr (SymbolLocator) locator = symbol_locator_new (&options);
  g_autoptr (GError) error = NULL;
  g_autofree char *found
      = is_image ? symbol_locator_find_image (locator, &self->identity, NULL, NULL, NULL, &reason, &error)
                 : symbol_locator_find_pdb (locator, &self->identity, NULL, NULL, NULL, &reason, &error);
  g_assert_no_error (error);
  g_assert_true ((found == NULL) == (reason != NULL));
  g_string_free (full_path, TRUE);
  if (ret_reason)
    *ret_reason = g_steal_pointer (&reason);
  if (!found)
    return NULL;
  g_assert_true (g_str_has_prefix (found, self->root));
  return g_strdup (found + strlen (self->root) + 1);
}

/* @expected: "%KEY" in it is the key; NULL: nothing is found. */
static void
assert_found (Fixture *self, const char *path, const char *expected)
{
  g_autofree char *reason = NULL, *found = look (self, path, FALSE, &reason);
  GString *full = g_string_new (expected ? expected : "");
  g_string_replace (full, "%KEY", self->key, 0);
  if (reason && expected)
    g_test_message ("%s", reason);
  g_assert_cmpstr (found, ==, expected ? full->str : NULL);
  g_string_free (full, TRUE);
}

static void
test_layouts (Fixture *self, gconstpointer data)
{
  g_assert_cmpstr (self->key, ==, "100D0A0716131C191F2225282B2E3134a");
  put (self, "flat/toy.pdb/%KEY/toy.pdb", symbol_fixture_pdb (7, 10));
  assert_found (self, "srv*%ROOT/flat", "flat/toy.pdb/%KEY/toy.pdb");
  put (self, "other/Toy.PDB/100d0a0716131c191f2225282b2e3134A/TOY.pdb", symbol_fixture_pdb (7, 10));
  assert_found (self, "srv*%ROOT/other", "other/Toy.PDB/100d0a0716131c191f2225282b2e3134A/TOY.pdb");
  put (self, "tiers/to/toy.pdb/%KEY/toy.pdb", symbol_fixture_pdb (7, 10));
  assert_found (self, "srv*%ROOT/tiers", NULL);
  put (self, "tiers/Index2.txt", bytes_of_text (""));
  assert_found (self, "srv*%ROOT/tiers", "tiers/to/toy.pdb/%KEY/toy.pdb");
  assert_found (self, "srv*C:\\none;srv*%ROOT/nowhere;%ROOT/flat", "flat/toy.pdb/%KEY/toy.pdb");
  assert_found (self, "", NULL);
}

static void
test_plain_folders (Fixture *self, gconstpointer data)
{
  put (self, "b/symbols/sys/toy.pdb", symbol_fixture_pdb (7, 10));
  assert_found (self, "%ROOT/b", "b/symbols/sys/toy.pdb");
  put (self, "b/SYS/toy.pdb", symbol_fixture_pdb (7, 10));
  assert_found (self, "%ROOT/b", "b/SYS/toy.pdb");
  /* Another build on the way is passed over, and a folder that is called like a file. */
  put (self, "b/toy.pdb", symbol_fixture_pdb (8, 10));
  assert_found (self, "%ROOT/b", "b/SYS/toy.pdb");
  put (self, "c/toy.pdb/x", bytes_of_text (""));
  assert_found (self, "%ROOT/c", NULL);
  put (self, "toy.pdb", symbol_fixture_pdb (7, 10));
  assert_found (self, ".", "toy.pdb");
  put (self, "drop/In/Toy.pdb", symbol_fixture_pdb (7, 10));
  assert_found (self, "\\\\BUILD\\drop\\In", "drop/In/Toy.pdb");
}

static void
test_wrong_builds (Fixture *self, gconstpointer data)
{
  const struct
  {
    GBytes *content;
    const char *reason;
  } cases[] = {
    { symbol_fixture_pdb (7, 9), "another build, 100D0A0716131C191F2225282B2E31349" },
    { symbol_fixture_pdb (8, 10), "another build, 110E0B08" },
    { bytes_of_text ("<html>sign in</html>"), "toy.pdb" },
    { bytes_of_text (""), "toy.pdb" },
    { bytes_of_text ("BSJB"), "toy.pdb" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      put (self, "a/toy.pdb/%KEY/toy.pdb", cases[i].content);
      g_autofree char *reason = NULL, *found = look (self, "srv*%ROOT/a", FALSE, &reason);
      g_assert_null (found);
      g_assert_nonnull (strstr (reason, cases[i].reason));
    }
}

static void
test_compressed (Fixture *self, gconstpointer data)
{
  static const CabinetMethod methods[] = { CABINET_STORED, CABINET_MSZIP, CABINET_LZX };
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (GBytes) pdb = symbol_fixture_pdb (7, 10);
      guint32 size = (guint32) g_bytes_get_size (pdb);
      g_autofree char *middle = g_strdup_printf ("m%zu/toy.pdb/%%KEY/toy.pd_", i);
      g_autofree char *path = g_strdup_printf ("srv*%%ROOT/near%zu*%%ROOT/m%zu", i, i);
      g_autofree char *near = g_strdup_printf ("near%zu/toy.pdb/%%KEY/toy.pdb", i);
      put (self, middle, symbol_fixture_cabinet (pdb, methods[i], size));
      assert_found (self, path, near);
      g_autofree char *own_path = g_strdup_printf ("srv*%%ROOT/m%zu", i);
      g_autofree char *own = g_strdup_printf ("m%zu/toy.pdb/%%KEY/toy.pdb", i);
      assert_found (self, own_path, own);
      g_autofree char *unpacked = NULL;
      gsize n_unpacked;
      GString *full = g_string_new (self->root);
      g_string_append_printf (full, "/%s", near);
      g_string_replace (full, "%KEY", self->key, 0);
      g_assert_true (g_file_get_contents (full->str, &unpacked, &n_unpacked, NULL));
      g_assert_cmpuint (n_unpacked, ==, size);
      g_assert_true (memcmp (unpacked, g_bytes_get_data (pdb, NULL), size) == 0);
      g_string_free (full, TRUE);
    }
}

static void
test_bad_cabinets (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) pdb = symbol_fixture_pdb (7, 10);
  guint32 size = (guint32) g_bytes_get_size (pdb);
  g_autoptr (GBytes) good = symbol_fixture_cabinet (pdb, CABINET_MSZIP, size);
  g_autoptr (GBytes) web_page = bytes_of_text ("<html>none of what you think</html>");
  GByteArray *spanned = g_byte_array_new ();
  g_byte_array_append (spanned, g_bytes_get_data (good, NULL), (guint) g_bytes_get_size (good));
  spanned->data[30] = 2;
  GBytes *cases[] = {
    symbol_fixture_cabinet (pdb, CABINET_MSZIP, size + 1),
    symbol_fixture_cabinet (pdb, CABINET_MSZIP, 0xfffffff0u),
    symbol_fixture_cabinet (web_page, CABINET_MSZIP, (guint32) g_bytes_get_size (web_page)),
    g_bytes_new_from_bytes (good, 0, g_bytes_get_size (good) - 20),
    g_bytes_new_from_bytes (good, 0, 20),
    g_byte_array_free_to_bytes (spanned),
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      put (self, "a/toy.pdb/%KEY/toy.pd_", cases[i]);
      assert_found (self, "srv*%ROOT/near*%ROOT/a", NULL);
      g_autofree char *near = g_build_filename (self->root, "near", NULL), *left = symbol_fixture_list (near);
      g_assert_cmpstr (left, ==, "");
    }
}

static void
test_pointers (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *text, *expected, *reason;
  } cases[] = {
    { "PATH:kept\\TOY.pdb", "a/kept/toy.pdb", NULL },
    { ".\\kept\\toy.pdb\r\n", "a/kept/toy.pdb", NULL },
    { "\\\\build\\drop\\toy.pdb", "drop/toy.pdb", NULL },
    { "..\\outside\\toy.pdb", NULL, "leads out of the store" },
    { "kept\\..\\..\\outside\\toy.pdb", NULL, "leads out of the store" },
    { "\\\\build\\drop\\..\\outside\\toy.pdb", NULL, "not reachable on Linux" },
    { "/etc/passwd", NULL, "not reachable on Linux" },
    { "https://example.com/toy.pdb", NULL, "names no file" },
    { "MSG: ask the build team", NULL, "the store says: ask the build team" },
    { "", NULL, "leads out of the store" },
    { "kept\\none.pdb", NULL, "not there" },
  };
  put (self, "a/kept/toy.pdb", symbol_fixture_pdb (7, 10));
  put (self, "drop/toy.pdb", symbol_fixture_pdb (7, 10));
  put (self, "outside/toy.pdb", symbol_fixture_pdb (7, 10));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      put (self, "a/toy.pdb/%KEY/file.ptr", bytes_of_text (cases[i].text));
      g_autofree char *reason = NULL, *found = look (self, "srv*%ROOT/a", FALSE, &reason);
      g_assert_cmpstr (found, ==, cases[i].expected);
      if (cases[i].reason)
        g_assert_nonnull (strstr (reason, cases[i].reason));
    }
}

static void
test_copies (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) pdb = symbol_fixture_pdb (7, 10);
  put (self, "far/toy.pdb/%KEY/toy.pd_",
       symbol_fixture_cabinet (pdb, CABINET_MSZIP, (guint32) g_bytes_get_size (pdb)));
  put (self, "cache/index2.txt", bytes_of_text (""));
  /* Everything to the left gets a copy: compressed in the middle, in the layout of each store. */
  assert_found (self, "cache*%ROOT/cache;srv*%ROOT/near*%ROOT/middle*%ROOT/far",
                "cache/to/toy.pdb/%KEY/toy.pdb");
  assert_found (self, "srv*%ROOT/middle*", "middle/toy.pdb/%KEY/toy.pdb");
  g_autofree char *files = symbol_fixture_list (self->root);
  g_autofree char *expected = g_strdup_printf (
      "cache/index2.txt\ncache/to/toy.pdb/%s/toy.pdb\nfar/toy.pdb/%s/toy.pd_\nmiddle/toy.pdb/%s/toy.pd_\n"
      "middle/toy.pdb/%s/toy.pdb\nnear/toy.pdb/%s/toy.pd_",
      self->key, self->key, self->key, self->key, self->key);
  g_assert_cmpstr (files, ==, expected);
  /* A file of the wrong build in the cache is replaced by the right one. */
  put (self, "cache/to/toy.pdb/%KEY/toy.pdb", symbol_fixture_pdb (1, 1));
  assert_found (self, "cache*%ROOT/cache;srv*%ROOT/far", "cache/to/toy.pdb/%KEY/toy.pdb");
  /* Plain folders are copied into a cache before them, too. */
  put (self, "plain/toy.pdb", symbol_fixture_pdb (7, 10));
  assert_found (self, "cache*;%ROOT/plain", "default/toy.pdb/%KEY/toy.pdb");
}

static void
test_hostile_names (Fixture *self, gconstpointer data)
{
  static const char *const names[] = { "..\\..\\x.pdb",
                                       "../../../../tmp/x.pdb",
                                       "/etc/passwd",
                                       "c:\\windows\\x.pdb",
                                       "..",
                                       ".",
                                       "",
                                       "a/..",
                                       ".x.pdb",
                                       "x.pdb:stream",
                                       "x\n.pdb",
                                       "x.txt",
                                       "~/x.pdb",
                                       "x.pdb\\",
                                       NULL };
  put (self, "x.pdb", symbol_fixture_pdb (9, 9)); /* of the wrong build, where a way out would lead */
  put (self, "deep/er/store/pingme.txt", bytes_of_text (""));
  g_autofree char *before = symbol_fixture_list (self->root);
  for (gsize i = 0; names[i]; i++)
    {
      self->identity.pdb_name = (char *) names[i];
      self->identity.image_name = (char *) names[i];
      assert_found (
          self, "cache*%ROOT/deep/er/cache;srv*%ROOT/deep/er/store*https://127.0.0.1:1/;%ROOT/deep/er", NULL);
      g_autofree char *image = look (self, "srv*%ROOT/deep/er/store;%ROOT/deep/er", TRUE, NULL);
      g_assert_null (image);
    }
  g_autofree char *after = symbol_fixture_list (self->root);
  g_assert_cmpstr (after, ==, before);
}

static void
test_images (Fixture *self, gconstpointer data)
{
  put (self, "a/toy.sys/5A0000071c000/toy.sys", symbol_fixture_image (&self->identity));
  g_autofree char *found = look (self, "srv*%ROOT/a", TRUE, NULL);
  g_assert_cmpstr (found, ==, "a/toy.sys/5A0000071c000/toy.sys");
  put (self, "images/TOY.SYS", symbol_fixture_image (&self->identity));
  g_autofree char *plain = look (self, "%ROOT/images", TRUE, NULL);
  g_assert_cmpstr (plain, ==, "images/TOY.SYS");
  self->identity.time_date_stamp++;
  g_autofree char *reason = NULL, *other = look (self, "%ROOT/images", TRUE, &reason);
  g_assert_null (other);
  g_assert_nonnull (strstr (reason, "another build, 5A0000071c000"));
  self->identity.time_date_stamp = 0;
  self->identity.has_pdb = FALSE;
  g_autofree char *unknown = look (self, "%ROOT/images", TRUE, NULL);
  g_assert_null (unknown);
  assert_found (self, "%ROOT/images", NULL);
}

static void
test_reasons (Fixture *self, gconstpointer data)
{
  g_autofree char *reason = NULL;
  g_autofree char *found = look (self, "c:\\sym;srv*\\\\x\\y*https://example.com/s;bad*x", FALSE, &reason);
  g_assert_null (found);
  g_autofree char *expected = g_strdup_printf (
      "“toy.pdb” %s was not found: c:\\sym: not reachable on Linux; map it to a local folder; %s: not there; "
      "\\\\x\\y: not reachable on Linux; map it to a local folder; https://example.com/s: not asked while "
      "offline; "
      "bad*x: not understood; write “srv*”, “symsrv*” or “cache*” before the “*”.",
      self->key, self->store);
  g_assert_cmpstr (reason, ==, expected);
}

/* Makes the file at @relative seem to have been used @hours ago. */
static void
set_age (Fixture *self, const char *relative, guint hours)
{
  g_autofree char *path = g_build_filename (self->root, relative, NULL);
  time_t used = (time_t) (g_get_real_time () / G_USEC_PER_SEC) - (time_t) hours * 60 * 60;
  g_assert_cmpint (g_utime (path, &(struct utimbuf){ used, used }), ==, 0);
}

static gboolean
is_there (Fixture *self, const char *relative)
{
  g_autofree char *path = g_build_filename (self->root, relative, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Above the limit what was used longest ago goes, with its empty folders, until a tenth is free. */
static void
test_limit (Fixture *self, gconstpointer data)
{
  static const char *const files[] = { "s/a.pdb/1/a.pdb", "s/b.pdb/1/b.pdb", "s/b.pdb/2/b.pdb", "s/c.pdb/1/c.pdb" };
  g_autofree char *folder = g_build_filename (self->root, "s", NULL);
  g_autofree char *used = g_build_filename (self->root, files[0], NULL);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      put (self, files[i], g_bytes_new_take (g_malloc0 (1000), 1000));
      set_age (self, files[i], 20 - i);
    }
  folder_limit_touch (used);
  folder_limit_apply (folder, 4000);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_assert_true (is_there (self, files[i]));
  folder_limit_apply (folder, 3999);
  g_assert_true (is_there (self, files[0]));
  g_assert_false (is_there (self, "s/b.pdb/1"));
  g_assert_true (is_there (self, files[2]));
  folder_limit_apply (folder, 1000);
  g_assert_false (is_there (self, "s/b.pdb"));
  g_assert_false (is_there (self, "s/c.pdb"));
  /* In use by somebody, perhaps. */
  folder_limit_apply (folder, 10);
  g_assert_true (is_there (self, files[0]));
}

/* What the default store has too much goes when a locator that used it is done; other stores are the user's. */
static void
test_store_limit (Fixture *self, gconstpointer data)
{
  put (self, "default/old.pdb/1/old.pdb", g_bytes_new_take (g_malloc0 (1 << 20), 1 << 20));
  put (self, "mine/old.pdb/1/old.pdb", g_bytes_new_take (g_malloc0 (1 << 20), 1 << 20));
  set_age (self, "default/old.pdb/1/old.pdb", 2);
  set_age (self, "mine/old.pdb/1/old.pdb", 2);
  put (self, "mine/toy.pdb/%KEY/toy.pdb", symbol_fixture_pdb (7, 10));
  for (gboolean is_limited = FALSE; is_limited <= TRUE; is_limited++)
    {
      g_autofree char *path = g_strdup_printf ("srv**%s/mine", self->root), *reason = NULL;
      SymbolLocatorOptions options = { .path = path,
                                       .default_store = self->store,
                                       .is_offline = TRUE,
                                       .store_limit_bytes = is_limited ? 1 << 20 : 0 };
      SymbolLocator *locator = symbol_locator_new (&options);
      g_autofree char *found
          = symbol_locator_find_pdb (locator, &self->identity, NULL, NULL, NULL, &reason, NULL);
      g_assert_true (found && g_str_has_prefix (found, self->store));
      symbol_locator_free (locator);
      g_assert_true (is_there (self, "default/old.pdb/1/old.pdb") != is_limited);
      g_assert_true (g_file_test (found, G_FILE_TEST_EXISTS));
      g_assert_true (is_there (self, "mine/old.pdb/1/old.pdb"));
    }
}

/* "~" is the home folder in the path and in the map; other folders start where they are said to. */
static void
test_home (Fixture *self, gconstpointer data)
{
  put (self, "home/store/toy.pdb/%KEY/toy.pdb", symbol_fixture_pdb (7, 10));
  g_autofree char *home = g_build_filename (self->root, "home", NULL);
  static const char *const paths[] = { "srv*~/store", "srv*C:\\symbols", "srv*home/store", "srv*../home/store" };
  static const char *const folder_map[] = { "c:\\symbols=~/store", NULL };
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *reason = NULL;
      g_autofree char *base = i < 3 ? g_strdup (self->root) : g_build_filename (self->root, "elsewhere", NULL);
      SymbolLocatorOptions options = { .path = paths[i],
                                       .default_store = self->store,
                                       .folder_map = folder_map,
                                       .is_offline = TRUE,
                                       .trace_folder = "/nowhere",
                                       .base_folder = base,
                                       .home_folder = home };
      g_autoptr (SymbolLocator) locator = symbol_locator_new (&options);
      g_autofree char *found
          = symbol_locator_find_pdb (locator, &self->identity, NULL, NULL, NULL, &reason, NULL);
      g_assert_cmpstr (reason, ==, NULL);
      g_assert_true (g_str_has_prefix (found, home));
    }
}

static void
test_cancel (Fixture *self, gconstpointer data)
{
  put (self, "a/toy.pdb/%KEY/toy.pdb", symbol_fixture_pdb (7, 10));
  SymbolLocatorOptions options
      = { .path = "srv*a", .default_store = self->store, .trace_folder = self->root };
  g_autoptr (SymbolLocator) locator = symbol_locator_new (&options);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  char *reason;
  g_cancellable_cancel (cancellable);
  g_assert_null (
      symbol_locator_find_pdb (locator, &self->identity, NULL, NULL, cancellable, &reason, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (reason);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (Fixture *, gconstpointer);
  } tests[] = {
    { "layouts", test_layouts },
    { "plain-folders", test_plain_folders },
    { "wrong-builds", test_wrong_builds },
    { "compressed", test_compressed },
    { "bad-cabinets", test_bad_cabinets },
    { "pointers", test_pointers },
    { "copies", test_copies },
    { "hostile-names", test_hostile_names },
    { "images", test_images },
    { "reasons", test_reasons },
    { "limit", test_limit },
    { "store-limit", test_store_limit },
    { "home", test_home },
    { "cancel", test_cancel },
  };
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/symbol-store/", tests[i].name, NULL);
      g_test_add (path, Fixture, NULL, set_up, tests[i].run, tear_down);
    }
  return g_test_run ();
}
