#include "app/table/value_cell.h"

#include "app/table/cell_text.h"
#include "app/table/cell_tooltip.h"

#include <math.h>

struct _ValueCell
{
  GtkWidget parent_instance;
  CellText text;
  char *tooltip;  /* (owned) (nullable) */
  GtkWidget *bar; /* (nullable): an empty widget, styled as positive or negative; most cells never need one */
  double share;
};

G_DEFINE_FINAL_TYPE (ValueCell, value_cell, GTK_TYPE_WIDGET)

static void
value_cell_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                    int *minimum_baseline, int *natural_baseline)
{
  cell_text_measure (widget, orientation, natural);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 0 : *natural;
}

/* Positive bars grow from the start of the cell, negative ones from its end, leftwards. */
static void
value_cell_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ValueCell *self = VALUE_CELL (widget);
  if (self->bar == NULL)
    return;
  int length = (int) lround (fabs (self->share) * width);
  gboolean from_right = (self->share < 0) != (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL);
  GtkAllocation bar = { from_right ? width - length : 0, 1, MAX (length, 1), MAX (height - 2, 1) };
  gtk_widget_size_allocate (self->bar, &bar, -1);
}

static void
value_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const CellTextStyle style = { PANGO_ELLIPSIZE_START, PANGO_ALIGN_RIGHT, FALSE, TRUE };
  ValueCell *self = VALUE_CELL (widget);
  GdkRectangle area = { 0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget) };
  if (self->share != 0)
    gtk_widget_snapshot_child (widget, self->bar, snapshot);
  cell_text_draw (&self->text, widget, snapshot, &area, &style);
}

static gboolean
value_cell_query_tooltip (GtkWidget *widget, int x, int y, gboolean is_by_keyboard, GtkTooltip *tooltip)
{
  return cell_tooltip_show (VALUE_CELL (widget)->tooltip, tooltip);
}

static void
value_cell_dispose (GObject *object)
{
  ValueCell *self = VALUE_CELL (object);
  g_clear_pointer (&self->bar, gtk_widget_unparent);
  cell_text_clear (&self->text);
  g_clear_pointer (&self->tooltip, g_free);
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
  widget_class->query_tooltip = value_cell_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "valuecell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
value_cell_init (ValueCell *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
value_cell_new (void)
{
  return g_object_new (VALUE_TYPE_CELL, NULL);
}

void
value_cell_show (ValueCell *self, const char *text, const char *tooltip, double share)
{
  cell_text_set (&self->text, GTK_WIDGET (self), text);
  cell_tooltip_set (&self->tooltip, GTK_WIDGET (self), tooltip);
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
