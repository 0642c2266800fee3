#include "app/stacks/butterfly_rows.h"

struct _ButterflyNode
{
  GObject parent_instance;
  CallGraph *graph; /* (owned) */
  CallGraphSide side;
  PathTreeNode node;
};

G_DEFINE_FINAL_TYPE (ButterflyNode, butterfly_node, G_TYPE_OBJECT)

static void
butterfly_node_finalize (GObject *object)
{
  call_graph_unref (BUTTERFLY_NODE (object)->graph);
  G_OBJECT_CLASS (butterfly_node_parent_class)->finalize (object);
}

static void
butterfly_node_class_init (ButterflyNodeClass *class)
{
  G_OBJECT_CLASS (class)->finalize = butterfly_node_finalize;
}

static void
butterfly_node_init (ButterflyNode *self)
{
}

static ButterflyNode *
butterfly_node_new (CallGraph *graph, CallGraphSide side, PathTreeNode node)
{
  ButterflyNode *self = g_object_new (BUTTERFLY_TYPE_NODE, NULL);
  self->graph = call_graph_ref (graph);
  self->side = side;
  self->node = node;
  return self;
}

const char *
butterfly_node_get_text (ButterflyNode *self)
{
  return call_graph_get_text (self->graph, self->side, self->node);
}

PoolTreeSums
butterfly_node_get_sums (ButterflyNode *self)
{
  return path_tree_get_sums (call_graph_get_tree (self->graph, self->side), self->node);
}

PoolTreeSums
butterfly_node_get_center_sums (ButterflyNode *self)
{
  return call_graph_get_sums (self->graph);
}

gboolean
butterfly_node_has_children (ButterflyNode *self)
{
  return path_tree_has_children (call_graph_get_tree (self->graph, self->side), self->node);
}

/* Rows */

struct _ButterflyRows
{
  GObject parent_instance;
  CallGraph *graph; /* (owned) */
  CallGraphSide side;
  GArray *nodes;    /* (owned) (nullable): of PathTreeNode, when they are known */
};

static GType
get_item_type (GListModel *model)
{
  return BUTTERFLY_TYPE_NODE;
}

static guint
get_n_items (GListModel *model)
{
  const ButterflyRows *self = BUTTERFLY_ROWS (model);
  return self->nodes != NULL ? self->nodes->len : 0;
}

static gpointer
get_item (GListModel *model, guint position)
{
  ButterflyRows *self = BUTTERFLY_ROWS (model);
  if (position >= get_n_items (model))
    return NULL;
  return butterfly_node_new (self->graph, self->side, g_array_index (self->nodes, PathTreeNode, position));
}

static void
init_list_model (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ButterflyRows, butterfly_rows, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

static void
butterfly_rows_finalize (GObject *object)
{
  ButterflyRows *self = BUTTERFLY_ROWS (object);
  call_graph_unref (self->graph);
  g_clear_pointer (&self->nodes, g_array_unref);
  G_OBJECT_CLASS (butterfly_rows_parent_class)->finalize (object);
}

static void
butterfly_rows_class_init (ButterflyRowsClass *class)
{
  G_OBJECT_CLASS (class)->finalize = butterfly_rows_finalize;
}

static void
butterfly_rows_init (ButterflyRows *self)
{
}

static ButterflyRows *
create_rows (CallGraph *graph, CallGraphSide side)
{
  ButterflyRows *self = g_object_new (BUTTERFLY_TYPE_ROWS, NULL);
  self->graph = call_graph_ref (graph);
  self->side = side;
  return self;
}

static GArray *
sort_children (const CallGraph *graph, CallGraphSide side, PathTreeNode node)
{
  GArray *nodes = g_array_new (FALSE, FALSE, sizeof (PathTreeNode));
  call_graph_append_children (graph, side, node, nodes);
  return nodes;
}

static void
run_sort (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const ButterflyRows *self = source;
  g_task_return_pointer (task, sort_children (self->graph, self->side, *(PathTreeNode *) data),
                         (GDestroyNotify) g_array_unref);
}

static void
on_sorted (GObject *source, GAsyncResult *result, gpointer data)
{
  ButterflyRows *self = BUTTERFLY_ROWS (source);
  self->nodes = g_task_propagate_pointer (G_TASK (result), NULL);
  if (self->nodes != NULL)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, self->nodes->len);
}

GListModel *
butterfly_rows_new (ButterflyNode *node)
{
  ButterflyRows *self = create_rows (node->graph, node->side);
  g_autoptr (GTask) task = g_task_new (self, NULL, on_sorted, NULL);
  g_task_set_task_data (task, g_memdup2 (&node->node, sizeof node->node), g_free);
  g_task_run_in_thread (task, run_sort);
  return G_LIST_MODEL (self);
}

/* Start */

void
butterfly_start_init (ButterflyStart *self, const CallGraph *graph, CallGraphSide side)
{
  PathTreeNode node = path_tree_get_root (call_graph_get_tree (graph, side));
  self->levels[0] = sort_children (graph, side, node);
  for (guint i = 1; i <= BUTTERFLY_MAX_OPENED; i++)
    self->levels[i] = self->levels[i - 1]->len > 0
                          ? sort_children (graph, side, g_array_index (self->levels[i - 1], PathTreeNode, 0))
                          : g_array_new (FALSE, FALSE, sizeof (PathTreeNode));
}

void
butterfly_start_clear (ButterflyStart *self)
{
  for (guint i = 0; i <= BUTTERFLY_MAX_OPENED; i++)
    g_clear_pointer (&self->levels[i], g_array_unref);
}

GListModel *
butterfly_rows_new_at_start (const ButterflyStart *start, CallGraph *graph, CallGraphSide side, guint depth)
{
  ButterflyRows *self = create_rows (graph, side);
  self->nodes = g_array_ref (start->levels[depth]);
  return G_LIST_MODEL (self);
}

guint
butterfly_start_find (const ButterflyStart *self, ButterflyNode *node)
{
  guint depth = node->node.depth;
  if (depth == 0 || depth > BUTTERFLY_MAX_OPENED || self->levels[depth - 1]->len == 0)
    return 0;
  const PathTreeNode *first = &g_array_index (self->levels[depth - 1], PathTreeNode, 0);
  return first->first == node->node.first && first->end == node->node.end ? depth : 0;
}
