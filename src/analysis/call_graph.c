#include "analysis/call_graph.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/stack_sums.h"
#include "base/column.h"

#define CANCEL_INTERVAL 4096

struct _CallGraph
{
  gatomicrefcount references;
  FrameNames *names;     /* (owned) */
  StringTable *modules;  /* (owned) (nullable): by module, names of the steps by text id */
  char *center;
  PoolTreeSums total;
  PathTree *trees[N_CALL_GRAPH_SIDES]; /* (owned) */
};

/* Stacks as steps of the graph. */
typedef struct
{
  CallGraph *graph;
  const PoolTrace *trace;
  StackView view;
  guint32 *module_of_text; /* (owned) (nullable): id of modules + 1 by text id of names, 0 not yet known */
  U32Column steps;
} Stepper;

char *
call_graph_dup_module (const char *frame_text)
{
  gsize length = frame_text_get_module_length (frame_text);
  return length > 0 ? g_strndup (frame_text, length) : g_strdup (frame_text);
}

static guint32
get_module (Stepper *self, guint32 text_id)
{
  if (self->module_of_text[text_id] == 0)
    {
      g_autofree char *module = call_graph_dup_module (frame_names_get_text (self->graph->names, text_id));
      self->module_of_text[text_id] = string_table_intern (self->graph->modules, module) + 1;
    }
  return self->module_of_text[text_id] - 1;
}

/* Puts the steps of @stack into the column, outermost first. */
static void
take_steps (Stepper *self, guint32 stack)
{
  gsize n_rows;
  const guint32 *rows = frame_names_get_stack (self->graph->names, self->trace, self->view, stack, &n_rows);
  self->steps.n = 0;
  for (gsize i = 0; i < n_rows; i++)
    {
      guint32 step = frame_names_get_text_id (self->graph->names, rows[i]);
      if (self->module_of_text != NULL)
        step = get_module (self, step);
      if (self->module_of_text == NULL || i == 0 || self->steps.values[self->steps.n - 1] != step)
        u32_column_append (&self->steps, step);
    }
}

static const char *
get_step_text (const CallGraph *self, guint32 step)
{
  return self->modules != NULL ? string_table_get (self->modules, step) : frame_names_get_text (self->names, step);
}

/* The outermost step that is the center; the number of steps when none is. */
static gsize
find_center (Stepper *self)
{
  gsize at = 0;
  while (at < self->steps.n && strcmp (get_step_text (self->graph, self->steps.values[at]), self->graph->center) != 0)
    at++;
  return at;
}

static void
add_stack (Stepper *self, const StackSums *stack)
{
  CallGraph *graph = self->graph;
  take_steps (self, stack->stack);
  gsize center = find_center (self);
  graph->total.count += stack->sums.count;
  graph->total.size_bytes += stack->sums.size_bytes;
  graph->total.impacting_bytes += stack->sums.impacting_bytes;
  if (center == self->steps.n)
    return;
  guint32 *steps = self->steps.values;
  path_tree_add (graph->trees[CALL_GRAPH_CALLEES], steps + center + 1, self->steps.n - center - 1, stack->sums);
  for (gsize i = 0; i < center / 2; i++)
    {
      guint32 step = steps[i];
      steps[i] = steps[center - 1 - i];
      steps[center - 1 - i] = step;
    }
  path_tree_add (graph->trees[CALL_GRAPH_CALLERS], steps, center, stack->sums);
}

static CallGraph *
create (const CallGraphQuery *query)
{
  CallGraph *self = g_new0 (CallGraph, 1);
  g_atomic_ref_count_init (&self->references);
  self->names = frame_names_ref (pool_tree_get_names (pool_tree_values_get_tree (query->values)));
  self->modules = query->is_by_module ? string_table_new () : NULL;
  self->center = g_strdup (query->center);
  for (CallGraphSide side = 0; side < N_CALL_GRAPH_SIDES; side++)
    self->trees[side] = path_tree_new ();
  return self;
}

CallGraph *
call_graph_new (const CallGraphQuery *query, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) stacks
      = stack_sums_collect (query->values, query->row, query->dimension, cancellable, error);
  if (stacks == NULL)
    return NULL;
  g_autoptr (CallGraph) self = create (query);
  Stepper stepper = { .graph = self,
                      .trace = pool_tree_get_trace (pool_tree_values_get_tree (query->values)),
                      .view = dimension_get_stack_view (query->dimension) };
  if (query->is_by_module)
    stepper.module_of_text = g_new0 (guint32, frame_names_get_count (self->names));
  gboolean is_cancelled = FALSE;
  for (guint i = 0; i < stacks->len && !is_cancelled; i++)
    {
      is_cancelled = i % CANCEL_INTERVAL == 0 && g_cancellable_set_error_if_cancelled (cancellable, error);
      add_stack (&stepper, &g_array_index (stacks, StackSums, i));
    }
  g_free (stepper.module_of_text);
  u32_column_clear (&stepper.steps);
  if (is_cancelled)
    return NULL;
  for (CallGraphSide side = 0; side < N_CALL_GRAPH_SIDES; side++)
    path_tree_sort (self->trees[side]);
  return g_steal_pointer (&self);
}

CallGraph *
call_graph_ref (CallGraph *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
call_graph_unref (CallGraph *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  for (CallGraphSide side = 0; side < N_CALL_GRAPH_SIDES; side++)
    path_tree_unref (self->trees[side]);
  g_clear_pointer (&self->modules, string_table_free);
  frame_names_unref (self->names);
  g_free (self->center);
  g_free (self);
}

PoolTreeSums
call_graph_get_sums (const CallGraph *self)
{
  const PathTree *tree = self->trees[CALL_GRAPH_CALLERS];
  return path_tree_get_sums (tree, path_tree_get_root (tree));
}

PoolTreeSums
call_graph_get_total (const CallGraph *self)
{
  return self->total;
}

const PathTree *
call_graph_get_tree (const CallGraph *self, CallGraphSide side)
{
  return self->trees[side];
}

const char *
call_graph_get_text (const CallGraph *self, CallGraphSide side, PathTreeNode node)
{
  return node.depth == 0 ? self->center : get_step_text (self, path_tree_get_text_id (self->trees[side], node));
}

typedef struct
{
  const CallGraph *graph;
  CallGraphSide side;
} NodeOrder;

static int
compare_nodes (gconstpointer first, gconstpointer second, gpointer data)
{
  const NodeOrder *order = data;
  const PathTreeNode *a = first, *b = second;
  const PathTree *tree = order->graph->trees[order->side];
  PoolTreeSums sums_a = path_tree_get_sums (tree, *a), sums_b = path_tree_get_sums (tree, *b);
  if (sums_a.impacting_bytes != sums_b.impacting_bytes)
    return sums_a.impacting_bytes > sums_b.impacting_bytes ? -1 : 1;
  if (sums_a.size_bytes != sums_b.size_bytes)
    return sums_a.size_bytes > sums_b.size_bytes ? -1 : 1;
  return strcmp (call_graph_get_text (order->graph, order->side, *a),
                 call_graph_get_text (order->graph, order->side, *b));
}

void
call_graph_append_children (const CallGraph *self, CallGraphSide side, PathTreeNode node, GArray *ret_nodes)
{
  NodeOrder order = { self, side };
  guint first = ret_nodes->len;
  path_tree_append_children (self->trees[side], node, ret_nodes);
  if (ret_nodes->len - first > 1)
    qsort_r (&g_array_index (ret_nodes, PathTreeNode, first), ret_nodes->len - first, sizeof (PathTreeNode),
             compare_nodes, &order);
}
