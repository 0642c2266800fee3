/* The metrics that need events and the trends, for the rows on screen and no others. */
#include "app/table/table_view_private.h"

#define DELAY_MS 40
/* They cost as much as everything else together: while a range is dragged, new values come faster than this, and
 * these wait until it rests. */
#define NEW_VALUES_DELAY_MS 200

/* What the columns shown need of a row beyond its sums. */
typedef struct
{
  MetricSet metrics;
  gboolean trend;
} Needs;

typedef struct
{
  PoolTreeValues *values; /* (owned) */
  GArray *rows;           /* (owned): of PoolTreeRow */
  Needs wanted;
  RowMetrics *metrics;    /* (owned) */
  guint64 *trends_bytes;  /* (owned) (nullable): one after the other */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;
  pool_tree_values_unref (job->values);
  g_array_unref (job->rows);
  g_free (job->metrics);
  g_free (job->trends_bytes);
  g_free (job);
}

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  pool_tree_values_get_metrics (job->values, (const PoolTreeRow *) (gpointer) job->rows->data, job->rows->len,
                                job->wanted.metrics, job->metrics, job->trends_bytes, cancellable);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
}

static void
keep (const Job *job, guint index, RowNode *node)
{
  if (node->details == NULL)
    node->details = g_new0 (RowDetails, 1);
  node->details->known = job->wanted.metrics;
  node->details->metrics = job->metrics[index];
  node->details->has_trend = job->wanted.trend;
  if (job->wanted.trend)
    memcpy (node->details->trend_bytes, &job->trends_bytes[(gsize) index * POOL_TREE_TREND_BINS],
            sizeof node->details->trend_bytes);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  TableView *self = TABLE_VIEW (source);
  const Job *job = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return;
  g_clear_object (&self->details_cancellable);
  RowModel *rows = self->session != NULL ? trace_session_get_rows (self->session) : NULL;
  if (rows == NULL || row_model_get_values (rows) != job->values)
    return;
  for (guint i = 0; i < job->rows->len; i++)
    {
      RowNode *node = row_node_find (row_model_get_root (rows), pool_tree_values_get_tree (job->values),
                                     g_array_index (job->rows, PoolTreeRow, i));
      if (node != NULL)
        keep (job, i, node);
    }
  table_cells_refresh (self);
  table_details_queue (self);
}

static void
add_needs (Needs *needs, TableColumn column)
{
  if (column.kind == TABLE_COLUMN_TREND)
    needs->trend = TRUE;
  else if (column.kind == TABLE_COLUMN_VALUE && metric_needs_events (column.metric))
    needs->metrics |= METRIC_BIT (column.metric);
}

static Needs
get_wanted (TableView *self)
{
  Needs wanted = { 0 };
  for (guint i = 0; i < self->layout.n_columns; i++)
    add_needs (&wanted, self->layout.columns[i]);
  return wanted;
}

static gboolean
lacks (const RowNode *node, Needs wanted)
{
  MetricSet known = node->details != NULL ? node->details->known : 0;
  return (wanted.metrics & ~known) != 0 || (wanted.trend && row_node_get_trend (node) == NULL);
}

/* The rows on screen that lack some of @wanted, each once: every column has a cell for each. */
static GArray *
list_lacking (TableView *self, Needs wanted)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer list_item;
  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &list_item, NULL))
    {
      RowNode *node = table_cells_get_node (list_item);
      if (node != NULL && lacks (node, wanted) && g_hash_table_add (seen, node))
        g_array_append_val (rows, node->row);
    }
  return rows;
}

static void
cancel (TableView *self)
{
  if (self->details_cancellable != NULL)
    g_cancellable_cancel (self->details_cancellable);
  g_clear_object (&self->details_cancellable);
}

static gboolean
start (gpointer data)
{
  TableView *self = data;
  self->details_idle = 0;
  RowModel *model = self->session != NULL ? trace_session_get_rows (self->session) : NULL;
  Needs wanted = get_wanted (self);
  if (model == NULL || row_model_get_values (model) == NULL || (wanted.metrics == 0 && !wanted.trend))
    return G_SOURCE_REMOVE;
  g_autoptr (GArray) rows = list_lacking (self, wanted);
  if (rows->len == 0)
    return G_SOURCE_REMOVE;
  cancel (self);
  self->details_cancellable = g_cancellable_new ();
  Job *job = g_new0 (Job, 1);
  job->values = pool_tree_values_ref (row_model_get_values (model));
  job->wanted = wanted;
  job->metrics = g_new (RowMetrics, rows->len);
  job->trends_bytes = wanted.trend ? g_new (guint64, (gsize) rows->len * POOL_TREE_TREND_BINS) : NULL;
  job->rows = g_steal_pointer (&rows);
  g_autoptr (GTask) task = g_task_new (self, self->details_cancellable, on_done, NULL);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_job);
  return G_SOURCE_REMOVE;
}

void
table_details_want (TableView *self, TableColumn column, const RowNode *node)
{
  Needs needs = { 0 };
  add_needs (&needs, column);
  if (node != NULL && lacks (node, needs))
    table_details_queue (self);
}

void
table_details_queue (TableView *self)
{
  if (self->details_idle == 0)
    self->details_idle = g_timeout_add (DELAY_MS, start, self);
}

void
table_details_restart (TableView *self)
{
  table_details_stop (self);
  self->details_idle = g_timeout_add (NEW_VALUES_DELAY_MS, start, self);
}

void
table_details_stop (TableView *self)
{
  cancel (self);
  g_clear_handle_id (&self->details_idle, g_source_remove);
}
