#include "app/rows/tree_compute.h"

#include "app/rows/row_path.h"

struct _TreeCompute
{
  GObject parent_instance;
  PoolTrace *trace;  /* (owned) */
  FrameNames *names; /* (owned) */
  TreeShownFunc get_shown;
  TreeResultFunc on_result;
  gpointer data;
  TreeQuery wanted;
  gboolean is_wanted; /* @wanted is newer than what runs */
  TreeQuery running;
  GCancellable *cancellable; /* (owned) (nullable): of what runs */
  PoolTreeValues *values;    /* (owned) (nullable): of the last result */
  TreeQuery tree_query;      /* its grouping */
  gboolean is_paused;
  gboolean is_closed;
};

G_DEFINE_FINAL_TYPE (TreeCompute, tree_compute, G_TYPE_OBJECT)

/* What one computation needs; owned by its task. */
typedef struct
{
  PoolTrace *trace;
  FrameNames *names;
  TreeQuery query;
  PoolTreeValues *old_values; /* (nullable) */
  gboolean keeps_tree;        /* of the old values */
  TreeShown shown;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;
  g_clear_pointer (&job->trace, pool_trace_unref);
  g_clear_pointer (&job->names, frame_names_unref);
  g_clear_pointer (&job->old_values, pool_tree_values_unref);
  g_clear_pointer (&job->shown.open, g_hash_table_unref);
  tree_query_clear (&job->query);
  g_free (job);
}

void
tree_result_free (TreeResult *self)
{
  g_clear_pointer (&self->root, row_node_free_root);
  g_clear_pointer (&self->values, pool_tree_values_unref);
  tree_query_clear (&self->query);
  g_free (self);
}

void
tree_query_set (TreeQuery *self, const TreeQuery *query)
{
  PoolFilter *filter = pool_filter_ref (query->filter);
  g_clear_pointer (&self->filter, pool_filter_unref);
  *self = *query;
  self->filter = filter;
}

void
tree_query_clear (TreeQuery *self)
{
  g_clear_pointer (&self->filter, pool_filter_unref);
}

gboolean
tree_query_same_grouping (const TreeQuery *a, const TreeQuery *b)
{
  return a->n_levels == b->n_levels
         && memcmp (a->grouping, b->grouping, a->n_levels * sizeof (Dimension)) == 0;
}

/* Whether both are of one skeleton, but for the ages that a filter asks for. */
static gboolean
same_groups (const TreeQuery *a, const TreeQuery *b)
{
  return tree_query_same_grouping (a, b) && pool_filter_equal (a->filter, b->filter);
}

static gboolean
same_tree (const TreeQuery *a, const TreeQuery *b)
{
  return same_groups (a, b)
         && (time_range_equal (a->range, b->range) || !pool_filter_depends_on_range (a->filter));
}

static void
tree_compute_dispose (GObject *object)
{
  TreeCompute *self = TREE_COMPUTE (object);
  tree_compute_close (self);
  g_clear_pointer (&self->values, pool_tree_values_unref);
  g_clear_pointer (&self->names, frame_names_unref);
  g_clear_pointer (&self->trace, pool_trace_unref);
  g_clear_object (&self->cancellable);
  tree_query_clear (&self->wanted);
  tree_query_clear (&self->running);
  tree_query_clear (&self->tree_query);
  G_OBJECT_CLASS (tree_compute_parent_class)->dispose (object);
}

static void
tree_compute_class_init (TreeComputeClass *class)
{
  G_OBJECT_CLASS (class)->dispose = tree_compute_dispose;
}

static void
tree_compute_init (TreeCompute *self)
{
}

TreeCompute *
tree_compute_new (PoolTrace *trace, FrameNames *names, TreeShownFunc get_shown, TreeResultFunc on_result,
                  gpointer data)
{
  TreeCompute *self = g_object_new (TREE_TYPE_COMPUTE, NULL);
  self->trace = pool_trace_ref (trace);
  self->names = frame_names_ref (names);
  self->get_shown = get_shown;
  self->on_result = on_result;
  self->data = data;
  return self;
}

void
tree_compute_close (TreeCompute *self)
{
  self->is_closed = TRUE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

gboolean
tree_compute_is_busy (TreeCompute *self)
{
  return self->cancellable != NULL;
}

/* The first row of the first level (AIFO by default) is current and open when nothing was. */
static void
choose_first_row (const PoolTreeValues *values, PoolTreeOrder order, TreeShown *shown)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  pool_tree_values_get_children (values, POOL_TREE_ROOT, order, rows);
  if (rows->len == 0)
    return;
  PoolTreeRow first = g_array_index (rows, PoolTreeRow, 0);
  gsize n_levels;
  const Dimension *grouping = pool_tree_get_grouping (pool_tree_values_get_tree (values), &n_levels);
  for (guint i = 0; grouping[0] == DIMENSION_TYPE && i < rows->len; i++)
    if (g_array_index (rows, PoolTreeRow, i).types == 1 << POOL_TYPE_AIFO)
      first = g_array_index (rows, PoolTreeRow, i);
  shown->cursor = first;
  row_set_add (shown->open, first);
}

/* The values for the query; those shown are near when the range is dragged. NULL with @error when cancelled, or when
 * the grouping makes too many rows. */
static PoolTreeValues *
compute_values (const Job *job, GCancellable *cancellable, GError **error)
{
  const TreeQuery *query = &job->query;
  if (job->keeps_tree)
    return pool_tree_values_new_near (job->old_values, query->range, cancellable, error);
  g_autoptr (PoolFilter) filter = pool_filter_at_range (query->filter, query->range);
  g_autoptr (PoolTree) tree = pool_tree_new_at_range (job->trace, job->names, query->grouping, query->n_levels, filter,
                                                      query->range, cancellable, error);
  return tree != NULL ? pool_tree_values_new (tree, query->range, cancellable, error) : NULL;
}

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TreeResult) result = g_new0 (TreeResult, 1);
  tree_query_set (&result->query, &job->query);
  result->tree_is_new = !job->keeps_tree;
  result->values = compute_values (job, cancellable, &error);
  if (result->values == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  TreeShown shown = { .open = row_set_new () };
  if (job->old_values == NULL)
    choose_first_row (result->values, job->query.order, &shown);
  else if (!job->keeps_tree)
    {
      row_path_translate (pool_tree_values_get_tree (job->old_values), &job->shown, result->values, &shown);
      if (shown.cursor.level == 0)
        choose_first_row (result->values, job->query.order, &shown);
    }
  result->cursor = job->keeps_tree ? job->shown.cursor : shown.cursor;
  result->root = row_node_new_root (result->values, job->query.order,
                                    job->keeps_tree ? job->shown.open : shown.open, cancellable);
  g_hash_table_unref (shown.open);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, g_steal_pointer (&result), (GDestroyNotify) tree_result_free);
}

static void start_if_wanted (TreeCompute *self);

static void
on_done (GObject *source, GAsyncResult *async_result, gpointer data)
{
  TreeCompute *self = TREE_COMPUTE (source);
  g_autoptr (TreeResult) result = g_task_propagate_pointer (G_TASK (async_result), NULL);
  g_clear_object (&self->cancellable);
  if (self->is_closed)
    return;
  if (result != NULL)
    {
      g_clear_pointer (&self->values, pool_tree_values_unref);
      self->values = pool_tree_values_ref (result->values);
      tree_query_set (&self->tree_query, &result->query);
      self->on_result (result, self->data);
    }
  start_if_wanted (self);
}

static void
start (TreeCompute *self)
{
  tree_query_set (&self->running, &self->wanted);
  self->is_wanted = FALSE;
  Job *job = g_new0 (Job, 1);
  job->trace = pool_trace_ref (self->trace);
  job->names = frame_names_ref (self->names);
  tree_query_set (&job->query, &self->running);
  job->old_values = self->values != NULL ? pool_tree_values_ref (self->values) : NULL;
  PoolTree *old_tree = self->values != NULL ? pool_tree_values_get_tree (self->values) : NULL;
  job->keeps_tree = old_tree != NULL && same_tree (&self->tree_query, &self->running)
                    && pool_tree_get_names (old_tree) == self->names
                    && pool_tree_fits_range (old_tree, self->running.range);
  self->get_shown (&job->shown, self->data);
  self->cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, on_done, NULL);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_job);
}

static void
start_if_wanted (TreeCompute *self)
{
  if (self->is_wanted && self->cancellable == NULL && !self->is_paused)
    start (self);
}

void
tree_compute_set_paused (TreeCompute *self, gboolean is_paused)
{
  self->is_paused = is_paused;
  start_if_wanted (self);
}

void
tree_compute_start_from (TreeCompute *self, TreeCompute *other)
{
  g_return_if_fail (self->values == NULL);
  if (other->values == NULL)
    return;
  self->values = pool_tree_values_ref (other->values);
  tree_query_set (&self->tree_query, &other->tree_query);
}

void
tree_compute_set_names (TreeCompute *self, FrameNames *names)
{
  frame_names_ref (names);
  frame_names_unref (self->names);
  self->names = names;
}

void
tree_compute_request (TreeCompute *self, const TreeQuery *query)
{
  tree_query_set (&self->wanted, query);
  self->is_wanted = TRUE;
  if (self->cancellable == NULL)
    start_if_wanted (self);
  else if (!same_groups (&self->running, query))
    g_cancellable_cancel (
        self->cancellable); /* a skeleton nobody wants; values are soon done and are shown */
}
