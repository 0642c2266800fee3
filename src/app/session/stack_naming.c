#include "app/session/stack_naming.h"

#include <gio/gio.h>

struct _StackNaming
{
  GObject parent_instance;
  PoolTrace *trace;      /* (owned) */
  FrameNames *names;     /* (owned): of the trace */
  StackOptions *options; /* (owned) */
  StackNamingFunc on_names;
  gpointer data;
  GCancellable *cancellable; /* (owned) (nullable): of the newest reading */
};

G_DEFINE_FINAL_TYPE (StackNaming, stack_naming, G_TYPE_OBJECT)

typedef struct
{
  PoolTrace *trace;      /* (owned) */
  FrameNames *names;     /* (owned) */
  StackOptions *options; /* (owned) */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;
  pool_trace_unref (job->trace);
  frame_names_unref (job->names);
  stack_options_unref (job->options);
  g_free (job);
}

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, frame_names_new_read (job->names, job->trace, job->options),
                           (GDestroyNotify) frame_names_unref);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  StackNaming *self = STACK_NAMING (source);
  g_autoptr (FrameNames) names = g_task_propagate_pointer (G_TASK (result), NULL);
  if (names == NULL || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  self->on_names (names, self->data);
}

static void
abandon (StackNaming *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
start (StackNaming *self)
{
  abandon (self);
  if (stack_options_is_plain (self->options))
    {
      self->on_names (self->names, self->data);
      return;
    }
  Job *job = g_new (Job, 1);
  *job = (Job){ pool_trace_ref (self->trace), frame_names_ref (self->names), stack_options_ref (self->options) };
  self->cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, on_done, NULL);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_job);
}

void
stack_naming_close (StackNaming *self)
{
  abandon (self);
}

FrameNames *
stack_naming_get_names (StackNaming *self)
{
  return self->names;
}

void
stack_naming_set_names (StackNaming *self, FrameNames *names)
{
  frame_names_ref (names);
  frame_names_unref (self->names);
  self->names = names;
  start (self);
}

void
stack_naming_set_options (StackNaming *self, StackOptions *options)
{
  if (stack_options_equal (self->options, options))
    return;
  stack_options_ref (options);
  stack_options_unref (self->options);
  self->options = options;
  start (self);
}

StackNaming *
stack_naming_new (PoolTrace *trace, FrameNames *names, StackNamingFunc on_names, gpointer data)
{
  StackNaming *self = g_object_new (STACK_TYPE_NAMING, NULL);
  self->trace = pool_trace_ref (trace);
  self->names = frame_names_ref (names);
  self->options = stack_options_new (NULL, NULL, NULL);
  self->on_names = on_names;
  self->data = data;
  return self;
}

static void
stack_naming_dispose (GObject *object)
{
  StackNaming *self = STACK_NAMING (object);
  abandon (self);
  g_clear_pointer (&self->trace, pool_trace_unref);
  g_clear_pointer (&self->names, frame_names_unref);
  g_clear_pointer (&self->options, stack_options_unref);
  G_OBJECT_CLASS (stack_naming_parent_class)->dispose (object);
}

static void
stack_naming_class_init (StackNamingClass *class)
{
  G_OBJECT_CLASS (class)->dispose = stack_naming_dispose;
}

static void
stack_naming_init (StackNaming *self)
{
}
