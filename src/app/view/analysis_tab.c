#include "app/view/analysis_tab.h"

#include "app/test_log.h"

#include <glib/gi18n.h>

struct _AnalysisTab
{
  GtkWidget parent_instance;
  GtkWidget *box;
  GtkLabel *label;
  GtkWidget *menu, *rename_popover; /* GtkPopover */
  GtkEditable *rename_entry;
  AnalysisView *view; /* weak */
};

G_DEFINE_FINAL_TYPE (AnalysisTab, analysis_tab, GTK_TYPE_WIDGET)

static guint close_signal;

void
analysis_tab_rename (AnalysisTab *self)
{
  gtk_editable_set_text (self->rename_entry, analysis_view_get_title (self->view));
  gtk_popover_popup (GTK_POPOVER (self->rename_popover));
  gtk_widget_grab_focus (GTK_WIDGET (self->rename_entry));
  gtk_editable_select_region (self->rename_entry, 0, -1);
  test_log_add ("view renaming %s", analysis_view_get_title (self->view));
}

static void
on_title_entered (GtkEntry *entry, gpointer data)
{
  AnalysisTab *self = data;
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (self->rename_entry)));
  gtk_popover_popdown (GTK_POPOVER (self->rename_popover));
  if (*title == '\0' || self->view == NULL)
    return;
  analysis_view_set_title (self->view, title);
  test_log_add ("view renamed %s", title);
}

static void
on_popover_closed (GtkPopover *popover, gpointer data)
{
  AnalysisTab *self = data;
  if (self->view != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
on_close_clicked (GtkButton *button, gpointer data)
{
  g_signal_emit (data, close_signal, 0);
}

/* The entries of the menu are about the view that is shown: the tab's own becomes it. */
static void
on_pressed (GtkGestureClick *gesture, int n_presses, double x, double y, gpointer data)
{
  AnalysisTab *self = data;
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  GtkWidget *views = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_NOTEBOOK);
  if (button == GDK_BUTTON_MIDDLE)
    g_signal_emit (self, close_signal, 0);
  else if (button == GDK_BUTTON_SECONDARY)
    {
      gtk_notebook_set_current_page (GTK_NOTEBOOK (views),
                                     gtk_notebook_page_num (GTK_NOTEBOOK (views), GTK_WIDGET (self->view)));
      gtk_popover_popup (GTK_POPOVER (self->menu));
    }
  else if (button == GDK_BUTTON_PRIMARY && n_presses == 2)
    analysis_tab_rename (self);
}

/* The notebook's own tab around this one is what assistive technology finds. */
static void
update_name (AnalysisTab *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  if (parent != NULL && self->view != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    analysis_view_get_title (self->view), -1);
}

static void
analysis_tab_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (analysis_tab_parent_class)->root (widget);
  update_name (ANALYSIS_TAB (widget));
}

static void
analysis_tab_dispose (GObject *object)
{
  AnalysisTab *self = ANALYSIS_TAB (object);
  g_clear_weak_pointer (&self->view);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANALYSIS_TYPE_TAB);
  G_OBJECT_CLASS (analysis_tab_parent_class)->dispose (object);
}

static void
analysis_tab_class_init (AnalysisTabClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = analysis_tab_dispose;
  widget_class->root = analysis_tab_root;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/poolscope/Poolscope/ui/analysis_tab.ui");
  gtk_widget_class_set_css_name (widget_class, "analysistab");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, AnalysisTab, box);
  gtk_widget_class_bind_template_child (widget_class, AnalysisTab, label);
  gtk_widget_class_bind_template_child (widget_class, AnalysisTab, menu);
  gtk_widget_class_bind_template_child (widget_class, AnalysisTab, rename_popover);
  gtk_widget_class_bind_template_child (widget_class, AnalysisTab, rename_entry);
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_title_entered);
  gtk_widget_class_bind_template_callback (widget_class, on_popover_closed);
  close_signal = g_signal_new ("close", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
}

static void
analysis_tab_init (AnalysisTab *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  GtkGesture *click = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
analysis_tab_new (AnalysisView *view)
{
  AnalysisTab *self = g_object_new (ANALYSIS_TYPE_TAB, NULL);
  g_set_weak_pointer (&self->view, view);
  g_object_bind_property (view, "title", self->label, "label", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (view, "notify::title", G_CALLBACK (update_name), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
