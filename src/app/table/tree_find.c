#include "app/table/tree_find.h"

#include "analysis/pool_tree_find.h"

/* Only counts. */
#define STEP_NONE (TREE_FIND_ALL + 1)
/* A held key must not pile up more than can be seen. */
#define MAX_WAITING_STEPS 8

struct _TreeFind
{
  GObject parent_instance;
  TraceSession *session; /* weak: owned by the same window */
  char *text;            /* (owned) */
  guint dimension;
  PoolTreeMatches *matches;  /* (owned) (nullable) */
  PoolTreeValues *values;    /* (owned) (nullable): of the matches */
  guint current;             /* index of the hit gone to last, G_MAXUINT none */
  guint n_selected;          /* hits, since all were asked for; 0 once the cursor moves on */
  GQueue steps;              /* waiting */
  guint running_step;
  GCancellable *cancellable; /* (owned) (nullable): of what runs */
};

/* One search and the way to what it found; owned by its task. */
typedef struct
{
  PoolTreeValues *values;   /* (owned) */
  PoolTreeMatches *matches; /* (owned) (nullable): when they are known already */
  char *text;               /* (owned) */
  PoolTreeSearch search;
  guint step;
  guint current;      /* with matches: index of the hit that was current; then of the one to go to */
  GArray *openings;   /* (owned): of RowOpening, parents first */
} Job;

enum
{
  SIGNAL_CHANGED,
  SIGNAL_MOVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TreeFind, tree_find, G_TYPE_OBJECT)

static void
job_free (gpointer data)
{
  Job *job = data;
  g_clear_pointer (&job->values, pool_tree_values_unref);
  g_clear_pointer (&job->matches, pool_tree_matches_unref);
  g_clear_pointer (&job->openings, g_array_unref);
  g_free (job->text);
  g_free (job);
}

/* --- On a worker thread --------------------------------------------------------------------------------- */

static guint
choose_hit (const Job *job, gboolean is_new)
{
  const PoolTreeMatches *matches = job->matches;
  guint n = matches->rows->len;
  /* Hits above the current row come before @next; it may be a hit itself. */
  guint next = is_new ? matches->n_before_from : job->current;
  gboolean is_hit = is_new ? matches->has_from : TRUE;
  switch (job->step)
    {
    case TREE_FIND_PREVIOUS:
      return (next + n - 1) % n;
    case TREE_FIND_NEXT:
      return (next + (is_hit ? 1 : 0)) % n;
    default:
      return next % n;
    }
}

/* Appends what has to be opened for @row to be seen. */
static void
append_openings (Job *job, RowSet *done, PoolTreeRow row)
{
  const PoolTree *tree = pool_tree_values_get_tree (job->values);
  guint place = job->openings->len;
  while (pool_tree_get_parent (tree, row, &row) && row.level > 0 && !row_set_contains (done, row))
    {
      RowOpening opening = { row, g_array_new (FALSE, FALSE, sizeof (PoolTreeRow)) };
      pool_tree_values_get_children (job->values, row, job->search.order, opening.children);
      g_array_insert_val (job->openings, place, opening);
      row_set_add (done, row);
    }
}

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  gboolean is_new = job->matches == NULL;
  job->search.text = job->text;
  if (is_new)
    job->matches = pool_tree_values_find (job->values, &job->search, cancellable);
  if (job->matches != NULL && job->matches->rows->len > 0 && job->step != STEP_NONE)
    {
      g_autoptr (GHashTable) done = row_set_new ();
      GArray *rows = job->matches->rows;
      job->current = choose_hit (job, is_new);
      append_openings (job, done, g_array_index (rows, PoolTreeRow, job->current));
      for (guint i = 0; job->step == TREE_FIND_ALL && i < MIN (rows->len, TREE_FIND_MAX_SELECTED)
                        && !g_cancellable_is_cancelled (cancellable);
           i++)
        append_openings (job, done, g_array_index (rows, PoolTreeRow, i));
    }
  else
    job->current = job->matches != NULL && job->matches->has_from ? job->matches->n_before_from : G_MAXUINT;
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
}

/* --- On the main thread --------------------------------------------------------------------------------- */

static void start (TreeFind *self, guint step);

static void
forget_matches (TreeFind *self)
{
  g_clear_pointer (&self->matches, pool_tree_matches_unref);
  g_clear_pointer (&self->values, pool_tree_values_unref);
  self->current = G_MAXUINT;
  self->n_selected = 0;
}

static RowNode *
find_node (RowModel *rows, PoolTreeRow row)
{
  return row_node_find (row_model_get_root (rows), pool_tree_values_get_tree (row_model_get_values (rows)), row);
}

static void
select_all (RowModel *rows, const GArray *hits)
{
  g_autoptr (GtkBitset) selected = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) mask = gtk_bitset_new_empty ();
  g_autoptr (GPtrArray) old = row_model_dup_selected (rows);
  for (guint i = 0; i < MIN (hits->len, TREE_FIND_MAX_SELECTED); i++)
    {
      RowNode *node = find_node (rows, g_array_index (hits, PoolTreeRow, i));
      if (node != NULL)
        gtk_bitset_add (selected, node->position);
    }
  for (guint i = 0; i < old->len; i++)
    gtk_bitset_add (mask, ((RowNode *) old->pdata[i])->position);
  gtk_bitset_union (mask, selected);
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (rows), selected, mask);
}

static gboolean
is_on_hit (TreeFind *self)
{
  RowNode *cursor = self->session != NULL ? row_model_get_cursor (trace_session_get_rows (self->session)) : NULL;
  return cursor != NULL && self->matches != NULL && self->current < self->matches->rows->len
         && pool_tree_row_equal (cursor->row, g_array_index (self->matches->rows, PoolTreeRow, self->current));
}

static void
show_hits (TreeFind *self, Job *job)
{
  RowModel *rows = trace_session_get_rows (self->session);
  row_model_open (rows, job->openings);
  RowNode *node = find_node (rows, g_array_index (job->matches->rows, PoolTreeRow, job->current));
  if (node == NULL)
    return;
  row_model_select_only (rows, node);
  if (job->step == TREE_FIND_ALL)
    {
      select_all (rows, job->matches->rows);
      gtk_selection_model_select_item (GTK_SELECTION_MODEL (rows), node->position, FALSE); /* stays current */
      self->n_selected = MIN (job->matches->rows->len, TREE_FIND_MAX_SELECTED);
    }
  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  TreeFind *self = TREE_FIND (source);
  Job *job = g_task_get_task_data (G_TASK (result));
  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return; /* something else was asked for meanwhile */
  g_clear_object (&self->cancellable);
  if (!g_task_propagate_boolean (G_TASK (result), NULL) || self->session == NULL)
    return;
  if (row_model_get_values (trace_session_get_rows (self->session)) != job->values)
    {
      start (self, job->step);
      return;
    }
  forget_matches (self);
  self->matches = pool_tree_matches_ref (job->matches);
  self->values = pool_tree_values_ref (job->values);
  self->current = job->current;
  if (job->step != STEP_NONE && job->matches->rows->len > 0)
    show_hits (self, job);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  if (self->cancellable == NULL && !g_queue_is_empty (&self->steps))
    start (self, GPOINTER_TO_UINT (g_queue_pop_head (&self->steps)));
}

/* The column of the dimension in @tree; -1 when it is in none. */
static gint
get_column (TreeFind *self, const PoolTree *tree)
{
  gsize n_levels;
  const Dimension *grouping = pool_tree_get_grouping (tree, &n_levels);
  for (gsize i = 0; i < n_levels; i++)
    if (grouping[i] == self->dimension)
      return (gint) i;
  return -1;
}

static void
start (TreeFind *self, guint step)
{
  RowModel *rows = self->session != NULL ? trace_session_get_rows (self->session) : NULL;
  PoolTreeValues *values = rows != NULL ? row_model_get_values (rows) : NULL;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (values == NULL || *self->text == '\0')
    return;
  RowNode *cursor = row_model_get_cursor (rows);
  Job *job = g_new0 (Job, 1);
  job->values = pool_tree_values_ref (values);
  job->text = g_strdup (self->text);
  job->search.order = trace_session_get_order (self->session);
  job->search.column = get_column (self, pool_tree_values_get_tree (values));
  job->search.from = cursor != NULL ? cursor->row : POOL_TREE_ROOT;
  job->step = step;
  job->openings = g_array_new (FALSE, FALSE, sizeof (RowOpening));
  g_array_set_clear_func (job->openings, row_opening_clear);
  /* Where the cursor still is on the hit gone to last, the next one is known. */
  if (self->values == values && is_on_hit (self))
    {
      job->matches = pool_tree_matches_ref (self->matches);
      job->current = self->current;
    }
  self->running_step = step;
  self->cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, on_done, NULL);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_job);
}

static void
on_values_changed (TraceSession *session, gpointer data)
{
  TreeFind *self = data;
  forget_matches (self);
  start (self, self->cancellable != NULL ? self->running_step : STEP_NONE);
}

static void
on_cursor_changed (RowModel *rows, gpointer data)
{
  TREE_FIND (data)->n_selected = 0;
  g_signal_emit (data, signals[SIGNAL_CHANGED], 0);
}

static void
tree_find_dispose (GObject *object)
{
  TreeFind *self = TREE_FIND (object);
  tree_find_close (self);
  g_queue_clear (&self->steps);
  forget_matches (self);
  g_clear_pointer (&self->text, g_free);
  G_OBJECT_CLASS (tree_find_parent_class)->dispose (object);
}

static void
tree_find_class_init (TreeFindClass *class)
{
  static const char *const names[N_SIGNALS] = { "changed", "moved" };
  G_OBJECT_CLASS (class)->dispose = tree_find_dispose;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
}

static void
tree_find_init (TreeFind *self)
{
  self->text = g_strdup ("");
  self->dimension = N_DIMENSIONS;
  self->current = G_MAXUINT;
  g_queue_init (&self->steps);
}

TreeFind *
tree_find_new (TraceSession *session)
{
  TreeFind *self = g_object_new (TREE_TYPE_FIND, NULL);
  g_set_weak_pointer (&self->session, session);
  g_signal_connect_object (session, "values-changed", G_CALLBACK (on_values_changed), self, 0);
  g_signal_connect_object (trace_session_get_rows (session), "cursor-changed", G_CALLBACK (on_cursor_changed),
                           self, 0);
  return self;
}

void
tree_find_close (TreeFind *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->session);
}

void
tree_find_set_text (TreeFind *self, const char *text, guint dimension)
{
  g_free (self->text);
  self->text = g_strdup (text);
  self->dimension = dimension;
  forget_matches (self);
  g_queue_clear (&self->steps);
  start (self, STEP_NONE);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
tree_find_go (TreeFind *self, TreeFindStep step)
{
  if (self->cancellable == NULL || self->running_step == STEP_NONE)
    start (self, step);
  else if (g_queue_get_length (&self->steps) < MAX_WAITING_STEPS)
    g_queue_push_tail (&self->steps, GUINT_TO_POINTER (step));
}

TreeFindState
tree_find_get_state (TreeFind *self)
{
  TreeFindState state = { .is_known = self->matches != NULL };
  if (self->matches == NULL)
    return state;
  state.n_hits = self->matches->rows->len;
  state.is_limited = self->matches->is_limited;
  state.current = is_on_hit (self) ? self->current + 1 : 0;
  state.n_selected = self->n_selected;
  return state;
}

PoolCondition *
tree_find_dup_condition (TreeFind *self)
{
  if (self->matches == NULL || self->matches->rows->len == 0)
    return NULL;
  const PoolTree *tree = pool_tree_values_get_tree (self->values);
  guint current = self->current < self->matches->rows->len ? self->current : 0;
  guint column = pool_tree_row_get_column (g_array_index (self->matches->rows, PoolTreeRow, current));
  gsize n_levels;
  const Dimension *grouping = pool_tree_get_grouping (tree, &n_levels);
  g_autofree char *pattern = pool_tree_matches_dup_pattern (self->matches, tree, column, self->text);
  g_autofree char *text = g_strconcat (dimension_get_name (grouping[column]), "=", pattern, NULL);
  return pool_condition_parse (text, NULL, NULL);
}
