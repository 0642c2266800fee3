#include "app/session/symbol_load.h"

#include "app/session/symbol_job.h"
#include "app/test_log.h"
#include "base/number_format.h"

#include <glib/gi18n.h>

#define POLL_INTERVAL_MS 100

struct _SymbolLoad
{
  GObject parent_instance;
  PoolTrace *trace;          /* (owned) */
  SymbolModules *modules;    /* (owned) */
  Attribution *attribution;  /* (owned): of the names to come */
  FrameNames *names;         /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable): of what runs */
  GCancellable *naming;      /* (owned) (nullable): of the names that are being made */
  guint poll_timer;
  guint n_named;             /* tables loaded when the newest names were begun */
};

enum
{
  SIGNAL_PROGRESS_CHANGED,
  SIGNAL_NAMES_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SymbolLoad, symbol_load, G_TYPE_OBJECT)

static void
symbol_load_dispose (GObject *object)
{
  SymbolLoad *self = SYMBOL_LOAD (object);
  symbol_load_cancel (self);
  g_clear_pointer (&self->names, frame_names_unref);
  g_clear_pointer (&self->modules, symbol_modules_unref);
  g_clear_pointer (&self->attribution, attribution_unref);
  g_clear_pointer (&self->trace, pool_trace_unref);
  G_OBJECT_CLASS (symbol_load_parent_class)->dispose (object);
}

static void
symbol_load_class_init (SymbolLoadClass *class)
{
  G_OBJECT_CLASS (class)->dispose = symbol_load_dispose;
  static const char *const names[N_SIGNALS] = { "progress-changed", "names-changed" };
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
}

static void
symbol_load_init (SymbolLoad *self)
{
}

SymbolLoad *
symbol_load_new (PoolTrace *trace, SymbolModules *modules, Attribution *attribution)
{
  SymbolLoad *self = g_object_new (SYMBOL_TYPE_LOAD, NULL);
  self->trace = pool_trace_ref (trace);
  self->modules = symbol_modules_ref (modules);
  self->attribution = attribution_ref (attribution);
  return self;
}

/* Names */

static void name_frames (SymbolLoad *self);

void
symbol_load_set_attribution (SymbolLoad *self, Attribution *attribution)
{
  attribution_ref (attribution);
  attribution_unref (self->attribution);
  self->attribution = attribution;
  self->n_named = G_MAXUINT; /* the names are outdated, whatever tables they know */
  name_frames (self);
}

static void
on_named (GObject *source, GAsyncResult *result, gpointer data)
{
  SymbolLoad *self = SYMBOL_LOAD (source);
  g_autoptr (FrameNames) names = g_task_propagate_pointer (G_TASK (result), NULL);
  if (g_task_get_cancellable (G_TASK (result)) != self->naming)
    return;
  g_clear_object (&self->naming);
  if (names == NULL)
    return;
  g_clear_pointer (&self->names, frame_names_unref);
  self->names = g_steal_pointer (&names);
  test_log_add ("names modules=%u", self->n_named);
  g_signal_emit (self, signals[SIGNAL_NAMES_CHANGED], 0);
  if (self->cancellable == NULL)
    name_frames (self); /* the last tables came while these names were made */
}

/* Begins new names when tables came since the last ones and none are being made. */
static void
name_frames (SymbolLoad *self)
{
  if (self->naming != NULL)
    return;
  guint n_loaded = symbol_resolver_get_n_loaded (symbol_modules_get_resolver (self->modules));
  if (n_loaded == self->n_named)
    return;
  self->n_named = n_loaded;
  self->naming = g_cancellable_new ();
  symbol_job_name (self->trace, self->modules, self->attribution, self, self->naming, on_named);
}

/* Loading */

static void
stop_polling (SymbolLoad *self)
{
  g_clear_handle_id (&self->poll_timer, g_source_remove);
  g_clear_object (&self->cancellable);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  SymbolLoad *self = SYMBOL_LOAD (source);
  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  stop_polling (self);
  name_frames (self);
  SymbolProgress progress = { 0 };
  symbol_resolver_get_progress (symbol_modules_get_resolver (self->modules), &progress);
  test_log_add ("symbols loaded=%u of=%u", progress.n_loaded, progress.n_modules);
  symbol_progress_clear (&progress);
  g_signal_emit (self, signals[SIGNAL_PROGRESS_CHANGED], 0);
}

static gboolean
on_poll (gpointer data)
{
  SymbolLoad *self = data;
  name_frames (self);
  g_signal_emit (self, signals[SIGNAL_PROGRESS_CHANGED], 0);
  return G_SOURCE_CONTINUE;
}

static void
start (SymbolLoad *self, const SymbolSettings *settings, gint64 only_module)
{
  symbol_load_cancel (self);
  self->cancellable = g_cancellable_new ();
  self->poll_timer = g_timeout_add (POLL_INTERVAL_MS, on_poll, self);
  symbol_job_load (self->trace, self->modules, settings, only_module, self, self->cancellable, on_loaded);
  g_signal_emit (self, signals[SIGNAL_PROGRESS_CHANGED], 0);
}

void
symbol_load_start (SymbolLoad *self, const SymbolSettings *settings)
{
  start (self, settings, -1);
}

void
symbol_load_retry (SymbolLoad *self, guint module, const SymbolSettings *settings)
{
  start (self, settings, module);
}

void
symbol_load_cancel (SymbolLoad *self)
{
  if (self->cancellable == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  stop_polling (self);
  g_signal_emit (self, signals[SIGNAL_PROGRESS_CHANGED], 0);
}

gboolean
symbol_load_is_running (SymbolLoad *self)
{
  return self->cancellable != NULL;
}

SymbolModules *
symbol_load_get_modules (SymbolLoad *self)
{
  return self->modules;
}

FrameNames *
symbol_load_get_names (SymbolLoad *self)
{
  return self->names;
}

char *
symbol_load_dup_progress (SymbolLoad *self)
{
  g_auto (SymbolProgress) progress = { 0 };
  symbol_resolver_get_progress (symbol_modules_get_resolver (self->modules), &progress);
  if (progress.current == NULL)
    return g_strdup_printf (_ ("Symbols: %u of %u modules"), progress.n_done, progress.n_modules);
  if (progress.bytes_done == 0)
    return g_strdup_printf (_ ("Symbols: %u of %u modules, %s"), progress.n_done, progress.n_modules,
                            progress.current);
  g_autofree char *done = format_bytes ((gint64) progress.bytes_done);
  if (progress.bytes_total == 0)
    return g_strdup_printf (_ ("Symbols: %u of %u modules, %s, %s"), progress.n_done, progress.n_modules,
                            progress.current, done);
  g_autofree char *total = format_bytes ((gint64) progress.bytes_total);
  return g_strdup_printf (_ ("Symbols: %u of %u modules, %s, %s of %s"), progress.n_done, progress.n_modules,
                          progress.current, done, total);
}

char *
symbol_load_dup_state (SymbolLoad *self)
{
  g_auto (SymbolProgress) progress = { 0 };
  symbol_resolver_get_progress (symbol_modules_get_resolver (self->modules), &progress);
  if (progress.n_loaded == 0 && self->cancellable == NULL)
    return g_strdup (_ ("No symbols"));
  return g_strdup_printf (_ ("Symbols %u/%u"), progress.n_loaded, progress.n_modules);
}
