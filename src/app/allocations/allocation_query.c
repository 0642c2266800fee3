#include "app/allocations/allocation_query.h"

struct _AllocationQuery
{
  AllocationQueryFunc on_listed;
  gpointer data;
  GCancellable *cancellable; /* (owned) (nullable): of what runs */
};

typedef struct
{
  PoolTreeValues *values; /* (owned) (nullable): for a new list */
  GArray *rows;           /* (owned) (nullable): with it */
  IntervalList *list;     /* (owned) (nullable): to be sorted */
  IntervalOrder order;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;
  g_clear_pointer (&self->values, pool_tree_values_unref);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->list, interval_list_unref);
  g_free (self);
}

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  GError *error = NULL;
  IntervalList *list
    = job->list != NULL ? interval_list_new_sorted (job->list, job->order, cancellable, &error)
                        : interval_list_new (job->values, (const PoolTreeRow *) (gpointer) job->rows->data,
                                             job->rows->len, job->order, cancellable, &error);
  if (list != NULL)
    g_task_return_pointer (task, list, (GDestroyNotify) interval_list_unref);
  else
    g_task_return_error (task, error);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IntervalList) list = g_task_propagate_pointer (G_TASK (result), NULL);
  if (list == NULL)
    return; /* cancelled: @data may be gone */
  AllocationQuery *self = data;
  g_clear_object (&self->cancellable);
  self->on_listed (g_steal_pointer (&list), self->data);
}

static void
start (AllocationQuery *self, Job *job)
{
  allocation_query_cancel (self);
  self->cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, on_done, self);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_job);
}

AllocationQuery *
allocation_query_new (AllocationQueryFunc on_listed, gpointer data)
{
  AllocationQuery *self = g_new0 (AllocationQuery, 1);
  self->on_listed = on_listed;
  self->data = data;
  return self;
}

void
allocation_query_free (AllocationQuery *self)
{
  allocation_query_cancel (self);
  g_free (self);
}

void
allocation_query_list (AllocationQuery *self, PoolTreeValues *values, GArray *rows, IntervalOrder order)
{
  Job *job = g_new0 (Job, 1);
  *job = (Job){ pool_tree_values_ref (values), g_array_ref (rows), NULL, order };
  start (self, job);
}

void
allocation_query_sort (AllocationQuery *self, IntervalList *list, IntervalOrder order)
{
  Job *job = g_new0 (Job, 1);
  *job = (Job){ NULL, NULL, interval_list_ref (list), order };
  start (self, job);
}

void
allocation_query_cancel (AllocationQuery *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

gboolean
allocation_query_is_busy (const AllocationQuery *self)
{
  return self->cancellable != NULL;
}
