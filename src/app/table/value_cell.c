#include "app/table/value_cell.h"

#include <math.h>

struct _ValueCell
{
  GtkWidget parent_instance;
  GtkWidget *text; /* GtkInscription */
  GtkWidget *bar;  /* (nullable): an empty widget, styled as positive or negative; most cells never need one */
  double share;
};

G_DEFINE_FINAL_TYPE (ValueCell, value_cell, GTK_TYPE_WIDGET)

static void
value_cell_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                    int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (VALUE_CELL (widget)->text, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = 0;
}

/* Positive bars grow from the start of the cell, negative ones from its end, leftwards. */
static void
value_cell_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ValueCell *self = VALUE_CELL (widget);
  int length = (int) lround (fabs (self->share) * width);
  gboolean from_right = (self->share < 0) != (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL);
  GtkAllocation text = { 0, 0, width, height };
  GtkAllocation bar = { from_right ? width - length : 0, 1, MAX (length, 1), MAX (height - 2, 1) };
  if (self->bar != NULL)
    gtk_widget_size_allocate (self->bar, &bar, -1);
  gtk_widget_size_allocate (self->text, &text, -1);
}

static void
value_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ValueCell *self = VALUE_CELL (widget);
  if (self->share != 0)
    gtk_widget_snapshot_child (widget, self->bar, snapshot);
  gtk_widget_snapshot_child (widget, self->text, snapshot);
}

static void
value_cell_dispose (GObject *object)
{
  ValueCell *self = VALUE_CELL (object);
  g_clear_pointer (&self->bar, gtk_widget_unparent);
  g_clear_pointer (&self->text, gtk_widget_unparent);
  G_OBJECT_CLASS (value_cell_parent_class)->dispose (object);
}

static void
value_cell_class_init (ValueCellClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = value_cell_dispose;
  widget_class->measure = value_cell_measure;
  widget_class->size_allocate = value_cell_size_allocate;
  widget_class->snapshot = value_cell_snapshot;
  gtk_widget_class_set_css_name (widget_class, "valuecell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
value_cell_init (ValueCell *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  self->text = gtk_inscription_new (NULL);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (self->text), 1);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (self->text), 0);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (self->text), 8);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (self->text), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_START);
  gtk_widget_set_parent (self->text, widget);
}

GtkWidget *
value_cell_new (void)
{
  return g_object_new (VALUE_TYPE_CELL, NULL);
}

void
value_cell_show (ValueCell *self, const char *text, const char *tooltip, double share)
{
  /* What stays is not told again: assistive technology would get a message for each cell. */
  if (g_strcmp0 (text, gtk_inscription_get_text (GTK_INSCRIPTION (self->text))) != 0)
    {
      gtk_inscription_set_text (GTK_INSCRIPTION (self->text), text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      text != NULL ? text : "", -1);
    }
  if (g_strcmp0 (tooltip, gtk_widget_get_tooltip_text (GTK_WIDGET (self))) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
  share = CLAMP (share, -1, 1);
  if (share == self->share)
    return;
  if (self->bar == NULL)
    {
      self->bar = g_object_new (GTK_TYPE_BOX, "css-name", "sharebar", NULL);
      gtk_widget_insert_after (self->bar, GTK_WIDGET (self), NULL);
    }
  if (share < 0)
    gtk_widget_add_css_class (self->bar, "negative");
  else
    gtk_widget_remove_css_class (self->bar, "negative");
  self->share = share;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
