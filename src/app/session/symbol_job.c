#include "app/session/symbol_job.h"

#include "model/trace_source.h"

/* Owned by its task. */
typedef struct
{
  PoolTrace *trace;          /* (owned) */
  SymbolModules *modules;    /* (owned) */
  Attribution *attribution;  /* (owned) (nullable): of names */
  SymbolSettings settings;   /* (owned): of loading; path NULL for the folder beside the trace alone */
  gint64 only_module;        /* -1 for all */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;
  g_clear_pointer (&job->modules, symbol_modules_unref);
  g_clear_pointer (&job->attribution, attribution_unref);
  pool_trace_unref (job->trace);
  symbol_settings_clear (&job->settings);
  g_free (job);
}

static Job *
job_new (PoolTrace *trace, SymbolModules *modules)
{
  Job *job = g_new0 (Job, 1);
  job->trace = pool_trace_ref (trace);
  job->modules = symbol_modules_ref (modules);
  return job;
}

/* Takes @job. */
static void
run (Job *job, GTaskThreadFunc func, gpointer source, GCancellable *cancellable, GAsyncReadyCallback done)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, done, NULL);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, func);
}

/* Names */

static void
run_naming (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_task_return_pointer (task, frame_names_new_with_symbols (job->trace, job->modules, job->attribution),
                         (GDestroyNotify) frame_names_unref);
}

void
symbol_job_name (PoolTrace *trace, SymbolModules *modules, Attribution *attribution, gpointer source,
                 GCancellable *cancellable, GAsyncReadyCallback done)
{
  Job *job = job_new (trace, modules);
  job->attribution = attribution_ref (attribution);
  run (job, run_naming, source, cancellable, done);
}

/* Loading */

/* The folder “symbols” beside the trace as a path. (transfer full) (nullable) */
static char *
dup_folder_beside (const char *trace_folder)
{
  g_autofree char *folder = trace_folder != NULL ? g_build_filename (trace_folder, "symbols", NULL) : NULL;
  return folder != NULL && g_file_test (folder, G_FILE_TEST_IS_DIR) && strpbrk (folder, ";*") == NULL
           ? g_strconcat ("srv*", folder, NULL)
           : NULL;
}

static void
run_load (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  const char *trace_path = job->trace->info.path;
  g_autofree char *trace_folder = trace_path != NULL ? trace_source_dup_folder (trace_path) : NULL;
  g_autofree char *beside = dup_folder_beside (trace_folder);
  g_autofree char *store = symbol_settings_dup_store_folder (), *cache = symbol_settings_dup_cache_folder ();
  g_autofree char *both = beside != NULL && job->settings.path != NULL
                            ? g_strconcat (beside, ";", job->settings.path, NULL)
                            : NULL;
  const SymbolLocatorOptions locator_options = { .path = both != NULL ? both
                                                         : beside != NULL ? beside
                                                                          : job->settings.path,
                                                 .default_store = store,
                                                 .folder_map = (const char *const *) job->settings.folder_map,
                                                 .is_offline = job->settings.is_offline || job->settings.path == NULL,
                                                 .trace_folder = trace_folder,
                                                 .home_folder = g_get_home_dir (),
                                                 .certificate_path = g_getenv ("SSL_CERT_FILE") };
  if (locator_options.path != NULL)
    {
      g_autoptr (SymbolLocator) locator = symbol_locator_new (&locator_options);
      symbol_locator_forget_misses (locator);
      const SymbolLoadOptions options = { .locator = locator, .cache_folder = cache };
      SymbolResolver *resolver = symbol_modules_get_resolver (job->modules);
      if (job->only_module >= 0)
        symbol_resolver_load_module (resolver, (guint) job->only_module, &options, cancellable, NULL);
      else
        {
          symbol_resolver_retry_all (resolver);
          symbol_resolver_load (resolver, &options, cancellable, NULL);
        }
    }
  g_task_return_boolean (task, TRUE);
}

void
symbol_job_load (PoolTrace *trace, SymbolModules *modules, const SymbolSettings *settings, gint64 only_module,
                 gpointer source, GCancellable *cancellable, GAsyncReadyCallback done)
{
  Job *job = job_new (trace, modules);
  job->only_module = only_module;
  if (settings != NULL)
    job->settings = (SymbolSettings){ .path = g_strdup (settings->path),
                                      .folder_map = g_strdupv (settings->folder_map),
                                      .is_offline = settings->is_offline };
  run (job, run_load, source, cancellable, done);
}
