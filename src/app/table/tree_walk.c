#include "app/table/tree_walk.h"

struct _TreeWalk
{
  GObject parent_instance;
  TraceSession *session; /* weak: owned by the same window */
  GQueue modes;          /* of TreeWalkMode, waiting */
  RowOutline *outline;   /* (owned) (nullable): of rows to open and to go to, waiting */
  gboolean outline_is_all; /* other rows are to be closed */
  gboolean is_running;
};

typedef struct
{
  PoolTreeValues *values; /* (owned) */
  PoolTreeOrder order;
  PoolTreeRow start;
  TreeWalkMode mode;
  RowOutline *outline; /* (owned) (nullable): what to open, down to the target; the mode tells nothing then */
  gboolean outline_is_all; /* other rows are to be closed, and a missing target is no matter */
  GArray *openings; /* (owned): of RowOpening */
  PoolTreeRow target;
  guint n_rows;
  gboolean is_limited;
  gboolean is_missed; /* nothing is there by the outline */
} Walk;

enum
{
  SIGNAL_MOVED,
  SIGNAL_LIMITED,
  SIGNAL_MISSED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TreeWalk, tree_walk, G_TYPE_OBJECT)

static void
walk_free (gpointer data)
{
  Walk *walk = data;
  g_clear_pointer (&walk->values, pool_tree_values_unref);
  g_clear_pointer (&walk->openings, g_array_unref);
  g_clear_pointer (&walk->outline, g_array_unref);
  g_free (walk);
}

static void
tree_walk_dispose (GObject *object)
{
  TreeWalk *self = TREE_WALK (object);
  g_queue_clear (&self->modes);
  g_clear_pointer (&self->outline, g_array_unref);
  g_clear_weak_pointer (&self->session);
  G_OBJECT_CLASS (tree_walk_parent_class)->dispose (object);
}

static void
tree_walk_class_init (TreeWalkClass *class)
{
  G_OBJECT_CLASS (class)->dispose = tree_walk_dispose;
  signals[SIGNAL_MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LIMITED] = g_signal_new ("limited", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_MISSED] = g_signal_new ("missed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
}

static void
tree_walk_init (TreeWalk *self)
{
  g_queue_init (&self->modes);
}

TreeWalk *
tree_walk_new (TraceSession *session)
{
  TreeWalk *self = g_object_new (TREE_TYPE_WALK, NULL);
  g_set_weak_pointer (&self->session, session);
  return self;
}

/* The children of @row in the order of the walk; they are opened. (transfer none) */
static GArray *
open_row (Walk *walk, PoolTreeRow row)
{
  RowOpening opening = { row, g_array_new (FALSE, FALSE, sizeof (PoolTreeRow)) };
  pool_tree_values_get_children (walk->values, row, walk->order, opening.children);
  walk->n_rows += opening.children->len;
  g_array_append_val (walk->openings, opening);
  return opening.children;
}

/* The child that the order calls heaviest, whatever way round it is shown. */
static PoolTreeRow
get_heaviest (const Walk *walk, GArray *children)
{
  if (walk->order.by_text)
    {
      PoolTreeRow best = g_array_index (children, PoolTreeRow, 0);
      for (guint i = 1; i < children->len; i++)
        {
          PoolTreeRow row = g_array_index (children, PoolTreeRow, i);
          if (pool_tree_values_get_sums (walk->values, row).impacting_bytes
              > pool_tree_values_get_sums (walk->values, best).impacting_bytes)
            best = row;
        }
      return best;
    }
  return g_array_index (children, PoolTreeRow, walk->order.is_ascending ? children->len - 1 : 0);
}

/* Goes to the heaviest child again and again, as far down as there are children; or else to the first branch. */
static void
walk_down (Walk *walk, gboolean ends_at_branch)
{
  PoolTreeRow row = walk->start;
  while (pool_tree_values_has_children (walk->values, row))
    {
      GArray *children = open_row (walk, row);
      if (children->len == 0)
        break;
      row = get_heaviest (walk, children);
      if (ends_at_branch && children->len > 1)
        break;
    }
  walk->target = row;
}

/* Level by level, so that a limit cuts the deep rows and not whole siblings. */
static void
walk_subtree (Walk *walk)
{
  g_autoptr (GArray) pending = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  g_array_append_val (pending, walk->start);
  for (guint next = 0; next < pending->len; next++)
    {
      PoolTreeRow row = g_array_index (pending, PoolTreeRow, next);
      if (!pool_tree_values_has_children (walk->values, row))
        continue;
      if (walk->n_rows >= TREE_WALK_MAX_ROWS)
        {
          walk->is_limited = TRUE;
          break;
        }
      GArray *children = open_row (walk, row);
      g_array_append_vals (pending, children->data, children->len);
    }
}

static void
walk_outline (Walk *walk)
{
  gboolean is_found = row_outline_find (walk->outline, walk->values, walk->order, walk->openings, &walk->target);
  walk->is_missed = !is_found && !walk->outline_is_all;
}

static void
walk_by_mode (Walk *walk)
{
  switch (walk->mode)
    {
    case TREE_WALK_OPEN:
      if (pool_tree_values_has_children (walk->values, walk->start))
        open_row (walk, walk->start);
      break;
    case TREE_WALK_THROUGH:
      walk_down (walk, TRUE);
      break;
    case TREE_WALK_HEAVIEST:
      walk_down (walk, FALSE);
      break;
    case TREE_WALK_SUBTREE:
      walk_subtree (walk);
      break;
    }
}

static void
run_walk (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Walk *walk = data;
  walk->target = walk->start;
  if (walk->outline != NULL)
    walk_outline (walk);
  else
    walk_by_mode (walk);
  g_task_return_boolean (task, TRUE);
}

static void run_next (TreeWalk *self);
static void start_walk (TreeWalk *self, PoolTreeRow row, TreeWalkMode mode, RowOutline *outline, gboolean is_all);

/* Closes what is open beyond the openings of @walk. */
static void
close_others (RowModel *rows, const Walk *walk)
{
  g_autoptr (GHashTable) open = row_set_new ();
  for (guint i = 0; i < walk->openings->len; i++)
    row_set_add (open, g_array_index (walk->openings, RowOpening, i).row);
  for (guint i = row_model_get_n_visible (rows); i > 0; i--)
    {
      RowNode *node = row_model_get_visible (rows, i - 1);
      if (node->is_open && !row_set_contains (open, node->row))
        row_model_close (rows, node);
    }
}

static void
on_walked (GObject *source, GAsyncResult *result, gpointer data)
{
  TreeWalk *self = TREE_WALK (source);
  Walk *walk = g_task_get_task_data (G_TASK (result));
  self->is_running = FALSE;
  if (self->session == NULL)
    return;
  RowModel *rows = trace_session_get_rows (self->session);
  PoolTreeValues *values = row_model_get_values (rows);
  if (values != walk->values)
    {
      /* The numbers changed under the walk; in the same tree, and by texts in any, it is simply walked again. */
      if (values != NULL
          && (walk->outline != NULL || pool_tree_values_get_tree (values) == pool_tree_values_get_tree (walk->values)))
        start_walk (self, walk->start, walk->mode, walk->outline, walk->outline_is_all);
      else
        run_next (self);
      return;
    }
  if (walk->is_missed)
    {
      g_signal_emit (self, signals[SIGNAL_MISSED], 0);
      run_next (self);
      return;
    }
  if (walk->outline_is_all)
    close_others (rows, walk);
  row_model_open (rows, walk->openings);
  RowNode *target
      = row_node_find (row_model_get_root (rows), pool_tree_values_get_tree (values), walk->target);
  if (target != NULL && walk->mode != TREE_WALK_OPEN)
    row_model_select_only (rows, target);
  if (walk->is_limited)
    g_signal_emit (self, signals[SIGNAL_LIMITED], 0, walk->n_rows);
  if (walk->mode != TREE_WALK_OPEN)
    g_signal_emit (self, signals[SIGNAL_MOVED], 0);
  run_next (self);
}

/* @outline: (nullable) */
static void
start_walk (TreeWalk *self, PoolTreeRow row, TreeWalkMode mode, RowOutline *outline, gboolean is_all)
{
  PoolTreeValues *values = row_model_get_values (trace_session_get_rows (self->session));
  if (values == NULL)
    return;
  Walk *walk = g_new0 (Walk, 1);
  walk->values = pool_tree_values_ref (values);
  walk->order = trace_session_get_order (self->session);
  walk->start = row;
  walk->mode = mode;
  walk->outline = outline != NULL ? g_array_ref (outline) : NULL;
  walk->outline_is_all = is_all;
  walk->openings = g_array_new (FALSE, FALSE, sizeof (RowOpening));
  g_array_set_clear_func (walk->openings, row_opening_clear);
  self->is_running = TRUE;
  g_autoptr (GTask) task = g_task_new (self, NULL, on_walked, NULL);
  g_task_set_task_data (task, walk, walk_free);
  g_task_run_in_thread (task, run_walk);
}

static void
run_next (TreeWalk *self)
{
  if (self->is_running)
    return;
  if (self->outline != NULL)
    {
      g_autoptr (GArray) outline = g_steal_pointer (&self->outline);
      start_walk (self, POOL_TREE_ROOT, TREE_WALK_THROUGH, outline, self->outline_is_all);
      return;
    }
  if (g_queue_is_empty (&self->modes))
    return;
  TreeWalkMode mode = GPOINTER_TO_UINT (g_queue_pop_head (&self->modes));
  RowNode *cursor = row_model_get_cursor (trace_session_get_rows (self->session));
  if (cursor != NULL)
    start_walk (self, cursor->row, mode, NULL, FALSE);
}

void
tree_walk_from_cursor (TreeWalk *self, TreeWalkMode mode)
{
  /* A held key must not pile up more than can be seen. */
  if (g_queue_get_length (&self->modes) < 8)
    g_queue_push_tail (&self->modes, GUINT_TO_POINTER (mode));
  run_next (self);
}

static void
walk_by_outline (TreeWalk *self, RowOutline *outline, gboolean is_all)
{
  g_clear_pointer (&self->outline, g_array_unref);
  self->outline = outline;
  self->outline_is_all = is_all;
  run_next (self);
}

void
tree_walk_to (TreeWalk *self, const char *const *path)
{
  walk_by_outline (self, row_outline_new_path (path), FALSE);
}

void
tree_walk_restore (TreeWalk *self, RowOutline *outline)
{
  walk_by_outline (self, g_array_ref (outline), TRUE);
}

void
tree_walk_toggle (TreeWalk *self, RowNode *node)
{
  RowModel *rows = trace_session_get_rows (self->session);
  if (node->is_open)
    row_model_close (rows, node);
  else if (!row_model_reopen (rows, node) && node->has_children && !self->is_running)
    start_walk (self, node->row, TREE_WALK_OPEN, NULL, FALSE);
}
