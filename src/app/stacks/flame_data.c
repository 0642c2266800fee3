#include "app/stacks/flame_data.h"

#include "app/rows/row_path.h"

/* What one computation needs and makes; reference counted: its task has it, then who shows it. */
typedef struct
{
  FlameRequest request; /* all of it owned */
  FlameStacks *stacks;  /* (owned) (nullable): when they are known already */
  FlameResult result;   /* all of it owned */
} Job;

struct _FlameData
{
  GObject parent_instance;
  Job *wanted;               /* (owned) (nullable): newer than what runs */
  GCancellable *cancellable; /* (owned) (nullable): of what runs */
  Job *shown;                /* (owned) (nullable): with the result */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (FlameData, flame_data, G_TYPE_OBJECT)

static Job *
job_new (const FlameRequest *request)
{
  Job *job = g_atomic_rc_box_new0 (Job);
  job->request = *request;
  pool_tree_values_ref (request->values);
  pool_tree_ref (request->scope_tree);
  job->request.options.zoom = (const char *const *) g_strdupv ((char **) request->options.zoom);
  job->request.find_text = g_strdup (request->find_text);
  return job;
}

static void
job_clear (gpointer data)
{
  Job *job = data;
  pool_tree_values_unref (job->request.values);
  pool_tree_unref (job->request.scope_tree);
  g_strfreev ((char **) job->request.options.zoom);
  g_free ((char *) job->request.find_text);
  g_clear_pointer (&job->stacks, flame_stacks_unref);
  g_clear_pointer (&job->result.layout, flame_layout_unref);
  g_clear_pointer (&job->result.values, pool_tree_values_unref);
}

static void
job_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, job_clear);
}

/* On a worker thread */

/* The row of the values that the scope is, or the nearest above it that is there. */
static PoolTreeRow
translate_scope (const FlameRequest *request)
{
  if (request->scope.level == 0 || pool_tree_values_get_tree (request->values) == request->scope_tree)
    return request->scope;
  TreeShown old = { row_set_new (), request->scope }, shown = { row_set_new (), POOL_TREE_ROOT };
  row_path_translate (request->scope_tree, &old, request->values, &shown);
  g_hash_table_unref (old.open);
  g_hash_table_unref (shown.open);
  return shown.cursor.level > 0 ? shown.cursor : POOL_TREE_ROOT;
}

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  const FlameRequest *request = &job->request;
  GError *error = NULL;
  job->result.values = pool_tree_values_ref (request->values);
  job->result.metric = request->options.metric;
  job->result.scope = translate_scope (request);
  if (job->stacks == NULL)
    job->stacks = flame_stacks_new (request->values, job->result.scope, request->dimension, cancellable, &error);
  if (job->stacks != NULL)
    job->result.layout = flame_layout_new (job->stacks, &request->options, cancellable, &error);
  if (job->result.layout == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (*request->find_text != '\0')
    job->result.found_weight
        = flame_stacks_get_weight_with (job->stacks, request->find_text, request->options.metric);
  g_task_return_boolean (task, TRUE);
}

/* On the main thread */

static void start (FlameData *self);

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  FlameData *self = FLAME_DATA (source);
  gboolean is_done = g_task_propagate_boolean (G_TASK (result), NULL);
  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  if (is_done)
    {
      g_clear_pointer (&self->shown, job_unref);
      self->shown = g_atomic_rc_box_acquire (g_task_get_task_data (G_TASK (result)));
    }
  if (self->wanted != NULL)
    start (self);
  if (is_done)
    g_signal_emit (self, changed_signal, 0);
}

/* Whether the merged stacks of @a serve @b too. */
static gboolean
same_stacks (const FlameRequest *a, const FlameRequest *b)
{
  return a->values == b->values && a->dimension == b->dimension && a->scope_tree == b->scope_tree
         && pool_tree_row_equal (a->scope, b->scope);
}

static void
start (FlameData *self)
{
  Job *job = g_steal_pointer (&self->wanted);
  if (self->shown != NULL && same_stacks (&self->shown->request, &job->request))
    job->stacks = flame_stacks_ref (self->shown->stacks);
  self->cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, on_done, NULL);
  g_task_set_task_data (task, job, job_unref);
  g_task_run_in_thread (task, run_job);
}

/* What runs is of no use any more; its result will not be looked at. */
static void
abandon (FlameData *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

void
flame_data_request (FlameData *self, const FlameRequest *request)
{
  g_clear_pointer (&self->wanted, job_unref);
  if (request == NULL)
    {
      abandon (self);
      g_clear_pointer (&self->shown, job_unref);
      g_signal_emit (self, changed_signal, 0);
      return;
    }
  self->wanted = job_new (request);
  if (self->cancellable == NULL)
    start (self);
}

const FlameResult *
flame_data_get_result (FlameData *self)
{
  return self->shown != NULL ? &self->shown->result : NULL;
}

FlameData *
flame_data_new (void)
{
  return g_object_new (FLAME_TYPE_DATA, NULL);
}

static void
flame_data_dispose (GObject *object)
{
  FlameData *self = FLAME_DATA (object);
  abandon (self);
  g_clear_pointer (&self->wanted, job_unref);
  g_clear_pointer (&self->shown, job_unref);
  G_OBJECT_CLASS (flame_data_parent_class)->dispose (object);
}

static void
flame_data_class_init (FlameDataClass *class)
{
  G_OBJECT_CLASS (class)->dispose = flame_data_dispose;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
flame_data_init (FlameData *self)
{
}
