#include "app/graph/graph_job.h"

static void
graph_bands_clear (gpointer bands)
{
  timeline_bands_free (((GraphBands *) bands)->bands);
}

void
graph_bands_unref (GraphBands *self)
{
  g_atomic_rc_box_release_full (self, graph_bands_clear);
}

static void
graph_job_free (GraphJob *self)
{
  g_clear_pointer (&self->trace, pool_trace_unref);
  g_clear_pointer (&self->tree, pool_tree_unref);
  g_clear_pointer (&self->bands, graph_bands_unref);
  g_clear_pointer (&self->timeline, pool_timeline_free);
  g_clear_pointer (&self->values, pool_tree_values_unref);
  g_free (self);
}

static void
make_bands (GraphJob *self)
{
  TimelineBands *bands = graph_split_dup_bands (self->split, self->tree);
  if (bands == NULL)
    return;
  self->bands = g_atomic_rc_box_new0 (GraphBands);
  self->bands->bands = bands;
}

static PoolTimeline *
compute_timeline (GraphJob *self, GCancellable *cancellable, GError **error)
{
  if (self->tree && self->bands == NULL)
    make_bands (self);
  return pool_timeline_new (self->trace, self->tree ? pool_tree_get_selection (self->tree) : NULL,
                            self->request.range, self->bands ? self->bands->bands : NULL, self->request.measure,
                            self->request.view, self->request.n_bins, cancellable, error);
}

static void
compute (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GraphJob *self = task_data;
  GError *error = NULL;
  if (self->values)
    self->timeline = pool_timeline_new_for_row (self->values, self->row, self->request.measure, self->request.view,
                                                self->request.n_bins, cancellable, &error);
  else
    self->timeline = compute_timeline (self, cancellable, &error);
  if (self->timeline)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
graph_job_run (GraphJob *job, gpointer source, GCancellable *cancellable, GAsyncReadyCallback done)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, done, NULL);
  g_task_set_task_data (task, job, (GDestroyNotify) graph_job_free);
  g_task_run_in_thread (task, compute);
}
