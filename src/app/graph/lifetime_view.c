#include "app/graph/lifetime_view.h"

#include "app/test_log.h"
#include "app/widgets/chart_style.h"
#include "base/number_format.h"
#include "chart/lifetime_chart.h"

#include <glib/gi18n.h>

struct _LifetimeView
{
  GtkWidget parent_instance;
  GtkWidget *area;
  GtkLabel *note; /* what has no lifetime */
  TraceSession *session;     /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable): of what runs */
  gboolean is_wanted;        /* asked for again meanwhile */
  LifetimeHistogram histogram;
};

G_DEFINE_FINAL_TYPE (LifetimeView, lifetime_view, GTK_TYPE_WIDGET)

typedef struct
{
  PoolTree *tree; /* (owned) */
  TimeRange range;
  LifetimeHistogram histogram;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;
  pool_tree_unref (job->tree);
  g_free (job);
}

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  if (lifetime_histogram_fill (&job->histogram, job->tree, job->range, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
show_histogram (LifetimeView *self)
{
  g_autofree char *alive = format_count ((gint64) self->histogram.n_alive);
  g_autofree char *unknown = format_count ((gint64) self->histogram.n_unknown);
  guint64 n_freed = 0;
  for (guint i = 0; i < LIFETIME_N_CLASSES; i++)
    n_freed += self->histogram.counts[i];
  g_autofree char *freed = format_count ((gint64) n_freed);
  g_autofree char *text
      = g_strdup_printf (_ ("%s blocks freed in the range by the time they lived; %s live on, of %s nobody knows when "
                            "they were allocated"),
                         freed, alive, unknown);
  gtk_label_set_text (self->note, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->note), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  gtk_widget_queue_draw (self->area);
  test_log_add ("lifetimes freed=%" G_GUINT64_FORMAT " alive=%" G_GUINT64_FORMAT " unknown=%" G_GUINT64_FORMAT,
                n_freed, self->histogram.n_alive, self->histogram.n_unknown);
}

static void start (LifetimeView *self);

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  LifetimeView *self = LIFETIME_VIEW (source);
  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  if (g_task_propagate_boolean (G_TASK (result), NULL))
    {
      self->histogram = ((Job *) g_task_get_task_data (G_TASK (result)))->histogram;
      show_histogram (self);
    }
  if (self->is_wanted)
    start (self);
}

static void
start (LifetimeView *self)
{
  PoolTree *tree = self->session != NULL ? trace_session_get_tree (self->session) : NULL;
  self->is_wanted = self->cancellable != NULL;
  if (tree == NULL || self->is_wanted)
    return;
  Job *job = g_new0 (Job, 1);
  job->tree = pool_tree_ref (tree);
  job->range = trace_session_get_range (self->session);
  self->cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, on_done, NULL);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_job);
}

void
lifetime_view_set_session (LifetimeView *self, TraceSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  g_signal_connect_swapped (session, "values-changed", G_CALLBACK (start), self);
  start (self);
}

static void
draw (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  ChartPalette palette = chart_style_get_palette (GTK_WIDGET (data));
  PangoContext *context = chart_style_create_pango_context (GTK_WIDGET (data));
  lifetime_chart_draw (&LIFETIME_VIEW (data)->histogram, &palette, context, cr, width, height);
  g_object_unref (context);
}

static gboolean
on_query_tooltip (GtkWidget *widget, int x, int y, gboolean is_keyboard, GtkTooltip *tooltip, gpointer data)
{
  LifetimeView *self = data;
  PangoContext *context = chart_style_create_pango_context (GTK_WIDGET (self));
  guint class;
  gboolean is_class = lifetime_chart_class_at (&self->histogram, context, gtk_widget_get_width (widget), x, &class);
  g_object_unref (context);
  if (!is_class)
    return FALSE;
  g_autofree char *start = lifetime_chart_dup_class_text (class);
  g_autofree char *count = format_count ((gint64) self->histogram.counts[class]);
  g_autofree char *end = class + 1 < LIFETIME_N_CLASSES ? lifetime_chart_dup_class_text (class + 1) : g_strdup ("∞");
  /* Translators: two lengths of time, a number of blocks. */
  g_autofree char *text = g_strdup_printf (_ ("%s – %s: %s blocks"), start, end, count);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
lifetime_view_dispose (GObject *object)
{
  LifetimeView *self = LIFETIME_VIEW (object);
  lifetime_view_set_session (self, NULL);
  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL;)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (lifetime_view_parent_class)->dispose (object);
}

static void
lifetime_view_class_init (LifetimeViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = lifetime_view_dispose;
  gtk_widget_class_set_css_name (widget_class, "lifetimes");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
lifetime_view_init (LifetimeView *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "view");
  self->area = gtk_drawing_area_new ();
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->area), draw, self, NULL);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->area), 100);
  gtk_widget_set_vexpand (self->area, TRUE);
  gtk_widget_set_hexpand (self->area, TRUE);
  gtk_widget_set_has_tooltip (self->area, TRUE);
  g_signal_connect (self->area, "query-tooltip", G_CALLBACK (on_query_tooltip), self);
  gtk_widget_set_parent (self->area, GTK_WIDGET (self));
  self->note = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->note, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->note, 0);
  gtk_widget_set_margin_start (GTK_WIDGET (self->note), 8);
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "numeric");
  gtk_widget_set_parent (GTK_WIDGET (self->note), GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Lifetimes of blocks"),
                                  -1);
}

GtkWidget *
lifetime_view_new (void)
{
  return g_object_new (LIFETIME_TYPE_VIEW, NULL);
}
