/* Symbol servers, good and bad, on this computer. */
#include "bad_server.h"
#include "symbol_fixtures.h"
#include "symbols/symbol_locator.h"

#include <glib/gstdio.h>
#include <string.h>
#include <time.h>
#include <utime.h>

typedef struct
{
  BadServer *server;
  char *root;            /* the folder of this test */
  char *store;           /* the default store, below it */
  char *key, *good_file; /* below the store */
  SymbolIdentity identity;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) pdb = symbol_fixture_pdb (50, 3);
  self->server = bad_server_new (pdb);
  self->root = g_dir_make_tmp ("poolscope-XXXXXX", NULL);
  self->store = g_build_filename (self->root, "store", NULL);
  self->identity = symbol_fixture_identity (50, 3);
  self->key = symbol_identity_dup_pdb_key (&self->identity);
  self->good_file = g_strdup_printf ("toy.pdb/%s/toy.pdb", self->key);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  bad_server_free (self->server);
  symbol_fixture_remove (self->root);
  g_free (self->root);
  g_free (self->store);
  g_free (self->key);
  g_free (self->good_file);
}

static SymbolLocator *
new_locator (Fixture *self, const char *mode, guint timeout_s)
{
  g_autofree char *url = bad_server_dup_url (self->server, mode);
  g_autofree char *path = g_strdup_printf ("srv*c:\\symbols*%s", url);
  SymbolLocatorOptions options
      = { .path = path, .default_store = self->store, .timeout_s = timeout_s, .limit_bytes = 1 << 20 };
  return symbol_locator_new (&options);
}

/* (transfer full) (nullable): the found path below the store. */
static char *
find (Fixture *self, SymbolLocator *locator, char **ret_reason)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *path
      = symbol_locator_find_pdb (locator, &self->identity, NULL, NULL, NULL, &reason, &error);
  g_assert_no_error (error);
  g_assert_true ((path == NULL) == (reason != NULL));
  if (reason)
    g_test_message ("%s", reason);
  if (ret_reason)
    *ret_reason = g_steal_pointer (&reason);
  if (!path)
    return NULL;
  g_assert_true (g_str_has_prefix (path, self->store));
  return g_strdup (path + strlen (self->store) + 1);
}

/* Every file below the test's folder but the notes of misses. */
static char *
list_files (Fixture *self)
{
  g_autofree char *all = symbol_fixture_list (self->root);
  g_auto (GStrv) lines = g_strsplit (all, "\n", -1);
  GString *kept = g_string_new (NULL);
  for (char **line = lines; *line; line++)
    if (!g_str_has_prefix (*line, "store/.missing/"))
      g_string_append (kept, *line);
  return g_string_free (kept, FALSE);
}

static void
assert_downloads (Fixture *self, const char *mode)
{
  g_autoptr (SymbolLocator) locator = new_locator (self, mode, 10);
  g_autofree char *found = find (self, locator, NULL), *again = NULL;
  g_assert_cmpstr (found, ==, self->good_file);
  /* The second time nothing is asked. */
  guint n_requests = bad_server_count (self->server, "");
  again = find (self, locator, NULL);
  g_assert_cmpstr (again, ==, found);
  g_assert_cmpuint (bad_server_count (self->server, ""), ==, n_requests);
  g_autofree char *files = list_files (self), *expected = g_strdup_printf ("store/%s", self->good_file);
  g_assert_cmpstr (files, ==, expected);
}

/* Nothing is found, nothing is stored, and the reason has @clue. */
static void
assert_refuses (Fixture *self, const char *mode, guint timeout_s, const char *clue)
{
  g_autoptr (SymbolLocator) locator = new_locator (self, mode, timeout_s);
  g_autofree char *reason = NULL, *found = find (self, locator, &reason), *files = list_files (self);
  g_assert_null (found);
  if (!strstr (reason, clue))
    g_error ("“%s” is not in “%s”", clue, reason);
  g_assert_cmpstr (files, ==, "");
}

static void
test_good (Fixture *self, gconstpointer mode)
{
  assert_downloads (self, mode);
}

typedef struct
{
  const char *mode, *clue;
} Refusal;

static void
test_refused (Fixture *self, gconstpointer data)
{
  const Refusal *refusal = data;
  assert_refuses (self, refusal->mode, g_str_equal (refusal->mode, "silent") ? 1 : 10, refusal->clue);
}

static void
test_misses (Fixture *self, gconstpointer data)
{
  g_autoptr (SymbolLocator) locator = new_locator (self, "nothing", 10);
  g_autofree char *first = find (self, locator, NULL);
  g_assert_null (first);
  guint n_requests = bad_server_count (self->server, "");
  g_assert_cmpuint (n_requests, ==, 4); /* the file, compressed, pointer, and whether there are two tiers */

  g_autofree char *reason = NULL, *second = find (self, locator, &reason);
  g_assert_null (second);
  g_assert_nonnull (strstr (reason, "within the last day"));
  /* Another process with the same store knows it, too. */
  g_autoptr (SymbolLocator) other = new_locator (self, "nothing", 10);
  g_autofree char *third = find (self, other, NULL);
  g_assert_null (third);
  g_assert_cmpuint (bad_server_count (self->server, ""), ==, n_requests);

  symbol_locator_forget_misses (other);
  g_autofree char *fourth = find (self, other, NULL);
  g_assert_null (fourth);
  g_assert_cmpuint (bad_server_count (self->server, ""), ==, 2 * n_requests);
}

static void
test_expiry (Fixture *self, gconstpointer data)
{
  g_autoptr (SymbolLocator) locator = new_locator (self, "nothing", 10);
  g_autofree char *first = find (self, locator, NULL);
  guint n_requests = bad_server_count (self->server, "");
  g_autofree char *folder = g_build_filename (self->store, ".missing", NULL);
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *entry;
  struct utimbuf two_days_ago = { time (NULL) - 2 * 86400, time (NULL) - 2 * 86400 };
  while ((entry = g_dir_read_name (entries)))
    {
      g_autofree char *path = g_build_filename (folder, entry, NULL);
      g_assert_cmpint (g_utime (path, &two_days_ago), ==, 0);
    }
  g_autoptr (SymbolLocator) later = new_locator (self, "nothing", 10);
  g_autofree char *second = find (self, later, NULL);
  g_assert_null (second);
  g_assert_cmpuint (bad_server_count (self->server, ""), ==, 2 * n_requests);
}

/* What goes wrong on the way says nothing about the file. */
static void
test_failure_is_no_miss (Fixture *self, gconstpointer data)
{
  g_autoptr (SymbolLocator) locator = new_locator (self, "busy", 10);
  g_autofree char *first = find (self, locator, NULL);
  guint n_requests = bad_server_count (self->server, "");
  g_assert_cmpuint (n_requests, ==, 3); /* tries of one file, then no more of the rest */
  g_autofree char *second = find (self, locator, NULL);
  g_assert_cmpuint (bad_server_count (self->server, ""), ==, 2 * n_requests);
  g_autofree char *third = find (self, locator, NULL);
  /* A server that fails again and again is left alone. */
  guint n_before_pause = bad_server_count (self->server, "");
  g_autofree char *reason = NULL, *fourth = find (self, locator, &reason);
  g_assert_nonnull (strstr (reason, "not asked, because it failed"));
  g_assert_cmpuint (bad_server_count (self->server, ""), ==, n_before_pause);
  symbol_locator_forget_misses (locator);
  g_autofree char *fifth = find (self, locator, NULL);
  g_assert_cmpuint (bad_server_count (self->server, ""), ==, n_before_pause + n_requests);
}

typedef struct
{
  Fixture *fixture;
  SymbolLocator *locator;
  GCancellable *cancellable;
  GError *error;
} Look;

static gpointer
find_in_thread (gpointer data)
{
  Look *look = data;
  char *reason;
  char *path = symbol_locator_find_pdb (look->locator, &look->fixture->identity, NULL, NULL,
                                        look->cancellable, &reason, &look->error);
  g_free (reason);
  return path;
}

static void
test_parallel (Fixture *self, gconstpointer data)
{
  enum
  {
    N_THREADS = 8
  };
  g_autoptr (SymbolLocator) locator = new_locator (self, "store", 10);
  GThread *threads[N_THREADS];
  Look looks[N_THREADS];
  for (guint i = 0; i < N_THREADS; i++)
    {
      looks[i] = (Look){ .fixture = self, .locator = locator };
      threads[i] = g_thread_new ("look", find_in_thread, &looks[i]);
    }
  for (guint i = 0; i < N_THREADS; i++)
    {
      g_autofree char *path = g_thread_join (threads[i]);
      g_assert_no_error (looks[i].error);
      g_assert_true (g_str_has_suffix (path, self->good_file));
    }
  g_assert_cmpuint (bad_server_count (self->server, ""), ==, 1);
}

/* Several programs share a store: each has a locator of its own, and none sees half a file. */
static void
test_shared_store (Fixture *self, gconstpointer data)
{
  enum
  {
    N_THREADS = 6
  };
  GThread *threads[N_THREADS];
  Look looks[N_THREADS];
  for (guint i = 0; i < N_THREADS; i++)
    {
      looks[i] = (Look){ .fixture = self, .locator = new_locator (self, i % 2 ? "store" : "packed", 10) };
      threads[i] = g_thread_new ("look", find_in_thread, &looks[i]);
    }
  for (guint i = 0; i < N_THREADS; i++)
    {
      g_autofree char *path = g_thread_join (threads[i]);
      g_assert_no_error (looks[i].error);
      g_assert_true (g_str_has_suffix (path, self->good_file));
      symbol_locator_free (looks[i].locator);
    }
  g_autofree char *files = list_files (self), *expected = g_strdup_printf ("store/%s", self->good_file);
  g_assert_cmpstr (files, ==, expected);
}

/* The server would be waited for much longer than a test may take. */
static void
test_cancel (Fixture *self, gconstpointer data)
{
  g_autoptr (SymbolLocator) locator = new_locator (self, "silent", 3600);
  g_autoptr (GCancellable) first_cancellable = g_cancellable_new ();
  g_autoptr (GCancellable) second_cancellable = g_cancellable_new ();
  Look looks[] = { { .fixture = self, .locator = locator, .cancellable = first_cancellable },
                   { .fixture = self, .locator = locator, .cancellable = second_cancellable } };
  GThread *first = g_thread_new ("look", find_in_thread, &looks[0]);
  bad_server_wait_for (self->server, "toy.pdb");
  /* One that only waits for the other can go, too. */
  GThread *second = g_thread_new ("look", find_in_thread, &looks[1]);
  g_cancellable_cancel (second_cancellable);
  g_assert_null (g_thread_join (second));
  g_cancellable_cancel (first_cancellable);
  g_assert_null (g_thread_join (first));
  for (guint i = 0; i < 2; i++)
    {
      g_assert_error (looks[i].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&looks[i].error);
    }
}

static void
count_progress (const char *what, guint64 bytes_done, guint64 bytes_total, gpointer data)
{
  guint64 *last = data;
  g_assert_cmpstr (what, ==, "127.0.0.1: toy.pdb");
  g_assert_cmpuint (bytes_done, >, *last);
  g_assert_cmpuint (bytes_done, <=, bytes_total);
  *last = bytes_done;
}

static void
test_progress (Fixture *self, gconstpointer data)
{
  g_autoptr (SymbolLocator) locator = new_locator (self, "store", 10);
  guint64 n_bytes = 0;
  g_autofree char *reason = NULL;
  g_autofree char *path
      = symbol_locator_find_pdb (locator, &self->identity, count_progress, &n_bytes, NULL, &reason, NULL);
  g_assert_nonnull (path);
  g_assert_cmpuint (n_bytes, ==, 7 * 512);
}

/* A second chain is asked when the first has nothing; the middle store keeps the compressed form. */
static void
test_chains (Fixture *self, gconstpointer data)
{
  g_autofree char *missing_url = bad_server_dup_url (self->server, "nothing");
  g_autofree char *packed_url = bad_server_dup_url (self->server, "packed");
  g_autofree char *middle = g_build_filename (self->root, "middle", NULL);
  g_autofree char *path = g_strdup_printf ("srv**%s;srv**%s*%s", missing_url, middle, packed_url);
  SymbolLocatorOptions options = { .path = path, .default_store = self->store };
  g_autoptr (SymbolLocator) locator = symbol_locator_new (&options);
  g_autofree char *found = find (self, locator, NULL), *kept = symbol_fixture_list (middle);
  g_assert_cmpstr (found, ==, self->good_file);
  g_autofree char *expected = g_strdup_printf ("toy.pdb/%s/toy.pd_", self->key);
  g_assert_cmpstr (kept, ==, expected);
}

static void
test_offline (Fixture *self, gconstpointer data)
{
  g_autofree char *url = bad_server_dup_url (self->server, "store");
  SymbolLocatorOptions options = { .path = url, .default_store = self->store, .is_offline = TRUE };
  g_autoptr (SymbolLocator) locator = symbol_locator_new (&options);
  g_autofree char *found = find (self, locator, NULL);
  g_assert_null (found);
  g_assert_cmpuint (bad_server_count (self->server, ""), ==, 0);
}

/* What a killed process left is removed when it is old, and a running one's is let be. */
static void
test_leftovers (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) half = g_bytes_new ("half", 4);
  g_autofree char *old_name = g_strdup_printf ("toy.pdb/%s/.toy.pdb.AAAAAA.part", self->key);
  g_autofree char *new_name = g_strdup_printf ("toy.pdb/%s/.toy.pdb.BBBBBB.part", self->key);
  g_autofree char *old_path = symbol_fixture_write (self->store, old_name, half);
  g_autofree char *new_path = symbol_fixture_write (self->store, new_name, half);
  struct utimbuf two_days_ago = { time (NULL) - 2 * 86400, time (NULL) - 2 * 86400 };
  g_assert_cmpint (g_utime (old_path, &two_days_ago), ==, 0);
  g_autoptr (SymbolLocator) locator = new_locator (self, "store", 10);
  g_autofree char *found = find (self, locator, NULL);
  g_assert_cmpstr (found, ==, self->good_file);
  g_assert_false (g_file_test (old_path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (new_path, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  static const char *const good[] = { "store",   "moved", "moved-near", "packed",   "packed-alike",
                                      "pointer", "tiers", "cut-once",   "busy-once" };
  static const Refusal refusals[] = {
    { "circle", "too many redirects" },
    { "to-file", "not trusted" },
    { "cut", "of 3584 bytes" },
    { "cut-old", "of 3584 bytes" },
    { "cut-chunked", "“toy.pdb” is damaged" },
    { "cut-unannounced", "“toy.pdb” is damaged" },
    { "silent", "imed out" },
    { "web-page", "the content is a web page" },
    { "empty", "the content is empty" },
    { "other-build", "of another build" },
    { "endless", "goes on after the limit" },
    { "huge", "larger than the limit" },
    { "bomb", "the cabinet is damaged" },
    { "busy", "503" },
    { "log-in", "wants a log-in" },
    { "refusal", "the server says: ask the build team" },
    { "nothing", "not there" },
  };
  static const struct
  {
    const char *name;
    void (*run) (Fixture *, gconstpointer);
  } tests[] = {
    { "misses", test_misses },
    { "expiry", test_expiry },
    { "failure-is-no-miss", test_failure_is_no_miss },
    { "parallel", test_parallel },
    { "shared-store", test_shared_store },
    { "cancel", test_cancel },
    { "progress", test_progress },
    { "chains", test_chains },
    { "offline", test_offline },
    { "leftovers", test_leftovers },
  };
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *path = g_strconcat ("/symbol-server/good/", good[i], NULL);
      g_test_add (path, Fixture, good[i], set_up, test_good, tear_down);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strconcat ("/symbol-server/refused/", refusals[i].mode, NULL);
      g_test_add (path, Fixture, &refusals[i], set_up, test_refused, tear_down);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/symbol-server/", tests[i].name, NULL);
      g_test_add (path, Fixture, NULL, set_up, tests[i].run, tear_down);
    }
  return g_test_run ();
}
