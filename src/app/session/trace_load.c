#include "app/session/trace_load.h"

#include "app/settings/attribution_settings.h"
#include "base/number_format.h"
#include "model/trace_source.h"

#include <glib/gi18n.h>

struct _TraceLoad
{
  GObject parent_instance;
  GFile *file;               /* (owned) */
  GCancellable *cancellable; /* (owned) */
  LoadPreview *preview;      /* (owned) */
  AttributionSettings attribution;
  GPtrArray *problems;       /* (owned): of char*, the worker's until it is done */
  GStrv choices;             /* (owned) (nullable): likewise */
  Progress progress;
  gint64 start_us;
  TraceLoadFunc on_done;
  gpointer data;
};

G_DEFINE_FINAL_TYPE (TraceLoad, trace_load, G_TYPE_OBJECT)

typedef struct
{
  PoolTrace *trace;  /* (owned) */
  FrameNames *names; /* (owned) */
} Loaded;

static void
loaded_free (gpointer data)
{
  Loaded *loaded = data;
  g_clear_pointer (&loaded->names, frame_names_unref);
  g_clear_pointer (&loaded->trace, pool_trace_unref);
  g_free (loaded);
}

static void
trace_load_finalize (GObject *object)
{
  TraceLoad *self = TRACE_LOAD (object);
  g_clear_object (&self->file);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->preview, load_preview_free);
  attribution_settings_clear (&self->attribution);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->choices, g_strfreev);
  G_OBJECT_CLASS (trace_load_parent_class)->finalize (object);
}

static void
trace_load_class_init (TraceLoadClass *class)
{
  G_OBJECT_CLASS (class)->finalize = trace_load_finalize;
}

static void
trace_load_init (TraceLoad *self)
{
  self->cancellable = g_cancellable_new ();
  self->preview = load_preview_new ();
  self->problems = g_ptr_array_new_with_free_func (g_free);
  attribution_settings_read (&self->attribution);
  self->start_us = g_get_monotonic_time ();
}

static void
run_load (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  TraceLoad *self = TRACE_LOAD (source);
  GError *error = NULL;
  const char *path = g_file_peek_path (self->file);
  if (path == NULL)
    {
      g_autofree char *uri = g_file_get_uri (self->file);
      g_task_return_new_error (
          task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
          _ ("“%s” is not on this computer. Copy it to a local folder and open it there."), uri);
      return;
    }
  g_autofree char *unpack_folder = g_build_filename (g_get_user_cache_dir (), "poolscope", NULL);
  g_autoptr (ByteSource) byte_source
      = trace_source_open (path, unpack_folder, &self->progress, cancellable, &error);
  g_autoptr (PoolTrace) trace = NULL;
  if (byte_source != NULL)
    trace = pool_trace_load (byte_source, &self->progress, self->preview, cancellable, &error);
  else
    self->choices = trace_source_dup_choices (path, cancellable);
  if (trace == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  Loaded *loaded = g_new0 (Loaded, 1);
  g_autoptr (SymbolModules) modules = symbol_modules_new (trace);
  g_autoptr (Attribution) attribution = attribution_settings_apply (&self->attribution, trace, self->problems);
  loaded->names = frame_names_new_with_symbols (trace, modules, attribution);
  loaded->trace = g_steal_pointer (&trace);
  g_task_return_pointer (task, loaded, loaded_free);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  TraceLoad *self = TRACE_LOAD (source);
  g_autoptr (GError) error = NULL;
  Loaded *loaded = g_task_propagate_pointer (G_TASK (result), &error);
  gboolean is_wanted = self->on_done != NULL && !g_cancellable_is_cancelled (self->cancellable);
  if (loaded == NULL)
    {
      if (is_wanted)
        self->on_done (NULL, NULL, error, self->data);
      return;
    }
  if (is_wanted)
    self->on_done (g_steal_pointer (&loaded->trace), g_steal_pointer (&loaded->names), NULL, self->data);
  loaded_free (loaded);
}

TraceLoad *
trace_load_new (GFile *file, TraceLoadFunc on_done, gpointer data)
{
  TraceLoad *self = g_object_new (TRACE_TYPE_LOAD, NULL);
  self->file = g_object_ref (file);
  self->on_done = on_done;
  self->data = data;
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, on_loaded, NULL);
  g_task_run_in_thread (task, run_load);
  return self;
}

void
trace_load_cancel (TraceLoad *self)
{
  self->on_done = NULL;
  g_cancellable_cancel (self->cancellable);
}

GPtrArray *
trace_load_get_problems (TraceLoad *self)
{
  return self->problems;
}

const char *const *
trace_load_get_choices (TraceLoad *self)
{
  return (const char *const *) self->choices;
}

LoadPreview *
trace_load_get_preview (TraceLoad *self)
{
  return self->preview;
}

double
trace_load_dup_progress (TraceLoad *self, char **ret_text)
{
  Progress progress = progress_read (&self->progress);
  g_autofree char *done = format_bytes ((gint64) progress.bytes_done);
  g_autofree char *events = format_count ((gint64) progress.events_done);
  if (progress.bytes_total == 0)
    {
      *ret_text = g_strdup_printf (_ ("%s events read"), events);
      return -1;
    }
  if (progress.is_unpacking)
    {
      g_autofree char *archive = format_bytes ((gint64) progress.bytes_total);
      *ret_text = g_strdup_printf (_ ("Unpacking: %s of %s"), done, archive);
      return MIN (1, (double) progress.bytes_done / (double) progress.bytes_total);
    }
  double part = MIN (1, (double) progress.bytes_done / (double) progress.bytes_total);
  double elapsed_s = (double) (g_get_monotonic_time () - self->start_us) / 1e6;
  g_autofree char *total = format_bytes ((gint64) progress.bytes_total);
  if (part > 0.02 && elapsed_s > 1 && part < 1)
    {
      int left_s = (int) (elapsed_s / part * (1 - part)) + 1;
      *ret_text = g_strdup_printf (ngettext ("%s of %s, %s events, %d second left",
                                             "%s of %s, %s events, %d seconds left", (gulong) left_s),
                                   done, total, events, left_s);
    }
  else
    *ret_text = g_strdup_printf (_ ("%s of %s, %s events"), done, total, events);
  return part;
}
