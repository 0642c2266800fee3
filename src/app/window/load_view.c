#include "app/window/load_view.h"

#include "app/graph/graph_view.h"

#include <glib/gi18n.h>

#define PROGRESS_INTERVAL_MS 100

struct _LoadView
{
  GtkWidget parent_instance;
  GtkBox *graph_box;
  GtkLabel *title, *text;
  GtkProgressBar *bar;

  GtkWidget *graph; /* in the template's graph_box (nullable): without a load */
  TraceLoad *load;  /* (owned) (nullable) */
  guint timer;
};

G_DEFINE_FINAL_TYPE (LoadView, load_view, GTK_TYPE_WIDGET)

static gboolean
on_progress (gpointer data)
{
  LoadView *self = data;
  g_autofree char *text = NULL;
  double part = trace_load_dup_progress (self->load, &text);
  gtk_label_set_text (self->text, text);
  if (part < 0)
    gtk_progress_bar_pulse (self->bar);
  else
    gtk_progress_bar_set_fraction (self->bar, part);
  return G_SOURCE_CONTINUE;
}

static void
drop_load (LoadView *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->graph != NULL)
    {
      graph_view_set_preview (GRAPH_VIEW (self->graph), NULL);
      gtk_box_remove (self->graph_box, self->graph);
    }
  self->graph = NULL;
  g_clear_object (&self->load);
}

void
load_view_set_load (LoadView *self, TraceLoad *load, const char *name)
{
  drop_load (self);
  if (load == NULL)
    return;
  g_autofree char *title = g_strdup_printf (_ ("Reading %s"), name);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->text, "");
  gtk_progress_bar_set_fraction (self->bar, 0);
  self->load = g_object_ref (load);
  self->graph = graph_view_new ();
  gtk_widget_set_hexpand (self->graph, TRUE);
  gtk_widget_set_vexpand (self->graph, TRUE);
  gtk_box_append (self->graph_box, self->graph);
  graph_view_set_preview (GRAPH_VIEW (self->graph), trace_load_get_preview (load));
  self->timer = g_timeout_add (PROGRESS_INTERVAL_MS, on_progress, self);
}

static void
load_view_dispose (GObject *object)
{
  LoadView *self = LOAD_VIEW (object);
  drop_load (self);
  GtkWidget *box = gtk_widget_get_first_child (GTK_WIDGET (self));
  g_clear_pointer (&box, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), LOAD_TYPE_VIEW);
  G_OBJECT_CLASS (load_view_parent_class)->dispose (object);
}

static void
load_view_class_init (LoadViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = load_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/poolscope/Poolscope/ui/load_view.ui");
  gtk_widget_class_set_css_name (widget_class, "loadview");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, LoadView, graph_box);
  gtk_widget_class_bind_template_child (widget_class, LoadView, title);
  gtk_widget_class_bind_template_child (widget_class, LoadView, text);
  gtk_widget_class_bind_template_child (widget_class, LoadView, bar);
}

static void
load_view_init (LoadView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
