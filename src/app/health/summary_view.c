#include "app/health/summary_view.h"

#include "app/health/grower_list.h"
#include "app/health/health_text.h"
#include "app/test_log.h"
#include "base/number_format.h"
#include "base/tick_clock.h"

#include <glib/gi18n.h>
#include <math.h>

/* Between the parts, beside and below each other. */
#define SPACING_BESIDE 24
#define SPACING_BELOW 4

typedef enum
{
  COURSE_START,
  COURSE_END,
  COURSE_PEAK,
  COURSE_NET,
  COURSE_PER_HOUR,
  N_COURSE_VALUES
} CourseValue;

static const char *const course_titles[N_COURSE_VALUES] = { [COURSE_START] = N_ ("At start"),
                                                            [COURSE_END] = N_ ("At end"),
                                                            [COURSE_PEAK] = N_ ("Peak"),
                                                            [COURSE_NET] = N_ ("Net"),
                                                            [COURSE_PER_HOUR] = N_ ("Per hour") };

struct _SummaryView
{
  GtkWidget parent_instance;
  GtkBox *parts, *facts;
  GtkGrid *pools;
  GtkLabel *values[SUMMARY_N_POOLS][N_COURSE_VALUES]; /* in pools */
  GtkLabel *health_label, *none_label;
  GtkStack *pages;
  GtkScrolledWindow *scroller;
  GtkWidget *close_button;
  GtkColumnView *growers;    /* in scroller */
  TraceSummary *summary;     /* (owned) (nullable): once it is known */
  GCancellable *cancellable; /* (owned) (nullable): of its computation */
};

G_DEFINE_FINAL_TYPE (SummaryView, summary_view, GTK_TYPE_WIDGET)

static guint activated_signal;

/* What is shown */

/* A short trace tells nothing of an hour. */
static void
hide_per_hour (SummaryView *self, GtkLabel *label)
{
  g_autofree char *length = format_duration (self->summary->length_ns);
  g_autofree char *tooltip
    = g_strdup_printf (_ ("The trace is too short to tell what came in an hour: %s. Record for some minutes."), length);
  gtk_label_set_text (label, "–");
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), tooltip);
}

static void
show_course (SummaryView *self, SummaryPool pool, const PoolCourse *course)
{
  const gint64 values[N_COURSE_VALUES]
      = { [COURSE_START] = course->start_bytes,
          [COURSE_END] = course->end_bytes,
          [COURSE_PEAK] = course->peak_bytes,
          [COURSE_NET] = course->net_bytes,
          [COURSE_PER_HOUR] = llround (CLAMP (course->net_bytes_per_hour, -9e18, 9e18)) };
  for (CourseValue i = 0; i < N_COURSE_VALUES; i++)
    {
      g_autofree char *text = format_bytes (values[i]);
      g_autofree char *count = format_count (values[i]);
      g_autofree char *tooltip = g_strdup_printf (ngettext ("%s byte", "%s bytes", (gulong) ABS (values[i])), count);
      gtk_label_set_text (self->values[pool][i], text);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->values[pool][i]), tooltip);
    }
  if (self->summary->length_ns < MINIMUM_SECONDS_PER_HOUR * NS_PER_SECOND)
    hide_per_hour (self, self->values[pool][COURSE_PER_HOUR]);
}

static void
show_summary (SummaryView *self)
{
  const LeakRanking *growers = self->summary != NULL ? self->summary->growers : NULL;
  for (SummaryPool pool = 0; pool < SUMMARY_N_POOLS; pool++)
    for (CourseValue i = 0; i < N_COURSE_VALUES; i++)
      gtk_label_set_text (self->values[pool][i], "…");
  for (SummaryPool pool = 0; self->summary != NULL && pool < SUMMARY_N_POOLS; pool++)
    show_course (self, pool, &self->summary->pools[pool]);
  grower_list_show (self->growers, growers);
  gtk_label_set_text (self->none_label, _ ("No tag grew over the trace."));
  gtk_stack_set_visible_child_name (self->pages, growers != NULL && growers->rows->len == 0 ? "none" : "growers");
  if (self->summary == NULL)
    return;
  for (guint i = 0; i < growers->rows->len; i++)
    {
      const LeakRow *row = &g_array_index (growers->rows, LeakRow, i);
      test_log_add ("summary %u %s %s", i + 1, row->key[0], row->key[1]);
    }
  test_log_add ("summary rows=%u", growers->rows->len);
}

void
summary_view_set_health (SummaryView *self, const GPtrArray *items)
{
  g_autofree char *line = health_text_dup_line (items, TRACE_HEALTH_NOTE);
  const char *findings = *line != '\0' ? line : _ ("nothing is wrong with the trace");
  g_autofree char *text = g_strdup_printf (_ ("Health: %s"), findings);
  gtk_label_set_text (self->health_label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->health_label), findings);
}

void
summary_view_set_narrow (SummaryView *self, gboolean is_narrow)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->parts),
                                  is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->facts),
                                  is_narrow ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_hexpand (GTK_WIDGET (self->facts), is_narrow);
  gtk_box_set_spacing (self->parts, is_narrow ? SPACING_BELOW : SPACING_BESIDE);
  gtk_box_set_spacing (self->facts, is_narrow ? SPACING_BESIDE : SPACING_BELOW);
}

const TraceSummary *
summary_view_get_summary (SummaryView *self)
{
  return self->summary;
}

/* The computation */

typedef struct
{
  PoolTrace *trace;  /* (owned) */
  FrameNames *names; /* (owned) */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;
  pool_trace_unref (job->trace);
  frame_names_unref (job->names);
  g_free (job);
}

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  TraceSummary *summary = trace_summary_new (job->trace, job->names, cancellable, &error);
  if (summary != NULL)
    g_task_return_pointer (task, summary, (GDestroyNotify) trace_summary_free);
  else
    g_task_return_error (task, error);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  SummaryView *self = SUMMARY_VIEW (source);
  g_autoptr (GError) error = NULL;
  TraceSummary *summary = g_task_propagate_pointer (G_TASK (result), &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  self->summary = summary;
  show_summary (self);
  if (error == NULL)
    return;
  gtk_label_set_text (self->none_label, error->message);
  gtk_stack_set_visible_child_name (self->pages, "none");
}

void
summary_view_set_trace (SummaryView *self, PoolTrace *trace, FrameNames *names)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  grower_list_show (self->growers, NULL);
  g_clear_pointer (&self->summary, trace_summary_free);
  show_summary (self);
  gtk_label_set_text (self->health_label, "");
  if (trace == NULL)
    return;
  Job *job = g_new (Job, 1);
  job->trace = pool_trace_ref (trace);
  job->names = frame_names_ref (names);
  self->cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, on_done, NULL);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_job);
}

/* Object */

static void
on_activate (GtkColumnView *list, guint position, gpointer data)
{
  g_signal_emit (data, activated_signal, 0, position);
}

static GtkLabel *
attach_label (SummaryView *self, const char *text, int column, int row, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  if (column > 0)
    gtk_label_set_width_chars (GTK_LABEL (label), 8);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (self->pools, label, column, row, 1, 1);
  return GTK_LABEL (label);
}

static void
fill_pools (SummaryView *self)
{
  for (CourseValue i = 0; i < N_COURSE_VALUES; i++)
    attach_label (self, _ (course_titles[i]), (int) i + 1, 0, "dim-label");
  for (SummaryPool pool = 0; pool < SUMMARY_N_POOLS; pool++)
    {
      attach_label (self, _ (summary_pool_get_name (pool)), 0, (int) pool + 1, "strong");
      for (CourseValue i = 0; i < N_COURSE_VALUES; i++)
        self->values[pool][i]
            = attach_label (self, NULL, (int) i + 1, (int) pool + 1, i == COURSE_NET ? "strong" : NULL);
    }
}

static gboolean
summary_view_grab_focus (GtkWidget *widget)
{
  SummaryView *self = SUMMARY_VIEW (widget);
  gboolean has_rows = self->summary != NULL && self->summary->growers->rows->len > 0;
  return has_rows ? grower_list_grab_focus (self->growers) : gtk_widget_grab_focus (self->close_button);
}

static void
summary_view_dispose (GObject *object)
{
  SummaryView *self = SUMMARY_VIEW (object);
  GtkWidget *widget = GTK_WIDGET (object);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->growers != NULL)
    grower_list_show (self->growers, NULL);
  self->growers = NULL;
  g_clear_pointer (&self->summary, trace_summary_free);
  gtk_widget_dispose_template (widget, SUMMARY_TYPE_VIEW);
  /* GTK 4.8 leaves those that have no name in the template. */
  while (gtk_widget_get_first_child (widget) != NULL)
    gtk_widget_unparent (gtk_widget_get_first_child (widget));
  G_OBJECT_CLASS (summary_view_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, SummaryView, name)

static void
summary_view_class_init (SummaryViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = summary_view_dispose;
  widget_class->grab_focus = summary_view_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/poolscope/Poolscope/ui/summary_view.ui");
  BIND (parts);
  BIND (facts);
  BIND (pools);
  BIND (health_label);
  BIND (none_label);
  BIND (pages);
  BIND (scroller);
  BIND (close_button);
  gtk_widget_class_set_css_name (widget_class, "summaryview");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  activated_signal = g_signal_new ("activated", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
summary_view_init (SummaryView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_pools (self);
  GtkWidget *growers = grower_list_new ();
  self->growers = GTK_COLUMN_VIEW (growers);
  g_signal_connect (growers, "activate", G_CALLBACK (on_activate), self);
  gtk_scrolled_window_set_child (self->scroller, growers);
  summary_view_set_narrow (self, FALSE);
}
