#include "symbols/symbol_resolver.h"

#include "symbols/symbol_cache.h"
#include "symbols/symbol_module_loader.h"

/* Most of the time goes to waiting for servers, so more than there are processors. */
#define DEFAULT_WORKERS 4
#define MAX_WORKERS 16

typedef struct
{
  SymbolIdentity identity;
  SymbolTable *table; /* (owned) (nullable): atomic, set once */
  SymbolModuleStatus status; /* under mutex; n_functions is taken from the table */
} Module;

struct _SymbolResolver
{
  Module *modules; /* (array length=n_modules) (owned) */
  guint n_modules;
  guint n_loaded;    /* atomic */
  GMutex mutex;      /* guards states */
  GMutex load_mutex; /* held by whoever loads */
};

/* What the threads of one load share. */
typedef struct
{
  SymbolResolver *resolver;
  const SymbolLoadOptions *options;
  GCancellable *cancellable;
  guint next_module, end_module; /* under the resolver's mutex */
} Load;

typedef struct
{
  SymbolResolver *resolver;
  Module *module;
} Report;

SymbolResolver *
symbol_resolver_new (const SymbolIdentity *identities, guint n_modules)
{
  SymbolResolver *self = g_new0 (SymbolResolver, 1);
  g_mutex_init (&self->mutex);
  g_mutex_init (&self->load_mutex);
  self->modules = g_new0 (Module, n_modules);
  self->n_modules = n_modules;
  for (guint i = 0; i < n_modules; i++)
    {
      symbol_identity_copy (&self->modules[i].identity, &identities[i]);
      self->modules[i].status.reason = g_strdup ("");
    }
  return self;
}

void
symbol_resolver_free (SymbolResolver *self)
{
  for (guint i = 0; i < self->n_modules; i++)
    {
      Module *module = &self->modules[i];
      symbol_identity_clear (&module->identity);
      g_clear_pointer (&module->table, symbol_table_free);
      symbol_module_status_clear (&module->status);
    }
  g_free (self->modules);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->load_mutex);
  g_free (self);
}

/* Loading */

static void
module_set_state (Module *self, SymbolState state, char *reason)
{
  g_free (self->status.reason);
  g_clear_pointer (&self->status.activity, g_free);
  self->status = (SymbolModuleStatus){ .state = state, .reason = reason };
}

/* The next module that waits, now in state loading; NULL when there is none. */
static Module *
claim_module (Load *load)
{
  SymbolResolver *resolver = load->resolver;
  Module *claimed = NULL;
  g_mutex_lock (&resolver->mutex);
  while (claimed == NULL && load->next_module < load->end_module)
    {
      Module *module = &resolver->modules[load->next_module++];
      if (module->status.state == SYMBOL_STATE_WAITING)
        claimed = module;
    }
  if (claimed != NULL)
    module_set_state (claimed, SYMBOL_STATE_LOADING, g_strdup (""));
  g_mutex_unlock (&resolver->mutex);
  return claimed;
}

static void
on_progress (const char *what, guint64 bytes_done, guint64 bytes_total, gpointer data)
{
  Report *report = data;
  g_mutex_lock (&report->resolver->mutex);
  SymbolModuleStatus *status = &report->module->status;
  if (g_strcmp0 (status->activity, what) != 0)
    {
      g_free (status->activity);
      status->activity = g_strdup (what);
    }
  status->bytes_done = bytes_done;
  status->bytes_total = bytes_total;
  g_mutex_unlock (&report->resolver->mutex);
}

static void
load_module (Load *load, Module *module)
{
  SymbolResolver *resolver = load->resolver;
  Report report = { resolver, module };
  SymbolModuleLoad result = { 0 };
  if (!symbol_module_load (&module->identity, load->options, on_progress, &report, load->cancellable, &result, NULL))
    result = (SymbolModuleLoad){ NULL, SYMBOL_STATE_WAITING, g_strdup ("") };
  g_mutex_lock (&resolver->mutex);
  module_set_state (module, result.state, result.reason);
  if (result.table != NULL)
    {
      __atomic_store_n (&module->table, result.table, __ATOMIC_RELEASE);
      __atomic_fetch_add (&resolver->n_loaded, 1, __ATOMIC_RELEASE);
    }
  g_mutex_unlock (&resolver->mutex);
}

static gpointer
run_worker (gpointer data)
{
  Load *load = data;
  Module *module;
  while (!g_cancellable_is_cancelled (load->cancellable) && (module = claim_module (load)) != NULL)
    load_module (load, module);
  return NULL;
}

/* Lets @module wait again unless it is loaded or loading. Under the mutex. */
static void
retry (Module *module)
{
  if (module->status.state != SYMBOL_STATE_LOADED && module->status.state != SYMBOL_STATE_LOADING)
    module_set_state (module, SYMBOL_STATE_WAITING, g_strdup (""));
}

gboolean
symbol_resolver_load (SymbolResolver *self, const SymbolLoadOptions *options, GCancellable *cancellable,
                      GError **error)
{
  Load load = { self, options, cancellable, 0, self->n_modules };
  guint n_workers = MIN (options->n_workers > 0 ? options->n_workers : DEFAULT_WORKERS, MAX_WORKERS);
  n_workers = MIN (n_workers, self->n_modules);
  GThread *workers[MAX_WORKERS];
  g_mutex_lock (&self->load_mutex);
  for (guint i = 0; i < n_workers; i++)
    workers[i] = g_thread_new ("symbols", run_worker, &load);
  for (guint i = 0; i < n_workers; i++)
    g_thread_join (workers[i]);
  if (options->cache_folder != NULL)
    symbol_cache_trim (options->cache_folder);
  g_mutex_unlock (&self->load_mutex);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

gboolean
symbol_resolver_load_module (SymbolResolver *self, guint module, const SymbolLoadOptions *options,
                             GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (module < self->n_modules, FALSE);
  Load load = { self, options, cancellable, module, module + 1 };
  g_mutex_lock (&self->load_mutex);
  g_mutex_lock (&self->mutex);
  retry (&self->modules[module]);
  g_mutex_unlock (&self->mutex);
  run_worker (&load);
  g_mutex_unlock (&self->load_mutex);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

void
symbol_resolver_retry_all (SymbolResolver *self)
{
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->n_modules; i++)
    retry (&self->modules[i]);
  g_mutex_unlock (&self->mutex);
}

/* Looking up */

guint
symbol_resolver_get_n_modules (const SymbolResolver *self)
{
  return self->n_modules;
}

const SymbolIdentity *
symbol_resolver_get_identity (const SymbolResolver *self, guint module)
{
  g_return_val_if_fail (module < self->n_modules, NULL);
  return &self->modules[module].identity;
}

guint
symbol_resolver_get_n_loaded (const SymbolResolver *self)
{
  return __atomic_load_n (&self->n_loaded, __ATOMIC_ACQUIRE);
}

SymbolTable *
symbol_resolver_get_table (const SymbolResolver *self, guint module)
{
  g_return_val_if_fail (module < self->n_modules, NULL);
  return __atomic_load_n (&self->modules[module].table, __ATOMIC_ACQUIRE);
}

gboolean
symbol_resolver_lookup (const SymbolResolver *self, guint module, guint32 rva, SymbolMatch *ret_match)
{
  const SymbolTable *table = symbol_resolver_get_table (self, module);
  return table != NULL && symbol_table_lookup (table, rva, ret_match);
}

/* Status */

void
symbol_resolver_get_status (SymbolResolver *self, guint module, SymbolModuleStatus *ret_status)
{
  g_return_if_fail (module < self->n_modules);
  g_mutex_lock (&self->mutex);
  *ret_status = self->modules[module].status;
  ret_status->reason = g_strdup (ret_status->reason);
  ret_status->activity = g_strdup (ret_status->activity);
  g_mutex_unlock (&self->mutex);
  SymbolTable *table = symbol_resolver_get_table (self, module);
  ret_status->n_functions = table != NULL ? symbol_table_get_count (table) : 0;
}

void
symbol_module_status_clear (SymbolModuleStatus *self)
{
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->activity, g_free);
}

void
symbol_resolver_get_progress (SymbolResolver *self, SymbolProgress *ret_progress)
{
  *ret_progress = (SymbolProgress){ .n_modules = self->n_modules, .n_loaded = symbol_resolver_get_n_loaded (self) };
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->n_modules; i++)
    {
      const Module *module = &self->modules[i];
      SymbolState state = module->status.state;
      ret_progress->n_done += state != SYMBOL_STATE_WAITING && state != SYMBOL_STATE_LOADING;
      if (state != SYMBOL_STATE_LOADING || ret_progress->current != NULL)
        continue;
      const char *activity = module->status.activity;
      ret_progress->current
          = activity != NULL ? g_strdup_printf ("%s: %s", module->identity.image_name, activity)
                             : g_strdup (module->identity.image_name);
      ret_progress->bytes_done = module->status.bytes_done;
      ret_progress->bytes_total = module->status.bytes_total;
    }
  g_mutex_unlock (&self->mutex);
}

void
symbol_progress_clear (SymbolProgress *self)
{
  g_clear_pointer (&self->current, g_free);
}

const char *
symbol_state_get_text (SymbolState state)
{
  static const char *const texts[N_SYMBOL_STATES]
      = { "not loaded", "loading", "loaded", "not found", "unreadable", "not loaded" };
  g_return_val_if_fail (state < N_SYMBOL_STATES, NULL);
  return texts[state];
}
