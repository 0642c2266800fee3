#include "app/stacks/butterfly_window.h"

#include "app/stacks/butterfly_tree.h"
#include "app/test_log.h"
#include "app/widgets/action_map.h"
#include "base/number_format.h"

#include <glib/gi18n.h>

/* What stood in the middle. */
typedef struct
{
  Dimension dimension;
  char *function;      /* the last one that was in the middle */
  char *module;
  gboolean is_by_module;
} Center;

struct _ButterflyWindow
{
  GtkWindow parent_instance;
  GtkColumnView *callers, *callees;
  GtkLabel *center_label, *sums_label;
  TraceSession *session;     /* (owned) */
  GPtrArray *centers;        /* (owned): of Center; the way back and forward */
  guint current;             /* index into centers */
  GSimpleActionGroup *actions; /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable): of the computation that runs */
};

G_DEFINE_FINAL_TYPE (ButterflyWindow, butterfly_window, GTK_TYPE_WINDOW)

static void
center_free (gpointer data)
{
  Center *self = data;
  g_free (self->function);
  g_free (self->module);
  g_free (self);
}

static Center *
center_new (Dimension dimension, const char *function, const char *module, gboolean is_by_module)
{
  Center *self = g_new (Center, 1);
  *self = (Center){ dimension, g_strdup (function), g_strdup (module), is_by_module };
  return self;
}

static const Center *
get_center (ButterflyWindow *self)
{
  return self->current < self->centers->len ? g_ptr_array_index (self->centers, self->current) : NULL;
}

/* Computation */

typedef struct
{
  CallGraphQuery query;
  PoolTreeValues *values; /* (owned) */
  char *center;
  CallGraph *graph;       /* (owned) (nullable): the answer */
  ButterflyStart starts[N_CALL_GRAPH_SIDES]; /* of the graph */
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;
  g_clear_pointer (&self->graph, call_graph_unref);
  for (CallGraphSide side = 0; side < N_CALL_GRAPH_SIDES; side++)
    butterfly_start_clear (&self->starts[side]);
  pool_tree_values_unref (self->values);
  g_free (self->center);
  g_free (self);
}

static void
run_question (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Question *question = data;
  GError *error = NULL;
  question->graph = call_graph_new (&question->query, cancellable, &error);
  if (question->graph == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (CallGraphSide side = 0; side < N_CALL_GRAPH_SIDES; side++)
    butterfly_start_init (&question->starts[side], question->graph, side);
  g_task_return_boolean (task, TRUE);
}

static void
show_sums (ButterflyWindow *self, const CallGraph *graph)
{
  PoolTreeSums sums = call_graph_get_sums (graph), total = call_graph_get_total (graph);
  g_autofree char *count = format_count ((gint64) sums.count);
  g_autofree char *size = format_bytes ((gint64) sums.size_bytes);
  g_autofree char *impacting = format_bytes (sums.impacting_bytes);
  g_autofree char *total_size = format_bytes ((gint64) total.size_bytes);
  g_autofree char *text
      = sums.count > 0
            ? g_strdup_printf (_ ("Count %s, size %s of %s in range and filter, impacting size %s"), count, size,
                               total_size, impacting)
            : g_strdup (_ ("No stack in range and filter goes through it."));
  gtk_label_set_text (self->sums_label, text);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  ButterflyWindow *self = BUTTERFLY_WINDOW (source);
  Question *question = g_task_get_task_data (G_TASK (result));
  gboolean is_answered = g_task_propagate_boolean (G_TASK (result), NULL);
  if (!is_answered || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  CallGraph *graph = question->graph;
  butterfly_tree_show (self->callers, graph, CALL_GRAPH_CALLERS, &question->starts[CALL_GRAPH_CALLERS]);
  butterfly_tree_show (self->callees, graph, CALL_GRAPH_CALLEES, &question->starts[CALL_GRAPH_CALLEES]);
  gtk_label_set_text (self->center_label, question->center);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->center_label), question->center);
  show_sums (self, graph);
  PoolTreeSums sums = call_graph_get_sums (graph);
  test_log_add ("butterfly %s %s count=%" G_GUINT64_FORMAT " size=%" G_GUINT64_FORMAT " impacting=%" G_GINT64_FORMAT,
                question->query.is_by_module ? "module" : "function", question->center, (guint64) sums.count,
                (guint64) sums.size_bytes, (gint64) sums.impacting_bytes);
}

static void
cancel (ButterflyWindow *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
ask (ButterflyWindow *self)
{
  const Center *center = get_center (self);
  PoolTreeValues *values = row_model_get_values (trace_session_get_rows (self->session));
  cancel (self);
  if (center == NULL || values == NULL)
    return;
  Question *question = g_new0 (Question, 1);
  question->values = pool_tree_values_ref (values);
  question->center = g_strdup (center->is_by_module ? center->module : center->function);
  question->query = (CallGraphQuery){ question->values, POOL_TREE_ROOT, center->dimension, question->center,
                                      center->is_by_module };
  self->cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, on_answer, NULL);
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, run_question);
}

static void
on_values_changed (TraceSession *session, gpointer data)
{
  ask (data);
}

/* Centers and the way through them */

static void
go_to (ButterflyWindow *self, guint index)
{
  self->current = index;
  GAction *by_module = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "by-module");
  g_simple_action_set_state (G_SIMPLE_ACTION (by_module), g_variant_new_boolean (get_center (self)->is_by_module));
  action_map_set_enabled (G_ACTION_MAP (self->actions), "back", index > 0);
  action_map_set_enabled (G_ACTION_MAP (self->actions), "forward", index + 1 < self->centers->len);
  ask (self);
}

/* Takes @center over; what lay forward is forgotten. */
static void
push (ButterflyWindow *self, Center *center)
{
  if (self->current + 1 < self->centers->len)
    g_ptr_array_set_size (self->centers, (int) self->current + 1);
  g_ptr_array_add (self->centers, center);
  go_to (self, self->centers->len - 1);
}

static void
on_activated (GtkColumnView *view, guint position, gpointer data)
{
  ButterflyWindow *self = data;
  const Center *old = get_center (self);
  g_autoptr (ButterflyNode) node = butterfly_tree_dup_node (view, position);
  if (node == NULL || old == NULL)
    return;
  const char *text = butterfly_node_get_text (node);
  g_autofree char *module = call_graph_dup_module (text);
  push (self, old->is_by_module ? center_new (old->dimension, old->function, text, TRUE)
                                : center_new (old->dimension, text, module, FALSE));
}

static void
on_back (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ButterflyWindow *self = data;
  go_to (self, self->current - 1);
}

static void
on_forward (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ButterflyWindow *self = data;
  go_to (self, self->current + 1);
}

static void
on_by_module (GSimpleAction *action, GVariant *state, gpointer data)
{
  ButterflyWindow *self = data;
  const Center *old = get_center (self);
  if (old != NULL && old->is_by_module != g_variant_get_boolean (state))
    push (self, center_new (old->dimension, old->function, old->module, !old->is_by_module));
}

TraceSession *
butterfly_window_get_session (ButterflyWindow *self)
{
  return self->session;
}

void
butterfly_window_show_function (ButterflyWindow *self, Dimension dimension, const char *function)
{
  const Center *old = get_center (self);
  g_autofree char *module = call_graph_dup_module (function);
  push (self, center_new (dimension, function, module, old != NULL && old->is_by_module));
}

/* Object */

static void
butterfly_window_dispose (GObject *object)
{
  ButterflyWindow *self = BUTTERFLY_WINDOW (object);
  cancel (self);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_object (&self->actions);
  gtk_widget_dispose_template (GTK_WIDGET (self), BUTTERFLY_TYPE_WINDOW);
  G_OBJECT_CLASS (butterfly_window_parent_class)->dispose (object);
}

static void
butterfly_window_finalize (GObject *object)
{
  g_ptr_array_unref (BUTTERFLY_WINDOW (object)->centers);
  G_OBJECT_CLASS (butterfly_window_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, ButterflyWindow, name)

static void
butterfly_window_class_init (ButterflyWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = butterfly_window_dispose;
  G_OBJECT_CLASS (class)->finalize = butterfly_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/poolscope/Poolscope/ui/butterfly_window.ui");
  BIND (callers);
  BIND (callees);
  BIND (center_label);
  BIND (sums_label);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "butterfly.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, GDK_ALT_MASK, "butterfly.forward", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, GDK_CONTROL_MASK, "butterfly.by-module", NULL);
}

static void
butterfly_window_init (ButterflyWindow *self)
{
  static const GActionEntry entries[] = {
    { "back", on_back, NULL, NULL, NULL, { 0 } },
    { "forward", on_forward, NULL, NULL, NULL, { 0 } },
    { "by-module", NULL, NULL, "false", on_by_module, { 0 } },
  };
  gtk_widget_init_template (GTK_WIDGET (self));
  self->centers = g_ptr_array_new_with_free_func (center_free);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "butterfly", G_ACTION_GROUP (self->actions));
  action_map_set_enabled (G_ACTION_MAP (self->actions), "back", FALSE);
  action_map_set_enabled (G_ACTION_MAP (self->actions), "forward", FALSE);
  butterfly_tree_equip (self->callers, _ ("Callers"));
  butterfly_tree_equip (self->callees, _ ("Callees"));
  g_signal_connect (self->callers, "activate", G_CALLBACK (on_activated), self);
  g_signal_connect (self->callees, "activate", G_CALLBACK (on_activated), self);
}

ButterflyWindow *
butterfly_window_new (GtkWindow *parent, TraceSession *session)
{
  ButterflyWindow *self = g_object_new (BUTTERFLY_TYPE_WINDOW, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  g_signal_connect (session, "values-changed", G_CALLBACK (on_values_changed), self);
  return self;
}
