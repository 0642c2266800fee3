#include "app/window/start_page.h"

#include "app/state/recent_traces.h"
#include "app/widgets/command_row.h"

struct _StartPage
{
  GtkWidget parent_instance;
  GtkWidget *sample_button, *recent_box, *recent_list, *command_list;
};

G_DEFINE_FINAL_TYPE (StartPage, start_page, GTK_TYPE_WIDGET)

static const char *const commands[] = {
  "wpr -start GeneralProfile -start Pool -filemode",
  "wpr -stop pool.etl \"pool leak\"",
};

static void
show_recent (StartPage *self)
{
  g_autoptr (GPtrArray) traces = recent_traces_list ();
  gtk_widget_set_visible (self->recent_box, traces->len > 0);
  for (guint i = 0; i < traces->len; i++)
    {
      const RecentTrace *trace = g_ptr_array_index (traces, i);
      GtkWidget *button = gtk_button_new ();
      GtkWidget *label = gtk_label_new (trace->display_name);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
      gtk_button_set_child (GTK_BUTTON (button), label);
      gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
      gtk_widget_set_tooltip_text (button, trace->path);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "app.open-uri");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", trace->uri);
      gtk_box_append (GTK_BOX (self->recent_list), button);
    }
}

static void
start_page_dispose (GObject *object)
{
  GtkWidget *widget = GTK_WIDGET (object);
  gtk_widget_dispose_template (widget, START_TYPE_PAGE);
  /* GTK 4.8 leaves those that have no name in the template. */
  while (gtk_widget_get_first_child (widget) != NULL)
    gtk_widget_unparent (gtk_widget_get_first_child (widget));
  G_OBJECT_CLASS (start_page_parent_class)->dispose (object);
}

static void
start_page_class_init (StartPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = start_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/poolscope/Poolscope/ui/start_page.ui");
  gtk_widget_class_bind_template_child (widget_class, StartPage, sample_button);
  gtk_widget_class_bind_template_child (widget_class, StartPage, recent_box);
  gtk_widget_class_bind_template_child (widget_class, StartPage, recent_list);
  gtk_widget_class_bind_template_child (widget_class, StartPage, command_list);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
start_page_init (StartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    gtk_box_append (GTK_BOX (self->command_list), command_row_new (commands[i], NULL));
  show_recent (self);
}

void
start_page_set_has_sample (StartPage *self, gboolean has_sample)
{
  gtk_widget_set_visible (self->sample_button, has_sample);
}
