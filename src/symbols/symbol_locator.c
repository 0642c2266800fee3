#include "symbols/symbol_locator.h"

#include <string.h>

#include "symbols/folder_limit.h"
#include "symbols/symbol_name.h"
#include "symbols/symbol_search.h"

#define DEFAULT_TIMEOUT_S 30
#define DEFAULT_LIMIT_BYTES ((guint64) 4 << 30)

struct _SymbolLocator
{
  SymbolPath *path;
  char *default_store;
  GStrv folder_map;
  gboolean is_offline;
  guint64 limit_bytes, store_limit_bytes;
  SymbolServer *server;
  SymbolMisses *misses;
  GMutex mutex;
  GCond changed;       /* running */
  gboolean has_used_store; /* atomic */
  GHashTable *running; /* (element-type utf8): files being looked for, so that none is fetched twice */
};

/* Folders such as trace.etl.NGENPDB, which the recorder puts beside a trace. */
static void
append_native_image_folders (GString *path, const char *trace_folder)
{
  g_autoptr (GDir) entries = trace_folder ? g_dir_open (trace_folder, 0, NULL) : NULL;
  const char *entry;
  while (entries && (entry = g_dir_read_name (entries)))
    {
      gsize length = strlen (entry);
      if (length > 8 && g_ascii_strcasecmp (entry + length - 8, ".ngenpdb") == 0 && !strpbrk (entry, ";*\\"))
        g_string_append_printf (path, ";srv*%s/%s", trace_folder, entry);
    }
}

/* @folder_map (nullable) with "~" in its local folders replaced. */
static GStrv
dup_folder_map (const char *const *folder_map, const char *home_folder)
{
  g_autoptr (GStrvBuilder) local_map = g_strv_builder_new ();
  for (gsize i = 0; folder_map && folder_map[i]; i++)
    {
      const char *equals = strchr (folder_map[i], '=');
      g_autofree char *folder = equals ? symbol_path_dup_without_tilde (equals + 1, home_folder) : NULL;
      g_autofree char *line
          = equals ? g_strdup_printf ("%.*s=%s", (int) (equals - folder_map[i]), folder_map[i], folder) : NULL;
      if (line)
        g_strv_builder_add (local_map, line);
    }
  return g_strv_builder_end (local_map);
}

SymbolLocator *
symbol_locator_new (const SymbolLocatorOptions *options)
{
  SymbolLocator *self = g_new0 (SymbolLocator, 1);
  self->folder_map = dup_folder_map (options->folder_map, options->home_folder);
  const SymbolPathContext context
      = { .default_store = options->default_store,
          .folder_map = (const char *const *) self->folder_map,
          .base_folder = options->base_folder ? options->base_folder : options->trace_folder,
          .home_folder = options->home_folder };
  g_autoptr (GString) path = g_string_new (options->path);
  append_native_image_folders (path, options->trace_folder);
  self->path = symbol_path_new (path->str, &context);
  self->default_store = g_strdup (options->default_store);
  self->is_offline = options->is_offline;
  self->limit_bytes = options->limit_bytes ? options->limit_bytes : DEFAULT_LIMIT_BYTES;
  self->store_limit_bytes
      = options->store_limit_bytes ? options->store_limit_bytes : SYMBOL_STORE_DEFAULT_LIMIT_BYTES;
  self->server = symbol_server_new (options->timeout_s ? options->timeout_s : DEFAULT_TIMEOUT_S,
                                    options->certificate_path);
  self->misses = symbol_misses_new (self->default_store);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->running = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
symbol_locator_free (SymbolLocator *self)
{
  if (self->has_used_store)
    folder_limit_apply (self->default_store, self->store_limit_bytes);
  symbol_path_free (self->path);
  symbol_server_free (self->server);
  symbol_misses_free (self->misses);
  g_hash_table_unref (self->running);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_free (self->default_store);
  g_strfreev (self->folder_map);
  g_free (self);
}

void
symbol_locator_forget_misses (SymbolLocator *self)
{
  symbol_misses_forget (self->misses);
  symbol_server_forget_failures (self->server);
}

/* Waits until nobody else looks for @file; FALSE when cancelled. */
static gboolean
claim (SymbolLocator *self, const char *file, GCancellable *cancellable)
{
  g_mutex_lock (&self->mutex);
  while (g_hash_table_contains (self->running, file) && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait_until (&self->changed, &self->mutex, g_get_monotonic_time () + G_USEC_PER_SEC / 50);
  gboolean is_claimed = !g_cancellable_is_cancelled (cancellable);
  if (is_claimed)
    g_hash_table_add (self->running, g_strdup (file));
  g_mutex_unlock (&self->mutex);
  return is_claimed;
}

static void
release (SymbolLocator *self, const char *file)
{
  g_mutex_lock (&self->mutex);
  g_hash_table_remove (self->running, file);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

/* Files of the default store that are used stay longest. */
static void
note_use (SymbolLocator *self, const char *path)
{
  gsize length = strlen (self->default_store);
  if (path && strncmp (path, self->default_store, length) == 0 && path[length] == '/')
    {
      folder_limit_touch (path);
      __atomic_store_n (&self->has_used_store, TRUE, __ATOMIC_RELAXED);
    }
}

/* Why @request was in vain, as one sentence. */
static char *
dup_reason (const SymbolRequest *request)
{
  GString *reason = g_string_new (NULL);
  g_string_append_printf (reason, "“%s” %s was not found", request->name, request->key);
  for (guint i = 0; i < request->notes->len; i++)
    g_string_append_printf (reason, "%s%s", i ? "; " : ": ", (const char *) request->notes->pdata[i]);
  g_string_append (reason, request->notes->len ? "." : ": the symbol path is empty.");
  return g_string_free (reason, FALSE);
}

/* @request has name and key; both are freed here. */
static char *
find (SymbolLocator *self, SymbolRequest *request, char **ret_reason, GError **error)
{
  request->default_store = self->default_store;
  request->folder_map = (const char *const *) self->folder_map;
  request->is_offline = self->is_offline;
  request->limit_bytes = self->limit_bytes;
  request->server = self->server;
  request->misses = self->misses;
  request->notes = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *file = g_strdup_printf ("%s/%s", request->name, request->key);
  g_autofree char *folded = g_ascii_strdown (file, -1);
  char *path = NULL;
  if (claim (self, folded, request->cancellable))
    {
      path = symbol_search_run (self->path, request);
      note_use (self, path);
      release (self, folded);
    }
  if (!path && !g_cancellable_set_error_if_cancelled (request->cancellable, error))
    *ret_reason = dup_reason (request);
  g_ptr_array_unref (request->notes);
  g_free (request->name);
  g_free (request->key);
  return path;
}

char *
symbol_locator_find_pdb (SymbolLocator *self, const SymbolIdentity *identity, SymbolProgressFunc progress,
                         gpointer progress_data, GCancellable *cancellable, char **ret_reason, GError **error)
{
  *ret_reason = NULL;
  SymbolRequest request = { .identity = identity,
                            .kind = SYMBOL_FILE_PDB,
                            .progress = progress,
                            .progress_data = progress_data,
                            .cancellable = cancellable };
  if (!identity->has_pdb)
    {
      *ret_reason = g_strdup ("The trace does not say which PDB belongs to the module.");
      return NULL;
    }
  request.name = symbol_name_from_recorded (identity->pdb_name);
  if (!request.name || g_ascii_strcasecmp (symbol_name_get_extension (request.name), "pdb") != 0)
    {
      g_free (request.name);
      *ret_reason = g_strdup ("The name of the PDB in the trace is not one a PDB can have.");
      return NULL;
    }
  request.key = symbol_identity_dup_pdb_key (identity);
  return find (self, &request, ret_reason, error);
}

char *
symbol_locator_find_image (SymbolLocator *self, const SymbolIdentity *identity, SymbolProgressFunc progress,
                           gpointer progress_data, GCancellable *cancellable, char **ret_reason,
                           GError **error)
{
  *ret_reason = NULL;
  SymbolRequest request = { .identity = identity,
                            .kind = SYMBOL_FILE_IMAGE,
                            .progress = progress,
                            .progress_data = progress_data,
                            .cancellable = cancellable };
  if (identity->time_date_stamp == 0 || identity->image_size_bytes == 0)
    {
      *ret_reason = g_strdup ("The trace does not say which build of the module was loaded.");
      return NULL;
    }
  request.name = symbol_name_from_recorded (identity->image_name);
  if (!request.name)
    {
      *ret_reason = g_strdup ("The name of the module in the trace is not one a file can have.");
      return NULL;
    }
  request.key = symbol_identity_dup_image_key (identity);
  return find (self, &request, ret_reason, error);
}
