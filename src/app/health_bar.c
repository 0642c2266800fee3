#include "app/health_bar.h"

#include "export/trace_health.h"

#include <glib/gi18n.h>

struct _HealthBar
{
  GtkWidget parent_instance;
  GtkImage *icon;
  GtkLabel *label;
  GtkMenuButton *details_button;
  GtkWidget *close_button;
};

G_DEFINE_FINAL_TYPE (HealthBar, health_bar, GTK_TYPE_WIDGET)

/* Templates begin small, to stand within other sentences too. */
static char *
dup_sentence (const TraceHealthItem *item)
{
  g_autofree char *text
      = trace_health_fill_template (_ (item->sentence_template), (const char *const *) item->values);
  char first[6];
  int length = g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (text)), first);
  return g_strdup_printf ("%.*s%s", length, first, *text != '\0' ? g_utf8_next_char (text) : "");
}

static void
append_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 64);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_focusable (label, FALSE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
}

static GtkWidget *
create_details (GPtrArray *items)
{
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  for (guint i = 0; i < items->len; i++)
    {
      const TraceHealthItem *item = g_ptr_array_index (items, i);
      g_autofree char *sentence = dup_sentence (item);
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
      append_label (box, sentence, "heading");
      if (item->consequence != NULL)
        append_label (box, _ (item->consequence), NULL);
      if (item->advice != NULL)
        append_label (box, _ (item->advice), "dim-label");
      gtk_box_append (GTK_BOX (list), box);
    }
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 420);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  GtkWidget *popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_widget_add_css_class (popover, "health-details");
  return popover;
}

void
health_bar_set_trace (HealthBar *self, const PoolTrace *trace)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (trace == NULL)
    return;
  g_autoptr (GPtrArray) items = trace_health_list (trace);
  g_autoptr (GString) line = g_string_new (NULL);
  TraceHealthSeverity worst = TRACE_HEALTH_NOTE;
  for (guint i = 0; i < items->len; i++)
    {
      const TraceHealthItem *item = g_ptr_array_index (items, i);
      worst = MAX (worst, item->severity);
      if (item->severity == TRACE_HEALTH_NOTE)
        continue;
      g_autofree char *sentence = dup_sentence (item);
      if (line->len > 0)
        g_string_append (line, " · ");
      g_string_append (line, sentence);
    }
  if (line->len == 0)
    return;
  gtk_label_set_text (self->label, line->str);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), line->str);
  gtk_menu_button_set_popover (self->details_button, create_details (items));
  if (worst == TRACE_HEALTH_SERIOUS)
    gtk_widget_add_css_class (GTK_WIDGET (self), "serious");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "serious");
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
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
  gtk_widget_class_bind_template_child (widget_class, HealthBar, details_button);
  gtk_widget_class_bind_template_child (widget_class, HealthBar, close_button);
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
