/* What the window's allocations are put down to follows the settings: worked out anew in the worker when they
 * change, and shown as new names are. */
#include "app/window/window_private.h"

#include "app/settings/app_settings.h"
#include "app/settings/attribution_settings.h"
#include "app/test_log.h"

typedef struct
{
  PoolTrace *trace; /* (owned) */
  AttributionSettings settings;
  Attribution *attribution; /* (owned) (nullable): what comes of it */
  GPtrArray *problems;      /* (owned): of char* */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;
  pool_trace_unref (job->trace);
  attribution_settings_clear (&job->settings);
  g_clear_pointer (&job->attribution, attribution_unref);
  g_ptr_array_unref (job->problems);
  g_free (job);
}

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  job->attribution = attribution_settings_apply (&job->settings, job->trace, job->problems);
  g_task_return_boolean (task, TRUE);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  PoolscopeWindow *self = POOLSCOPE_WINDOW (source);
  Job *job = g_task_get_task_data (G_TASK (result));
  gboolean is_latest = g_task_get_cancellable (G_TASK (result)) == self->attributing;
  if (!is_latest)
    return;
  g_clear_object (&self->attributing);
  if (self->symbols == NULL || self->trace != job->trace)
    return;
  test_log_add ("attributed problems=%u", job->problems->len);
  symbol_load_set_attribution (self->symbols, job->attribution);
  window_attribution_tell (self, job->problems);
}

static void
on_settings_changed (AppSettings *settings, const char *key, gpointer data)
{
  PoolscopeWindow *self = data;
  if (self->trace == NULL)
    return;
  Job *job = g_new0 (Job, 1);
  job->trace = pool_trace_ref (self->trace);
  job->problems = g_ptr_array_new_with_free_func (g_free);
  attribution_settings_read (&job->settings);
  g_clear_object (&self->attributing);
  self->attributing = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (self, self->attributing, on_done, NULL);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_job);
}

void
window_attribution_install (PoolscopeWindow *self)
{
  for (const char *const *key = attribution_settings_keys; *key != NULL; key++)
    {
      g_autofree char *signal = g_strconcat ("changed::", *key, NULL);
      g_signal_connect_object (app_settings_get (), signal, G_CALLBACK (on_settings_changed), self, 0);
    }
}

void
window_attribution_tell (PoolscopeWindow *self, GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    window_show_message (self, problems->pdata[i]);
}
