#include "app/table/tree_cell.h"

#include "app/table/cell_text.h"

#define ARROW_WIDTH 16
#define STEP_WIDTH 10
/* Deeper steps share the last place: the text must stay in the column. */
#define MAX_STEPS 24

struct _TreeCell
{
  GtkWidget parent_instance;
  GtkWidget *arrow; /* GtkImage (nullable): not before it is needed, for a row has one among its cells */
  CellText text;
  guint indentation;
  TreeCellState state;
};

G_DEFINE_FINAL_TYPE (TreeCell, tree_cell, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_TOGGLED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static int
get_indent_width (TreeCell *self)
{
  return (int) MIN (self->indentation, MAX_STEPS) * STEP_WIDTH;
}

static void
tree_cell_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                   int *minimum_baseline, int *natural_baseline)
{
  cell_text_measure (widget, orientation, natural);
  *minimum = *natural;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 0;
      *natural += ARROW_WIDTH + get_indent_width (TREE_CELL (widget));
    }
}

/* Where the arrow begins, from the start of the cell. */
static int
get_indent (TreeCell *self, int width)
{
  return MIN (get_indent_width (self), MAX (0, width - ARROW_WIDTH - 40));
}

static void
tree_cell_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TreeCell *self = TREE_CELL (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int indent = get_indent (self, width);
  GtkAllocation arrow = { is_rtl ? width - indent - ARROW_WIDTH : indent, 0, ARROW_WIDTH, height };
  if (self->arrow != NULL)
    gtk_widget_size_allocate (self->arrow, &arrow, -1);
}

static void
tree_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  /* The ellipsis may come from a taller font: from the top, all texts of a column stand on one line. */
  static const CellTextStyle style = { PANGO_ELLIPSIZE_END, PANGO_ALIGN_LEFT, TRUE, FALSE };
  TreeCell *self = TREE_CELL (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget), text_height;
  int start = get_indent (self, width) + ARROW_WIDTH;
  cell_text_measure (widget, GTK_ORIENTATION_VERTICAL, &text_height);
  int top = MAX (0, (height - text_height) / 2);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GdkRectangle area = { is_rtl ? 0 : start, top, MAX (0, width - start), height - top };
  if (self->arrow != NULL)
    gtk_widget_snapshot_child (widget, self->arrow, snapshot);
  cell_text_draw (&self->text, widget, snapshot, &area, &style);
}

static void
on_arrow_released (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  TreeCell *self = TREE_CELL (data);
  if (self->state == TREE_CELL_LEAF || self->text.text == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, signals[SIGNAL_TOGGLED], 0);
}

static void
on_arrow_pressed (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  /* The press must not also select the row, which would move the cursor. */
  if (TREE_CELL (data)->state != TREE_CELL_LEAF)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
tree_cell_dispose (GObject *object)
{
  TreeCell *self = TREE_CELL (object);
  g_clear_pointer (&self->arrow, gtk_widget_unparent);
  cell_text_clear (&self->text);
  G_OBJECT_CLASS (tree_cell_parent_class)->dispose (object);
}

static void
tree_cell_class_init (TreeCellClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = tree_cell_dispose;
  widget_class->measure = tree_cell_measure;
  widget_class->size_allocate = tree_cell_size_allocate;
  widget_class->snapshot = tree_cell_snapshot;
  gtk_widget_class_set_css_name (widget_class, "treecell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
  signals[SIGNAL_TOGGLED] = g_signal_new ("toggled", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
tree_cell_init (TreeCell *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

static void
show_icon (TreeCell *self, const char *icon)
{
  if (icon == NULL && self->arrow == NULL)
    return;
  if (self->arrow == NULL)
    {
      self->arrow = gtk_image_new ();
      gtk_widget_add_css_class (self->arrow, "arrow");
      gtk_widget_insert_after (self->arrow, GTK_WIDGET (self), NULL);
      GtkGesture *click = gtk_gesture_click_new ();
      g_signal_connect (click, "pressed", G_CALLBACK (on_arrow_pressed), self);
      g_signal_connect (click, "released", G_CALLBACK (on_arrow_released), self);
      gtk_widget_add_controller (self->arrow, GTK_EVENT_CONTROLLER (click));
    }
  if (g_strcmp0 (icon, gtk_image_get_icon_name (GTK_IMAGE (self->arrow))) != 0)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow), icon);
}

GtkWidget *
tree_cell_new (void)
{
  return g_object_new (TREE_TYPE_CELL, NULL);
}

void
tree_cell_show (TreeCell *self, const char *text, TreeCellState state, guint indentation)
{
  static const char *const icons[] = { [TREE_CELL_LEAF] = NULL,
                                       [TREE_CELL_CLOSED] = "pan-end-symbolic",
                                       [TREE_CELL_OPEN] = "pan-down-symbolic" };
  show_icon (self, text != NULL ? icons[state] : NULL);
  self->state = state;
  cell_text_set (&self->text, GTK_WIDGET (self), text);
  if (self->indentation != indentation)
    {
      self->indentation = indentation;
      gtk_widget_queue_resize (GTK_WIDGET (self));
    }
}

void
tree_cell_set_muted (TreeCell *self, gboolean is_muted)
{
  cell_text_set_muted (&self->text, GTK_WIDGET (self), is_muted);
}
