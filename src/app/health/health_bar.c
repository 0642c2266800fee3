#include "app/health/health_bar.h"

#include "app/health/health_text.h"
#include "app/test_log.h"

struct _HealthBar
{
  GtkWidget parent_instance;
  GtkImage *icon;
  GtkLabel *label;
  GtkWidget *complete_part_button, *close_button;
  GPtrArray *items;          /* of TraceHealthItem (owned) (nullable): once they are known */
  GCancellable *cancellable; /* (owned) (nullable): of the search for them */
};

G_DEFINE_FINAL_TYPE (HealthBar, health_bar, GTK_TYPE_WIDGET)

static guint listed_signal;

static gboolean
has_ragged_start (const GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    if (g_str_equal (((const TraceHealthItem *) items->pdata[i])->name, "ragged-start"))
      return TRUE;
  return FALSE;
}

/* Notes alone are no reason to show the bar. */
static void
show_items (HealthBar *self)
{
  g_autofree char *line = health_text_dup_line (self->items, TRACE_HEALTH_WARNING);
  TraceHealthSeverity worst = TRACE_HEALTH_NOTE;
  for (guint i = 0; i < self->items->len; i++)
    worst = MAX (worst, ((const TraceHealthItem *) self->items->pdata[i])->severity);
  gtk_label_set_text (self->label, line);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), line);
  gtk_widget_set_visible (self->complete_part_button, has_ragged_start (self->items));
  if (worst == TRACE_HEALTH_SERIOUS)
    gtk_widget_add_css_class (GTK_WIDGET (self), "serious");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "serious");
  gtk_widget_set_visible (GTK_WIDGET (self), *line != '\0');
  test_log_add ("health %s", line);
}

static void
run_list (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, trace_health_list (data), (GDestroyNotify) g_ptr_array_unref);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  GPtrArray *items = g_task_propagate_pointer (G_TASK (result), NULL);
  if (items == NULL)
    return; /* cancelled: another trace, or none */
  HealthBar *self = HEALTH_BAR (source);
  self->items = items;
  show_items (self);
  g_signal_emit (self, listed_signal, 0);
}

void
health_bar_set_trace (HealthBar *self, PoolTrace *trace)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (trace == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, on_listed, NULL);
  g_task_set_task_data (task, pool_trace_ref (trace), (GDestroyNotify) pool_trace_unref);
  g_task_run_in_thread (task, run_list);
}

GPtrArray *
health_bar_get_items (HealthBar *self)
{
  return self->items;
}

static void
on_close_clicked (GtkButton *button, gpointer data)
{
  gtk_widget_set_visible (GTK_WIDGET (data), FALSE);
}

static void
health_bar_dispose (GObject *object)
{
  GtkWidget *widget = GTK_WIDGET (object);
  health_bar_set_trace (HEALTH_BAR (object), NULL);
  gtk_widget_dispose_template (widget, HEALTH_TYPE_BAR);
  /* GTK 4.8 leaves those that have no name in the template. */
  while (gtk_widget_get_first_child (widget) != NULL)
    gtk_widget_unparent (gtk_widget_get_first_child (widget));
  G_OBJECT_CLASS (health_bar_parent_class)->dispose (object);
}

static void
health_bar_class_init (HealthBarClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = health_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/poolscope/Poolscope/ui/health_bar.ui");
  gtk_widget_class_bind_template_child (widget_class, HealthBar, icon);
  gtk_widget_class_bind_template_child (widget_class, HealthBar, label);
  gtk_widget_class_bind_template_child (widget_class, HealthBar, complete_part_button);
  gtk_widget_class_bind_template_child (widget_class, HealthBar, close_button);
  listed_signal = g_signal_new ("listed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "healthbar");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
health_bar_init (HealthBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect (self->close_button, "clicked", G_CALLBACK (on_close_clicked), self);
}
