#include "app/graph/graph_data.h"

struct _GraphData
{
  GObject parent_instance;

  PoolTrace *trace;
  PoolTree *tree;
  PoolTreeValues *values;
  PoolTreeRow row;
  char *row_label;
  GraphRequest request;
  GraphSplit split;

  GraphBands *bands; /* (nullable): those of bands_tree */
  PoolTree *bands_tree;
  PoolTimeline *timeline;
  PoolTimeline *row_timeline;

  GCancellable *timeline_cancellable, *row_cancellable; /* of the one that runs, else NULL */
  gboolean wants_timeline, wants_row;                   /* asked for again while one runs */
};

G_DEFINE_FINAL_TYPE (GraphData, graph_data, G_TYPE_OBJECT)

static guint changed_signal;

static void start_timeline (GraphData *self);
static void start_row (GraphData *self);

static void
timeline_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GraphData *self = GRAPH_DATA (source);
  GraphJob *job = g_task_get_task_data (G_TASK (result));
  if (g_task_get_cancellable (G_TASK (result)) != self->timeline_cancellable)
    return; /* of another trace or tree */
  g_clear_object (&self->timeline_cancellable);
  if (g_task_propagate_boolean (G_TASK (result), NULL))
    {
      g_clear_pointer (&self->timeline, pool_timeline_free);
      self->timeline = g_steal_pointer (&job->timeline);
      g_clear_pointer (&self->bands, graph_bands_unref);
      self->bands = g_steal_pointer (&job->bands);
      g_clear_pointer (&self->bands_tree, pool_tree_unref);
      self->bands_tree = g_steal_pointer (&job->tree);
      g_signal_emit (self, changed_signal, 0);
    }
  if (self->wants_timeline)
    start_timeline (self);
}

static void
row_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GraphData *self = GRAPH_DATA (source);
  GraphJob *job = g_task_get_task_data (G_TASK (result));
  if (g_task_get_cancellable (G_TASK (result)) != self->row_cancellable)
    return;
  g_clear_object (&self->row_cancellable);
  if (g_task_propagate_boolean (G_TASK (result), NULL))
    {
      g_clear_pointer (&self->row_timeline, pool_timeline_free);
      self->row_timeline = g_steal_pointer (&job->timeline);
      g_signal_emit (self, changed_signal, 0);
    }
  if (self->wants_row)
    start_row (self);
}

static void
start_timeline (GraphData *self)
{
  self->wants_timeline = self->trace != NULL && self->request.n_bins > 0;
  if (!self->wants_timeline || self->timeline_cancellable)
    return;
  self->wants_timeline = FALSE;
  GraphJob *job = g_new0 (GraphJob, 1);
  job->request = self->request;
  job->split = self->split;
  job->trace = pool_trace_ref (self->trace);
  job->tree = self->tree ? pool_tree_ref (self->tree) : NULL;
  if (self->bands && self->tree == self->bands_tree)
    job->bands = g_atomic_rc_box_acquire (self->bands);
  self->timeline_cancellable = g_cancellable_new ();
  graph_job_run (job, self, self->timeline_cancellable, timeline_done);
}

static void
start_row (GraphData *self)
{
  self->wants_row = self->values != NULL && self->request.n_bins > 0;
  if (!self->wants_row || self->row_cancellable)
    return;
  self->wants_row = FALSE;
  GraphJob *job = g_new0 (GraphJob, 1);
  job->request = self->request;
  job->values = pool_tree_values_ref (self->values);
  job->row = self->row;
  self->row_cancellable = g_cancellable_new ();
  graph_job_run (job, self, self->row_cancellable, row_done);
}

/* What runs is of no use any more; its result will not be looked at. */
static void
abandon (GCancellable **cancellable)
{
  if (*cancellable)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

static void
forget_row (GraphData *self)
{
  abandon (&self->row_cancellable);
  self->wants_row = FALSE;
  g_clear_pointer (&self->values, pool_tree_values_unref);
  g_clear_pointer (&self->row_timeline, pool_timeline_free);
  g_clear_pointer (&self->row_label, g_free);
}

static void
forget_all (GraphData *self)
{
  abandon (&self->timeline_cancellable);
  self->wants_timeline = FALSE;
  forget_row (self);
  g_clear_pointer (&self->trace, pool_trace_unref);
  g_clear_pointer (&self->tree, pool_tree_unref);
  g_clear_pointer (&self->bands_tree, pool_tree_unref);
  g_clear_pointer (&self->bands, graph_bands_unref);
  g_clear_pointer (&self->timeline, pool_timeline_free);
}

GraphData *
graph_data_new (void)
{
  return g_object_new (GRAPH_TYPE_DATA, NULL);
}

void
graph_data_set_trace (GraphData *self, PoolTrace *trace)
{
  PoolTrace *new_trace = trace ? pool_trace_ref (trace) : NULL;
  forget_all (self);
  self->trace = new_trace;
  self->request.n_bins = 0; /* the view of the old trace means nothing in the new one */
  g_signal_emit (self, changed_signal, 0);
}

void
graph_data_set_tree (GraphData *self, PoolTree *tree)
{
  if (tree == self->tree)
    return;
  abandon (&self->timeline_cancellable);
  g_clear_pointer (&self->tree, pool_tree_unref);
  self->tree = tree ? pool_tree_ref (tree) : NULL;
  start_timeline (self);
}

void
graph_data_set_split (GraphData *self, GraphSplit split)
{
  if (split == self->split)
    return;
  abandon (&self->timeline_cancellable);
  self->split = split;
  /* What is shown keeps its bands until the others are there. */
  g_clear_pointer (&self->bands_tree, pool_tree_unref);
  start_timeline (self);
}

void
graph_data_set_row (GraphData *self, PoolTreeValues *values, const PoolTreeRow *row)
{
  if (values == NULL || row == NULL)
    {
      gboolean had_line = self->row_timeline != NULL;
      forget_row (self);
      if (had_line)
        g_signal_emit (self, changed_signal, 0);
      return;
    }
  gboolean is_same_row
      = self->values && pool_tree_values_get_tree (values) == pool_tree_values_get_tree (self->values)
        && pool_tree_row_equal (*row, self->row);
  if (!is_same_row)
    {
      abandon (&self->row_cancellable);
      g_clear_pointer (&self->row_timeline, pool_timeline_free);
    }
  pool_tree_values_ref (values);
  g_clear_pointer (&self->values, pool_tree_values_unref);
  self->values = values;
  self->row = *row;
  g_free (self->row_label);
  self->row_label = pool_tree_dup_row_text (pool_tree_values_get_tree (values), *row);
  start_row (self);
}

void
graph_data_request (GraphData *self, const GraphRequest *request)
{
  const PoolSelection *selection = self->tree ? pool_tree_get_selection (self->tree) : NULL;
  gboolean has_new_view = request->measure != self->request.measure || request->n_bins != self->request.n_bins
                          || !time_range_equal (request->view, self->request.view);
  gboolean has_new_range = !time_range_equal (request->range, self->request.range);
  self->request = *request;
  if (has_new_view || (has_new_range && selection && selection->types != POOL_TYPE_MASK_ALL))
    start_timeline (self);
  if (has_new_view)
    start_row (self);
}

const PoolTimeline *
graph_data_get_timeline (GraphData *self)
{
  return self->timeline;
}

const TimelineBands *
graph_data_get_bands (GraphData *self)
{
  return self->timeline && self->bands ? self->bands->bands : NULL;
}

const PoolTimeline *
graph_data_get_row_timeline (GraphData *self)
{
  return self->row_timeline;
}

const char *
graph_data_get_row_label (GraphData *self)
{
  return self->row_label;
}

static void
graph_data_dispose (GObject *object)
{
  forget_all (GRAPH_DATA (object));
  G_OBJECT_CLASS (graph_data_parent_class)->dispose (object);
}

static void
graph_data_class_init (GraphDataClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = graph_data_dispose;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
graph_data_init (GraphData *self)
{
}
