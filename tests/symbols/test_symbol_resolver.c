/* The resolver on the symbol store beside the sample trace: usage test_symbol_resolver STORE. */
#include "symbols/symbol_module_loader.h"
#include "symbols/symbol_resolver.h"

#include "sample/sample_modules.h"

#include <glib/gstdio.h>
#include <string.h>

static const char *store;

typedef struct
{
  SymbolIdentity *identities; /* (owned) (array length=n_modules) */
  guint n_modules;
  const SampleModule *modules; /* (transfer none) (array length=n_modules) */
  char *folder;                /* (owned): empty at first */
  char *cache;                 /* (owned): in it, not yet there */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->modules = sample_modules_get (&self->n_modules);
  self->identities = g_new0 (SymbolIdentity, self->n_modules);
  for (guint i = 0; i < self->n_modules; i++)
    {
      const SampleModule *module = &self->modules[i];
      SymbolIdentity identity = { .image_name = (char *) module->file_name,
                                  .time_date_stamp = module->time_date_stamp,
                                  .image_size_bytes = module->size_bytes,
                                  .has_pdb = TRUE,
                                  .pdb_age = module->pdb_age,
                                  .pdb_name = (char *) module->pdb_name };
      sample_module_get_pdb_guid (module, identity.pdb_guid);
      symbol_identity_copy (&self->identities[i], &identity);
    }
  g_autoptr (GError) error = NULL;
  self->folder = g_dir_make_tmp ("poolscope-resolver-XXXXXX", &error);
  g_assert_no_error (error);
  self->cache = g_build_filename (self->folder, "tables", NULL);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_folder (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < self->n_modules; i++)
    symbol_identity_clear (&self->identities[i]);
  g_free (self->identities);
  remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->cache);
}

static SymbolLocator *
create_locator (const Fixture *self, const char *folder)
{
  g_autofree char *path = g_strconcat ("srv*", folder, NULL);
  g_autofree char *default_store = g_build_filename (self->folder, "default", NULL);
  return symbol_locator_new (
      &(SymbolLocatorOptions){ .path = path, .default_store = default_store, .is_offline = TRUE });
}

static void
load (const Fixture *self, SymbolResolver *resolver, const char *folder, const char *cache)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SymbolLocator) locator = create_locator (self, folder);
  const SymbolLoadOptions options = { .locator = locator, .cache_folder = cache };
  g_assert_true (symbol_resolver_load (resolver, &options, NULL, &error));
  g_assert_no_error (error);
}

static void
assert_state (SymbolResolver *resolver, guint module, SymbolState state, const char *in_reason)
{
  g_auto (SymbolModuleStatus) status = { 0 };
  symbol_resolver_get_status (resolver, module, &status);
  g_assert_cmpint (status.state, ==, state);
  g_assert_nonnull (status.reason);
  if (strstr (status.reason, in_reason) == NULL)
    g_error ("“%s” is not in the reason “%s”", in_reason, status.reason);
}

static void
assert_names (const Fixture *self, const SymbolResolver *resolver, guint module)
{
  for (guint i = 0; i < self->modules[module].n_functions; i++)
    {
      const SampleFunction *function = &self->modules[module].functions[i];
      guint32 offsets[] = { 0, function->size_bytes / 2, function->size_bytes - 1 };
      for (gsize j = 0; j < G_N_ELEMENTS (offsets); j++)
        {
          SymbolMatch match;
          g_assert_true (symbol_resolver_lookup (resolver, module, function->rva + offsets[j], &match));
          g_assert_cmpstr (match.name, ==, function->name);
          g_assert_cmpuint (match.start_rva, ==, function->rva);
        }
    }
}

static void
test_all_modules (Fixture *self, gconstpointer data)
{
  g_autoptr (SymbolResolver) resolver = symbol_resolver_new (self->identities, self->n_modules);
  SymbolMatch match;
  g_assert_false (symbol_resolver_lookup (resolver, 0, self->modules[0].functions[0].rva, &match));
  assert_state (resolver, 0, SYMBOL_STATE_WAITING, "");
  load (self, resolver, store, NULL);
  g_assert_cmpuint (symbol_resolver_get_n_loaded (resolver), ==, self->n_modules);
  for (guint i = 0; i < self->n_modules; i++)
    {
      assert_state (resolver, i, SYMBOL_STATE_LOADED, self->modules[i].pdb_name);
      assert_names (self, resolver, i);
    }
  g_auto (SymbolProgress) progress = { 0 };
  symbol_resolver_get_progress (resolver, &progress);
  g_assert_cmpuint (progress.n_done, ==, self->n_modules);
  g_assert_null (progress.current);
}

/* The first module's PDB as the store of @folder would have it: (transfer full) */
static char *
build_pdb_path (const Fixture *self, const char *folder)
{
  const SymbolIdentity *identity = &self->identities[0];
  g_autofree char *key = symbol_identity_dup_pdb_key (identity);
  return g_build_filename (folder, identity->pdb_name, key, identity->pdb_name, NULL);
}

static void
write_pdb (const Fixture *self, const char *contents, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = build_pdb_path (self, self->folder);
  g_autofree char *parent = g_path_get_dirname (path);
  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_file_set_contents (path, contents, (gssize) size, &error);
  g_assert_no_error (error);
}

static void
test_retry (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SymbolResolver) resolver = symbol_resolver_new (self->identities, 2);
  load (self, resolver, self->folder, NULL);
  assert_state (resolver, 0, SYMBOL_STATE_NOT_FOUND, self->folder);

  g_autofree char *original = build_pdb_path (self, store), *contents = NULL;
  gsize size;
  g_file_get_contents (original, &contents, &size, &error);
  g_assert_no_error (error);
  write_pdb (self, contents, size);
  /* Without a wish to try again nothing is tried again. */
  load (self, resolver, self->folder, NULL);
  assert_state (resolver, 0, SYMBOL_STATE_NOT_FOUND, self->folder);
  g_autoptr (SymbolLocator) locator = create_locator (self, self->folder);
  const SymbolLoadOptions options = { .locator = locator };
  g_assert_true (symbol_resolver_load_module (resolver, 0, &options, NULL, &error));
  assert_state (resolver, 0, SYMBOL_STATE_LOADED, self->folder);
  assert_state (resolver, 1, SYMBOL_STATE_NOT_FOUND, "");
  symbol_resolver_retry_all (resolver);
  assert_state (resolver, 0, SYMBOL_STATE_LOADED, self->folder);
  assert_state (resolver, 1, SYMBOL_STATE_WAITING, "");
  assert_names (self, resolver, 0);
}

static void
test_cache (Fixture *self, gconstpointer data)
{
  g_autoptr (SymbolResolver) first = symbol_resolver_new (self->identities, self->n_modules);
  load (self, first, store, self->cache);
  g_autoptr (SymbolResolver) second = symbol_resolver_new (self->identities, self->n_modules);
  load (self, second, self->folder, self->cache);
  for (guint i = 0; i < self->n_modules; i++)
    {
      assert_state (second, i, SYMBOL_STATE_LOADED, "cache");
      assert_names (self, second, i);
    }
}

static void
test_cancel (Fixture *self, gconstpointer data)
{
  g_autoptr (SymbolResolver) resolver = symbol_resolver_new (self->identities, self->n_modules);
  g_autoptr (SymbolLocator) locator = create_locator (self, store);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  const SymbolLoadOptions options = { .locator = locator };
  g_cancellable_cancel (cancellable);
  g_assert_false (symbol_resolver_load (resolver, &options, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  for (guint i = 0; i < self->n_modules; i++)
    assert_state (resolver, i, SYMBOL_STATE_WAITING, "");
  load (self, resolver, store, NULL);
  g_assert_cmpuint (symbol_resolver_get_n_loaded (resolver), ==, self->n_modules);
}

static void
cancel_when_reading (const char *what, guint64 bytes_done, guint64 bytes_total, gpointer cancellable)
{
  if (strcmp (what, "reading") == 0)
    g_cancellable_cancel (cancellable);
}

/* A module whose PDB was already found and is being read. */
static void
test_cancel_reading (Fixture *self, gconstpointer data)
{
  g_autoptr (SymbolLocator) locator = create_locator (self, store);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  const SymbolLoadOptions options = { .locator = locator, .cache_folder = self->cache };
  SymbolModuleLoad result;
  g_assert_false (symbol_module_load (&self->identities[0], &options, cancel_when_reading, cancellable, cancellable,
                                      &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (result.table);
  g_assert_false (g_file_test (self->cache, G_FILE_TEST_EXISTS));
}

static void
test_no_identity (Fixture *self, gconstpointer data)
{
  SymbolIdentity identities[] = { { .image_name = (char *) "nothing.sys" },
                                  { .image_name = (char *) "unmerged.sys",
                                    .time_date_stamp = 0x5010ac4b,
                                    .image_size_bytes = 0x9000 } };
  g_autoptr (SymbolResolver) resolver = symbol_resolver_new (identities, G_N_ELEMENTS (identities));
  load (self, resolver, self->folder, NULL);
  assert_state (resolver, 0, SYMBOL_STATE_NO_IDENTITY, "merge");
  assert_state (resolver, 1, SYMBOL_STATE_NOT_FOUND, "image");
}

/* Threads */

typedef struct
{
  const Fixture *fixture;
  SymbolResolver *resolver;
} Reader;

static gpointer
run_reader (gpointer data)
{
  const Reader *reader = data;
  const Fixture *fixture = reader->fixture;
  guint n_named = 0;
  while (n_named < fixture->n_modules)
    {
      n_named = 0;
      for (guint i = 0; i < fixture->n_modules; i++)
        {
          SymbolMatch match;
          const SampleFunction *function = fixture->modules[i].functions;
          if (fixture->modules[i].n_functions == 0)
            {
              n_named++;
              continue;
            }
          if (!symbol_resolver_lookup (reader->resolver, i, function->rva, &match))
            continue;
          g_assert_cmpstr (match.name, ==, function->name);
          n_named++;
        }
      g_auto (SymbolProgress) progress = { 0 };
      symbol_resolver_get_progress (reader->resolver, &progress);
      g_assert_cmpuint (progress.n_modules, ==, fixture->n_modules);
      g_thread_yield ();
    }
  return NULL;
}

static void
test_threads (Fixture *self, gconstpointer data)
{
  g_autoptr (SymbolResolver) resolver = symbol_resolver_new (self->identities, self->n_modules);
  Reader reader = { self, resolver };
  GThread *readers[3];
  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++)
    readers[i] = g_thread_new ("reader", run_reader, &reader);
  load (self, resolver, store, self->cache);
  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++)
    g_thread_join (readers[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc != 2)
    g_error ("usage: test_symbol_resolver STORE");
  store = argv[1];
#define ADD(name, test) g_test_add ("/symbol-resolver/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("all-modules", test_all_modules);
  ADD ("retry", test_retry);
  ADD ("cache", test_cache);
  ADD ("cancel", test_cancel);
  ADD ("cancel-reading", test_cancel_reading);
  ADD ("no-identity", test_no_identity);
  ADD ("threads", test_threads);
  return g_test_run ();
}
